import { createUnionType } from 'type-graphql';
import { Organisation } from '../organisation/organisation.ts';
import { Person } from '../person/person.ts';

export const PersonOrOrganisation = createUnionType({
  name: 'PersonOrOrganisation',
  description: 'A person or an organisation (人员或企业).',
  types: () => [Person, Organisation] as const,
});
