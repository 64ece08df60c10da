import { Reference, referenced } from '@hub/kit/reference';
import { Entity, Unique } from '@mikro-orm/decorators/legacy';
import { Directive, ObjectType } from 'type-graphql';

@Entity({ rowLevelSecurity: 'force', policies: referenced({}) })
@ObjectType({ description: 'A committee, with the campaigns it organises (行业委员会).' })
@Directive('@key(fields: "id")')
@Unique({ properties: ['id', 'divisionCode'] })
export class Committee extends Reference {}

export const committeeReference = { type: Committee, owner: 'organisations' };
