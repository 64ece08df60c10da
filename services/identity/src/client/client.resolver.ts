import { Context } from '@hub/kit/context';
import { HistoryEntry } from '@hub/kit/history';
import { list, type Page, PageArgs } from '@hub/kit/page';
import { Arg, Args, Authorized, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Grant } from '../grant/grant.ts';
import { historyWithGrants } from '../grant/history-with-grants.ts';
import { rowsOf } from '../rows-of.ts';
import { createClient, endOldSecret, rotateSecret, suspendClient } from './change-client.ts';
import { ChangeClient, ClientWithSecret, CreateClient, RotateClientSecret } from './client.input.ts';
import { Client, ClientConnection } from './client.ts';
import { ClientSecret } from './client-secret.ts';

@Resolver(() => Client)
export class ClientResolver {
  @Authorized('accounts:read')
  @Query(() => ClientConnection, { description: 'API clients of your slice by client_id (客户端列表).' })
  clients(@Args(() => PageArgs) page: PageArgs, @Ctx() context: Context): Page<Client> {
    return list(context, Client, { page, where: {}, orderBy: [['clientId', 'asc']] });
  }

  @Authorized('accounts:read')
  @Query(() => Client, { nullable: true, description: 'One API client; null outside your slice (单个客户端).' })
  client(@Arg('clientId', { description: 'Its client_id (客户端编号).' }) clientId: string, @Ctx() context: Context) {
    return context.load(Client, clientId, 'clientId');
  }

  @Authorized('accounts:write')
  @Mutation(() => ClientWithSecret, {
    description:
      'Registers an API client. Errors: INVALID_INPUT, CONFLICT when the client_id is taken, FORBIDDEN outside your slice (登记客户端).',
  })
  createClient(
    @Arg('input', () => CreateClient, { description: 'The client (客户端).' }) input: CreateClient,
    @Ctx() context: Context,
  ) {
    return createClient(context, input);
  }

  @Authorized('accounts:write')
  @Mutation(() => ClientWithSecret, {
    description:
      'Makes a new secret; two live at once. Errors: NOT_FOUND, VERSION_MISMATCH, FORBIDDEN when the client holds more than you (更换密钥).',
  })
  rotateClientSecret(
    @Arg('input', () => RotateClientSecret, { description: 'Which client (客户端).' }) input: RotateClientSecret,
    @Ctx() context: Context,
  ) {
    return rotateSecret(context, input);
  }

  @Authorized('accounts:write')
  @Mutation(() => Client, {
    description:
      'Ends every secret but the newest. Errors: NOT_FOUND, VERSION_MISMATCH, NOT_ALLOWED when there is one only (停用旧密钥).',
  })
  endClientSecret(
    @Arg('input', () => ChangeClient, { description: 'Which client (客户端).' }) input: ChangeClient,
    @Ctx() context: Context,
  ) {
    return endOldSecret(context, input);
  }

  @Authorized('accounts:write')
  @Mutation(() => Client, {
    description: 'Suspends an API client. Errors: NOT_FOUND, VERSION_MISMATCH, NOT_ALLOWED, FORBIDDEN (停用客户端).',
  })
  suspendClient(
    @Arg('input', () => ChangeClient, { description: 'Which client (客户端).' }) input: ChangeClient,
    @Ctx() context: Context,
  ) {
    return suspendClient(context, input, true);
  }

  @Authorized('accounts:write')
  @Mutation(() => Client, {
    description:
      'Lets a suspended API client ask again. Errors: NOT_FOUND, VERSION_MISMATCH, NOT_ALLOWED, FORBIDDEN (恢复客户端).',
  })
  unsuspendClient(
    @Arg('input', () => ChangeClient, { description: 'Which client (客户端).' }) input: ChangeClient,
    @Ctx() context: Context,
  ) {
    return suspendClient(context, input, false);
  }

  @FieldResolver(() => [ClientSecret], { description: 'Its secrets, the newest first, without the secrets themselves (密钥).' })
  secrets(@Root() { id }: Client, @Ctx() context: Context) {
    return rowsOf(context, ClientSecret, 'clientId', id, { createdAt: 'desc' });
  }

  @FieldResolver(() => [Grant], { description: 'What it holds and held, the newest first (授权).' })
  grants(@Root() { id }: Client, @Ctx() context: Context) {
    return rowsOf(context, Grant, 'clientId', id, { createdAt: 'desc' });
  }

  @Authorized('history:read')
  @FieldResolver(() => [HistoryEntry], {
    description: 'Changes of it and of its grants (fields as grant.role), newest first; needs history:read (变更历史).',
  })
  async history(@Root() client: Client, @Ctx() context: Context) {
    return historyWithGrants(context, 'client', client.id, await this.grants(client, context));
  }
}
