import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { installationKey } from '@hub/identity/installation-key';
import { signToken } from '@hub/identity/sign-token';
import { importRate } from '@hub/test/import-rate';
import { type Asked, ask } from './ask.ts';
import { apollo, type Contestant, contestants } from './contestants.ts';
import { listeningWorld, type Step } from './fetches.ts';
import { cell, type Findings } from './findings.ts';
import { installPeers } from './install-peers.ts';
import { type Loader, startLoader } from './loader.ts';
import { measure } from './measure.ts';
import { ownAnswers } from './own-answers.ts';
import { ownList } from './own-list.ts';
import { report } from './report.ts';
import { startContestant } from './running-contestant.ts';
import type { Settings } from './settings.ts';
import { besidePostgraphile } from './single-process.ts';
import { startsOfHub } from './start-of-hub.ts';
import { bodyOf, type Sent, viewers, type Work, works } from './work.ts';
import { hubWorld } from './worlds/hub.ts';
import { shopWorld } from './worlds/shop.ts';
import type { World } from './worlds/world.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

/** Without extensions: what a gateway tells about itself is its own. */
const dataOf = (text: string) => {
  const { data, errors } = JSON.parse(text);
  return errors ? { data, errors: true } : { data };
};

interface Reference {
  answers: Map<Work, unknown>;
  fetches: Map<string, Step[]>;
}

/** What Apollo's gateway answers and asks for: the measure of all others, and the floor's script. */
async function referenceOf(worlds: readonly World[], asked: (work: Work) => Promise<Asked>): Promise<Reference> {
  const reference: Reference = { answers: new Map(), fetches: new Map() };
  for (const world of worlds) {
    const listening = await listeningWorld(world);
    const own = works.filter(work => work.world === world.name);
    const running = await startContestant(apollo, listening.world, await asked(own[0]!));
    for (const work of own) {
      listening.take();
      const { text } = await ask(running.url, await asked(work));
      const answer = dataOf(text);
      if (answer.errors) throw new Error(`Apollo's gateway answers ${work.key} with errors: ${text.slice(0, 500)}`);
      reference.answers.set(work, answer);
      reference.fetches.set(work.query, listening.take());
    }
    await running.stop();
    listening.close();
  }
  return reference;
}

/** One contestant alone in front of one world: compared in the first round, then measured. */
async function visit(
  contestant: Contestant,
  world: World,
  round: number,
  { findings, reference, loader, asked }: Arena,
): Promise<void> {
  const own = works.filter(work => work.world === world.name && !findings.absent.has(cell(work, contestant)));
  const stays = contestant.staysOut?.(world);
  const leaveOut = (reason: string) => {
    for (const work of own) findings.absent.set(cell(work, contestant), reason);
  };
  if (stays) return leaveOut(stays);
  if (own.length === 0) return;
  const running = await startContestant(contestant, world, await asked(own[0]!)).catch((error: Error) => leaveOut(error.message));
  if (!running) return;
  try {
    for (const work of own) {
      if (round === 0 && contestant.key !== 'floor') {
        const { text, status } = await ask(running.url, await asked(work)).catch(error => ({ text: String(error), status: 0 }));
        if (status !== 200 || !isDeepStrictEqual(dataOf(text), reference.answers.get(work))) {
          findings.absent.set(cell(work, contestant), `answers otherwise (status ${status}): ${text.slice(0, 160)}`);
          continue;
        }
      }
      const result = await measure(running, world, work, loader, findings.settings);
      const key = cell(work, contestant);
      findings.measured.set(key, [...(findings.measured.get(key) ?? []), result]);
      say(
        `${round + 1}/${findings.settings.rounds} ${work.key} ${contestant.name}: ${result.perSecond.toFixed(0)}/s, gateway ${result.gatewayCpu.toFixed(2)} ms, subgraphs ${result.subgraphCpu.toFixed(2)} ms, p95 ${result.p95.toFixed(1)} ms${result.failures ? `, ${result.failures} failed` : ''}`,
      );
    }
  } finally {
    await running.stop();
  }
}

/** Each round begins with somebody else: whoever is first meets subgraphs that have not run warm. */
const inTurn = <T>(all: readonly T[], round: number) => {
  const first = (round * 3) % all.length;
  return [...all.slice(first), ...all.slice(0, first)];
};

interface Arena {
  findings: Findings;
  reference: Reference;
  loader: Loader;
  asked: (work: Work) => Promise<Asked>;
}

/** Runs everybody in turn, so that a slow minute of the machine hits all alike. */
export async function compareGateways(settings: Settings): Promise<void> {
  await installPeers(say);
  const starts = settings.includesStart ? await startsOfHub(say) : undefined;
  const imported = settings.includesStart ? await importRate(1) : undefined;
  const dataDirectory = await mkdtemp(join(tmpdir(), 'hub-bench-'));
  const stops: (() => unknown)[] = [() => rm(dataDirectory, { recursive: true, force: true })];
  try {
    say('starting the worlds …');
    const hub = await hubWorld(dataDirectory);
    stops.push(() => hub.stop());
    const shop = await shopWorld(dataDirectory);
    stops.push(() => shop.stop());
    const loader = await startLoader(dataDirectory, settings.tokens);
    stops.push(() => loader.stop());
    const key = await installationKey(dataDirectory);
    const asked = async (sent: Sent): Promise<Asked> => ({
      authorization: `Bearer ${await signToken(key, { ...viewers[sent.viewer], actor: 'bench', minutes: 1_440 })}`,
      body: bodyOf(sent),
    });
    const reference = await referenceOf([shop, hub], asked);
    const all = contestants(() => reference.fetches);
    const findings: Findings = {
      settings,
      contestants: all,
      measured: new Map(),
      absent: new Map(),
      ...(starts && { starts }),
      ...(imported && { importRate: imported }),
    };
    const arena = { findings, reference, loader, asked };
    for (let round = 0; round < settings.rounds; round++)
      for (const world of [shop, hub]) for (const contestant of inTurn(all, round)) await visit(contestant, world, round, arena);
    findings.latency = await ownAnswers(hub, all[0]!, reference.fetches, loader, asked, settings.seconds);
    findings.beside = await besidePostgraphile(hub, all[0]!, loader, asked, settings);
    findings.ownList = await ownList(loader, settings, say);
    await report(findings, say);
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}
