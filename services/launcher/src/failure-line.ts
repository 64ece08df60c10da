const noise = /^\s+at |^Node\.js v|^\s*\^+\s*$|^\(node:|^\(Use `node/;
const thrown = /^(?:Uncaught )?\w*(?:Error|Failure|Exception)(?: \[\w+\])?: (.+)/;

/** Makes the one line an operator needs of what a process printed while it failed: no stack, no source excerpt, its name only once. */
export function failureLine(name: string, printed: string): string | undefined {
  const lines = printed.split('\n').filter(line => line.trim() && !noise.test(line));
  const message = lines.map(line => thrown.exec(line)?.[1]).find(Boolean);
  const said = message ?? lines.map(text => text.trim()).join(' ');
  const line = said.startsWith(`${name}: `) ? said.slice(name.length + 2) : said;
  return line ? line.slice(0, 1_000) : undefined;
}
