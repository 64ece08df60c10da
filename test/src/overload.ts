// What the door does with four times the work it can do, and what one greedy partner does to another.
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { defaultLimits } from '@hub/gateway/limits/settings';
import type { Hub } from '@hub/launcher/start-hub';
import autocannon from 'autocannon';
import { dashboard } from './journeys.ts';

interface Load {
  /** Answers of 200 a second. */
  goodput: number;
  /** Milliseconds, sorted. */
  answered: number[];
  refused: number[];
  others: number;
}

const ofCounty = JSON.stringify({ query: dashboard, variables: { division: '220104' } });
const ofPartner = JSON.stringify({ query: '{ programChanges(first: 200) { nodes { entity kind } } }' });
const share = (sorted: number[], part: number) => sorted[Math.floor(sorted.length * part)]?.toFixed(1) ?? '–';

interface Work {
  tokens: string[];
  body: string;
  seconds: number;
}

const nothing = (): Load => ({ goodput: 0, answered: [], refused: [], others: 0 });

function note(load: Load, status: number, milliseconds: number): void {
  if (status === 200) load.answered.push(milliseconds);
  else if (status === 503 || status === 429) load.refused.push(milliseconds);
  else load.others++;
}

function summed(load: Load, seconds: number): Load {
  for (const times of [load.answered, load.refused]) times.sort((a, b) => a - b);
  load.goodput = load.answered.length / seconds;
  return load;
}

/** As fast as so many connections allow, one viewer each. */
async function closed(hub: Hub, { tokens, body, seconds }: Work, connections: number): Promise<Load> {
  const load = nothing();
  let next = 0;
  const run = autocannon(
    {
      url: `${hub.url}/graphql`,
      method: 'POST',
      body,
      connections,
      duration: seconds,
      timeout: 20,
      setupClient: client => {
        client.setHeaders({ 'content-type': 'application/json', authorization: `Bearer ${tokens[next++ % tokens.length]}` });
      },
    },
    () => undefined,
  );
  run.on('response', (_client, status, _bytes, milliseconds) => note(load, status, milliseconds));
  await once(run, 'done');
  return summed(load, seconds);
}

/** So many a second, evenly, whether the others were answered or not. (autocannon sends a second's share at once.) */
async function open(hub: Hub, { tokens, body, seconds }: Work, rate: number): Promise<Load> {
  const load = nothing();
  const sent: Promise<void>[] = [];
  const send = async (token: string) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const since = performance.now();
    const response = await fetch(`${hub.url}/graphql`, { method: 'POST', headers, body });
    await response.arrayBuffer();
    note(load, response.status, performance.now() - since);
  };
  const start = performance.now();
  for (let now = 0; now < seconds; now = (performance.now() - start) / 1000) {
    while (sent.length < now * rate) sent.push(send(tokens[sent.length % tokens.length]!));
    await pause(1);
  }
  await Promise.all(sent);
  return summed(load, seconds);
}

const told = ({ goodput, answered, refused, others }: Load) =>
  `${goodput.toFixed(1)} answered a second (p95 ${share(answered, 0.95)} ms), ${refused.length} refused (p50 ${share(refused, 0.5)} ms, p95 ${share(refused, 0.95)} ms), ${others} others`;

/** Peak, four times the peak for a minute, and how soon the hub is itself again. */
export async function overload(hub: Hub, say: (line: string) => void): Promise<void> {
  const officer = (_: unknown, i: number) =>
    hub.token({ role: 'COMMITTEE', division: '220104', actor: `officer-${i}`, minutes: 60 });
  const tokens = await Promise.all(Array.from({ length: 40 }, officer));
  const work = (seconds: number) => ({ tokens, body: ofCounty, seconds });
  await closed(hub, work(5), 8);
  say(`calm, one connection: ${told(await closed(hub, work(5), 1))}`);
  const peak = await closed(hub, work(15), 16);
  say(`peak, 16 connections: ${told(peak)}`);
  let probes = 0;
  let failed = 0;
  const probing = setInterval(() => {
    probes++;
    fetch(`${hub.url}/livez`).then(
      ({ status }) => status !== 200 && failed++,
      () => failed++,
    );
  }, 500);
  const rate = Math.ceil(peak.goodput * 4);
  const flood = await open(hub, work(60), rate);
  clearInterval(probing);
  const offered = (flood.answered.length + flood.refused.length + flood.others) / 60;
  say(
    `four times the peak for 60 s, ${offered.toFixed(0)} a second: ${told(flood)}; goodput ${((100 * flood.goodput) / peak.goodput).toFixed(0)} % of peak; ${probes} probes, ${failed} failed`,
  );
  for (let second = 1; second <= 5; second++)
    say(`second ${second} after it, one connection: ${told(await closed(hub, work(1), 1))}`);
}

/** One partner that asks for twenty times its budget, beside another that asks politely. */
export async function greedyPartner(hub: Hub, partner: string, other: string, say: (line: string) => void): Promise<void> {
  const claims = (organisation: string) => ({ role: 'PARTNER' as const, division: '220100', organisation, minutes: 60 });
  const [greedy, polite] = await Promise.all([hub.token(claims(partner)), hub.token(claims(other))]);
  const budget = defaultLimits.budget.partners / 60 / (await costOfPage(hub, polite));
  const work = { tokens: [polite], body: ofPartner, seconds: 60 };
  // Not a divisor of the other's rate: the two shall meet by chance.
  const rate = budget * 0.9;
  await open(hub, { ...work, seconds: 5 }, rate);
  const alone = await open(hub, work, rate);
  say(`a partner alone, below its budget: ${told(alone)}`);
  const [flood, beside] = await Promise.all([open(hub, { ...work, tokens: [greedy] }, budget * 20), open(hub, work, rate)]);
  say(`beside one that asks for twenty times its budget: ${told(beside)}; the greedy one: ${told(flood)}`);
}

async function costOfPage(hub: Hub, token: string): Promise<number> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const response = await fetch(`${hub.url}/graphql`, { method: 'POST', headers, body: ofPartner });
  return ((await response.json()) as { extensions: { cost: { operation: number } } }).extensions.cost.operation;
}
