import { connectionOf } from '@hub/kit/page';
import { declarePersonal, maskName } from '@hub/kit/personal';
import { Row } from '@hub/kit/row';
import type { Opt } from '@mikro-orm/core';
import { Entity, Property, Unique } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, ObjectType } from 'type-graphql';
import { administered } from '../administered.ts';

declarePersonal('account', { display_name: maskName, email: address => address.replace(/^(.).*@/, '$1***@') });

/** Display name and address have no @Field here: the resolver shows them masked or whole. The password is in a table of its own. */
@Entity({ rowLevelSecurity: 'force', policies: administered() })
@ObjectType({ description: 'Somebody who signs in by name and password (账号).' })
@Unique({ properties: ['id', 'divisionCode'] })
export class Account extends Row {
  @Field({ description: 'Name to sign in with, lower case (登录名).' })
  @Unique()
  @Property({ type: 'text' })
  loginName!: string;

  @Property({ type: 'text' })
  displayName!: string;

  @Property({ type: 'text', nullable: true })
  email?: string | null;

  @Field(() => String, { name: 'divisionCode', description: 'Division that administers it, GB/T 2260 (管理属地).' })
  get administeredAt(): Opt<string> {
    return this.divisionCode;
  }

  @Field(() => Boolean, { description: 'The password stands for one sign-in and has to be changed there (须修改密码).' })
  @Property({ type: 'boolean', default: true })
  mustChangePassword: Opt<boolean> = true;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'An administrator last gave a one-time password, ISO 8601 (重置密码时间).',
  })
  @Property({ type: 'timestamptz', nullable: true })
  passwordResetAt?: Date | null;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'An administrator last ended its sessions, ISO 8601 (结束会话时间).',
  })
  @Property({ type: 'timestamptz', nullable: true })
  sessionsEndedAt?: Date | null;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'It has a second factor since, ISO 8601; null without one (启用两步验证时间).',
  })
  @Property({ type: 'timestamptz', nullable: true })
  secondFactorSince?: Date | null;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'An administrator last took its second factors away, ISO 8601 (重置两步验证时间).',
  })
  @Property({ type: 'timestamptz', nullable: true })
  factorsResetAt?: Date | null;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'Suspended since, ISO 8601; null while it may sign in (停用时间).',
  })
  @Property({ type: 'timestamptz', nullable: true })
  suspendedAt?: Date | null;
}

export const AccountConnection = connectionOf(Account);
