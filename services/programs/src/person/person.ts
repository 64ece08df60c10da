import { Reference, type ReferenceType, referenced } from '@hub/kit/reference';
import { Entity, Unique } from '@mikro-orm/decorators/legacy';
import { Directive, ObjectType } from 'type-graphql';

@Entity({ rowLevelSecurity: 'force', policies: referenced({}) })
@ObjectType({ description: 'A person on the register; this subgraph adds their donations (实名登记人员).' })
@Directive('@key(fields: "id")')
@Unique({ properties: ['id', 'divisionCode'] })
export class Person extends Reference {}

export const personReference: ReferenceType<Person> = { type: Person, owner: 'people' };
