import { Reference, referenced } from '@hub/kit/reference';
import { Entity } from '@mikro-orm/decorators/legacy';
import { Directive, ObjectType } from 'type-graphql';

@Entity({ rowLevelSecurity: 'force', policies: referenced({}) })
@ObjectType({ description: 'A party branch; adds its members and its secretary (党支部).' })
@Directive('@key(fields: "id")')
export class Branch extends Reference {}

export const branchReference = { type: Branch, owner: 'organisations' };
