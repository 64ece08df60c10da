import { clerk, MembersDesk } from '@hub/test/members-desk';
import { county } from '@hub/test/test-tokens';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anIdentityNumber, aPerson } from '../factories.ts';

process.env.HUB_IDENTITY_KEY = 'the key of the tests';
let desk: MembersDesk;
beforeAll(async () => {
  desk = await MembersDesk.open();
});
afterAll(() => desk?.close());

const blind = county('220102');
const create = `mutation ($input: CreatePerson!) { createPerson(input: $input) { id version } }`;
const update = `mutation ($input: UpdatePerson!) { updatePerson(input: $input) { id version } }`;
const enter = (input: object, viewer: any = clerk) => desk.service.ask(viewer, create, { input });
const entered = async (input: object) => (await desk.service.get(clerk, create, { input })).createPerson;
const told = ({ errors }: any) => errors && [errors[0].extensions.code, errors[0].extensions.reason];

describe('somebody who is entered', () => {
  it.each([
    ['the same name and phone', { name: '任 一', phone: '+86 138 0003 0001' }, []],
    ['the same name', { name: '任一', phone: '13900030001' }, ['联系电话']],
    ['the same name without a phone', { name: '任一', phone: null }, ['联系电话']],
    ['the same mobile', { name: '任二', phone: '138-0003-0001' }, ['姓名']],
  ])('with %s as somebody of the organisation is a conflict that shows them, masked', async (_title, input, differs) => {
    const { id: organisationId } = await desk.enterprise();
    const first = await entered({ name: '任一', phone: '13800030001', organisationId, confirmNew: true });
    const answer = await enter({ ...input, organisationId });
    expect(told(answer)).toEqual(['CONFLICT', 'LIKELY_PERSON']);
    expect(answer.errors![0]!.extensions.candidates).toEqual([
      { id: first.id, text: expect.stringMatching(/^任\*，138\*\*\*\*0001，长春.+公司$/), differs },
    ]);
    expect(told(await enter({ ...input, organisationId, confirmNew: true }))).toBeUndefined();
  });

  it('with the name and phone of somebody elsewhere in the slice is a conflict, of another county it is not', async () => {
    const [here, there, beyond] = [await desk.enterprise(), await desk.enterprise(), await desk.enterprise(['支部甲'], '220104')];
    const person = { name: '任三', phone: '13800030003' };
    await entered({ ...person, organisationId: here.id });
    expect(told(await enter({ ...person, organisationId: there.id }))).toEqual(['CONFLICT', 'PERSON_ELSEWHERE']);
    expect(told(await enter({ ...person, organisationId: beyond.id }, { ...clerk, division: '220104' }))).toBeUndefined();
  });

  it('with the landline or the name of others elsewhere is nobody else', async () => {
    const [here, there] = [await desk.enterprise(), await desk.enterprise()];
    await entered({ name: '任四', phone: '0431-88880004', organisationId: here.id });
    expect(told(await enter({ name: '任五', phone: '(0431) 8888 0004', organisationId: here.id }))).toBeUndefined();
    expect(told(await enter({ name: '任四', phone: '13800030004', organisationId: there.id }))).toBeUndefined();
  });

  it('with another identity number is another person of that name', async () => {
    const { id: organisationId } = await desk.enterprise();
    await entered({ name: '任六', phone: '13800030006', organisationId, identityNumber: anIdentityNumber() });
    const namesake = { name: '任六', phone: '13900030006', organisationId };
    expect(told(await enter(namesake))).toEqual(['CONFLICT', 'LIKELY_PERSON']);
    expect(told(await enter({ ...namesake, identityNumber: anIdentityNumber() }))).toBeUndefined();
  });

  it('without an organisation is compared with those of the division who have none', async () => {
    const official = { ...aPerson(), name: '任七' };
    await entered(official);
    expect(told(await enter({ ...official, phone: '13900030007' }))).toEqual(['CONFLICT', 'LIKELY_PERSON']);
    const { id: organisationId } = await desk.enterprise();
    expect(told(await enter({ name: '任七', phone: '13900030008', organisationId }))).toBeUndefined();
  });

  it('twice at the same moment is entered once', async () => {
    const { id: organisationId } = await desk.enterprise();
    const answers = await Promise.all([1, 2, 3, 4].map(() => enter({ name: '任八', phone: '13800030008', organisationId })));
    expect(answers.map(answer => told(answer)?.[0] ?? 'OK').toSorted()).toEqual(['CONFLICT', 'CONFLICT', 'CONFLICT', 'OK']);
    expect(await desk.peopleOf({ id: organisationId } as any)).toHaveLength(1);
  });

  it('by the API while a ledger names the same person is on file once', async () => {
    const place = await desk.enterprise();
    const [batch, answer] = await Promise.all([
      desk.bring(place, [{ 姓名: '任九', 联系电话: '13800030009' }]),
      enter({ name: '任九', phone: '13800030009', organisationId: place.id }),
    ]);
    expect([batch.counts.created, told(answer)?.[0] ?? 'OK']).toEqual(batch.counts.created === 1 ? [1, 'CONFLICT'] : [0, 'OK']);
    expect(await desk.peopleOf(place)).toHaveLength(1);
  });
});

describe('somebody who sees masks only', () => {
  it('is told of a name in the organisation, and the same whether the phone is right or wrong', async () => {
    const { id: organisationId } = await desk.enterprise();
    await entered({ name: '司马测试', phone: '13800030010', organisationId });
    const answers = await Promise.all(
      ['13800030010', '13900030010'].map(phone => enter({ name: '司马测试', phone, organisationId }, blind)),
    );
    const [right, wrong] = answers.map(({ errors }) => ({ ...errors![0]!.extensions, message: errors![0]!.message }));
    expect(right).toEqual(wrong);
    expect(right).toMatchObject({ reason: 'LIKELY_PERSON', candidates: [{ text: expect.stringMatching(/^司\*/), differs: [] }] });
  });

  it('learns nothing of a phone alone, nor of people elsewhere', async () => {
    const [here, there] = [await desk.enterprise(), await desk.enterprise()];
    await entered({ name: '司马乙', phone: '13800030011', organisationId: here.id });
    expect(told(await enter({ name: '司马丙', phone: '13800030011', organisationId: here.id }, blind))).toBeUndefined();
    expect(told(await enter({ name: '司马乙', phone: '13800030011', organisationId: there.id }, blind))).toBeUndefined();
  });
});

describe('somebody who is changed', () => {
  it('into the name or the mobile of another of the organisation is a conflict until it is confirmed', async () => {
    const { id: organisationId } = await desk.enterprise();
    await entered({ name: '郝一', phone: '13800030012', organisationId });
    const { id } = await entered({ name: '郝二', phone: '13800030013', organisationId });
    const change = (changes: object) =>
      desk.service.ask(clerk, update, { input: { id, expectedVersion: 1, ...changes } }).then(told);
    expect(await change({ name: '郝　一' })).toEqual(['CONFLICT', 'LIKELY_PERSON']);
    expect(await change({ phone: '86 13800030012' })).toEqual(['CONFLICT', 'LIKELY_PERSON']);
    expect(await change({ name: '郝一', confirmNew: true })).toBeUndefined();
  });

  it('but for the name and phone is not compared, though others are alike', async () => {
    const { id: organisationId } = await desk.enterprise();
    await entered({ name: '郝三', phone: '13800030014', organisationId });
    const { id } = await entered({ name: '郝三', phone: '13800030015', organisationId, confirmNew: true });
    const input = { id, expectedVersion: 1, jobTitle: '经理', name: '郝三', phone: '13800030015' };
    expect(told(await desk.service.ask(clerk, update, { input }))).toBeUndefined();
  });
});

describe('a value of a person', () => {
  it.each([
    ['name', '张*', 'MASKED_VALUE'],
    ['name', '张＊', 'MASKED_VALUE'],
    ['phone', '138****1234', 'MASKED_VALUE'],
    ['phone', '138××××1234', 'MASKED_VALUE'],
    ['phone', '13800000000/13900000000', 'TWO_PHONES'],
    ['phone', '88880000', 'NOT_A_PHONE'],
  ])('%s %s is refused by name, entered or changed, and is not repeated', async (field, value, reason) => {
    const { id } = await entered(aPerson());
    const answers = [
      await enter(aPerson({ [field]: value })),
      await desk.service.ask(blind, update, { input: { id, expectedVersion: 1, [field]: value } }),
    ];
    for (const { errors } of answers) {
      expect(errors?.[0]).toMatchObject({
        message: expect.stringContaining(`${field}: `),
        extensions: { code: 'INVALID_INPUT', reason, suggestion: expect.any(String) },
      });
      expect(JSON.stringify(errors)).not.toContain(value);
    }
  });

  it('phone is kept in one form', async () => {
    const { id: organisationId } = await desk.enterprise();
    await entered({ name: '郝四', phone: '（0431）8888 0016 转 801', organisationId });
    expect(await desk.peopleOf({ id: organisationId } as any)).toMatchObject([{ phone: '0431-88880016-801' }]);
  });
});
