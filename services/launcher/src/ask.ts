/** Asks the hub one GraphQL question; undefined when it has no answer to it. */
export async function ask<Answer>(url: string, token: string, query: string): Promise<Answer | undefined> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
    signal: AbortSignal.timeout(10_000),
  }).catch(() => undefined);
  const body = (await response?.json().catch(() => undefined)) as { data?: Answer } | undefined;
  return body?.data ?? undefined;
}
