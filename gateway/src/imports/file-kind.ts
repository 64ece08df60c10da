import { FileProblem } from './file-problem.ts';

/** What a file is by its first bytes; its name is never asked. */
export type FileKind = 'zip' | 'text';

const signatures: [string, string][] = [
  ['25504446', 'PDF'],
  ['89504e47', '图片 PNG (a picture)'],
  ['ffd8ff', '图片 JPEG (a picture)'],
  ['47494638', '图片 GIF (a picture)'],
  ['526172211a07', 'RAR 压缩包 (an archive)'],
  ['377abcaf271c', '7z 压缩包 (an archive)'],
  ['1f8b', 'gzip 压缩包 (an archive)'],
];

const ole = 'd0cf11e0a1b11ae1';

export function fileKind(file: Buffer): FileKind {
  if (file.length === 0) throw new FileProblem('FILE_EMPTY', '文件为空（0 字节）。The file is empty (0 bytes).');
  const head = file.subarray(0, 8).toString('hex');
  if (head.startsWith('504b0304') || head.startsWith('504b0506')) return 'zip';
  if (head === ole) throw oldOffice(file);
  const known = signatures.find(([start]) => head.startsWith(start));
  if (known) throw unreadable(known[1]);
  return 'text';
}

/** Encrypted workbooks and the formats before 2007 share one container. */
function oldOffice(file: Buffer): FileProblem {
  if (file.includes(Buffer.from('EncryptedPackage', 'utf16le'))) {
    return new FileProblem(
      'FILE_UNREADABLE',
      '工作簿有密码，请去掉密码后另存为 .xlsx。The workbook is protected by a password: remove it and save as .xlsx.',
    );
  }
  return new FileProblem(
    'FILE_UNREADABLE',
    '这是旧版 Office 文件（如 .xls），无法直接导入。请在 Excel 或 WPS 中打开，点“文件”→“另存为”，文件类型选“Excel 工作簿 (*.xlsx)”，再导入新文件；只改扩展名没有用。This is an Office file from before 2007, such as .xls, which is not read. Open it in Excel or WPS, choose File, Save As, and the type "Excel Workbook (*.xlsx)", and send the new file; renaming it does not help.',
  );
}

export const unreadable = (kind: string) =>
  new FileProblem(
    'FILE_UNREADABLE',
    `这不是可导入的表格，像是：${kind}。请在 Excel 或 WPS 中打开并另存为 .xlsx 或 .csv。Not a table that can be imported; it looks like: ${kind}. Open it in Excel or WPS and save as .xlsx or .csv.`,
  );
