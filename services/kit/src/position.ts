import { HubError } from './errors.ts';

/** Where in the feed a follower is: after the change (epoch, xid, seq). `life` tells two restored copies of one database apart. */
export interface Position {
  epoch: number;
  life: string;
  xid: string;
  seq: string;
}

export const feedStart: Position = { epoch: 0, life: '', xid: '0', seq: '0' };

const form = /^(?:(\d{1,9})-([0-9a-f]{8})\.)?(\d{1,18})\.(\d{1,18})$/;

export const writePosition = ({ epoch, life, xid, seq }: Position): string => `${epoch}-${life}.${xid}.${seq}`;

/** A cursor as a follower brings it. One without an epoch was given out before there were any, in the first. */
export function readPosition(cursor: string | null | undefined): Position {
  if (cursor === undefined || cursor === null) return feedStart;
  const [, epoch = '1', life = '', xid, seq] = form.exec(cursor) ?? [];
  if (xid === undefined || seq === undefined)
    throw new HubError('INVALID_INPUT', 'after: take the cursor of the page before (请使用上一页的游标).');
  return { epoch: Number(epoch), life, xid, seq };
}

const parts = ({ epoch, xid, seq }: Position) => [BigInt(epoch), BigInt(xid), BigInt(seq)];

/** Whether one position stands before another. */
export function isBefore(a: Position, b: Position): boolean {
  const other = parts(b);
  const differing = parts(a).findIndex((part, i) => part !== other[i]);
  return differing >= 0 && parts(a)[differing]! < other[differing]!;
}
