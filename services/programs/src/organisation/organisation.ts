import { Reference, type ReferenceType, referenced } from '@hub/kit/reference';
import { Entity, Unique } from '@mikro-orm/decorators/legacy';
import { Directive, ObjectType } from 'type-graphql';

@Entity({ rowLevelSecurity: 'force', policies: referenced({ organisation: 'id', partner: 'id' }) })
@ObjectType({
  description: 'A member organisation; this subgraph adds the programs it leads or partners and its donations (企业).',
})
@Directive('@key(fields: "id")')
@Unique({ properties: ['id', 'divisionCode'] })
export class Organisation extends Reference {}

export const organisationReference: ReferenceType<Organisation> = { type: Organisation, owner: 'organisations' };
