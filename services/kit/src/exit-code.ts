import { isConnectionLoss } from './connection-loss.ts';

/** `EX_TEMPFAIL` of sysexits.h: what a process needs is away, and it is to be started again however often. */
export const mayPass = 75;

/** What a process that could not start ends with. */
export const exitCodeOf = (error: unknown): number => (isConnectionLoss(error) ? mayPass : 1);
