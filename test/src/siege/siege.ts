import { setTimeout as pause } from 'node:timers/promises';
import type { Hub } from '@hub/launcher/start-hub';
import { dashboard } from '../journeys.ts';
import { besiege } from './besiege.ts';
import { signIn } from './sign-in.ts';
import { type Starving, starvings } from './starvings.ts';

const password = '春眠不觉晓，处处闻啼鸟';

type Besieged = Pick<Hub, 'url' | 'token'> & { administrator?: Hub['administrator'] };

/** What a polite viewer met. */
export interface Met {
  /** Milliseconds of each dashboard, sorted. */
  taken: number[];
  refused: string[];
  signIns: number;
  failedSignIns: string[];
}

export interface Siege {
  starving: Starving;
  polite: Met;
  /** What those who starve the others met, and how often. */
  met: Map<string, number>;
}

async function ask({ url }: Besieged, token: string, met: Met): Promise<void> {
  const since = performance.now();
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: dashboard, variables: { division: '220104' } }),
  });
  const { errors } = (await response.json()) as { errors?: { message: string }[] };
  if (errors) met.refused.push(`${response.status} ${errors[0]!.message}`);
  else met.taken.push(performance.now() - since);
}

/** Signs the administrator in, as a browser does. */
async function signInAsAdministrator({ url, administrator }: Besieged, met: Met): Promise<void> {
  if (!administrator) return;
  if (await signIn(url, administrator.loginName, password)) met.signIns++;
  else met.failedSignIns.push('no token');
}

/** A dashboard after the other, and now and then a sign-in, until the time is over. */
async function bePolite(hub: Besieged, token: string, signal: AbortSignal): Promise<Met> {
  const met: Met = { taken: [], refused: [], signIns: 0, failedSignIns: [] };
  const signingIn = (async () => {
    while (!signal.aborted) {
      await signInAsAdministrator(hub, met).catch(error => met.failedSignIns.push(String(error)));
      await pause(4_000, undefined, { signal }).catch(() => undefined);
    }
  })();
  while (!signal.aborted) {
    await ask(hub, token, met).catch(error => met.refused.push(String(error)));
    // Below its points for a minute.
    await pause(100);
  }
  await signingIn;
  met.taken.sort((a, b) => a - b);
  return met;
}

/** Lays one siege after the other beside a polite viewer; what it met alone comes first. */
export async function siege(
  hub: Besieged,
  seconds: number,
  tell: (line: string) => void,
): Promise<{ alone: Met; sieges: Siege[] }> {
  const officer = (actor: string, division: string) => hub.token({ role: 'COMMITTEE', division, actor, minutes: 120 });
  const polite = await officer('polite', '220104');
  const { administrator } = hub;
  if (administrator) await signIn(hub.url, administrator.loginName, password, { oneTimePassword: administrator.password });
  const time = () => AbortSignal.timeout(1_000 * seconds);
  await bePolite(hub, polite, time());
  const alone = await bePolite(hub, polite, time());
  const sieges: Siege[] = [];
  for (const [index, starving] of starvings.entries()) {
    tell(starving.name);
    const token = await officer(`starving-${index}`, '220100');
    const besieging = { index, url: hub.url, token, milliseconds: 1_000 * seconds };
    const [besieged, met] = await Promise.all([bePolite(hub, polite, time()), besiege(besieging)]);
    sieges.push({ starving, polite: besieged, met });
    await pause(1_500);
  }
  return { alone, sieges };
}
