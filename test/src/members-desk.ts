import { readFile } from 'node:fs/promises';
import { inRepository } from '@hub/launcher/layout';
import { aCreditCode, anOrganisation } from '@hub/organisations/factories';
import { organisations } from '@hub/organisations/subgraph';
import { people } from '@hub/people/subgraph';
import { importSheet, type SheetOptions } from './import-sheet.ts';
import { type TestService, testService } from './test-service.ts';
import { allScopes, county } from './test-tokens.ts';

/** The credit code that the files of test/cases name; each desk puts one of its own in its place. */
const inCases = '91220102MA0009501Y';
const header = ['姓名', '联系电话', '所在企业信用代码', '所在党支部', '党员类别', '入党日期', '职务', '党内职务'];

/** Somebody of a county who brings in ledgers of members, and may see what came of them. */
export const clerk = { ...county('220102'), actor: 'members-desk', scopes: [...allScopes, 'people:personal'] };

export interface Enterprise {
  id: string;
  creditCode: string;
  branches: string[];
}

/** The services of organisations and people, with what a test of the members ledger does. */
export class MembersDesk {
  private constructor(
    readonly owner: TestService,
    readonly service: TestService,
  ) {}

  static async open(): Promise<MembersDesk> {
    const owner = await testService(organisations);
    return new MembersDesk(owner, await testService(people, { organisations: owner.url }));
  }

  async close(): Promise<void> {
    await this.service.stop();
    await this.owner.stop();
  }

  private async organisation(divisionCode: string, creditCode: string): Promise<string> {
    const enter = `mutation ($input: CreateOrganisation!) { createOrganisation(input: $input) { id } }`;
    const input = anOrganisation({ divisionCode, creditCode, legalName: `长春${creditCode.slice(-6)}科技有限公司` });
    return (await this.owner.get(county(divisionCode), enter, { input })).createOrganisation.id;
  }

  /** An enterprise of its own and branches of these names: the first is its own, the others are neighbours'. */
  async enterprise(names: string[] = ['支部甲'], divisionCode = '220102'): Promise<Enterprise> {
    const creditCode = aCreditCode();
    const id = await this.organisation(divisionCode, creditCode);
    const branches: string[] = [];
    const establish = `mutation ($id: ID!, $name: String!) { createBranch(input: { name: $name, organisationIds: [$id] }) { id } }`;
    for (const name of names) {
      const of = branches.length === 0 ? id : await this.organisation(divisionCode, aCreditCode());
      const variables = { id: of, name: this.branchName(name, creditCode) };
      branches.push((await this.owner.get(county(divisionCode), establish, variables)).createBranch.id);
    }
    return { id, creditCode, branches };
  }

  /** Names are looked for in the county, and each test has its own. */
  branchName = (name: string, creditCode: string) => `${name}${creditCode.slice(-9)}`;

  /** Rows of name, phone, branch, status, joined, job, post (others by their header), of one enterprise. */
  async bring({ creditCode }: Enterprise, rows: Record<string, string>[], options?: SheetOptions, viewer = clerk) {
    const headers = [...new Set([...header, ...rows.flatMap(row => Object.keys(row))])];
    const cells = rows.map(row =>
      headers.map(each => {
        if (each === '所在企业信用代码') return row[each] ?? creditCode;
        if (each === '所在党支部' && row[each]) return this.branchName(row[each], row.所在企业信用代码 ?? creditCode);
        return row[each] ?? '';
      }),
    );
    return importSheet(this.service, viewer, 'People', 'members', [headers, ...cells], options);
  }

  /** A file of test/cases, in which the enterprise stands for its own. */
  async bringCase(enterprise: Enterprise, name: string, options?: SheetOptions) {
    const text = (await readFile(inRepository('test', 'cases', `${name}.csv`), 'utf8')).replace(/^\uFEFF/, '');
    const [headers, ...rows] = text
      .split(/\r?\n/)
      .filter(Boolean)
      .map(line => line.split(','));
    const records = rows.map(row => Object.fromEntries(headers!.map((each, i) => [each, row[i] ?? ''])));
    for (const record of records) if (record.所在企业信用代码 === inCases) delete record.所在企业信用代码;
    return this.bring(enterprise, records as Record<string, string>[], options);
  }

  /** Who is on file at an enterprise, by name and phone. */
  async peopleOf({ id }: Enterprise, viewer = clerk): Promise<any[]> {
    const query = `query ($id: ID!) { people(first: 200, orderBy: NAME_ASC, where: { organisationId: $id }) { nodes {
      id version name phone jobTitle birthYear gender organisation { id } division { code } realName { status }
      memberships { nodes { id version status joinedOn leftOn branch { id } } } posts { nodes { title kind endedOn } } } } }`;
    return (await this.service.get(viewer, query, { id })).people.nodes;
  }
}
