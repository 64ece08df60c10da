import { HubError } from '@hub/kit/errors';
import type { SubgraphAnswer } from './execution.ts';

/** What became of a part of a change: made, not made, or nobody knows. */
export type ChangePart = 'DONE' | 'NOT_DONE' | 'UNKNOWN';

/** The parts of a change that several calls make, by the names they have in the answer. Each call is whole or not at all; together they are not. */
export class ChangeParts {
  #calls = 0;
  readonly #parts: Record<string, ChangePart> = {};

  answered(keys: readonly string[], { errors }: SubgraphAnswer): void {
    const isUnknown = errors?.some(({ extensions }) => extensions?.code === 'UNKNOWN_OUTCOME');
    this.#tell(keys, isUnknown ? 'UNKNOWN' : errors?.length ? 'NOT_DONE' : 'DONE');
  }

  failed(keys: readonly string[], error: unknown): void {
    const isKnown = error instanceof HubError && error.code === 'UNAVAILABLE';
    this.#tell(keys, isKnown ? 'NOT_DONE' : 'UNKNOWN');
  }

  /** For the extensions of an answer with errors; nothing where one call was all there was. */
  told(): { parts: Record<string, ChangePart> } | undefined {
    return this.#calls > 1 ? { parts: this.#parts } : undefined;
  }

  #tell(keys: readonly string[], part: ChangePart): void {
    this.#calls++;
    for (const key of keys) this.#parts[key] = part;
  }
}
