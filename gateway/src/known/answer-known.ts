import type { GatewayGraphQLRequestContext } from '@apollo/server-gateway-interface';
import type { AdmitOperation } from '../admission.ts';
import type { Caller } from '../caller.ts';
import type { Answer } from '../executor/execution.ts';
import type { Run } from '../executor/executor.ts';
import { misfits } from '../executor/misfits.ts';
import { statusOf, wasNotExecuted } from '../http-errors.ts';
import { costTold, type Spent, type Weigh } from '../limits/charge.ts';
import type { Loaded } from '../loaded.ts';
import type { FormatError } from '../mask-error.ts';
import { formatErrors } from './format-errors.ts';
import type { KnownOperation, KnownOperations } from './known-operations.ts';
import type { PlainRequest } from './plain-request.ts';

/** An answer as it goes out. */
export interface KnownAnswer {
  status: number;
  headers: readonly (readonly [string, string])[];
  body: string | readonly Buffer[];
}

interface Answering {
  known: KnownOperations;
  loaded: () => Loaded;
  admit: AdmitOperation;
  weigh: Weigh;
  run: Run;
  formatError: FormatError;
}

/**
 * Answers an operation that the server has parsed and validated before, without asking it again: the same checks in the same words, the
 * same executor, the same answer. What is to be refused is left to the server, before anything is charged or done: undefined.
 */
export type AnswerKnown = (request: PlainRequest | undefined, caller: Caller) => Promise<KnownAnswer> | undefined;

export function knownAnswers({ known, loaded, admit, weigh, run, formatError }: Answering): AnswerKnown {
  return (request, caller) => {
    // One look: an operation is checked, charged for and run under the schema it was found valid under, though another is loaded meanwhile.
    const present = loaded();
    const found = request && known.find(present.schema, request.query);
    if (!found || !isMeant(found, request)) return undefined;
    const spent = admitted(found, request, caller, present, admit);
    if (!spent) return undefined;
    const context = contextOf(found, request, caller, present);
    return run(context)
      .catch((error: unknown): Answer => ({ errors: [error as never] }))
      .then(answer => told(answer, request, weigh(spent, caller), caller, formatError));
  };
}

const isMeant = ({ operation }: KnownOperation, { operationName }: PlainRequest) =>
  operationName === undefined || operationName === operation.name?.value;

/** What it costs the caller, if nothing keeps it from being run. */
function admitted(
  { document, operation }: KnownOperation,
  { variables }: PlainRequest,
  caller: Caller,
  present: Loaded,
  admit: AdmitOperation,
): Spent | undefined {
  const { schema } = present;
  if (misfits(schema, operation, variables)) return undefined;
  try {
    return admit({ schema, document, operation, variables }, caller, present);
  } catch {
    return undefined;
  }
}

/** What our executor reads of a request. */
const contextOf = (
  found: KnownOperation,
  { query, operationName, variables }: PlainRequest,
  caller: Caller,
  { schema }: Loaded,
): GatewayGraphQLRequestContext =>
  ({
    ...found,
    request: { query, variables, ...(operationName && { operationName }) },
    source: query,
    schema,
    context: caller,
  }) as unknown as GatewayGraphQLRequestContext;

function told(
  answer: Answer,
  { contentType }: PlainRequest,
  spent: Spent,
  caller: Caller,
  formatError: FormatError,
): KnownAnswer {
  const { cost, headers: rates } = costTold(spent);
  const headers = [['content-type', contentType] as const, ...rates];
  if (answer.bytes) return { status: 200, headers, body: withExtensions(answer.bytes, { cost }) };
  const { extensions } = answer;
  const errors = answer.errors && formatErrors(answer.errors, formatError);
  const data = wasNotExecuted(answer.data, errors) ? undefined : answer.data;
  const code = errors?.[0]?.extensions?.code;
  if (code !== undefined) caller.asked.outcome = String(code);
  const body = `${JSON.stringify({ errors, data, extensions: { ...extensions, cost } })}\n`;
  return { status: data === undefined && errors?.length ? statusOf(code) : 200, headers, body };
}

/** `{"data":{…}}` and what the hub itself has to say. */
const withExtensions = (bytes: readonly Buffer[], extensions: object): Buffer[] => [
  ...bytes.slice(0, -1),
  bytes.at(-1)!.subarray(0, -1),
  Buffer.from(`,"extensions":${JSON.stringify(extensions)}}\n`),
];
