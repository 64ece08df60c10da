import { chance } from './dice.ts';

/** What can go wrong in a subgraph, as one chance in so many; none where it is absent. */
export interface Trouble {
  /** A field throws an error with a code, one without, or one of a code that federation knows. */
  error?: number;
  /** A field is null that may be. */
  null?: number;
  /** A field is null that may not be, and the subgraph says so. */
  nonNull?: number;
  /** A list has a null in it. */
  element?: number;
  /** An entity is not found. */
  entity?: number;
  /** A null, without an error, where the subgraph's own schema allows none. */
  silentNull?: number;
  /** A leaf of another type, or an enum value that the API does not have. */
  leaf?: number;
  /** `__typename` of no type, of another, or of none that may stand there. */
  typename?: number;
  /** A list where there should be none, or none where there should be one; a leaf in place of an object. */
  form?: number;
  /** A fetch that is answered by errors alone, with or without `data: null`, without a path or a message. */
  fetch?: number;
  /** A subgraph that cannot be reached. */
  down?: number;
}

export type Kind = keyof Trouble;

/** By name: an operation is run in good days and in one kind of trouble. */
export const troubles: Record<string, Trouble> = {
  none: {},
  errors: { error: 12 },
  nulls: { null: 4, element: 8 },
  refusals: { nonNull: 25, error: 40, entity: 10 },
  'missing entities': { entity: 3 },
  'wrong nulls': { silentNull: 15 },
  'wrong leaves': { leaf: 8 },
  'wrong types': { typename: 12 },
  'wrong forms': { form: 20 },
  'failed fetches': { fetch: 4 },
  'a subgraph down': { down: 3 },
  everything: {
    error: 40,
    null: 20,
    nonNull: 60,
    element: 30,
    entity: 20,
    silentNull: 60,
    leaf: 60,
    typename: 60,
    fetch: 15,
    down: 10,
  },
};

/** Decides by what is asked for alone, never by when or how often: both executors meet the same. */
export class Fate {
  constructor(
    private readonly trouble: Trouble,
    private readonly seed: string,
  ) {}

  strikes(kind: Kind, ...words: unknown[]): boolean {
    const oneIn = this.trouble[kind];
    return oneIn !== undefined && chance(this.seed, kind, ...words) * oneIn < 1;
  }
}
