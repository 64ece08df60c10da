import type { Viewer } from '@hub/kit/viewer';
import { Accounts, type Balance } from './accounts.ts';
import { TooMany } from './too-many.ts';
import { classOf, type ViewerClass, viewerClasses, viewerKey } from './viewer-class.ts';

/** Points per viewer. */
export class Budget {
  readonly #accounts;

  constructor(perMinute: Record<ViewerClass, number>) {
    this.#accounts = new Map(viewerClasses.map(name => [name, new Accounts(perMinute[name])]));
  }

  /** Refuses who has nothing left. */
  knock(viewer: Viewer): void {
    const accounts = this.#of(viewer);
    const milliseconds = accounts.wait(viewerKey(viewer));
    if (milliseconds === 0) return;
    throw new TooMany(
      429,
      `Your points are spent; ${accounts.perMinute} a minute come back. Go on in ${Math.ceil(milliseconds / 1000)} s; ask less often, or for fewer rows.`,
      { reason: 'BUDGET', milliseconds },
    );
  }

  charge(viewer: Viewer, cost: number): Balance {
    this.knock(viewer);
    return this.spend(viewer, cost);
  }

  /** For what was done already, though nothing be left. */
  spend(viewer: Viewer, cost: number): Balance {
    return this.#of(viewer).spend(viewerKey(viewer), cost);
  }

  #of = (viewer: Viewer) => this.#accounts.get(classOf(viewer))!;
}
