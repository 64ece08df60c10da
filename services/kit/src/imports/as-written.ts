import { compareKey } from '../compare-key.ts';

/** A text stays as it was written first: what says the same but for how it is typed is no change. */
export const asWritten = <T extends string | null | undefined>(fresh: T, onFile: string | null | undefined): T | string =>
  fresh && onFile && fresh !== onFile && compareKey(fresh) === compareKey(onFile) ? onFile : fresh;
