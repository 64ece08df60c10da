/** One request as it goes over the wire. */
export interface Asked {
  authorization: string;
  body: string;
}

export interface Answered {
  status: number;
  text: string;
}

/** Sends one operation once. */
export async function ask(url: string, { authorization, body }: Asked): Promise<Answered> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization },
    body,
    signal: AbortSignal.timeout(20_000),
  });
  return { status: response.status, text: await response.text() };
}
