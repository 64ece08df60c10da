import { Reference, type ReferenceType, referenced } from '@hub/kit/reference';
import { ofDivisionsAbove } from '@hub/kit/slice';
import { Entity, Unique } from '@mikro-orm/decorators/legacy';
import { Directive, ObjectType } from 'type-graphql';

@Entity({
  rowLevelSecurity: 'force',
  policies: referenced({
    organisation: ofDivisionsAbove,
  }),
})
@ObjectType({ description: 'A committee; this subgraph adds the programs it leads (委员会).' })
@Directive('@key(fields: "id")')
@Unique({ properties: ['id', 'divisionCode'] })
export class Committee extends Reference {}

export const committeeReference: ReferenceType<Committee> = { type: Committee, owner: 'organisations' };
