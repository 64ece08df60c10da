/** How many characters of three or four bytes there are, as Chinese ones have in UTF-8, and how many bytes belong to no character. */
export function utf8Share(bytes: Buffer): { sequences: number; wrong: number; first?: number } {
  let sequences = 0;
  let wrong = 0;
  let first: number | undefined;
  for (let at = 0; at < bytes.length; ) {
    const length = bytes[at]! < 0x80 ? 1 : utf8Length(bytes, at);
    if (length > 2) sequences++;
    if (length === 0) {
      wrong++;
      first ??= at;
    }
    at += length || 1;
  }
  return { sequences, wrong, first };
}

const isTail = (byte: number | undefined, from = 0x80, to = 0xbf) => byte !== undefined && byte >= from && byte <= to;

/** How many bytes the character has that begins here; 0 where none does. */
function utf8Length(bytes: Buffer, at: number): number {
  const lead = bytes[at]!;
  const second = bytes[at + 1];
  if (lead >= 0xc2 && lead <= 0xdf) return isTail(second) ? 2 : 0;
  if (lead >= 0xe0 && lead <= 0xef)
    return isTail(second, lead === 0xe0 ? 0xa0 : 0x80, lead === 0xed ? 0x9f : 0xbf) && isTail(bytes[at + 2]) ? 3 : 0;
  if (lead < 0xf0 || lead > 0xf4) return 0;
  const isFour = isTail(second, lead === 0xf0 ? 0x90 : 0x80, lead === 0xf4 ? 0x8f : 0xbf);
  return isFour && isTail(bytes[at + 2]) && isTail(bytes[at + 3]) ? 4 : 0;
}
