import { HubError } from './errors.ts';

/** The one form of an `Idempotency-Key`, at the door and in every subgraph. */
const form = /^[\x21-\x7e]{8,255}$/;

/** Reads the header; undefined where none was sent. */
export function idempotencyKeyOf(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  if (typeof header !== 'string' || !form.test(header))
    throw new HubError(
      'INVALID_INPUT',
      'Idempotency-Key must be one header of 8 to 255 visible ASCII characters (幂等键须为8至255个可见ASCII字符).',
    );
  return header;
}

/**
 * The part of a client's operation that a call of the gateway is: the hash of the whole, and the name its first change has in the answer.
 * How the gateway cuts and words its calls is its own affair and may be another after an update; what the key stands for is not. A number
 * would be another on a retry, when a call before it was refused without being sent.
 */
export interface OperationPart {
  hash: string;
  step: string;
}

export const operationPartHeader = 'x-hub-operation';
export const writeOperationPart = ({ hash, step }: OperationPart): string => `${hash}.${step}`;

export function readOperationPart(header: string | string[] | undefined): OperationPart | undefined {
  const [, hash, step] = /^([0-9a-f]{64})\.(\w{1,200})$/.exec(String(header)) ?? [];
  return hash && step ? { hash, step } : undefined;
}
