import { connectionOf } from '@hub/kit/page';
import { Row } from '@hub/kit/row';
import type { Opt } from '@mikro-orm/core';
import { Entity, Property, Unique } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, ObjectType } from 'type-graphql';
import { administered } from '../administered.ts';

@Entity({ rowLevelSecurity: 'force', policies: administered() })
@ObjectType({ description: 'A program that asks for itself: of a partner charity, a reporting tool (API 客户端).' })
@Unique({ properties: ['id', 'divisionCode'] })
export class Client extends Row {
  @Field({ description: 'Its client_id (客户端编号).' })
  @Unique()
  @Property({ type: 'text' })
  clientId!: string;

  @Field({ description: 'What it is (名称).' })
  @Property({ type: 'text' })
  name!: string;

  @Field(() => String, { name: 'divisionCode', description: 'Division that administers it, GB/T 2260 (管理属地).' })
  get administeredAt(): Opt<string> {
    return this.divisionCode;
  }

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Its secrets were last changed, ISO 8601 (密钥变更时间).' })
  @Property({ type: 'timestamptz', nullable: true })
  secretsChangedAt?: Date | null;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'Suspended since, ISO 8601; null while it may ask (停用时间).',
  })
  @Property({ type: 'timestamptz', nullable: true })
  suspendedAt?: Date | null;
}

export const ClientConnection = connectionOf(Client);
