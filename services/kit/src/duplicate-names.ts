/** In JSON a string before a colon is always a name. */
const name = /"(?:[^"\\]|\\.)*"\s*:/g;

function namesIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const inside = Object.values(value).reduce((sum: number, each) => sum + namesIn(each), 0);
  return inside + (Array.isArray(value) ? 0 : Object.keys(value).length);
}

/** Whether a JSON text gives a name twice in one object: readers differ in which one they take, so nobody should take either. */
export const hasDuplicateNames = (json: string) => (json.match(name)?.length ?? 0) !== namesIn(JSON.parse(json));
