import { askAny } from './ask-any.ts';
import { addressesIn } from './env.ts';
import { HubError, isErrorCode } from './errors.ts';

/** Base URLs of the other subgraphs, by name; several of one stand side by side with commas. */
export type Peers = Record<string, string>;

/** Asks another subgraph, as whoever the authorization says. Its coded errors pass on; anything else is UNAVAILABLE. */
export async function askPeer<T>(url: string | undefined, authorization: string, query: string, variables: object): Promise<T> {
  const unavailable = new HubError('UNAVAILABLE', 'Another part of the hub is not reachable: try again.');
  if (!url) throw unavailable;
  let answer: { data?: T; errors?: { message: string; extensions?: { code?: string } & Record<string, unknown> }[] };
  try {
    const urls = addressesIn(url).map(each => new URL('/graphql', each));
    const { value } = await askAny(urls, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body: JSON.stringify({ query, variables }),
      patience: 10_000,
    });
    answer = value as typeof answer;
  } catch {
    throw unavailable;
  }
  const [error] = answer.errors ?? [];
  if (error)
    throw isErrorCode(error.extensions?.code)
      ? new HubError(error.extensions.code, error.message, error.extensions)
      : unavailable;
  return answer.data!;
}
