import { HubError } from '@hub/kit/errors';
import { jsonLength } from './json-length.ts';

/** How much an answer weighs. What the subgraphs say is bounded as it comes, so that no more than that is ever held; so is what becomes of it. */
export class AnswerBytes {
  #received = 0;
  #copies = 1;
  #measured?: number;

  constructor(private readonly most: number) {}

  /** What it weighs, as far as it is known. */
  get weight(): number {
    return this.#measured ?? this.#received;
  }

  /** So many bytes more came from a subgraph: throws when they are too many. */
  take(bytes: number): void {
    this.#received += bytes;
    if (this.#received > this.most) throw this.#refusal();
  }

  /** A part of what came stands in the answer as often. */
  repeat(times: number): void {
    this.#copies = Math.max(this.#copies, times);
  }

  /** Takes over what another answer weighs, that of somebody who asked the same. */
  share({ weight }: AnswerBytes): void {
    this.#measured = weight;
  }

  /** Throws when the whole is too long. It is measured only where it may be: what stands in it once is no longer than what came. */
  check(data: unknown, copiesAreKnown: boolean): void {
    if (copiesAreKnown && this.#received * this.#copies <= this.most) return;
    this.#measured = jsonLength(data, this.most);
    if (this.#measured > this.most) throw this.#refusal();
  }

  #refusal(): HubError {
    return new HubError(
      'LIMIT_EXCEEDED',
      `The answer is longer than ${Math.floor(this.most / 1024)} KB: ask for fewer rows, in pages (first, after), or for fewer fields.`,
      { reason: 'ANSWER' },
    );
  }
}
