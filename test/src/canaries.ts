import type { TestHub } from './test-hub.ts';

/** A made-up person whose name and phone occur nowhere else: where they turn up, they came from this row. */
export interface Canary {
  id: string;
  /** Only for people:personal in the slice: names and phones, present and former, and the pinyin people are sorted by. */
  secrets: string[];
}

export interface Employer {
  id: string;
  division: string;
  creditCode: string;
}

export const canaryPrefix = '鷓鴣';
export const canaryPinyin = 'zhe gu';
/** What a text shows that holds anything of a canary. */
export const canaryTrace = /鷓鴣|zhe gu|19[789]0000\d(?:111|221|333|444)/;
const signs = '甲乙丙丁戊己庚辛壬癸';
const sounds = ['jia', 'yi', 'bing', 'ding', 'wu', 'ji', 'geng', 'xin', 'ren', 'gui'];

async function enterByHand(hub: TestHub, { id: organisationId, division }: Employer, i: number): Promise<Canary> {
  const county = { role: 'COMMITTEE', division } as const;
  const [former, name] = [`${canaryPrefix}${signs[i]}前`, `${canaryPrefix}${signs[i]}后`];
  // Members of the sample have 1990000xxxx as well; none of theirs ends so.
  const [formerPhone, phone] = [`1980000${i}111`, `1990000${i}221`];
  const { createPerson } = await hub.get(
    county,
    'mutation ($input: CreatePerson!) { createPerson(input: $input) { id version } }',
    { input: { organisationId, name: former, phone: formerPhone } },
  );
  await hub.get(county, 'mutation ($input: UpdatePerson!) { updatePerson(input: $input) { id } }', {
    input: { id: createPerson.id, expectedVersion: createPerson.version, name, phone },
  });
  const secrets = [former, name, formerPhone, phone, ...['qian', 'hou'].map(when => `${canaryPinyin} ${sounds[i]} ${when}`)];
  return { id: createPerson.id, secrets };
}

/** A members ledger with one good row and one whose phone is none. Answers what the door said. */
async function importLedger(hub: TestHub, { division, creditCode }: Employer, i: number): Promise<string> {
  const name = `${canaryPrefix}${signs[i]}账`;
  const body = `姓名,联系电话,所在企业信用代码\n${name},1970000${i}333,${creditCode}\n${name},1970000${i}444号码,${creditCode}\n`;
  const response = await fetch(`${hub.url}/imports/members?name=${i}.csv&rowByRow=true`, {
    method: 'POST',
    body,
    headers: {
      authorization: `Bearer ${await hub.token({ role: 'COMMITTEE', division, scopes: ['people:read', 'people:personal', 'imports:write', 'organisations:read'] })}`,
    },
  });
  return response.text();
}

/** Enters two people into each employer as their county would. Answers them, and all that the door said of the ledgers. */
export async function plantCanaries(hub: TestHub, employers: Employer[]): Promise<{ canaries: Canary[]; told: string[] }> {
  const canaries: Canary[] = [];
  const told: string[] = [];
  for (const [i, employer] of employers.slice(0, signs.length).entries()) {
    canaries.push(await enterByHand(hub, employer, i));
    told.push(await importLedger(hub, employer, i));
    const name = `${canaryPrefix}${signs[i]}账`;
    const { people } = await hub.get(
      { role: 'COMMITTEE', division: employer.division, scopes: ['people:read', 'people:personal'] },
      'query ($name: String!) { people(where: { search: $name }) { nodes { id } } }',
      { name },
    );
    const secrets = [name, `1970000${i}333`, `1970000${i}444`, `${canaryPinyin} ${sounds[i]} zhang`];
    for (const { id } of people.nodes) canaries.push({ id, secrets });
  }
  return { canaries, told };
}
