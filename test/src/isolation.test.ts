import { defaultScopes } from '@hub/identity/scopes';
import { roles } from '@hub/kit/viewer';
import { aCreditCode } from '@hub/organisations/factories';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Canary, canaryTrace, type Employer, plantCanaries } from './canaries.ts';
import { Oracle, types, type Viewing } from './oracle.ts';
import { plantClaims } from './plant-claims.ts';
import { queryArbitrary, type Vocabulary } from './random-operations.ts';
import { foreignRows, unmaskedPersonal } from './seen.ts';
import { rootLists, rowTypes, supergraph } from './supergraph.ts';
import { type TestHub, testHub } from './test-hub.ts';
import { vocabularyOf } from './vocabulary.ts';

const operations = Number(process.env.HUB_ISOLATION_OPERATIONS ?? 2_000);

/** Row security alone is tried: every role comes with the scopes of a committee. */
const scopes = [...defaultScopes('COMMITTEE')];

describe('isolation through the gateway', () => {
  let hub: TestHub;
  let oracle: Oracle;
  let words: Vocabulary & { organisations: Employer[]; partner: string };
  let canaries: Canary[];
  let told: string[];
  let one: Record<(typeof roles)[number], Viewing>;
  const logLevel = process.env.HUB_LOG;
  beforeAll(async () => {
    process.env.HUB_LOG = 'debug';
    hub = await testHub({ sample: true });
    words = await vocabularyOf(hub, await Oracle.of(hub));
    const byDivision = new Map(words.organisations.map(each => [each.division, each]));
    ({ canaries, told } = await plantCanaries(hub, [...byDivision.values()]));
    await plantClaims(hub, [...byDivision.keys()]);
    oracle = await Oracle.of(hub);
    // As many as all other ids together: that they are met must not be rare.
    for (let i = words.ids.length; i > 0; i -= canaries.length) words.ids.push(...canaries.map(({ id }) => id));
    const [{ id: organisation, division }] = words.organisations as [Employer];
    one = {
      COMMITTEE: { role: 'COMMITTEE', division },
      ORGANISATION: { role: 'ORGANISATION', division, organisation },
      PARTNER: { role: 'PARTNER', division: '220100', organisation: words.partner },
      REPORTING: { role: 'REPORTING', division },
      AUDITOR: { role: 'AUDITOR', division },
      SERVICE: { role: 'SERVICE', division: '000000' },
    };
  }, 600_000);
  afterAll(async () => {
    if (logLevel === undefined) delete process.env.HUB_LOG;
    else process.env.HUB_LOG = logLevel;
    await hub?.stop();
  });

  /** Where somebody stands with a token of before their organisation moved: seldom, because they see next to nothing. */
  const rarelyElsewhere = fc.constantFrom(...Array<undefined>(7).fill(undefined), '220200');

  const viewing = (): fc.Arbitrary<Viewing> =>
    fc.constantFrom(...roles).chain((role): fc.Arbitrary<Viewing> => {
      if (role === 'ORGANISATION')
        return fc
          .tuple(fc.constantFrom(...words.organisations), rarelyElsewhere)
          .map(([{ id, division }, elsewhere]) => ({ role, division: elsewhere ?? division, organisation: id }));
      if (role === 'PARTNER')
        return fc
          .tuple(fc.constantFrom(words.partner, words.organisations[0]!.id), rarelyElsewhere)
          .map(([organisation, elsewhere]) => ({ role, division: elsewhere ?? '220100', organisation }));
      return fc.constantFrom(...(role === 'SERVICE' ? ['000000'] : words.divisions)).map(division => ({ role, division }));
    });

  /** The whole answer: body and headers, and what of it is data. Each operation is somebody else's, so that no one's budget ends. */
  let asked = 0;
  const exchange = async (viewer: Viewing, held: readonly string[], query: string) => {
    const token = await hub.token({ ...viewer, scopes: held as never, actor: `viewer-${asked++}` });
    const response = await fetch(`${hub.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query }),
    });
    const body = await response.text();
    const headers = JSON.stringify([...response.headers]);
    return { whole: body + decodeURIComponent(headers), ...(JSON.parse(body) as { data?: unknown; errors?: any[] }) };
  };

  /** Canaries that a text gives away to somebody who may see those of `mine` only. */
  const givenAway = (text: string, mine: (canary: Canary) => boolean = () => false) =>
    canaries.filter(canary => !mine(canary)).flatMap(({ secrets }) => secrets.filter(secret => text.includes(secret)));

  it('has a rule for every type whose rows have a key, and tries data of each', () => {
    expect(rowTypes.filter(type => !types[type])).toEqual([]);
    expect(Object.keys(types).filter(type => !rowTypes.includes(type))).toEqual([]);
    expect(Object.keys(types).filter(type => oracle.ids(type).length === 0)).toEqual([]);
    expect(canaries.length).toBeGreaterThan(10);
  });

  it(`shows no foreign row, no personal field and no canary in ${operations} random operations`, async () => {
    let seen = 0;
    let refused = 0;
    const check = async (viewer: Viewing, personal: boolean, query: string) => {
      const held = personal ? [...scopes, 'people:personal'] : scopes;
      const { data, errors, whole } = await exchange(viewer, held, query);
      for (const error of errors ?? []) {
        if (error.extensions.code === 'INTERNAL') throw new Error(`${JSON.stringify(error)}\n${query}`);
        refused++;
      }
      const rows = foreignRows(data, viewer, oracle);
      seen += rows.seen;
      const mayKnow = personal && (viewer.role === 'COMMITTEE' || viewer.role === 'ORGANISATION');
      const mine = ({ id }: Canary) => mayKnow && oracle.maySee(viewer, 'Person', id) === true;
      const wrong = [...rows.foreign, ...(mayKnow ? [] : unmaskedPersonal(data)), ...givenAway(whole, mine)];
      if (wrong.length) throw new Error(`${JSON.stringify(viewer)} saw ${JSON.stringify(wrong.slice(0, 3))} by ${query}`);
    };
    await fc.assert(fc.asyncProperty(viewing(), fc.boolean(), queryArbitrary(supergraph, words), check), {
      numRuns: operations,
      endOnFailure: true,
    });
    // The property means nothing when the answers are empty.
    expect(seen).toBeGreaterThan(operations);
    expect(refused).toBeLessThan(operations);
  }, 600_000);

  it('lists and counts for every viewer exactly what the oracle allows', async () => {
    const viewers: Viewing[] = [
      ...['220100', '220102', '220104', '220173', '110105', '220000'].flatMap(division =>
        (['COMMITTEE', 'REPORTING'] as const).map(role => ({ role, division })),
      ),
      ...words.organisations.slice(0, 3).flatMap(({ id, division }) =>
        // With a token of before it moved, too: from elsewhere nothing of its own is seen.
        [division, '220100', '220200'].map(at => ({ role: 'ORGANISATION' as const, division: at, organisation: id })),
      ),
      { role: 'PARTNER', division: '220200', organisation: words.partner },
      ...Object.values(one),
    ];
    const lists = Map.groupBy(rootLists, ({ type }) => type);
    expect(lists.size).toBeGreaterThan(15);
    const query = `{ ${rootLists.map(({ field }) => `${field}(first: 0) { totalCount }`).join(' ')} }`;
    for (const viewer of viewers) {
      const data = await hub.get({ ...viewer, scopes }, query);
      const counted = [...lists].map(([type, fields]) => [
        type,
        fields.reduce((sum, { field }) => sum + data[field].totalCount, 0),
      ]);
      const expected = [...lists.keys()].map(type => [type, oracle.count(viewer, type)]);
      expect({ viewer, counted }).toEqual({ viewer, counted: expected });
    }
  });

  it('finds, orders and dates no one by what is masked', async () => {
    const people = (where: string) => `{ people(where: { search: "${where}" }) { totalCount nodes { name } } }`;
    for (const role of roles)
      for (const query of [people('鷓鴣'), '{ people(orderBy: NAME_DESC) { edges { cursor } } }']) {
        const { errors, data } = await exchange(one[role], scopes, query);
        expect({ role, query, code: errors?.[0].extensions.code, data }).toEqual({
          role,
          query,
          code: 'FORBIDDEN',
          data: undefined,
        });
      }
    // With the scope, those of the slice are found by name, in pinyin and by phone, and no other; what looks for canaries sees them.
    const own = canaries.filter(({ id }) => oracle.maySee(one.COMMITTEE, 'Person', id));
    for (const text of ['鷓鴣', 'zhe gu']) {
      const { data, whole } = await exchange(one.COMMITTEE, [...scopes, 'people:personal'], people(text));
      expect((data as any).people.totalCount).toBe(own.length);
      expect(givenAway(whole).length).toBe(own.length);
    }
    for (const phone of canaries.map(({ secrets }) => secrets.find(secret => /^\d+$/.test(secret))!)) {
      const { whole } = await exchange(one.COMMITTEE, [...scopes, 'people:personal'], people(phone));
      expect(givenAway(whole, canary => own.includes(canary))).toEqual([]);
    }
  });

  it('tries a file out without a word about who is on file elsewhere', async () => {
    const county = one.COMMITTEE;
    const theirs = words.organisations.find(({ division }) => division !== county.division)!;
    const trial = async (ledger: string, file: string, held: readonly string[]) => {
      const token = await hub.token({ ...county, scopes: held as never, actor: `trial-${asked++}` });
      const response = await fetch(`${hub.url}/imports/${ledger}?name=trial.csv&dryRun=true`, {
        method: 'POST',
        body: file,
        headers: { authorization: `Bearer ${token}` },
      });
      const body = (await response.json()) as { import?: Record<string, unknown>; errors?: unknown };
      const { id: _, sha256, createdAt, actor, ...told } = body.import ?? {};
      return { status: response.status, told, errors: body.errors };
    };
    const organisation = (code: string) => `统一社会信用代码,企业名称,属地\n${code},长春试探科技有限公司,${county.division}\n`;
    const elsewhere = await trial('organisations', organisation(theirs.creditCode), scopes);
    expect(elsewhere).toEqual(await trial('organisations', organisation(aCreditCode()), scopes));
    expect(elsewhere.status).toBe(200);
    const person = (phone: string) => `姓名,联系电话,所在企业信用代码\n赵某,${phone},${words.organisations[0]!.creditCode}\n`;
    for (const { secrets } of canaries)
      expect(await trial('members', person(secrets.find(secret => /^\d+$/.test(secret))!), scopes)).toMatchObject({
        status: 403,
        told: {},
      });
  });

  it('repeats an answer to nobody who may see less', async () => {
    const personal = [...scopes, 'people:personal'];
    const [own, ...others] = canaries.filter(({ id }) => oracle.maySee(one.COMMITTEE, 'Person', id));
    expect(others.length).toBeGreaterThan(0);
    const query = `mutation { setContact(input: { id: "${own!.id}", expectedVersion: VERSION, isContact: true }) { name phone } }`;
    const { data } = await exchange(one.COMMITTEE, scopes, `{ person(id: "${own!.id}") { version } }`);
    const repeated = query.replace('VERSION', (data as any).person.version);
    const replay = async (viewer: Viewing, held: readonly string[]) => {
      const token = await hub.token({ ...viewer, scopes: held as never, actor: 'replay' });
      const response = await fetch(`${hub.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'idempotency-key': 'one-key-for-all' },
        body: JSON.stringify({ query: repeated }),
      });
      const { data, errors } = (await response.json()) as { data?: unknown; errors?: unknown };
      return JSON.stringify({ data, errors });
    };
    const first = await replay(one.COMMITTEE, personal);
    expect(givenAway(first).length).toBeGreaterThan(0);
    expect(await replay(one.COMMITTEE, personal)).toBe(first);
    const county = words.divisions.find(code => code !== one.COMMITTEE.division && code !== '220100')!;
    expect(givenAway(await replay(one.COMMITTEE, scopes))).toEqual([]);
    expect(givenAway(await replay({ role: 'COMMITTEE', division: county }, personal))).toEqual([]);
    for (const role of ['REPORTING', 'PARTNER', 'AUDITOR', 'SERVICE'] as const)
      expect(givenAway(await replay(one[role], personal))).toEqual([]);
  });

  it('tells no canary when a ledger is refused', () => {
    expect(told.join()).toContain('NOT_A_PHONE');
    expect(givenAway(told.join())).toEqual([]);
  });

  it('shows operators no canary: not in logs, whatever the level, nor in metrics or status', async () => {
    const told = await hub.observations();
    expect(Object.keys(told)).toEqual(expect.arrayContaining(['gateway.log', 'people.log', '/metrics', '/status']));
    expect(told['/metrics']).toContain('hub_');
    expect(Object.values(told).join('').length).toBeGreaterThan(0);
    for (const [place, text] of Object.entries(told))
      expect({ place, canaries: givenAway(text) }).toEqual({ place, canaries: [] });
    expect(canaries.flatMap(({ secrets }) => secrets).filter(secret => !canaryTrace.test(secret))).toEqual([]);
  });
});
