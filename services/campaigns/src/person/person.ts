import { Reference, referenced } from '@hub/kit/reference';
import { Entity, Unique } from '@mikro-orm/decorators/legacy';
import { Directive, ObjectType } from 'type-graphql';

@Entity({ rowLevelSecurity: 'force', policies: referenced({}) })
@ObjectType({ description: 'A person, with their nominations, awards and media accounts (人员).' })
@Directive('@key(fields: "id")')
@Unique({ properties: ['id', 'divisionCode'] })
export class Person extends Reference {}

export const personReference = { type: Person, owner: 'people' };
