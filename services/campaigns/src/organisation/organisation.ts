import { Reference, referenced } from '@hub/kit/reference';
import { Entity, Unique } from '@mikro-orm/decorators/legacy';
import { Directive, ObjectType } from 'type-graphql';

/** An organisation mentions itself when it enters its own nomination. */
@Entity({ rowLevelSecurity: 'force', policies: referenced({ organisation: 'id', organisationWrites: ['insert'] }) })
@ObjectType({ description: 'An organisation, with its nominations, awards, media accounts and content (企业).' })
@Directive('@key(fields: "id")')
@Unique({ properties: ['id', 'divisionCode'] })
export class Organisation extends Reference {}

export const organisationReference = { type: Organisation, owner: 'organisations' };
