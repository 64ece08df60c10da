/**
 * What was begun for one operation. Its place is taken until all of it has ended, whether anybody still waits for the answer or not:
 * who asks and goes away at once would otherwise have as much done as who stays, and take no place.
 */
export class Work {
  #underWay = 0;
  #waiting: (() => void)[] = [];

  /** Returns what ends it; ending twice counts once. */
  begin(): () => void {
    this.#underWay++;
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      this.#underWay--;
      if (this.#underWay === 0) for (const act of this.#waiting.splice(0)) act();
    };
  }

  async during<T>(work: () => Promise<T>): Promise<T> {
    const end = this.begin();
    try {
      return await work();
    } finally {
      end();
    }
  }

  /** Acts when nothing is under way, at once if nothing is. */
  whenOver(act: () => void): void {
    if (this.#underWay === 0) act();
    else this.#waiting.push(act);
  }
}
