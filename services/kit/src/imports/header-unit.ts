import { HubError } from '../errors.ts';
import { wrong } from './cell-problem.ts';
import type { Column } from './ledger.ts';
import type { Quantity } from './parse.ts';
import { type Dimension, dimensionOf, fits, knownUnits, readUnit, type Unit } from './unit.ts';

/** What stands in a title and is no unit. */
const remark =
  /^(?:必填|选填|可选|如有|没有不填|required|optional|不?含.*|其中.*|截至.*|截止.*|按.*|以.*|\d{4}年?度?|\d{4}-\d{4}年?|年度?|季度?|月度?|当年|全年|合计|总计|累计|期末|年末|数字|数值|在职|在岗|在册|实有|现有)?$/;

const units = (beside: string[]) => beside.flatMap(each => each.split(/[,;、/]/)).map(each => each.trim());

function refuse(value: string, title: string, right: string, dimension: Dimension, hint?: string): never {
  const values = { value, title, right, known: knownUnits[dimension] };
  const { code: reason, message, suggestion } = wrong('UNKNOWN_UNIT', values, hint);
  throw new HubError('INVALID_INPUT', message, { reason, column: title, suggestion });
}

/** The scale of a column of quantities by what its title says beside its name, or a line above the header, or the ledger itself. */
export function scaleOf(column: Column, title: string, beside: string[], above: Unit[]): { scale: number; quantity?: Quantity } {
  if (column.unit === undefined) return { scale: 1 };
  const dimension = dimensionOf(column.unit);
  const right = `${column.header}(${column.unit})`;
  const found: Unit[] = [];
  for (const text of units(beside)) {
    const unit = readUnit(text);
    if (fits(unit, dimension)) found.push(unit);
    else if (unit || !remark.test(text)) refuse(text, title, right, dimension);
  }
  const distinct = new Set(found.map(({ scale }) => scale));
  if (distinct.size > 1) refuse(beside.join('、'), title, right, dimension, 'several');
  const stated = found[0] ?? above.find(unit => fits(unit, dimension) && (unit.dimension !== undefined || dimension === 'money'));
  return { scale: (stated ?? readUnit(column.unit)!).scale, quantity: { dimension, isStated: stated !== undefined } };
}

const line = /(?:^|[(（\s　])(?:金[额額]|[货貨][币幣]|[计計]量|数据)?[单單]\s*位\s*[:：]\s*([^)）\s　]+)/;
const organisation =
  /(?:公司|集团|厂|店|所|院|校|会|局|委|办|部|处|科|室|中心|街道|社区|区|县|市|省|政府|组织|协会|支部|党委|总支)$/;

/** Units that lines above the header say of the whole file, such as 单位：万元. One that may be money and is not known is refused. */
export function unitsAbove(rows: string[][]): Unit[] {
  const said = rows.flatMap(cells => cells.map(cell => line.exec(cell)?.[1]).filter(each => each !== undefined));
  return said.flatMap(text =>
    text.split(/[,，、;；/]/).flatMap(each => {
      const unit = readUnit(each);
      if (unit) return [unit];
      const isMoney =
        /[元币幣圆圓镑鎊]$|[$€£¥￥]|^(?:usd|eur|hkd|jpy|gbp)$|^[十百千万萬亿億]+/iu.test(each) && !organisation.test(each);
      if (isMoney) refuse(each, `单位：${text}`, '单位：万元', 'money');
      return [];
    }),
  );
}
