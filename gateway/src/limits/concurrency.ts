/** Counts what is under way by key, and says no above a limit. */
export class Concurrency {
  readonly #underWay = new Map<string, number>();
  #all = 0;

  get all(): number {
    return this.#all;
  }

  of(key: string): number {
    return this.#underWay.get(key) ?? 0;
  }

  /** Returns what ends it; ending twice counts once. */
  begin(key: string): () => void {
    this.#all++;
    this.#underWay.set(key, this.of(key) + 1);
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      this.#all--;
      const left = this.of(key) - 1;
      if (left > 0) this.#underWay.set(key, left);
      else this.#underWay.delete(key);
    };
  }
}
