interface Reading {
  viewer: string;
  isLarge: boolean;
}

/** Small files read at a time, beside a large one. */
const smallAtOnce = 2;

/**
 * Whose file is read next. Of large ones one at a time, for reading is what costs memory; small ones need not wait for it. Of one viewer
 * one at a time, and who was served goes behind those who wait.
 */
export class ParseTurns {
  #waiting: (Reading & { begin: () => void })[] = [];
  readonly #reading = new Set<Reading>();

  async take<T>(viewer: string, isLarge: boolean, parse: () => Promise<T>): Promise<T> {
    const reading = { viewer, isLarge };
    await new Promise<void>(begin => {
      this.#waiting.push({ ...reading, begin: () => begin(void this.#reading.add(reading)) });
      this.#next();
    });
    try {
      return await parse();
    } finally {
      this.#reading.delete(reading);
      const isOther = (each: Reading) => each.viewer !== viewer;
      this.#waiting = [...this.#waiting.filter(isOther), ...this.#waiting.filter(each => !isOther(each))];
      this.#next();
    }
  }

  #next(): void {
    for (const next of [...this.#waiting]) {
      if (!this.#mayBegin(next)) continue;
      this.#waiting.splice(this.#waiting.indexOf(next), 1);
      next.begin();
    }
  }

  #mayBegin({ viewer, isLarge }: Reading): boolean {
    const readings = [...this.#reading];
    if (readings.some(each => each.viewer === viewer)) return false;
    return readings.filter(each => each.isLarge === isLarge).length < (isLarge ? 1 : smallAtOnce);
  }
}
