import { Context } from '@hub/kit/context';
import { Ctx, FieldResolver, GraphQLISODateTime, Resolver, Root } from 'type-graphql';
import { Account } from '../account/account.ts';
import { rowsOf } from '../rows-of.ts';
import { openSessions, SignIn } from './signed-in.ts';

/** Of every account asked about, the newest first; so many are kept of each that all of them are read. */
const signInsOf = (context: Context, accountId: string): Promise<SignIn[]> =>
  rowsOf(context, SignIn, 'accountId', accountId, { at: 'desc' });

@Resolver(() => Account)
export class AccountSignInsResolver {
  @FieldResolver(() => [SignIn], { description: 'Its last sign-ins, at most 50 of half a year, the newest first (登录记录).' })
  signIns(@Root() { id }: Account, @Ctx() context: Context) {
    return signInsOf(context, id);
  }

  @FieldResolver(() => GraphQLISODateTime, {
    nullable: true,
    description: 'When it last signed in, ISO 8601; null where it has not for half a year (最近登录时间).',
  })
  async lastSignedInAt(@Root() { id }: Account, @Ctx() context: Context) {
    return (await signInsOf(context, id))[0]?.at ?? null;
  }
}

@Resolver(() => SignIn)
export class SignInResolver {
  @FieldResolver(() => Boolean, { description: 'Its session is open: it gives tokens without a password (会话是否有效).' })
  isOpen(@Root() { session }: SignIn, @Ctx() context: Context) {
    return context
      .batched('signIn.isOpen', async sessions => {
        const open = await openSessions(context.read, sessions);
        return sessions.map(each => open.has(each));
      })
      .load(session);
  }
}
