const end = 0x06054b50;
const entryHeader = 46;

/**
 * A workbook is a zip archive that keeps the time of writing beside every part. Imports recognise a file by the hash of its
 * bytes, so each time is set to the first day a zip can hold: the same data is the same file.
 */
export function withoutTimes(zip: Buffer): Buffer {
  const result = Buffer.from(zip);
  const tail = result.length - 22;
  if (result.readUInt32LE(tail) !== end) throw new Error('not a zip archive without comment');

  let entry = result.readUInt32LE(tail + 16);
  for (let left = result.readUInt16LE(tail + 10); left > 0; left--) {
    setTime(result, entry + 12);
    setTime(result, result.readUInt32LE(entry + 42) + 10);
    entry += entryHeader + result.readUInt16LE(entry + 28) + result.readUInt16LE(entry + 30) + result.readUInt16LE(entry + 32);
  }
  return result;
}

function setTime(zip: Buffer, at: number): void {
  zip.writeUInt16LE(0, at);
  zip.writeUInt16LE((1 << 5) | 1, at + 2);
}
