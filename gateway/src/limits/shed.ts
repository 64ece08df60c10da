import { Concurrency } from './concurrency.ts';
import { TooMany } from './too-many.ts';
import { type ViewerClass, viewerClasses } from './viewer-class.ts';
import type { Place } from './work.ts';

/** How much of the room a class may find taken and still come in: the last come to be served are the first to be refused. */
const share: Record<ViewerClass, number> = { people: 1, partners: 0.75, reporting: 0.5 };
/** How much of all places, in work and waiting, one viewer may take: whatever it does, most of them are left to the others. */
const ofViewer = 1 / 4;
const tooLate = 150;
const least = 8;
/** A place in the queue is a promise; this only ends what a stuck hub would leave waiting. */
const patience = 3_000;

interface Waiting {
  viewer: string;
  enter: () => void;
}

/** Bounds the operations in work, lets a few wait by class, in turn by viewer, and refuses the rest at once. */
export class Shed {
  readonly #queues = new Map(viewerClasses.map(name => [name, [] as Waiting[]]));
  readonly #ofViewer = new Concurrency();
  readonly #adjusting: NodeJS.Timeout;
  #limit: number;

  constructor(
    private readonly most: number,
    private readonly queue: number,
    private readonly lag: () => number,
    private readonly refused: (viewerClass: ViewerClass) => void = () => undefined,
  ) {
    this.#limit = most;
    this.#adjusting = setInterval(() => this.#adjust(), 250).unref();
  }

  get inWork(): number {
    return this.#ofViewer.all;
  }

  /** Places in work and in the queue that one viewer may have at a time. */
  get placesOfViewer(): number {
    return portion(this.#limit) + portion(this.queue);
  }

  get waiting(): number {
    return [...this.#queues.values()].reduce((sum, queue) => sum + queue.length, 0);
  }

  /** Throws where `enter` would refuse: asked before a byte of the body is read. */
  assertOpen(viewerClass: ViewerClass): void {
    if (!this.#hasRoom(viewerClass) && this.waiting >= this.queue * share[viewerClass]) throw this.#refusal(viewerClass);
  }

  /** Resolves with the place to work at once there is room; throws at once when the queue is full. */
  async enter(viewerClass: ViewerClass, viewer: string, departure: AbortSignal): Promise<Place> {
    this.assertOpen(viewerClass);
    const mustWait = this.waiting > 0 || !this.#hasRoom(viewerClass) || !this.#mayBegin(viewer);
    return mustWait ? this.#wait(viewerClass, viewer, departure) : this.#begin(viewer);
  }

  stop(): void {
    clearInterval(this.#adjusting);
  }

  #hasRoom = (viewerClass: ViewerClass) => this.inWork < Math.max(1, this.#limit * share[viewerClass]);

  #mayBegin = (viewer: string) => this.#ofViewer.of(viewer) < portion(this.#limit);

  #begin(viewer: string): Place {
    let end = this.#ofViewer.begin(viewer);
    return {
      leave: () => {
        end();
        this.#next();
      },
      comeBack: () => {
        end = this.#ofViewer.begin(viewer);
      },
    };
  }

  #wait(viewerClass: ViewerClass, viewer: string, departure: AbortSignal): Promise<Place> {
    const queue = this.#queues.get(viewerClass)!;
    return new Promise((resolve, reject) => {
      const leave = () => {
        clearTimeout(timer);
        departure.removeEventListener('abort', giveUp);
        queue.splice(queue.indexOf(waiting), 1);
      };
      const enter = () => {
        leave();
        resolve(this.#begin(viewer));
      };
      const waiting = { viewer, enter };
      const giveUp = () => {
        leave();
        reject(this.#refusal(viewerClass));
      };
      const timer = setTimeout(giveUp, patience);
      departure.addEventListener('abort', giveUp, { once: true });
      queue.push(waiting);
      this.#next();
    });
  }

  #next(): void {
    for (const [name, queue] of this.#queues) {
      for (let next = this.#nextOf(queue); next && this.#hasRoom(name); next = this.#nextOf(queue)) next.enter();
    }
  }

  /** Who has the least in work, and of those who came first: one who asks for much waits for itself. */
  #nextOf(queue: Waiting[]): Waiting | undefined {
    const [first, ...others] = queue;
    if (!first) return undefined;
    const next = others.reduce(
      (next, other) => (this.#ofViewer.of(other.viewer) < this.#ofViewer.of(next.viewer) ? other : next),
      first,
    );
    return this.#mayBegin(next.viewer) ? next : undefined;
  }

  #adjust(): void {
    this.#limit = this.lag() > tooLate ? Math.max(least, this.#limit * 0.7) : Math.min(this.most, this.#limit + 4);
    this.#next();
  }

  #refusal(viewerClass: ViewerClass): TooMany {
    this.refused(viewerClass);
    return new TooMany(503, 'The hub has more work than it can take. Nothing was changed: try again in a moment.', {
      reason: 'OVERLOADED',
      milliseconds: 1_000,
    });
  }
}

const portion = (places: number) => Math.max(1, Math.floor(places * ofViewer));
