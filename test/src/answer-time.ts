import type { Hub } from '@hub/launcher/start-hub';

/** Milliseconds until the whole answer was there, for an officer of the division; an answer with errors is thrown. */
export async function answerTime(hub: Hub, query: string, division: string, actor: string): Promise<number> {
  const token = await hub.token({ role: 'COMMITTEE', division, actor });
  const start = performance.now();
  const response = await fetch(`${hub.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables: { division } }),
  });
  const answer = (await response.json()) as { errors?: unknown };
  if (answer.errors) throw new Error(JSON.stringify(answer.errors));
  return performance.now() - start;
}

export const percentile = (sorted: number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
