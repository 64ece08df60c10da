import { createHash } from 'node:crypto';
import { aCreditCode, anOrganisation } from '@hub/organisations/factories';
import { organisations } from '@hub/organisations/subgraph';
import { importSheet, type SheetOptions } from '@hub/test/import-sheet';
import { type TestService, testService } from '@hub/test/test-service';
import { allScopes, county } from '@hub/test/test-tokens';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { anOrganisationWithBranch } from '../factories.ts';
import { people } from '../subgraph.ts';

let owner: TestService;
let service: TestService;
let creditCode: string;
beforeAll(async () => {
  owner = await testService(organisations);
  service = await testService(people, { organisations: owner.url });
  creditCode = aCreditCode();
  await anOrganisationWithBranch(owner, anOrganisation({ divisionCode: '220102', creditCode }));
});
afterAll(async () => {
  await service?.stop();
  await owner?.stop();
});

const blind = county('220102');
const seeing = { ...blind, actor: 'sees-people', scopes: [...allScopes, 'people:personal'] };
const sheet = (...phones: string[]) => [
  ['姓名', '联系电话', '所在企业信用代码'],
  ...phones.map(phone => [`赵${phone.slice(-2)}`, phone, creditCode]),
];
const bring = (viewer: typeof blind, rows: string[][], options?: SheetOptions) =>
  importSheet(service, viewer, 'People', 'members', rows, options);
async function behindTheCurtain(sql: string) {
  const client = new pg.Client({ connectionString: service.database.ownerUrl });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

async function staged(phone: string): Promise<string> {
  const sha256 = createHash('sha256').update(phone).digest('hex');
  const stage = `mutation { stagePeopleImport(input: { ledger: members, fileName: "a", sha256: "${sha256}" }) { id } }`;
  const { id } = (await service.get(seeing, stage)).stagePeopleImport;
  const add = `mutation ($input: AddImportRows!) { addPeopleImportRows(input: $input) { id } }`;
  await service.get(seeing, add, { input: { id, firstRow: 1, rows: sheet(phone) } });
  return id;
}

const apply = `mutation ($input: ApplyImport!) { applyPeopleImport(input: $input) { id state counts { created unchanged } } }`;

describe('the members ledger', () => {
  it('tells nobody without people:personal which phones are on file, in a trial or otherwise', async () => {
    await bring(seeing, sheet('13900000001'));
    for (const phone of ['13900000001', '13900000002'])
      await expect(bring(blind, sheet(phone), { dryRun: true })).rejects.toThrow('people:personal');
    const id = await staged('13900000001');
    const { errors } = await service.ask(blind, apply, { input: { id, dryRun: true } });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', missing: ['people:personal'] });
  });
  it('leaves in the read log whom a trial was compared with', async () => {
    await bring(seeing, sheet('13900000003'));
    const before = await behindTheCurtain(`select id from read_log where entity = 'person'`);
    await bring(seeing, sheet('13900000003', '13900000004'), { dryRun: true });
    const after = await behindTheCurtain(`select id, ids from read_log where entity = 'person'`);
    const [read] = after.filter(({ id }) => !before.some(each => each.id === id));
    expect(read.ids).toHaveLength(1);
  });

  it('applied twice at once is applied once, and both are told the batch', async () => {
    const id = await staged('13900000005');
    const both = await Promise.all([1, 2, 3, 4].map(() => service.ask(seeing, apply, { input: { id } })));
    for (const { data, errors } of both) {
      expect(errors).toBeUndefined();
      expect(data.applyPeopleImport).toEqual({ id, state: 'APPLIED', counts: { created: 1, unchanged: 0 } });
    }
  });

  it('is taken back to a name that is found again, though its revision is of before names had keys', async () => {
    await bring(seeing, sheet('13900000006'));
    const later = await bring(
      seeing,
      [...sheet('13900000006')].map((row, i) => [...row, i === 0 ? '职务' : '经理']),
    );
    expect(later.counts.updated).toBe(1);
    await behindTheCurtain(`update revision set data = data - 'name_key' where entity = 'person'`);
    const revert = `mutation ($input: RevertImport!) { revertPeopleImport(input: $input) { state } }`;
    await service.get(seeing, revert, { input: { id: later.id, reason: '弄错了' } });
    const rows = await behindTheCurtain(`select name_key, job_title from person where phone = '13900000006'`);
    expect(rows).toEqual([{ name_key: '赵06', job_title: null }]);
  });
});
