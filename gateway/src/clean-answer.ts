import type { Answered } from './exchange.ts';

const beginning = Buffer.from('{"data":{');
const [close, comma, quote, list, open, backslash] = [...'},"]{\\'].map(character => character.charCodeAt(0));
/** The keys that an answer of GraphQL may have beside its data. */
const others = ['errors"', 'extensions"'].map(key => Buffer.from(key));

/**
 * The bytes of an answer that a client may read as they are: the subgraph says so (`x-hub-clean: 1`), and they hold no errors and no extensions.
 * Whoever sets the header vouches for completing every value by its own schema, as the gateway would; words of an error it cannot pass on.
 */
export function cleanBytes({ statusCode, headers, body }: Answered): Buffer | undefined {
  if (headers['x-hub-clean'] !== '1' || statusCode !== 200) return undefined;
  // Apollo Server ends its answers with a line feed.
  const bytes = body.at(-1) === 10 ? body.subarray(0, -1) : body;
  const isWhole = bytes.subarray(0, beginning.length).equals(beginning) && bytes.at(-1) === close && bytes.at(-2) === close;
  return isWhole && isOnlyData(bytes) ? bytes : undefined;
}

/** A key beside the data follows the end of an object. Only these ends are looked at; what is not as JavaScript writes it is not taken. */
function isOnlyData(bytes: Buffer): boolean {
  const last = bytes.length - 1;
  for (let end = bytes.indexOf(close!); end < last; end = bytes.indexOf(close!, end + 1)) {
    const next = bytes[end + 1];
    if (next === close || next === list) continue;
    if (next !== comma) return false;
    const after = bytes[end + 2];
    if (after === open) continue;
    if (after !== quote || bytes[end + 3] === backslash) return false;
    if (others.some(key => key.equals(bytes.subarray(end + 3, end + 3 + key.length)))) return false;
  }
  return true;
}
