import { clerk, type Enterprise, MembersDesk } from '@hub/test/members-desk';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

let desk: MembersDesk;
beforeAll(async () => {
  desk = await MembersDesk.open();
});
afterAll(() => desk?.close());

let made = 0;
/** A phone that no other call gives. */
const aPhone = () => `1380002${String(++made).padStart(4, '0')}`;
const member = (name: string, phone: string, more: Record<string, string> = {}) => ({
  姓名: name,
  联系电话: phone,
  所在党支部: '支部甲',
  党员类别: '正式',
  入党日期: '2001-07-01',
  ...more,
});
const codes = (batch: any) => batch.problems.map(({ row: at, outcome, code }: any) => [at, outcome, code]);
const membershipsOf = async (place: Enterprise) => (await desk.peopleOf(place)).flatMap(({ memberships }) => memberships.nodes);
const change = (mutation: string, type: string, input: object) =>
  desk.service.get(clerk, `mutation ($input: ${type}!) { ${mutation}(input: $input) { id } }`, { input });

describe('a membership in the members ledger', () => {
  it('keeps its date of joining: another one is a conflict that says what stands', async () => {
    const place = await desk.enterprise();
    const phone = aPhone();
    await desk.bring(place, [member('秦一', phone)]);
    const batch = await desk.bring(place, [member('秦一', phone, { 入党日期: '2011.7.1' })]);
    expect(codes(batch)).toEqual([[2, 'CONFLICT', 'JOINED_ON_DIFFERS']]);
    expect(batch.problems[0]).toMatchObject({ column: '入党日期', message: expect.stringContaining('2001-07-01') });
    expect(await membershipsOf(place)).toMatchObject([{ joinedOn: '2001-07-01', version: 1 }]);
  });

  it('becomes a full one, and no probationary one again', async () => {
    const place = await desk.enterprise();
    const phone = aPhone();
    const probationary = member('尤一', phone, { 党员类别: '预备' });
    await desk.bring(place, [probationary]);
    expect((await desk.bring(place, [member('尤一', phone)])).counts.updated).toBe(1);
    expect(codes(await desk.bring(place, [probationary], { again: true }))).toEqual([[2, 'CONFLICT', 'FULL_ALREADY']]);
    expect(await membershipsOf(place)).toMatchObject([{ status: 'FULL' }]);
  });

  it('that a transfer made stands: an older ledger is told where the member is now', async () => {
    const place = await desk.enterprise(['支部甲', '支部乙']);
    const phone = aPhone();
    const older = [member('许一', phone)];
    await desk.bring(place, older);
    const [first] = await membershipsOf(place);
    await change('transferMember', 'TransferMember', {
      id: first.id,
      expectedVersion: first.version,
      branchId: place.branches[1],
      transferredOn: '2023-05-01',
      reason: '工作调动',
    });
    const batch = await desk.bring(place, older, { again: true });
    expect(codes(batch)).toEqual([[2, 'CONFLICT', 'MEMBER_ELSEWHERE']]);
    expect(batch.problems[0].message).toContain('2023-05-01');
    expect(batch.problems[0].message).toContain(desk.branchName('支部乙', place.creditCode));
    // The later ledger names the branch they are in, with the day they joined the party.
    expect((await desk.bring(place, [member('许一', phone, { 所在党支部: '支部乙' })])).counts.unchanged).toBe(1);
    expect(await membershipsOf(place)).toHaveLength(2);
  });

  it('of another branch is a transfer, not a row of a ledger', async () => {
    const place = await desk.enterprise(['支部甲', '支部乙']);
    const phone = aPhone();
    await desk.bring(place, [member('何一', phone)]);
    const batch = await desk.bring(place, [member('何一', phone, { 所在党支部: '支部乙' })]);
    expect(batch.problems).toMatchObject([{ code: 'MEMBER_ELSEWHERE', suggestion: expect.stringContaining('transferMember') }]);
    expect(batch.problems[0].message).toContain(desk.branchName('支部甲', place.creditCode));
  });

  it('that ended is not brought back by an older ledger', async () => {
    const place = await desk.enterprise();
    const phone = aPhone();
    await desk.bring(place, [member('吕一', phone)]);
    const [{ id }] = await membershipsOf(place);
    await change('endMembership', 'EndMembership', { id, expectedVersion: 1, leftOn: '2023-06-01', reason: '出国' });
    const batch = await desk.bring(place, [member('吕一', phone)], { again: true });
    expect(batch.problems).toMatchObject([{ code: 'MEMBERSHIP_ENDED', message: expect.stringContaining('2023-06-01') }]);
  });

  it.each([
    ['before the party was founded', 'JOINED_TOO_EARLY', { 入党日期: '1921-06-30' }],
    ['in the future', 'DATE_IN_FUTURE', { 入党日期: `${new Date().getFullYear() + 1}-07-01` }],
    ['before the age of eighteen', 'JOINED_UNDER_AGE', { 入党日期: '2001-07-01', 出生年份: '1984' }],
  ])('joined %s is refused', async (_title, code, more) => {
    const { problems } = await desk.bring(await desk.enterprise(), [member('施一', aPhone(), more as Record<string, string>)]);
    expect(problems).toMatchObject([{ outcome: 'ERROR', code, column: '入党日期' }]);
  });

  it('joined before the age of eighteen is refused as well where the file knows the year of birth', async () => {
    const place = await desk.enterprise();
    const phone = aPhone();
    await desk.bring(place, [{ 姓名: '张一', 联系电话: phone, 出生年份: '1990' }]);
    expect(codes(await desk.bring(place, [member('张一', phone)]))).toEqual([[2, 'ERROR', 'JOINED_UNDER_AGE']]);
  });
});

describe('a post in the members ledger', () => {
  it('of 无 is none, and who assists the secretary is not the secretary', async () => {
    const place = await desk.enterprise();
    expect((await desk.bringCase(place, 'members-post-none-and-assistant')).counts.created).toBe(2);
    const secretary = member('孔一', aPhone(), { 党内职务: '书记' });
    expect((await desk.bring(place, [secretary])).counts.created).toBe(1);
    const posts = (await desk.peopleOf(place)).map(each => [each.name, each.posts.nodes.map(({ kind }: any) => kind)]);
    expect(Object.fromEntries(posts)).toEqual({ 韩梅: [], 李雷: ['OTHER'], 孔一: ['SECRETARY'] });
  });

  it('beside another in one cell is a post of its own, and a second time unchanged', async () => {
    const place = await desk.enterprise();
    const rows = [
      member('曹一', aPhone(), { 党内职务: '书记、纪检委员' }),
      member('曹二', aPhone(), { 党内职务: '副书记兼组织委员' }),
    ];
    await desk.bring(place, rows);
    expect((await desk.bring(place, rows, { again: true })).counts.unchanged).toBe(2);
    const titles = (await desk.peopleOf(place)).map(each => each.posts.nodes.map(({ title }: any) => title).toSorted());
    expect(titles.toSorted()).toEqual([['书记', '纪检委员'].toSorted(), ['副书记', '组织委员'].toSorted()].toSorted());
  });

  it('of secretary under another title is the same post', async () => {
    const place = await desk.enterprise();
    const phone = aPhone();
    await desk.bring(place, [member('严一', phone, { 党内职务: '党支部书记' })]);
    expect((await desk.bring(place, [member('严一', phone, { 党内职务: '书记' })])).counts.unchanged).toBe(1);
  });

  it('of secretary is refused where the branch has another, and says which row has it', async () => {
    const place = await desk.enterprise();
    const batch = await desk.bring(
      place,
      ['华一', '华二'].map(name => member(name, aPhone(), { 党内职务: '书记' })),
    );
    expect(codes(batch)).toEqual([[3, 'CONFLICT', 'SECRETARY_EXISTS']]);
    await desk.bring(place, [member('华三', aPhone(), { 党内职务: '书记' })]);
    expect(codes(await desk.bring(place, [member('华四', aPhone(), { 党内职务: '支部书记' })]))).toEqual([
      [2, 'CONFLICT', 'SECRETARY_EXISTS'],
    ]);
  });
});
