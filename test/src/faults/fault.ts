/** What a kind of fault did to a hub that was used meanwhile. */
export interface Fault {
  name: string;
  rounds: number;
  /** Changes that were promised. */
  acknowledged: number;
  /** Of those, how many are not there. */
  lost: number;
  /** And how many are there twice. */
  doubled: number;
  /** Requests that failed though nothing they needed was touched. */
  failedOfOthers: number;
  /** Imports of which a part is there and a part is not; undefined where none was under way. */
  half?: number;
  /** Rows of copies in other subgraphs that differ from their owner's; undefined where nothing moved. */
  copies?: number;
  /** Seconds until what was hit answered again, of each round. */
  comeBack: number[];
}

/** What was promised, beside what is there. */
export function compared(
  promised: readonly string[],
  there: readonly string[],
): Pick<Fault, 'acknowledged' | 'lost' | 'doubled'> {
  const times = new Map<string, number>();
  for (const each of there) times.set(each, (times.get(each) ?? 0) + 1);
  const lost = promised.filter(each => !times.has(each)).length;
  const doubled = promised.filter(each => (times.get(each) ?? 0) > 1).length;
  return { acknowledged: promised.length, lost, doubled };
}

export const secondsSince = (start: number): number => (performance.now() - start) / 1_000;
