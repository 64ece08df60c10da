import { Reference, referenced } from '@hub/kit/reference';
import { Entity } from '@mikro-orm/decorators/legacy';
import { Directive, ObjectType } from 'type-graphql';

@Entity({ rowLevelSecurity: 'force', policies: referenced({}) })
@ObjectType({ description: 'The industry committee of a division; adds its leads (行业委员会).' })
@Directive('@key(fields: "id")')
export class Committee extends Reference {}

export const committeeReference = { type: Committee, owner: 'organisations' };
