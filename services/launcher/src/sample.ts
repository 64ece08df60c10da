import type { TokenClaims } from '@hub/identity/sign-token';
import { LaunchFailure, lineOf } from './launch-failure.ts';

/** What a sample needs of a running hub: it comes in through the same door as every import. */
export interface SampleDoor {
  url: string;
  token(claims: TokenClaims): Promise<string>;
  progress(line: string): void;
}

export type LoadSample = (door: SampleDoor) => Promise<void>;

/** Loads the sample city into a hub that is empty; the sample itself finds out whether it is. */
export async function loadSample(door: SampleDoor, lost: Promise<string>, given?: LoadSample): Promise<void> {
  const stopped = lost.then(line => Promise.reject(new LaunchFailure(line)));
  // The race may be over before the hub is lost; that rejection then has no one to tell.
  stopped.catch(() => undefined);
  const load = given ?? (await installedSample());
  const loaded = load(door).catch(error => {
    throw new LaunchFailure(`The sample city could not be loaded: ${lineOf(error)} (HUB_SAMPLE=none starts without it)`);
  });
  await Promise.race([loaded, stopped]);
}

async function installedSample(): Promise<LoadSample> {
  const name: string = '@hub/sample/load';
  const { loadSample } = (await import(name)) as { loadSample: LoadSample };
  return loadSample;
}
