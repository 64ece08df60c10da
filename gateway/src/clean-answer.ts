import { type Answered, joined } from './exchange.ts';

const beginning = Buffer.from('{"data":{');
const [close, comma, quote, list, open, backslash] = [...'},"]{\\'].map(character => character.charCodeAt(0));
/** The keys that an answer of GraphQL may have beside its data. */
const others = ['errors"', 'extensions"'].map(key => Buffer.from(key));

/** As many bytes after the end of an object as it takes to see what follows. */
const reach = 16;

/**
 * The bytes of an answer that a client may read as they are: the subgraph says so (`x-hub-clean: 1`), and they hold no errors and no extensions.
 * Whoever sets the header vouches for completing every value by its own schema, as the gateway would; words of an error it cannot pass on.
 */
export function cleanBytes({ statusCode, headers, chunks }: Answered): readonly Buffer[] | undefined {
  if (headers['x-hub-clean'] !== '1' || statusCode !== 200) return undefined;
  const bytes = withoutLineFeed(chunks.every(({ length }) => length > reach) ? chunks : [joined(chunks)]);
  const [first, last] = [bytes[0], bytes.at(-1)];
  const begins = first?.subarray(0, beginning.length).equals(beginning);
  const ends = last?.at(-1) === close && last?.at(-2) === close;
  return begins && ends && isOnlyData(bytes) ? bytes : undefined;
}

/** Apollo Server ends its answers with one. */
function withoutLineFeed(chunks: readonly Buffer[]): readonly Buffer[] {
  const last = chunks.at(-1);
  return last?.at(-1) === 10 ? [...chunks.slice(0, -1), last.subarray(0, -1)] : chunks;
}

/** What ends in one chunk may be followed by something else in the next. */
const isOnlyData = (chunks: readonly Buffer[]): boolean =>
  chunks.every((chunk, i) => {
    const next = chunks[i + 1];
    if (!next) return endsWell(chunk, chunk.length - 1);
    const seam = Buffer.concat([chunk.subarray(-reach), next.subarray(0, reach)]);
    return endsWell(chunk, chunk.length - reach) && endsWell(seam, reach);
  });

/** A key beside the data follows the end of an object. Only the ends before `limit` are looked at; what is not as JavaScript writes it is not taken. */
function endsWell(bytes: Buffer, limit: number): boolean {
  for (let end = bytes.indexOf(close!); end !== -1 && end < limit; end = bytes.indexOf(close!, end + 1)) {
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
