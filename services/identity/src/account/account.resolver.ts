import { Context } from '@hub/kit/context';
import { HistoryEntry } from '@hub/kit/history';
import { list, type Page, PageArgs } from '@hub/kit/page';
import { personalValue } from '@hub/kit/personal';
import { Arg, Args, Authorized, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Grant } from '../grant/grant.ts';
import { historyWithGrants } from '../grant/history-with-grants.ts';
import { rowsOf } from '../rows-of.ts';
import { AccountWithPassword, ChangeAccount, CreateAccount, InviteAccount } from './account.input.ts';
import { Account, AccountConnection } from './account.ts';
import { endSessions, resetPassword, resetSecondFactor, suspendAccount } from './change-account.ts';
import { createAccount, inviteAccount } from './create-account.ts';

@Resolver(() => Account)
export class AccountResolver {
  @Authorized('accounts:read')
  @Query(() => AccountConnection, { description: 'Accounts of your slice by login name (账号列表).' })
  accounts(@Args(() => PageArgs) page: PageArgs, @Ctx() context: Context): Page<Account> {
    return list(context, Account, { page, where: {}, orderBy: [['loginName', 'asc']] });
  }

  @Authorized('accounts:read')
  @Query(() => Account, { nullable: true, description: 'One account; null outside your slice (单个账号).' })
  account(@Arg('loginName', { description: 'Its login name (登录名).' }) loginName: string, @Ctx() context: Context) {
    return context.load(Account, loginName, 'loginName');
  }

  @Authorized('accounts:write')
  @Mutation(() => AccountWithPassword, {
    description:
      'Opens an account. Errors: INVALID_INPUT, CONFLICT when the login name is taken, FORBIDDEN outside your slice (开立账号).',
  })
  createAccount(
    @Arg('input', () => CreateAccount, { description: 'The account (账号).' }) input: CreateAccount,
    @Ctx() context: Context,
  ) {
    return createAccount(context, input);
  }

  @Authorized('accounts:write')
  @Mutation(() => AccountWithPassword, {
    description: 'Opens an account with its first grant. Errors: those of createAccount and of grantRights (邀请).',
  })
  inviteAccount(
    @Arg('input', () => InviteAccount, { description: 'The account and its grant (账号与授权).' }) input: InviteAccount,
    @Ctx() context: Context,
  ) {
    return inviteAccount(context, input);
  }

  @Authorized('accounts:write')
  @Mutation(() => AccountWithPassword, {
    description:
      'Gives a new password for one sign-in and ends every session. Errors: NOT_FOUND, VERSION_MISMATCH, FORBIDDEN when the account holds more than you (重置密码).',
  })
  resetPassword(
    @Arg('input', () => ChangeAccount, { description: 'Which account (账号).' }) input: ChangeAccount,
    @Ctx() context: Context,
  ) {
    return resetPassword(context, input);
  }

  @Authorized('accounts:write')
  @Mutation(() => Account, {
    description:
      'Ends every session and refresh of an account, which may sign in again. Errors: NOT_FOUND, VERSION_MISMATCH, NOT_ALLOWED, FORBIDDEN (结束会话).',
  })
  endSessions(
    @Arg('input', () => ChangeAccount, { description: 'Which account (账号).' }) input: ChangeAccount,
    @Ctx() context: Context,
  ) {
    return endSessions(context, input);
  }

  @Authorized('accounts:write')
  @Mutation(() => Account, {
    description:
      'Takes the second factors of somebody who lost them away and ends every session. Errors: NOT_FOUND, VERSION_MISMATCH, NOT_ALLOWED when there is none, FORBIDDEN when the account holds more than you (重置两步验证).',
  })
  resetSecondFactor(
    @Arg('input', () => ChangeAccount, { description: 'Which account (账号).' }) input: ChangeAccount,
    @Ctx() context: Context,
  ) {
    return resetSecondFactor(context, input);
  }

  @Authorized('accounts:write')
  @Mutation(() => Account, {
    description:
      'Suspends an account; sessions and refresh end at once. Errors: NOT_FOUND, VERSION_MISMATCH, NOT_ALLOWED, FORBIDDEN (停用账号).',
  })
  suspendAccount(
    @Arg('input', () => ChangeAccount, { description: 'Which account (账号).' }) input: ChangeAccount,
    @Ctx() context: Context,
  ) {
    return suspendAccount(context, input, true);
  }

  @Authorized('accounts:write')
  @Mutation(() => Account, {
    description:
      'Lets a suspended account sign in again. Errors: NOT_FOUND, VERSION_MISMATCH, NOT_ALLOWED, FORBIDDEN (恢复账号).',
  })
  unsuspendAccount(
    @Arg('input', () => ChangeAccount, { description: 'Which account (账号).' }) input: ChangeAccount,
    @Ctx() context: Context,
  ) {
    return suspendAccount(context, input, false);
  }

  @FieldResolver(() => String, { description: 'Name of the person; masked without people:personal (姓名).' })
  displayName(@Root() { id, displayName }: Account, @Ctx() context: Context) {
    return personalValue(context, 'account', 'display_name', id, displayName);
  }

  @FieldResolver(() => String, { nullable: true, description: 'Address for mail; masked without people:personal (电子邮箱).' })
  email(@Root() { id, email }: Account, @Ctx() context: Context) {
    return email ? personalValue(context, 'account', 'email', id, email) : null;
  }

  @FieldResolver(() => [Grant], { description: 'What it holds and held, the newest first (授权).' })
  grants(@Root() { id }: Account, @Ctx() context: Context) {
    return rowsOf(context, Grant, 'accountId', id, { createdAt: 'desc' });
  }

  @Authorized('history:read')
  @FieldResolver(() => [HistoryEntry], {
    description:
      'Changes of it and of its grants (fields as grant.role), newest first; needs history:read; personal values masked without people:personal (变更历史).',
  })
  async history(@Root() account: Account, @Ctx() context: Context) {
    return historyWithGrants(context, 'account', account.id, await this.grants(account, context));
  }
}
