import { InSliceOf } from '@hub/kit/in-slice-of';
import { connectionOf } from '@hub/kit/page';
import { Row } from '@hub/kit/row';
import { type Role, roles } from '@hub/kit/viewer';
import { ArrayType, type Opt } from '@mikro-orm/core';
import { Check, Entity, Index, Property } from '@mikro-orm/decorators/legacy';
import { Field, GraphQLISODateTime, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Account } from '../account/account.ts';
import { administered } from '../administered.ts';
import { Client } from '../client/client.ts';

export const GrantRole = Object.fromEntries(roles.filter(role => role !== 'SERVICE').map(role => [role, role])) as Record<
  Exclude<Role, 'SERVICE'>,
  Exclude<Role, 'SERVICE'>
>;
registerEnumType(GrantRole, { name: 'GrantRole', description: 'As whom somebody may act (角色).' });

/** Belongs to the division of its holder, so that who administers the holder administers the grant; it opens `division`. */
@Entity({ tableName: 'access_grant', rowLevelSecurity: 'force', policies: administered() })
@ObjectType({ description: 'What an account or an API client may do, where and for how long (授权).' })
@Check({ expression: '(account_id is null) <> (client_id is null)' })
@Index({ properties: ['accountId'] })
@Index({ properties: ['clientId'] })
@Index({ properties: ['organisationId'] })
export class Grant extends Row {
  @Field(() => ID, { nullable: true, description: 'The account that holds it (账号标识).' })
  @Property({ type: 'uuid', nullable: true })
  accountId?: string | null;

  @InSliceOf(() => Account, 'account_id')
  accountKey?: never;

  @Field(() => ID, { nullable: true, description: 'The API client that holds it (客户端标识).' })
  @Property({ type: 'uuid', nullable: true })
  clientId?: string | null;

  @InSliceOf(() => Client, 'client_id')
  clientKey?: never;

  @Field(() => GrantRole, { description: 'As whom (角色).' })
  @Property({ type: 'text' })
  role!: keyof typeof GrantRole;

  @Field({ description: 'At which division, 6 digits of GB/T 2260 (授权属地).' })
  @Property({ type: 'text' })
  division!: string;

  @Field(() => ID, { nullable: true, description: 'For which organisation; only ORGANISATION and PARTNER (代表的组织标识).' })
  @Property({ type: 'uuid', nullable: true })
  organisationId?: string | null;

  @Field(() => [String], { description: 'Scopes, such as people:read (权限范围).' })
  @Property({ type: ArrayType, columnType: 'text[]' })
  scopes!: string[];

  @Field(() => GraphQLISODateTime, { description: 'Valid from, ISO 8601 (生效时间).' })
  @Property({ type: 'timestamptz' })
  validFrom!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Valid until, ISO 8601; null without end (失效时间).' })
  @Property({ type: 'timestamptz', nullable: true })
  validTo?: Date | null;

  @Field({ description: 'Who granted it: the subject of their token (授权人).' })
  @Property({ type: 'text' })
  grantedBy!: string;

  @Field({ description: 'Why it was granted (授权原因).' })
  @Property({ type: 'text', fieldName: 'grant_reason' })
  reason!: string;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Revoked at, ISO 8601 (撤销时间).' })
  @Property({ type: 'timestamptz', nullable: true })
  revokedAt?: Date | null;

  @Field(() => String, { nullable: true, description: 'Who revoked it (撤销人).' })
  @Property({ type: 'text', nullable: true })
  revokedBy?: string | null;

  @Field(() => String, { nullable: true, description: 'Why it was revoked (撤销原因).' })
  @Property({ type: 'text', nullable: true })
  revocationReason?: string | null;

  @Field(() => Boolean, { description: 'It opens the hub now (当前有效).' })
  get isValid(): Opt<boolean> {
    const now = new Date();
    return !this.revokedAt && this.validFrom <= now && (!this.validTo || this.validTo > now);
  }
}

export const GrantConnection = connectionOf(Grant);
