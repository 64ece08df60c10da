import { crc32, inflateRawSync } from 'node:zlib';
import { unreadable } from './file-kind.ts';
import { FileProblem, type Place, tooLarge } from './file-problem.ts';
import { limits } from './limits.ts';

const endSignature = 0x06054b50;
const centralSignature = 0x02014b50;
const localSignature = 0x04034b50;

interface Entry {
  method: number;
  encrypted: boolean;
  packed: number;
  inflated: number;
  checksum: number;
  offset: number;
}

/** Some programs write names with the slashes of Windows, or capitals where others have none. */
const plainName = (name: string) => name.replaceAll('\\', '/').toLowerCase();

/** A ZIP archive read by its directory. The directory may lie about sizes, so inflating is bounded as well. */
export class Zip {
  file: Buffer;
  entries: Map<string, Entry>;
  left: number = limits.inflatedBytes;

  constructor(file: Buffer) {
    this.file = file;
    this.entries = directory(file);
  }

  has(name: string): boolean {
    return this.entries.has(plainName(name));
  }

  read(name: string): Buffer {
    const entry = this.entries.get(plainName(name));
    if (!entry) throw damaged(`${name} is missing`);
    if (entry.encrypted) throw unreadable('加密压缩包 (an encrypted archive)');
    if (entry.inflated > this.left) throw inflatesTooMuch();
    const content = this.#content(entry);
    // A figure that was changed on the way still looks like a figure.
    if (crc32(content) !== entry.checksum) throw damaged('a part does not match its checksum');
    this.left -= content.length;
    return content;
  }

  #content(entry: Entry): Buffer {
    const { file } = this;
    if (entry.offset + 30 > file.length || file.readUInt32LE(entry.offset) !== localSignature) throw damaged('a part is missing');
    const start = entry.offset + 30 + file.readUInt16LE(entry.offset + 26) + file.readUInt16LE(entry.offset + 28);
    const packed = file.subarray(start, start + entry.packed);
    if (packed.length < entry.packed) throw damaged('the file ends too early');
    if (entry.method === 0) return packed;
    if (entry.method !== 8) throw damaged(`compression method ${entry.method}`);
    try {
      return inflateRawSync(packed, { maxOutputLength: Math.max(this.left, 1) });
    } catch (error) {
      throw (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
        ? inflatesTooMuch()
        : damaged('a part does not inflate');
    }
  }
}

const inflatesTooMuch = () => tooLarge(`it unpacks to more than ${limits.inflatedBytes / 1024 / 1024} MB`);

export const damaged = (detail: string, place?: Place) =>
  new FileProblem(
    'FILE_UNREADABLE',
    `文件已损坏或不完整，请用 Excel 或 WPS 打开后另存为 .xlsx 再试。The workbook is damaged (${detail}): open it in Excel or WPS and save it again as .xlsx.`,
    place,
  );

function directory(file: Buffer): Map<string, Entry> {
  const end = file.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + 22 > file.length || file.readUInt32LE(end) !== endSignature) throw damaged('the file ends too early');
  const count = file.readUInt16LE(end + 10);
  if (count > limits.zipEntries) throw tooLarge(`more than ${limits.zipEntries} parts`);
  const entries = new Map<string, Entry>();
  let at = file.readUInt32LE(end + 16);
  for (let index = 0; index < count; index++) {
    if (at + 46 > file.length || file.readUInt32LE(at) !== centralSignature) throw damaged('its directory is broken');
    const nameLength = file.readUInt16LE(at + 28);
    entries.set(plainName(file.toString('utf8', at + 46, at + 46 + nameLength)), {
      encrypted: (file.readUInt16LE(at + 8) & 1) === 1,
      method: file.readUInt16LE(at + 10),
      checksum: file.readUInt32LE(at + 16),
      packed: file.readUInt32LE(at + 20),
      inflated: file.readUInt32LE(at + 24),
      offset: file.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  return entries;
}

/** Packs parts without compression: a small archive whose sizes are true, for a reader that believes them. In pieces, uncopied. */
export function storeZip(parts: Map<string, Buffer>): Buffer[] {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of parts) {
    const path = Buffer.from(name);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(0x0800, 2);
    shared.writeUInt32LE(crc32(content), 10);
    shared.writeUInt32LE(content.length, 14);
    shared.writeUInt32LE(content.length, 18);
    shared.writeUInt16LE(path.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    local.push(signature(localSignature), shared, path, content);
    central.push(signature(centralSignature), Buffer.from([20, 0]), shared, place, path);
    offset += 30 + path.length + content.length;
  }
  const directoryLength = central.reduce((sum, part) => sum + part.length, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(endSignature, 0);
  end.writeUInt16LE(parts.size, 8);
  end.writeUInt16LE(parts.size, 10);
  end.writeUInt32LE(directoryLength, 12);
  end.writeUInt32LE(offset, 16);
  return [...local, ...central, end];
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
