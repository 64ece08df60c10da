import { clerk, type Enterprise, MembersDesk } from '@hub/test/members-desk';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { assert, asyncProperty, constantFrom, option, record, uniqueArray } from 'fast-check';

let desk: MembersDesk;
beforeAll(async () => {
  desk = await MembersDesk.open();
});
afterAll(() => desk?.close());

/** Few names and few phones, so that people are alike in every way. */
const aRow = record({
  at: constantFrom(0, 1),
  姓名: constantFrom('张三', '张　三', '李四', '王五'),
  联系电话: option(constantFrom('01', '+02', '03', '0431'), { nil: '' }),
  出生年份: option(constantFrom('1970', '1980'), { nil: '' }),
  入党日期: option(constantFrom('2001-07-01', '2011-07-01'), { nil: '' }),
  职务: constantFrom('员工', '经理'),
  党内职务: constantFrom('', '无', '组织委员', '书记助理'),
  处理: constantFrom('', '', '新增'),
});

/** Of rows of one name and phone at one enterprise the second is refused, whichever it is: that they are in any order is another matter. */
const repeated = (row: any) =>
  row.联系电话 ? `${row.at}${row.姓名.replace('　', '')}${row.联系电话.replace('+', '')}` : Math.random().toString();

let runs = 0;
/** Each run has phones and enterprises of its own. */
const rowsOf = (drawn: any[], places: Enterprise[], run: number) =>
  drawn.map(({ at, 联系电话: phone, 入党日期: joined, 党内职务: post, ...row }) => {
    const own = String(run).padStart(7, '0');
    const typed =
      phone === '0431'
        ? `0431-8${own}`
        : phone.replace(/^(\+?)(\d\d)$/, (_: string, plus: string, two: string) => `${plus && '+86 '}13${two}${own}`);
    const member = joined && { 所在党支部: at === 0 ? '支部甲' : '支部乙', 党员类别: '正式', 入党日期: joined, 党内职务: post };
    return { ...row, ...member, 联系电话: typed, 所在企业信用代码: places[at]!.creditCode };
  });

const shown = async (places: Enterprise[]) =>
  (await Promise.all(places.map(place => desk.peopleOf(place, clerk)))).flat().map(({ version, memberships, ...person }) => ({
    ...person,
    memberships: memberships.nodes.map(({ joinedOn, branch }: any) => [joinedOn, branch.id]),
  }));

describe('a ledger of members that is sent again, in whatever order', () => {
  it('changes nothing of whom it entered, and asks again what it asked', async () => {
    await assert(
      asyncProperty(uniqueArray(aRow, { minLength: 1, maxLength: 10, selector: repeated }), async drawn => {
        const places = [await desk.enterprise(['支部甲']), await desk.enterprise(['支部乙'])];
        // Names of branches carry the code of their enterprise.
        const rows = rowsOf(drawn, places, ++runs);
        // A file in another order is another file, and what it says is new is new.
        const isDecided = rows.some(row => row.处理 && !row.联系电话);
        const first = await desk.bring(places[0]!, rows, { rowByRow: true });
        const before = await shown(places);
        const again = await desk.bring(places[0]!, isDecided ? rows : rows.toReversed(), { rowByRow: true, again: true });
        expect(again.counts).toMatchObject({ created: 0, updated: 0, unchanged: first.counts.created + first.counts.unchanged });
        expect(again.problems.length > 0).toBe(first.problems.length > 0);
        expect(await shown(places)).toEqual(before);
      }),
      { numRuns: 25 },
    );
  });
});
