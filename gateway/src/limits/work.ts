/** A place among those at work. */
export interface Place {
  /** Leaving twice counts once. */
  leave(): void;
  /** Takes one again, whether there is room or not: who waited has been admitted before. */
  comeBack(): void;
}

/**
 * What was begun for one operation. Its place is taken until all of it has ended, whether anybody still waits for the answer or not:
 * who asks and goes away at once would otherwise have as much done as who stays, and take no place.
 */
export class Work {
  #underWay = 0;
  #resting = 0;
  #place: Place | undefined;
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

  /** Takes a place until all of it is over. */
  takes(place: Place): void {
    this.#place = place;
    this.whenOver(() => place.leave());
  }

  /** Waits for something that takes no place: others may have it meanwhile. Returns what ends the rest. */
  rest(): () => void {
    if (this.#resting++ === 0) this.#place?.leave();
    return () => {
      if (--this.#resting === 0) this.#place?.comeBack();
    };
  }

  /** Acts when nothing is under way, at once if nothing is. */
  whenOver(act: () => void): void {
    if (this.#underWay === 0) act();
    else this.#waiting.push(act);
  }
}
