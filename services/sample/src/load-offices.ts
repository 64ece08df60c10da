import type { SampleCity } from './changchun.ts';
import type { Clerk } from './door.ts';

export interface Offices {
  /** Ids of the city's committee, the federation and the partner charity. */
  cityCommittee: string;
  federation: string;
  partner: string;
}

/** The committees of the city and its districts, the federation, and the partner charity. */
export async function loadOffices(clerk: Clerk, { city, committees, federation, partner }: SampleCity): Promise<Offices> {
  const inputs = committees.map(({ name, division }) => ({
    name,
    divisionCode: division,
    publishesDownward: division === city.code,
  }));
  const entered = await clerk.each<{ id: string }>('createCommittee', 'CreateCommittee', inputs, '{ id }');
  const bodies = [federation, partner].map(({ creditCode, legalName, kind, division }) => ({
    creditCode,
    legalName,
    kind,
    divisionCode: division,
  }));
  const [lead, charity] = await clerk.each<{ id: string }>('createOrganisation', 'CreateOrganisation', bodies, '{ id }');
  const cityCommittee = entered[committees.findIndex(({ division }) => division === city.code)]!.id;
  return { cityCommittee, federation: lead!.id, partner: charity!.id };
}
