import type { Feature } from 'write-excel-file/node';
import { columnName } from './column-name.ts';
import type { WrittenSheet } from './write-workbook.ts';

/** Rows that a drop-down reaches. */
const rows = 2_000;
/** A list written in place has at most so many characters, in Excel. */
const longest = 255;

const escaped = (text: string) => text.replace(/[&<>"]/g, sign => `&#${sign.charCodeAt(0)};`);

/** Cells whose words are chosen from a list; another word can be typed all the same, since the hub knows more forms of it. */
export const dropDowns = (sheets: WrittenSheet[]): Feature<never> => ({
  files: {
    transform: {
      'xl/worksheets/sheet{id}.xml': {
        insert: (_options, { sheetIndex }) => {
          const { choices = [], sticky = 1 } = sheets[sheetIndex]!;
          const lists = choices
            .filter(({ words }) => words.join(',').length <= longest)
            .map(({ column, words }) => {
              const name = columnName(column);
              return `<dataValidation type="list" allowBlank="1" sqref="${name}${sticky + 1}:${name}${rows}"><formula1>&#34;${escaped(words.join(','))}&#34;</formula1></dataValidation>`;
            });
          return lists.length ? `<dataValidations count="${lists.length}">${lists.join('')}</dataValidations>` : undefined;
        },
      },
    },
  },
});
