import { HubError } from '@hub/kit/errors';

/** Levels of brackets, of whatever kind. An operation of the deepest selection allowed has some twenty. */
export const deepest = 200;
/** Directives in a text. The limit of one operation is lower (armour.ts) and is looked at only once all of them are known. */
const mostDirectives = 50;

const [quote, backslash, hash, newline, at] = ['"', '\\', '#', '\n', '@'].map(each => each.charCodeAt(0)) as [
  number,
  number,
  number,
  number,
  number,
];
const opening = new Set(['(', '[', '{'].map(each => each.charCodeAt(0)));
const closing = new Set([')', ']', '}'].map(each => each.charCodeAt(0)));

/**
 * Refuses a text of JSON or GraphQL that nests deeper than any parser should have to follow: parsers call themselves for each level, and
 * it would be the engine's stack that ends them. Brackets in texts and comments do not count.
 */
export function assertShallow(text: string, what: string): void {
  let depth = 0;
  let directives = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i);
    if (char === quote) i = endOfText(text, i);
    else if (char === hash) i = endOfLine(text, i);
    else if (closing.has(char)) depth--;
    else if (char === at && ++directives > mostDirectives)
      throw new HubError(
        'LIMIT_EXCEEDED',
        `${what} has more than ${mostDirectives} directives: split it (指令超过${mostDirectives}个).`,
        {
          reason: 'DIRECTIVES',
        },
      );
    else if (opening.has(char) && ++depth > deepest)
      throw new HubError('LIMIT_EXCEEDED', `${what} nests deeper than ${deepest} levels: flatten it (嵌套层数超过${deepest}).`, {
        reason: 'DEPTH',
      });
  }
}

/** Of `"…"`, in which a backslash takes the next character along, or of `"""…"""`. */
function endOfText(text: string, start: number): number {
  if (text.startsWith('"""', start)) {
    for (let end = text.indexOf('"""', start + 3); end >= 0; end = text.indexOf('"""', end + 3))
      if (text.charCodeAt(end - 1) !== backslash) return end + 2;
    return text.length;
  }
  for (let i = start + 1; i < text.length; i++) {
    const char = text.charCodeAt(i);
    if (char === backslash) i++;
    else if (char === quote || char === newline) return i;
  }
  return text.length;
}

function endOfLine(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end < 0 ? text.length : end;
}
