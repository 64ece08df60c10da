export type FileReason =
  | 'FILE_EMPTY'
  | 'FILE_UNREADABLE'
  | 'FILE_TOO_LARGE'
  | 'TOO_MANY_ROWS'
  | 'TOO_MANY_COLUMNS'
  | 'CELL_TOO_LONG'
  | 'CELL_UNREADABLE';

export interface Place {
  row?: number;
  column?: string;
  sheet?: string;
}

/** Why a file cannot be imported, in words for the person who sent it. Plain fields only: it crosses a thread. */
export class FileProblem extends Error {
  reason: FileReason;
  place: Place;

  constructor(reason: FileReason, message: string, place: Place = {}) {
    super(message);
    this.reason = reason;
    this.place = place;
  }
}

export const tooLarge = (what: string) =>
  new FileProblem('FILE_TOO_LARGE', `文件过大，请拆分后再导入。The file is too large: ${what}. Split it.`);
