import { createHmac } from 'node:crypto';
import { log } from '@hub/kit/log';
import { tellSecurity } from '@hub/kit/security-log';
import { type Algorithm, algorithms, audience } from '@hub/kit/token';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { JWK } from 'jose';
import { type Configuration, interactionPolicy, type KoaContextWithOIDC, Provider } from 'oidc-provider';
import type { Demand } from '../factor/demand.ts';
import { errorPage, signedOutPage, signOutPage } from '../pages/provider-pages.ts';
import { scopes } from '../scopes.ts';
import { accessTokenLife } from './access-token-life.ts';
import { accessClaims, hubScopes } from './claims.ts';
import { existingGrant, findAccount } from './holder.ts';
import { needsMore } from './needs-more.ts';
import { noteCompleted } from './note-completed.ts';
import { OidcAdapter } from './oidc-adapter.ts';
import { isClientSecret, isServices, servicesClaims, servicesClients } from './services-client.ts';

/** Resource indicator of the hub; asked for by default, so that every access token is one for it. */
export const hubResource = 'urn:hub';
export const explorerClient = 'hub-explorer';

const workingDay = 8 * 3_600;
const epochNow = () => Math.floor(Date.now() / 1000);

export interface ProviderOptions {
  orm: MikroORM;
  /** Public address of the hub, without a slash at the end. */
  publicUrl: string;
  secret: string;
  /** Of the hub's own services. */
  servicesSecret?: string;
  keys: JWK[];
  /** Of whom a second factor is demanded. */
  demand?: Demand;
  /** The life of access tokens, where it is to be shorter. */
  tokenSeconds?: number;
  /** Seconds without use after which a session ends. */
  idleSeconds?: number;
}

/** Asks again for a sign-in whose account is gone or suspended, instead of failing over it, or which is by less than is needed now. */
function policy(orm: MikroORM, demand: Demand) {
  const prompts = interactionPolicy.base();
  prompts.get('login')!.checks.add(
    new interactionPolicy.Check('second_factor', 'A second factor is required', async ctx => {
      const { session } = ctx.oidc;
      return Boolean(session?.accountId) && needsMore(orm, session!.accountId!, session!.amr, demand);
    }),
  );
  prompts.get('login')!.checks.add(
    new interactionPolicy.Check('no_account', 'End-User authentication is required', ctx => {
      const { session, account } = ctx.oidc;
      return Boolean(session?.accountId && !account);
    }),
  );
  return prompts;
}

function configuration(options: ProviderOptions): Configuration {
  const { orm, publicUrl, secret, keys, demand = 'none', tokenSeconds = accessTokenLife, idleSeconds = 3_600 } = options;
  const { alg, kid } = keys[0] as JWK & { alg: Algorithm };
  const path = '/identity';
  const cookie = { httpOnly: true, sameSite: 'lax', signed: true, path } as const;
  const explorer = `${publicUrl}/graphql`;
  return {
    adapter: model => new OidcAdapter(orm, model, idleSeconds),
    jwks: { keys: keys as never },
    enabledJWA: { idTokenSigningAlgValues: algorithms, userinfoSigningAlgValues: algorithms },
    clientDefaults: { id_token_signed_response_alg: alg },
    clientAuthMethods: ['none', 'client_secret_basic', 'client_secret_post'],
    clients: [
      {
        client_id: explorerClient,
        client_name: 'GraphiQL',
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        redirect_uris: [explorer],
        post_logout_redirect_uris: [explorer],
      },
      ...servicesClients(options.servicesSecret),
    ],
    cookies: {
      names: { session: 'hub_session', interaction: 'hub_interaction', resume: 'hub_resume' },
      keys: [createHmac('sha256', secret).update('hub cookies').digest('hex')],
      long: cookie,
      short: { httpOnly: true, sameSite: 'lax', signed: true },
    },
    scopes: ['openid', 'profile'],
    claims: { openid: ['sub'], profile: ['preferred_username', 'name'] },
    conformIdTokenClaims: false,
    responseTypes: ['code'],
    pkce: { required: () => true },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      revocation: { enabled: true },
      userinfo: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      rpInitiatedLogout: { enabled: true, logoutSource: signOutPage, postLogoutSuccessSource: signedOutPage },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => hubResource,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: scopes.join(' '),
          audience,
          accessTokenTTL: tokenSeconds,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg, kid } },
        }),
      },
    },
    formats: {
      customizers: {
        jwt: async (ctx, token, jwt) => {
          // The library has dropped what it does not know: for a client's own request its words count.
          const words = token.kind === 'ClientCredentials' ? ctx.oidc.params?.scope : (token as { scope?: string }).scope;
          const { scope, hub } = isServices(token.clientId)
            ? servicesClaims(ctx)
            : await accessClaims(orm, token as never, hubScopes(words));
          // The answer of the token endpoint names the scopes the token has.
          Object.assign(token, { scope });
          Object.assign(jwt.payload, { scope, hub, ...howSignedIn(ctx) });
        },
      },
    },
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: true,
    ttl: {
      AccessToken: tokenSeconds,
      ClientCredentials: tokenSeconds,
      AuthorizationCode: 60,
      IdToken: tokenSeconds,
      Interaction: 900,
      // Counted from the sign-in: the library saves a session at each silent one.
      Session: (_ctx, session) => Math.max(1, (session.loginTs ?? epochNow()) + workingDay - epochNow()),
      Grant: workingDay,
      // Each one ends when the first would have.
      RefreshToken: ctx => ctx.oidc.entities.RotatedRefreshToken?.remainingTTL ?? workingDay,
    },
    interactions: { policy: policy(orm, demand), url: (_ctx, interaction) => `${path}/interaction/${interaction.uid}` },
    findAccount: (_ctx, sub, token) => findAccount(orm, sub, token as { grantId?: string } | undefined),
    loadExistingGrant: ctx => existingGrant(orm, ctx),
    renderError: errorPage,
  };
}

/** When and how the person signed in, see RFC 9470: kept by what the token is given for. Clients do not sign in. */
function howSignedIn({ oidc }: KoaContextWithOIDC) {
  const { authTime, acr, amr } = oidc.entities.AuthorizationCode ?? oidc.entities.RefreshToken ?? {};
  return { ...(authTime && { auth_time: authTime }), ...(acr && { acr }), ...(amr && { amr }) };
}

/** The OpenID provider over one set of keys. It keeps nothing in memory: another one takes its place when the keys change. */
export function openProvider(options: ProviderOptions): Provider {
  const provider = new Provider(`${options.publicUrl}/identity`, configuration(options));
  // What the public address says counts, see provider-route.ts.
  provider.proxy = true;
  provider.use(async (ctx, next) => {
    await next();
    await noteCompleted(options.orm, ctx as unknown as KoaContextWithOIDC);
  });
  provider.on('end_session.success', ctx =>
    tellSecurity('signed-out', { accountId: ctx.oidc.session?.accountId, address: ctx.ip }),
  );
  provider.on('grant.error', (ctx, error) =>
    tellSecurity('token-refused', {
      clientId: ctx.oidc.client?.clientId,
      why: (error as { error?: string }).error,
      address: ctx.ip,
    }),
  );
  provider.on('server_error', (_ctx, error) => log.error({ error: error.message }, 'OpenID Connect failed'));
  Object.assign(provider.Client.prototype, {
    compareClientSecret(this: { clientId: string }, given: string) {
      return isClientSecret(options, this.clientId, given);
    },
  });
  return provider;
}
