// What the door does with four times the work it can do, and what one greedy partner does to another.
import { once } from 'node:events';
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
const ofPartner = JSON.stringify({ query: '{ programs(first: 20) { totalCount nodes { id name } } }' });
const share = (sorted: number[], part: number) => sorted[Math.floor(sorted.length * part)]?.toFixed(1) ?? '–';

/** Sends one operation as one viewer: as fast as the connections allow, or so many a second. */
async function load(hub: Hub, token: string, body: string, connections: number, seconds: number, rate?: number): Promise<Load> {
  const result: Load = { goodput: 0, answered: [], refused: [], others: 0 };
  const options = {
    url: `${hub.url}/graphql`,
    method: 'POST' as const,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body,
    connections,
    duration: seconds,
    timeout: 20,
    ...(rate && { overallRate: rate }),
  };
  const run = autocannon(options, () => undefined);
  run.on('response', (_client, status, _bytes, milliseconds) => {
    if (status === 200) result.answered.push(milliseconds);
    else if (status === 503 || status === 429) result.refused.push(milliseconds);
    else result.others++;
  });
  await once(run, 'done');
  for (const times of [result.answered, result.refused]) times.sort((a, b) => a - b);
  result.goodput = result.answered.length / seconds;
  return result;
}

const told = ({ goodput, answered, refused, others }: Load) =>
  `${goodput.toFixed(1)} answered a second (p95 ${share(answered, 0.95)} ms), ${refused.length} refused (p50 ${share(refused, 0.5)} ms, p95 ${share(refused, 0.95)} ms), ${others} others`;

/** Peak, four times the peak for a minute, and how soon the hub is itself again. */
export async function overload(hub: Hub, say: (line: string) => void): Promise<void> {
  const token = await hub.token({ role: 'COMMITTEE', division: '220104', minutes: 60 });
  await load(hub, token, ofCounty, 8, 5);
  const peak = await load(hub, token, ofCounty, 16, 15);
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
  const flood = await load(hub, token, ofCounty, 400, 60, Math.ceil(peak.goodput * 4));
  clearInterval(probing);
  say(
    `four times the peak for 60 s: ${told(flood)}; goodput ${((100 * flood.goodput) / peak.goodput).toFixed(0)} % of peak; ${probes} probes, ${failed} failed`,
  );
  const after = await load(hub, token, ofCounty, 1, 5);
  say(`the 5 s after it, one connection: ${told(after)}`);
}

/** One partner at twenty times what it may have under way, beside another that asks politely. */
export async function greedyPartner(hub: Hub, partner: string, other: string, say: (line: string) => void): Promise<void> {
  const claims = (organisation: string) => ({ role: 'PARTNER' as const, division: '220100', organisation, minutes: 60 });
  const [greedy, polite] = await Promise.all([hub.token(claims(partner)), hub.token(claims(other))]);
  const alone = await load(hub, polite, ofPartner, 1, 15);
  say(`a partner alone: ${told(alone)}`);
  const [flood, beside] = await Promise.all([load(hub, greedy, ofPartner, 200, 15), load(hub, polite, ofPartner, 1, 15)]);
  say(`beside a greedy one: ${told(beside)}; the greedy one: ${told(flood)}`);
}
