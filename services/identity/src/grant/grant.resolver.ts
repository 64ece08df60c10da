import { Context } from '@hub/kit/context';
import { HistoryEntry, history } from '@hub/kit/history';
import { list, type Page } from '@hub/kit/page';
import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { GrantRights, GrantsArgs, RevokeGrant } from './grant.input.ts';
import { Grant, GrantConnection } from './grant.ts';
import { grantRights } from './grant-rights.ts';
import { revokeGrant } from './revoke-grant.ts';

@Resolver(() => Grant)
export class GrantResolver {
  @Authorized('accounts:read')
  @Query(() => GrantConnection, { description: 'Grants of your slice, the newest first (授权列表).' })
  grants(@Args(() => GrantsArgs) { accountId, clientId, ...page }: GrantsArgs, @Ctx() context: Context): Page<Grant> {
    const where = { ...(accountId && { accountId }), ...(clientId && { clientId }) };
    return list(context, Grant, { page, where, orderBy: [['createdAt', 'desc']] });
  }

  @Authorized('accounts:read')
  @Query(() => Grant, { nullable: true, description: 'One grant; null outside your slice (单个授权).' })
  grant(@Arg('id', () => ID, { description: 'Identifier (标识).' }) id: string, @Ctx() context: Context) {
    return context.load(Grant, id);
  }

  @Authorized('accounts:write')
  @Mutation(() => Grant, {
    description:
      'Grants rights. Errors: INVALID_INPUT, NOT_FOUND also for an organisation you do not see, NOT_ALLOWED to yourself or where the organisation is not, FORBIDDEN beyond what you hold, UNAVAILABLE (授权).',
  })
  grantRights(
    @Arg('input', () => GrantRights, { description: 'The grant (授权).' }) input: GrantRights,
    @Ctx() context: Context,
  ) {
    return grantRights(context, input);
  }

  @Authorized('accounts:write')
  @Mutation(() => Grant, {
    description:
      'Ends a grant. Errors: NOT_FOUND, VERSION_MISMATCH, NOT_ALLOWED when it is revoked or your own, FORBIDDEN when it is more than you hold (撤销授权).',
  })
  revokeGrant(@Arg('input', () => RevokeGrant, { description: 'Which (授权).' }) input: RevokeGrant, @Ctx() context: Context) {
    return revokeGrant(context, input);
  }

  @Authorized('history:read')
  @FieldResolver(() => [HistoryEntry], { description: 'Its changes, newest first; needs history:read (变更历史).' })
  history(@Root() { id }: Grant, @Ctx() context: Context) {
    return history(context, 'access_grant', id);
  }
}
