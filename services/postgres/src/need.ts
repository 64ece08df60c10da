/** Something a PostgreSQL lacks, or has too much of. */
export interface Need {
  /** In words: what is wrong, and of what. */
  fault: string;
  /** The statements that mend it; none where only a person can. */
  mend: string[];
  /** What a person does about it. */
  advice?: string;
  /** The hub works without it, only with less: why it wants it. */
  optional?: string;
  /** Why mending it failed. */
  refused?: string;
}

/** Answers the needs of what it looks at. */
export type Look = () => Promise<Need[]>;

/** A statement as it may be shown: without what a password can be guessed from. */
const shown = (statement: string) => statement.replace(/password '[^']*'/, "password '…'");

/** A need as lines for the terminal: the fault, and how it is mended. */
export function linesOf({ fault, mend, advice, optional, refused }: Need): string[] {
  const lines = [`${fault}${refused ? ` (not mended: ${refused})` : ''}`];
  if (optional) lines.push(`  The hub works without: ${optional}.`);
  if (advice) lines.push(`  ${advice}`);
  return [...lines, ...mend.map(statement => `  To mend it: ${shown(statement)};`)];
}
