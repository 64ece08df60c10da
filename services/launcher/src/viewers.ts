import type { TokenClaims } from '@hub/identity/sign-token';
import { ask } from './ask.ts';
import type { Hub } from './start-hub.ts';

export interface SampleViewer {
  title: string;
  token: string;
}

const minutes = 60;

/** One token for each kind of viewer; a kind the data has no organisation for is left out. */
export async function sampleViewers(hub: Pick<Hub, 'url' | 'token'>, city: string, district: string): Promise<SampleViewer[]> {
  const [member, charity] = await organisations(hub, city, district);
  const claims: [string, TokenClaims | undefined][] = [
    [`COMMITTEE ${city} 市委员会`, { role: 'COMMITTEE', division: city }],
    [`COMMITTEE ${district} 区委员会`, { role: 'COMMITTEE', division: district }],
    ['ORGANISATION 会员组织', member && { role: 'ORGANISATION', division: member.division.code, organisation: member.id }],
    ['PARTNER 合作公益机构', charity && { role: 'PARTNER', division: charity.division.code, organisation: charity.id }],
    ['REPORTING 内部报表', { role: 'REPORTING', division: city }],
    ['AUDITOR 审计', { role: 'AUDITOR', division: city }],
  ];
  const known = claims.filter((viewer): viewer is [string, TokenClaims] => viewer[1] !== undefined);
  return Promise.all(known.map(async ([title, wanted]) => ({ title, token: await hub.token({ ...wanted, minutes }) })));
}

interface Organisation {
  id: string;
  division: { code: string };
}

async function organisations(
  hub: Pick<Hub, 'url' | 'token'>,
  city: string,
  district: string,
): Promise<(Organisation | undefined)[]> {
  const token = await hub.token({ role: 'COMMITTEE', division: city });
  type Answer = { organisations: { nodes: Organisation[] } };
  const lists = [`division: "${district}"`, 'kind: CHARITY'].map(where =>
    ask<Answer>(hub.url, token, `{ organisations(first: 1, where: { ${where} }) { nodes { id division { code } } } }`),
  );
  return (await Promise.all(lists)).map(answer => answer?.organisations?.nodes?.[0]);
}
