/** About as many characters as a value of an answer has in JSON; more than `most` once it is certain to be longer. */
export function jsonLength(value: unknown, most: number): number {
  let length = 0;
  const add = (part: unknown): void => {
    if (length > most) return;
    if (typeof part === 'string') length += part.length + 2;
    else if (typeof part !== 'object' || part === null) length += 5;
    else if (Array.isArray(part)) {
      length += 2 + part.length;
      for (const each of part) add(each);
    } else {
      length += 2;
      for (const name in part) {
        length += name.length + 4;
        add((part as Record<string, unknown>)[name]);
      }
    }
  };
  add(value);
  return length;
}
