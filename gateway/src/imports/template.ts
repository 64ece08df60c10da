import { type WrittenCell, type WrittenSheet, writeWorkbook } from './write-workbook.ts';

/** A ledger as its subgraph describes it. */
export interface LedgerForm {
  name: string;
  title: string;
  columns: {
    key: string;
    header: string;
    required: boolean;
    choices: string[];
    example: string;
    chinese: string;
    english: string;
  }[];
}

/** Its sheet is not one that was left out by mistake. */
export const explanations = '填写说明 explanations';

const headerColour = '#DDEBF7';
const requiredColour = '#FCE4D6';
const bold = (value: string, colour?: string): WrittenCell => ({ value, bold: true, colour });

/** A workbook to fill in: all cells are texts, so that codes and telephone numbers keep their digits and dates stay as they are typed. */
export const templateOf = ({ title, columns }: LedgerForm): Promise<Buffer> => {
  const ledger: WrittenSheet = {
    name: title,
    rows: [
      columns.map(({ header, required }) => bold(header, required ? requiredColour : headerColour)),
      ...Array.from({ length: emptyRows }, () => columns.map(() => ({ value: '' }))),
    ],
    widths: columns.map(({ header, example }) => Math.max(12, header.length * 2 + 2, example.length + 4)),
    sticky: 1,
    choices: columns.flatMap(({ choices: words }, i) => (words.length > 0 ? { column: i + 1, words } : [])),
  };
  const help: WrittenSheet = {
    name: explanations,
    rows: [
      ['列 column', '英文列名 English header', '必填 required', '示例 example', '可选值 choices', '说明', 'explanation'].map(
        value => bold(value, headerColour),
      ),
      ...columns.map(({ key, header, required, choices, example, chinese, english }) =>
        [header, key, required ? '必填 yes' : '', example, choices.join('、'), chinese, english].map(value => ({ value })),
      ),
    ],
    widths: [22, 22, 14, 30, 24, 60, 60],
    sticky: 1,
  };
  return writeWorkbook([ledger, help]);
};

/** Rows that are texts from the start; below them a person sees what Excel makes of a code. */
const emptyRows = 500;
