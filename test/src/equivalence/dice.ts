import { hash } from 'node:crypto';

/** A number from 0 up to 1 that is decided by the words alone. */
export const chance = (...words: unknown[]): number =>
  Number.parseInt(hash('sha1', words.join('\u0000')).slice(0, 12), 16) / 2 ** 48;

/** One of the choices, decided by the words alone. */
export const choose = <T>(choices: readonly T[], ...words: unknown[]): T =>
  choices[Math.floor(chance(...words) * choices.length)]!;

/** Throws that follow each other; the same seed throws the same. Evenly spread, which fast-check's draws on purpose are not. */
export class Dice {
  #throws = 0;

  constructor(private readonly seed: string) {}

  of<T>(choices: readonly T[]): T {
    return choose(choices, this.seed, this.#throws++);
  }

  /** True once in so many throws. */
  oneIn(times: number): boolean {
    return chance(this.seed, this.#throws++) * times < 1;
  }
}
