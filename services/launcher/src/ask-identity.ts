import { request } from 'undici';
import { LaunchFailure, lineOf } from './launch-failure.ts';
import { everywhere, operatorToken } from './operator-token.ts';
import { hubPort } from './settings.ts';

interface Answer {
  data?: any;
  errors?: { message: string; extensions?: { code?: string } }[];
}

/** Asks the administrators' API of the running hub as its operator. */
export async function askIdentity(query: string, variables: object = {}): Promise<any> {
  const hub = `http://127.0.0.1:${hubPort()}`;
  const token = await operatorToken(everywhere);
  const response = await request(`${hub}/identity/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(30_000),
  }).catch(error => {
    if (error.code !== 'ECONNREFUSED') throw new LaunchFailure(`The hub at ${hub} does not answer: ${lineOf(error)}`);
    throw new LaunchFailure(`No hub runs at ${hub}: start it with "npm start", or set HUB_PORT to its port.`);
  });
  const { data, errors } = (await response.body.json().catch(() => ({}))) as Answer;
  const [error] = errors ?? [];
  if (response.statusCode === 404) throw new LaunchFailure('This hub has no accounts of its own: HUB_ISSUER names who has them.');
  if (error) throw new LaunchFailure([error.extensions?.code, error.message].filter(Boolean).join(': '));
  if (!data) throw new LaunchFailure(`The hub answered ${response.statusCode} without a result.`);
  return data;
}
