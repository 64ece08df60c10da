import { Reference, referenced } from '@hub/kit/reference';
import { ofDivisionsAbove } from '@hub/kit/slice';
import { Entity, Unique } from '@mikro-orm/decorators/legacy';
import { Directive, ObjectType } from 'type-graphql';

/** An organisation mentions its branch when that branch nominated it. */
@Entity({ rowLevelSecurity: 'force', policies: referenced({ organisation: ofDivisionsAbove, organisationWrites: ['insert'] }) })
@ObjectType({ description: 'A branch, with those it nominated and their awards (党支部).' })
@Directive('@key(fields: "id")')
@Unique({ properties: ['id', 'divisionCode'] })
export class Branch extends Reference {}

export const branchReference = { type: Branch, owner: 'organisations' };
