/**
 * How many characters of two bytes there are if these bytes are GB18030, and how many of them end in an ASCII sign, as only rare ones do.
 * Texts in Big5, or in a Western encoding, are full of those. `fault` is where a byte stands that begins no character.
 */
export function gb18030Share(bytes: Buffer): { pairs: number; rare: number; firstRare?: number; fault?: number } {
  let pairs = 0;
  let rare = 0;
  let firstRare: number | undefined;
  for (let at = 0; at < bytes.length; ) {
    const lead = bytes[at]!;
    const second = bytes[at + 1] ?? 0;
    if (lead < 0x80) at++;
    else if (lead === 0x80 || lead === 0xff || second < 0x30 || second === 0x7f || second === 0xff)
      return { pairs, rare, firstRare, fault: at };
    else if (second <= 0x39) at += 4;
    else {
      pairs++;
      if (second < 0x7f) {
        rare++;
        firstRare ??= at;
      }
      at += 2;
    }
  }
  return { pairs, rare, firstRare };
}
