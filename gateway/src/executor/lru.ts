/** Keeps the values that were used last, up to a number; a Map remembers the order in which keys were set. */
export class Lru<Value> {
  readonly #values = new Map<string, Value>();

  constructor(private readonly most: number) {}

  get size(): number {
    return this.#values.size;
  }

  get(key: string): Value | undefined {
    const value = this.#values.get(key);
    if (value === undefined) return undefined;
    this.#values.delete(key);
    this.#values.set(key, value);
    return value;
  }

  set(key: string, value: Value): void {
    this.#values.delete(key);
    this.#values.set(key, value);
    if (this.#values.size > this.most) this.#values.delete(this.#values.keys().next().value!);
  }
}
