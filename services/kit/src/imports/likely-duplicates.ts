import { wrong } from './cell-problem.ts';
import { chunks } from './chunks.ts';
import { Decision } from './decision.ts';
import { type Candidate, ImportOutcome, type LedgerRow, type Manner } from './ledger.ts';

/** What a row says, by the header of the column, in the form in which it is compared; empty is ''. */
export type Compared = Record<string, string>;

/** A row on file that a row of the ledger may be about. */
export interface OnFile {
  id: string;
  text: string;
  compared: Compared;
  /** It was taken back: it is not entered again, and no other row is taken for it. */
  isVoid?: boolean;
}

/** What stands on file for an anchor: what a row has to share with it to be compared at all. */
export interface Anchored extends OnFile {
  anchor: string;
}

/** Reads what stands on file beside each row, once for all rows of one anchor; others are never compared. */
export async function besideRows<R>(
  rows: readonly R[],
  anchorOf: (row: R) => string,
  find: (anchors: [anchor: string, row: R][]) => Promise<Anchored[]>,
): Promise<(row: R) => OnFile[]> {
  const anchors = new Map(rows.map(row => [anchorOf(row), row]));
  const byAnchor = new Map<string, OnFile[]>([...anchors.keys()].map(anchor => [anchor, []]));
  for (const part of chunks([...anchors]))
    for (const { anchor, ...onFile } of await find(part)) byAnchor.get(anchor)!.push(onFile);
  return row => byAnchor.get(anchorOf(row))!;
}

const differs = (a: Compared, b: Compared): string[] => Object.keys(a).filter(header => a[header] !== b[header]);
const signature = (compared: Compared): string => JSON.stringify(Object.values(compared));

/** Named in a problem, at most. */
const shown = 5;

/**
 * Tells rows that stand on file from those that nearly do, all but for one column, and from new ones; answers what each is the same as. What
 * one row of the ledger says to the letter is no candidate of another: that row is another one. Who imports decides about the near ones.
 */
export function sameOnFile<R extends LedgerRow<any>>(
  rows: readonly R[],
  compared: (row: R) => Compared,
  near: (row: R) => readonly OnFile[],
  { acceptDuplicates }: Manner,
): Map<R, OnFile> {
  const same = new Map<R, OnFile>();
  const left = new Map<R, Compared>();
  const bySignature = new Map<readonly OnFile[], Map<string, OnFile>>();
  const exactly = (all: readonly OnFile[], its: Compared) => {
    const known = bySignature.get(all) ?? new Map(all.map(each => [signature(each.compared), each]));
    bySignature.set(all, known);
    return known.get(signature(its));
  };
  for (const row of rows) {
    const its = compared(row);
    const found = exactly(near(row), its);
    if (found) same.set(row, found);
    else left.set(row, its);
  }
  const taken = new Set([...same.values()].map(({ id }) => id));
  for (const [row, its] of left) {
    const { decided } = row;
    if (decided?.decision === Decision.NEW) continue;
    const candidates = near(row).filter(
      ({ id, isVoid, compared: theirs }) => !isVoid && !taken.has(id) && differs(its, theirs).length === 1,
    );
    const chosen = decided && (decided.id ? candidates.filter(({ id }) => id === decided.id) : candidates);
    if (chosen?.length === 1) same.set(row, chosen[0]!);
    else if (chosen || (candidates.length > 0 && !acceptDuplicates))
      refuse(
        row,
        candidates.slice(0, shown).map(({ id, text, compared: theirs }) => ({ id, text, differs: differs(its, theirs) })),
      );
  }
  return same;
}

function refuse(row: LedgerRow<unknown>, candidates: Candidate[]): void {
  const [first] = candidates;
  if (!first) {
    row.refuseCell('处理', '', wrong('NO_SUCH_CANDIDATE'));
    return;
  }
  const [column = ''] = first.differs;
  const { code, message, suggestion } = wrong('POSSIBLE_DUPLICATE', { onFile: first.text, column });
  row.refuse({ code, column, message, suggestion, candidates }, ImportOutcome.POSSIBLE_DUPLICATE);
}
