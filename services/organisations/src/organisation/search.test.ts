import { searchKey } from '@hub/kit/search-key';
import { searchSql } from '@hub/kit/searchable';
import { connected } from '@hub/postgres/administrator';
import { type TestService, testService } from '@hub/test/test-service';
import { type Claims, city, county } from '@hub/test/test-tokens';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anOrganisation } from '../factories.ts';
import { organisations } from '../subgraph.ts';

let service: TestService;
beforeAll(async () => {
  service = await testService(organisations);
}, 120_000);
afterAll(() => service?.stop());

const create = `mutation ($input: CreateOrganisation!) { createOrganisation(input: $input) { id } }`;
const enter = (input: object) => service.get(city, create, { input: anOrganisation(input) });
const query = `query ($where: OrganisationFilter, $first: Int) { organisations(where: $where, first: $first) { totalCount nodes { legalName } } }`;
const found = async (search: string, claims: any = city, division = '220182') =>
  (await service.get(claims, query, { where: { search, division } })).organisations.nodes.map(
    ({ legalName }: { legalName: string }) => legalName,
  );

describe('a search of organisations', () => {
  beforeAll(async () => {
    for (const [legalName, shortName, creditCode] of [
      ['长春测试（集团）有限公司'],
      ['ＡＴ＆Ｔ（中国）通信公司', '美通'],
      ['吉林净月　科技公司', undefined, '91350100M000100Y43'],
      ['买买提·艾力网络工作室'],
    ])
      await enter({ divisionCode: '220182', legalName, shortName, ...(creditCode && { creditCode }) });
    await enter({ divisionCode: '220183', legalName: '长春测试（集团）别处公司' });
  });

  it.each([
    ['测试（集团）', '长春测试（集团）有限公司'],
    ['测试(集团)', '长春测试（集团）有限公司'],
    ['测试 (集团)', '长春测试（集团）有限公司'],
    ['测试【集团】', '长春测试（集团）有限公司'],
    ['changchun', '长春测试（集团）有限公司'],
    ['chang chun', '长春测试（集团）有限公司'],
    ['CHANG CHUN CE', '长春测试（集团）有限公司'],
    ['试', '长春测试（集团）有限公司'],
    ['ＡＴ＆Ｔ', 'ＡＴ＆Ｔ（中国）通信公司'],
    ['at&t', 'ＡＴ＆Ｔ（中国）通信公司'],
    ['At & T（中国', 'ＡＴ＆Ｔ（中国）通信公司'],
    ['美通', 'ＡＴ＆Ｔ（中国）通信公司'],
    ['净月科技', '吉林净月 科技公司'],
    ['净 月 科 技', '吉林净月 科技公司'],
    ['\u200B净月\u202C', '吉林净月 科技公司'],
    ['91350100m', '吉林净月 科技公司'],
    ['９１３５０１００M0', '吉林净月 科技公司'],
    ['买买提•艾力', '买买提·艾力网络工作室'],
    ['买买提艾力', '买买提·艾力网络工作室'],
    ['mai mai ti', '买买提·艾力网络工作室'],
  ])('%s finds', async (typed, name) => expect(await found(typed)).toEqual([name]));

  it.each(['没有', '%', '_', "'", '·', '-', '试测', 'chun', '1350', '\\', '?', '$1', '🙂'])('%s finds nothing', async typed =>
    expect(await found(typed)).toEqual([]),
  );

  it('finds in the slice of who asks only, and counts so', async () => {
    expect(await found('测试（集团）', county('220183'), '220183')).toEqual(['长春测试（集团）别处公司']);
    expect(await found('测试（集团）', county('220182'))).toEqual(['长春测试（集团）有限公司']);
    expect(await found('测试（集团）', county('220102'))).toEqual([]);
    const all = { where: { search: '测试(集团)' } };
    expect((await service.get(city, query, all)).organisations.totalCount).toBe(2);
    expect((await service.get(county('220183'), query, all)).organisations.totalCount).toBe(1);
    expect(
      (await service.get({ role: 'AUDITOR', division: '220100', scopes: ['organisations:read'] }, query, all)).organisations
        .totalCount,
    ).toBe(0);
    const member: Claims = {
      role: 'ORGANISATION',
      division: '220183',
      organisation: '0d1e5c4e-0000-4000-8000-000000000000',
      scopes: ['organisations:read'],
    };
    expect((await service.get(member, query, all)).organisations.totalCount).toBe(0);
  });

  it('is its own among others of one operation', async () => {
    const two = `{ division(code: "220182") { a: organisations(where: { search: "测试" }) { totalCount nodes { legalName } } b: organisations(where: { search: "净月" }) { totalCount nodes { legalName } } }
      c: organisations(where: { search: "买买提" }) { nodes { legalName } } }`;
    expect(await service.get(city, two)).toEqual({
      division: {
        a: { totalCount: 1, nodes: [{ legalName: '长春测试（集团）有限公司' }] },
        b: { totalCount: 1, nodes: [{ legalName: '吉林净月 科技公司' }] },
      },
      c: { nodes: [{ legalName: '买买提·艾力网络工作室' }] },
    });
  });

  it('asks its indexes among twenty thousand, whichever way it finds', async () => {
    await connected(service.database.ownerUrl, async run => {
      await run(`insert into organisation (id, division_code, credit_code, legal_name, sort_key)
        select gen_random_uuid(), '220184', 'T' || lpad(i::text, 17, '0'), '公主岭' || chr(19968 + i % 500) || chr(20468 + i / 500) || '网络公司', 'gong zhu ling ' || i from generate_series(1, 20000) i`);
      // What has just come in waits in a list of the index until it is vacuumed.
      await run('vacuum analyze organisation');
      const search = {
        table: 'organisation',
        parts: ['legal_name', 'short_name'],
        pinyin: 'sort_key',
        codes: ['credit_code'],
      } as const;
      const statements = searchSql(
        { ...search, parts: [...search.parts], codes: [...search.codes] },
        `e.division_code >= '2201' and e.division_code < '2202'`,
      );
      const asked = ['丁勵', 'gongzhuling777', 'T0000000000000077'];
      const indexes = ['organisation_search', 'organisation_search_pinyin', 'organisation_credit_code_unique'];
      for (const [i, sql] of statements.entries()) {
        const part = `'${i === 2 ? asked[i] : searchKey(asked[i]!)}'`;
        const rows = await run<{ 'QUERY PLAN': string }>(`explain ${sql.replace(/\bpart\b/g, part)}`);
        const plan = rows.map(row => row['QUERY PLAN']).join('\n');
        expect(plan).toMatch(new RegExp(`(Bitmap Index Scan on|Index Scan using) ${indexes[i]}\\b`));
        expect(plan).not.toContain('Seq Scan');
      }
    });
    const name = (await service.get(city, query, { where: { division: '220184' }, first: 1 })).organisations.nodes[0].legalName;
    expect(await found(name.slice(2, 6), city, '220184')).toContain(name);
  });
});
