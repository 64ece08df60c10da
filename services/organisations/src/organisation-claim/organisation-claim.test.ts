import { type TestService, testService } from '@hub/test/test-service';
import { city, county } from '@hub/test/test-tokens';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aCreditCode, anOrganisation } from '../factories.ts';
import { organisations } from '../subgraph.ts';

let service: TestService;
beforeAll(async () => {
  service = await testService(organisations);
});
afterAll(() => service?.stop());

const [ours, theirs] = [county('220102'), county('220104')];
const province = county('220000');
const shown = 'id version creditCode by { code } organisation { legalName } reason state note decidedAt';
const claiming = `mutation ($input: ClaimOrganisation!) { claimOrganisation(input: $input) { ${shown} } }`;
const deciding = `mutation ($input: DecideOrganisationClaim!) { decideOrganisationClaim(input: $input) { ${shown} } }`;
const withdrawing = `mutation ($input: WithdrawOrganisationClaim!) { withdrawOrganisationClaim(input: $input) { ${shown} } }`;
const listing = `query ($where: OrganisationClaimFilter, $first: Int, $after: String) {
  organisationClaims(where: $where, first: $first, after: $after) { totalCount nodes { ${shown} } pageInfo { endCursor } } }`;

type Viewer = Parameters<TestService['ask']>[0];
const entered = async (overrides: object = {}): Promise<{ id: string; version: number; creditCode: string }> =>
  (
    await service.get(
      city,
      `mutation ($input: CreateOrganisation!) { createOrganisation(input: $input) { id version creditCode } }`,
      { input: anOrganisation({ divisionCode: '220104', ...overrides }) },
    )
  ).createOrganisation;
const claim = async (creditCode: string, viewer: Viewer = ours, reason = '已迁入南关区办公') =>
  (await service.get(viewer, claiming, { input: { creditCode, reason } })).claimOrganisation;
const decide = (viewer: Viewer, { id, version }: { id: string; version: number }, decision: string, note?: string) =>
  service.ask(viewer, deciding, { input: { id, expectedVersion: version, decision, note } });
const withdraw = (viewer: Viewer, { id, version }: { id: string; version: number }) =>
  service.ask(viewer, withdrawing, { input: { id, expectedVersion: version } });
const codeOf = ({ errors }: { errors?: { extensions: { code: string } }[] }) => errors?.[0]?.extensions.code ?? 'OK';
const claims = async (viewer: Viewer, variables: object = {}) =>
  (await service.get(viewer, listing, variables)).organisationClaims;
const onFile = async (viewer: Viewer, id: string) =>
  (
    await service.get(
      viewer,
      'query ($id: ID!) { organisation(id: $id) { division { code } history { kind reason divisionCode } } }',
      { id },
    )
  ).organisation;

describe('a claim to an organisation', () => {
  it('is answered alike for a code that a neighbour has, one that has ended there, and one that nobody has', async () => {
    const neighbour = await entered();
    const ended = await entered();
    await service.get(
      theirs,
      `mutation ($id: ID!) { dissolveOrganisation(input: { id: $id, expectedVersion: 1, dissolvedOn: "2024-05-01", reason: "注销" }) { id } }`,
      { id: ended.id },
    );
    const told = async (creditCode: string) => {
      const answer = await service.ask(ours, claiming, { input: { creditCode, reason: '已迁入南关区办公' } });
      const { id: _, creditCode: same, ...rest } = answer.data.claimOrganisation;
      expect(same).toBe(creditCode);
      return { ...answer, data: rest };
    };
    const free = await told(aCreditCode());
    expect(free.data).toEqual({
      version: 1,
      by: { code: '220102' },
      organisation: null,
      reason: '已迁入南关区办公',
      state: 'OPEN',
      note: null,
      decidedAt: null,
    });
    expect(await told(neighbour.creditCode)).toEqual(free);
    expect(await told(ended.creditCode)).toEqual(free);
  });

  it('is refused for a code that stands in the own slice, of a county and of a city', async () => {
    const { creditCode } = await entered();
    for (const viewer of [theirs, city]) {
      const { errors } = await service.ask(viewer, claiming, { input: { creditCode, reason: '属于我区' } });
      expect(errors?.[0]).toMatchObject({ extensions: { code: 'NOT_ALLOWED' }, message: expect.stringContaining('220104') });
    }
  });

  it('is open once for a division and a code; the second is told which it is, and another county claims as well', async () => {
    const { creditCode } = await entered();
    const first = await claim(creditCode);
    const second = await service.ask(ours, claiming, { input: { creditCode, reason: '再次申请' } });
    expect(second.errors?.[0]).toMatchObject({ extensions: { code: 'CONFLICT' }, message: expect.stringContaining(first.id) });
    expect((await claim(creditCode, county('220105'))).state).toBe('OPEN');
    const atOnce = aCreditCode();
    const both = await Promise.all(
      [1, 2].map(() => service.ask(ours, claiming, { input: { creditCode: atOnce, reason: '已迁入' } })),
    );
    expect(both.map(codeOf).sort()).toEqual(['CONFLICT', 'OK']);
  });

  it('needs a credit code that is one, cleaned as a ledger cleans it, and a committee', async () => {
    const input = { creditCode: '912201021234567000', reason: '已迁入' };
    expect((await service.ask(ours, claiming, { input })).errors?.[0]?.message).toContain('spreadsheet');
    const creditCode = aCreditCode();
    expect((await claim(` \u200b${creditCode}\u202c `)).creditCode).toBe(creditCode);
    const { id, creditCode: own } = await entered();
    for (const role of ['ORGANISATION', 'PARTNER', 'REPORTING', 'AUDITOR'] as const) {
      const viewer = { role, division: '220104', ...(/^[OP]/.test(role) && { organisation: id }) };
      const answer = await service.ask(viewer, claiming, { input: { creditCode: own, reason: '属于我们' } });
      expect([role, codeOf(answer)]).toEqual([role, 'FORBIDDEN']);
    }
  });

  it('is not decided by the county that makes it, nor seen by the one that has the organisation', async () => {
    const { id, creditCode } = await entered();
    const open = await claim(creditCode);
    expect(codeOf(await decide(ours, open, 'GRANTED'))).toBe('FORBIDDEN');
    expect(codeOf(await decide(theirs, open, 'GRANTED'))).toBe('NOT_FOUND');
    expect(codeOf(await decide({ role: 'AUDITOR', division: '220100' }, open, 'GRANTED'))).toBe('NOT_FOUND');
    expect((await onFile(theirs, id)).division.code).toBe('220104');
  });

  it('granted by the city, brings the enterprise to the county in the same moment, with its history', async () => {
    const { id, creditCode } = await entered();
    const open = await claim(creditCode);
    const [seen] = (await claims(city, { where: { state: 'OPEN' } })).nodes;
    expect(seen).toMatchObject({ id: open.id, by: { code: '220102' }, organisation: { legalName: '长春测试网络科技有限公司' } });
    const { data } = await decide(city, open, 'GRANTED', '情况属实');
    expect(data.decideOrganisationClaim).toMatchObject({ state: 'GRANTED', note: '情况属实', version: 2 });
    expect(data.decideOrganisationClaim.decidedAt).not.toBeNull();
    expect(await onFile(theirs, id)).toBeNull();
    const arrived = await onFile(ours, id);
    expect(arrived.division.code).toBe('220102');
    expect(arrived.history[0]).toMatchObject({ kind: 'ENTERED_SCOPE', divisionCode: '220102' });
    expect(arrived.history[0].reason).toMatch(/^\d{4}-\d\d-\d\d 已迁入南关区办公$/);
    const told = (await claims(ours, { where: { state: 'GRANTED' } })).nodes;
    expect(told[0]).toMatchObject({ id: open.id, note: '情况属实', organisation: { legalName: '长春测试网络科技有限公司' } });
    expect(codeOf(await decide(city, { ...open, version: 2 }, 'DECLINED', '误判'))).toBe('NOT_ALLOWED');
  });

  it('is granted as well where the city moved the enterprise by hand meanwhile', async () => {
    const { id, version, creditCode } = await entered();
    const open = await claim(creditCode);
    await service.get(city, `mutation ($input: MoveOrganisation!) { moveOrganisation(input: $input) { id } }`, {
      input: { id, expectedVersion: version, divisionCode: '220102', movedOn: '2024-05-01', reason: '迁址' },
    });
    expect((await decide(city, open, 'GRANTED')).data.decideOrganisationClaim.state).toBe('GRANTED');
    expect((await onFile(ours, id)).history[0].reason).toBe('2024-05-01 迁址');
  });

  it('is declined with a note, which the county reads, and may be made again', async () => {
    const { id, creditCode } = await entered();
    const open = await claim(creditCode);
    const silent = await decide(city, open, 'DECLINED');
    expect(silent.errors?.[0]).toMatchObject({ extensions: { code: 'INVALID_INPUT' }, message: expect.stringContaining('note') });
    expect(codeOf(await decide(city, open, 'DECLINED', '营业执照仍在二道区之外'))).toBe('OK');
    expect((await claims(ours, { where: { state: 'DECLINED' } })).nodes[0]).toMatchObject({
      id: open.id,
      note: '营业执照仍在二道区之外',
    });
    expect((await onFile(theirs, id)).division.code).toBe('220104');
    expect((await claim(creditCode)).state).toBe('OPEN');
  });

  it('is not granted for an enterprise that the decider does not have, or that has ended, and stays open', async () => {
    const [far, nowhere, ended] = [await claim(aCreditCode()), await claim(aCreditCode()), await entered()];
    const closed = await claim(ended.creditCode);
    await service.get(
      city,
      `mutation ($id: ID!) { dissolveOrganisation(input: { id: $id, expectedVersion: 1, dissolvedOn: "2024-05-01", reason: "注销" }) { id } }`,
      { id: ended.id },
    );
    await service.get(province, `mutation ($input: CreateOrganisation!) { createOrganisation(input: $input) { id } }`, {
      input: anOrganisation({ divisionCode: '220202', creditCode: far.creditCode }),
    });
    const refused = await Promise.all([far, nowhere, closed].map(each => decide(city, each, 'GRANTED')));
    expect(refused.map(codeOf)).toEqual(['NOT_ALLOWED', 'NOT_ALLOWED', 'NOT_ALLOWED']);
    expect(refused[0]!.errors![0]!.message.replaceAll(far.creditCode, '')).toBe(
      refused[1]!.errors![0]!.message.replaceAll(nowhere.creditCode, ''),
    );
    expect(refused[2]!.errors![0]!.message).toContain('dissolved');
    expect((await claims(ours, { where: { state: 'OPEN' } })).nodes.map(({ id }: { id: string }) => id)).toEqual(
      expect.arrayContaining([far.id, nowhere.id, closed.id]),
    );
    expect(codeOf(await decide(province, far, 'GRANTED'))).toBe('OK');
  });

  it('is withdrawn by the county that made it and nobody else', async () => {
    const open = await claim((await entered()).creditCode);
    expect(codeOf(await withdraw(city, open))).toBe('FORBIDDEN');
    expect(codeOf(await withdraw(theirs, open))).toBe('NOT_FOUND');
    const { data } = await withdraw(ours, open);
    expect(data.withdrawOrganisationClaim).toMatchObject({ id: open.id, state: 'WITHDRAWN', version: 2 });
    expect(codeOf(await withdraw(ours, { ...open, version: 2 }))).toBe('NOT_ALLOWED');
    expect(codeOf(await decide(city, { ...open, version: 2 }, 'GRANTED'))).toBe('NOT_ALLOWED');
  });

  it('decided by two at once has one winner, and so has one that is withdrawn meanwhile', async () => {
    const { creditCode, id } = await entered();
    const open = await claim(creditCode);
    const both = await Promise.all([decide(city, open, 'GRANTED'), decide(city, open, 'DECLINED', '不属实')]);
    expect(both.map(codeOf).sort()).toEqual(['OK', 'VERSION_MISMATCH']);
    const moved = codeOf(both[0]!) === 'OK';
    expect((await onFile(city, id)).division.code).toBe(moved ? '220102' : '220104');
    const other = await claim((await entered()).creditCode);
    const race = await Promise.all([decide(city, other, 'GRANTED'), withdraw(ours, other)]);
    expect(race.map(codeOf).sort()).toEqual(['OK', 'VERSION_MISMATCH']);
  });

  it('lists newest first in a stable order, with those of other counties left out', async () => {
    const [one, other] = [county('220106'), county('220112')];
    const foreign = await claim(aCreditCode(), other);
    const mine: string[] = [];
    for (let i = 0; i < 4; i++) mine.unshift((await claim(aCreditCode(), one)).id);
    const ids = ({ nodes }: { nodes: { id: string }[] }) => nodes.map(({ id }) => id);
    const first = await claims(one, { first: 3 });
    expect(first.totalCount).toBe(4);
    const second = await claims(one, { first: 3, after: first.pageInfo.endCursor });
    expect([...ids(first), ...ids(second)]).toEqual(mine);
    const ofCity = ids(await claims(city, { where: { division: '220112' } }));
    expect(ofCity).toEqual([foreign.id]);
    expect((await claims(city, { where: { division: '220106', state: 'WITHDRAWN' } })).totalCount).toBe(0);
    for (const role of ['REPORTING', 'AUDITOR'] as const) expect((await claims({ role, division: '220100' })).totalCount).toBe(0);
  });

  it('is shown to a city with the organisation of each in as many statements for many as for few', async () => {
    const [one, many] = [county('220122'), county('220182')];
    await claim((await entered()).creditCode, one);
    for (let i = 0; i < 6; i++) await claim((await entered()).creditCode, many);
    const asked = await Promise.all(['220122', '220182'].map(division => service.ask(city, listing, { where: { division } })));
    expect(asked.map(({ data }) => data.organisationClaims.totalCount)).toEqual([1, 6]);
    expect(asked[1]!.statements).toBe(asked[0]!.statements);
  });

  it('is what the county is told to make when it enters a code that another county has', async () => {
    const { creditCode } = await entered();
    const { errors } = await service.ask(
      ours,
      `mutation ($input: CreateOrganisation!) { createOrganisation(input: $input) { id } }`,
      { input: anOrganisation({ creditCode }) },
    );
    expect(errors?.[0]).toMatchObject({
      extensions: { code: 'CONFLICT' },
      message: expect.stringContaining('claimOrganisation'),
    });
    expect(errors?.[0]?.message).toMatch(/申请认领/);
    expect(errors?.[0]?.message).not.toContain('220104');
  });
});
