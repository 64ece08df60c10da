/** Splits a whole total by weight (largest remainder), so that the parts add up to it exactly; every part is at least `least`. */
export function apportion(total: number, weights: readonly number[], least = 0): number[] {
  const free = total - least * weights.length;
  if (free < 0) throw new RangeError(`${total} cannot be split into ${weights.length} parts of at least ${least}`);

  const sum = weights.reduce((all, weight) => all + weight, 0);
  const exact = weights.map(weight => (free * weight) / sum);
  const parts = exact.map(Math.floor);
  const missing = free - parts.reduce((all, part) => all + part, 0);
  const byRemainder = exact.map((_, index) => index).sort((a, b) => exact[b]! - parts[b]! - (exact[a]! - parts[a]!) || a - b);
  for (const index of byRemainder.slice(0, missing)) parts[index]!++;
  return parts.map(part => part + least);
}
