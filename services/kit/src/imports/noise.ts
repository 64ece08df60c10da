import type { CellProblem } from './cell-problem.ts';
import { wrong } from './cell-problem.ts';
import type { Header } from './header.ts';
import { squeeze } from './title.ts';

const total =
  /^(?:(?:本页|本表|全部|全区|全市|分项)?(?:合计|小计|总计|共计|累计|总和)(?:数|行|金额|人数)?|总数|(?:sub|grand)?total|sum)[:：]?$/i;

/** Words that begin a remark below a table; the words alone are shown, for a name may follow. */
const note =
  /^[(（]?\s*((?:备?注|附注|说明|注意|填报?说明|填表(?:人|单位|日期|时间)?|填报(?:人|单位|日期|时间)|制表人?|制单|审核人?|复核人?|经办人?|单位负责人|负责人|联系人|联系电话|统计负责人|单位盖章|盖章|报出日期|报送日期|以上|以下空白|数据来源|note|remark|prepared by|approved by)\s*\d*\s*(?:[:：.、)）\]】]|$))/i;

/** A row that is no entry: a total, a remark, the header once more. `cells` are clean. */
export function noiseOf(cells: string[], header: Header): CellProblem | undefined {
  const filled = cells.filter(cell => cell !== '');
  const sum = filled.slice(0, 2).find(cell => total.test(cell.replace(/\s/g, '')));
  if (sum !== undefined) return wrong('TOTAL_ROW', { value: sum });
  const notes = filled.map(cell => note.exec(cell.slice(0, 40))?.[1]);
  // One remark alone, or a line of signatures; an address may begin with such a word, so a row with other cells is an entry.
  if (notes[0] !== undefined && (filled.length === 1 || notes.filter(each => each !== undefined).length * 2 >= filled.length))
    return wrong('NOTE_ROW', { value: notes[0].trim() });
  const { titles } = header;
  if (titles && filled.length > 1 && cells.every((cell, i) => cell === '' || squeeze(cell) === titles[i]))
    return wrong('HEADER_AGAIN');
  return undefined;
}
