/** How much two titles have in common, 0 to 1: their characters, and a little for a common beginning. */
function likeness(one: string, other: string): number {
  const rest = [...other];
  let common = 0;
  for (const sign of one) {
    const at = rest.indexOf(sign);
    if (at >= 0) {
      rest.splice(at, 1);
      common++;
    }
  }
  let begin = 0;
  while (begin < Math.min(one.length, other.length) && one[begin] === other[begin]) begin++;
  return (2 * common) / (one.length + other.length) + Math.min(begin, 3) / 20;
}

/** Which of the titles a ledger knows somebody may have meant; undefined when none is near. */
export function nearestTitle(typed: string, titles: string[]): string | undefined {
  const ranked = titles.map(title => ({ title, like: likeness(typed.slice(0, 60), title) }));
  const best = ranked.reduce((first, each) => (each.like > first.like ? each : first), { title: '', like: 0 });
  return best.like >= 0.4 ? best.title : undefined;
}
