import { Reference, referenced } from '@hub/kit/reference';
import { Entity, Unique } from '@mikro-orm/decorators/legacy';
import { Directive, ObjectType } from 'type-graphql';

@Entity({ rowLevelSecurity: 'force', policies: referenced({ organisation: 'id' }) })
@ObjectType({ description: 'A member organisation; adds its people, how many of them are members, and its contact (企业档案).' })
@Directive('@key(fields: "id")')
@Unique({ properties: ['id', 'divisionCode'] })
export class Organisation extends Reference {}

export const organisationReference = { type: Organisation, owner: 'organisations' };
