import { becauseOf, forChange } from '@hub/kit/change';
import type { Context } from '@hub/kit/context';
import { HubError } from '@hub/kit/errors';
import { contains } from '@hub/kit/viewer';
import { assertHoldsAsMuch } from '../grant/rights.ts';
import type { ChangeClient, ClientWithSecret, CreateClient, RotateClientSecret } from './client.input.ts';
import { Client } from './client.ts';
import { ClientSecret, makeSecret } from './client-secret.ts';

/** Registers an API client with its first secret. */
export async function createClient({ em, viewer }: Context, input: CreateClient): Promise<ClientWithSecret> {
  if (!contains(viewer.division, input.divisionCode))
    throw new HubError('FORBIDDEN', `divisionCode: ${input.divisionCode} is outside your division ${viewer.division}.`);
  const { clientId, name, divisionCode } = input;
  const client = em.create(Client, { clientId, name, divisionCode });
  await em.flush();
  return { client, secret: await makeSecret(em, client) };
}

async function clientForChange({ em, viewer }: Context, { id, expectedVersion, reason }: ChangeClient): Promise<Client> {
  const client = await forChange(em, Client, id, expectedVersion);
  await assertHoldsAsMuch(em, viewer, client);
  if (reason) await becauseOf(em, reason);
  return client;
}

const living = (em: Context['em'], { id }: Client) =>
  em.find(
    ClientSecret,
    { clientId: id, $or: [{ expiresAt: null }, { expiresAt: { $gt: new Date() } }] },
    { orderBy: { createdAt: 'desc' } },
  );

/** Makes a new secret beside the present one, so that no call fails meanwhile. Two live at once: an older one ends. */
export async function rotateSecret(context: Context, input: RotateClientSecret): Promise<ClientWithSecret> {
  const { em } = context;
  const client = await clientForChange(context, input);
  const [present, ...older] = await living(em, client);
  const now = new Date();
  for (const secret of older) secret.expiresAt = now;
  if (present && input.keepHours != null) {
    const end = new Date(now.getTime() + input.keepHours * 3_600_000);
    if (!present.expiresAt || present.expiresAt > end) present.expiresAt = end;
  }
  // Changed with the client's version, so that two administrators at once notice each other.
  client.secretsChangedAt = now;
  return { client, secret: await makeSecret(em, client) };
}

/** Ends every secret but the newest. */
export async function endOldSecret(context: Context, input: ChangeClient): Promise<Client> {
  const client = await clientForChange(context, input);
  const [, ...older] = await living(context.em, client);
  if (older.length === 0) throw new HubError('NOT_ALLOWED', 'Only one secret is alive: make a new one first.');
  client.secretsChangedAt = new Date();
  for (const secret of older) secret.expiresAt = client.secretsChangedAt;
  await context.em.flush();
  return client;
}

/** Suspends a client, or lets it ask again. */
export async function suspendClient(context: Context, input: ChangeClient, suspended: boolean): Promise<Client> {
  const client = await clientForChange(context, input);
  if (Boolean(client.suspendedAt) === suspended)
    throw new HubError('NOT_ALLOWED', suspended ? 'The client is suspended already.' : 'The client is not suspended.');
  client.suspendedAt = suspended ? new Date() : null;
  await context.em.flush();
  return client;
}
