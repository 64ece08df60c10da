import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { eventually } from './eventually.ts';
import type { TestDatabase } from './test-database.ts';

const dashboard = `{ division(code: "220102") { name organisationFigures { organisations } peopleFigures { people }
  campaignFigures { awards } programFigures { donations } } }`;
const donate = (recipient: string) =>
  `mutation { createDonation(input: { recipient: "${recipient}", kind: MONEY, amount: 1, donatedOn: "2022-03-14", divisionCode: "220102" }) { id } }`;

/** The recipients of a round who have a donation, as often as they have one. */
export async function donationsOf(programs: TestDatabase, round: string): Promise<string[]> {
  const owner = new pg.Client({ connectionString: programs.ownerUrl });
  await owner.connect();
  const { rows } = await owner.query('select recipient from donation where starts_with(recipient, $1)', [round]);
  await owner.end();
  return rows.map(({ recipient }) => recipient).toSorted();
}

export interface GoingLoad {
  /** Until so many reads and changes more have been answered. */
  more(): Promise<void>;
  /** Ends it, and tells what failed and which recipients were promised their donation; all of them begin with its round. */
  stop(): Promise<{ failed: unknown[]; reads: number; donated: string[]; round: string }>;
}

/** Readers, of the whole dashboard and of the sign-in's public pages, and a writer who repeats under a key what may be repeated; all go on until stopped. */
export function goingLoad(url: string, token: () => Promise<string>, readers = 4): GoingLoad {
  const round = randomUUID();
  const failed: unknown[] = [];
  const donated: string[] = [];
  let reads = 0;
  let isOver = false;
  const ask = async (query: string, headers: object = {}) => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await token()}`, ...headers },
      body: JSON.stringify({ query }),
    });
    return (await response.json()) as { data?: any; errors?: { extensions: { retryable?: boolean } }[] };
  };
  const read = async () => {
    const { errors } = await ask(dashboard);
    if (errors) failed.push(errors);
    reads++;
  };
  const discover = async () => {
    const { status } = await fetch(`${url}/identity/.well-known/openid-configuration`);
    if (status !== 200) failed.push(status);
    reads++;
    // Of one address the gateway takes so many a minute.
    await new Promise(resolve => setTimeout(resolve, 100));
  };
  const change = async () => {
    const recipient = `${round} ${donated.length}`;
    const key = `${round}-${donated.length}`;
    for (;;) {
      const { data, errors } = await ask(donate(recipient), { 'idempotency-key': key });
      if (data?.createDonation) break;
      if (!errors?.every(({ extensions }) => extensions.retryable)) return failed.push(errors);
    }
    donated.push(recipient);
  };
  const repeat = async (work: () => Promise<unknown>) => {
    while (!isOver) await work().catch(error => failed.push(String(error.cause ?? error)));
  };
  const all = [...Array(readers).fill(read), discover, change].map(repeat);
  const more = async () => {
    const before = [reads, donated.length] as const;
    await eventually(() => {
      if (reads <= before[0] + 20 || donated.length <= before[1]) throw new Error(`${reads} reads and ${donated.length} changes`);
    });
  };
  const stop = async () => {
    isOver = true;
    await Promise.all(all);
    return { failed, reads, donated, round };
  };
  return { more, stop };
}
