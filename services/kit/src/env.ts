import { z } from 'zod';

/** Thrown when the environment is not usable: one line per variable, meant for the operator's terminal. */
export class EnvironmentError extends Error {}

/** An address may hold a password; a key or a secret is one. */
const isSecret = (name: string) => /URL|SECRET|KEY/.test(name);

const bounds = (issue: { minimum?: unknown; maximum?: unknown }) =>
  issue.minimum === undefined ? `${issue.maximum} at most` : `${issue.minimum} at least`;

/** What to give instead, for what a schema says nothing of itself. */
const advice: z.core.$ZodErrorMap = issue => {
  if (issue.input === undefined) return 'it is missing';
  if (issue.code === 'invalid_value') return `give ${issue.values.length === 1 ? '' : 'one of '}${issue.values.join(', ')}`;
  if (issue.code === 'too_small' || issue.code === 'too_big') return `give ${bounds(issue)}`;
  if (issue.code === 'invalid_type' && /number|int/.test(issue.expected)) return 'give a whole number, without separators';
  return undefined;
};

/** Reads and checks the environment once. Empty variables count as not set. */
export function readEnv<Shape extends z.ZodRawShape>(
  shape: Shape,
  source: NodeJS.ProcessEnv = process.env,
): z.infer<z.ZodObject<Shape>> {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const result = z.object(shape).safeParse(given, { error: advice });
  if (result.success) return result.data;
  const lines = result.error.issues.map(({ path: [first], message }) => {
    const name = String(first);
    return given[name] === undefined || isSecret(name) ? `  ${name}: ${message}` : `  ${name} is "${given[name]}": ${message}`;
  });
  throw new EnvironmentError(`The environment is not usable:\n${[...new Set(lines)].join('\n')}`);
}

/** Checks what of the shape is set at all: for whoever is to say a fault early, and does not know the rest yet. */
export function checkEnv(shape: z.ZodRawShape, source: NodeJS.ProcessEnv = process.env): void {
  readEnv(Object.fromEntries(Object.entries(shape).filter(([name]) => source[name])), source);
}

export const port = (fallback: number) => z.coerce.number().int().min(0).max(65535).default(fallback);

/** Processes that serve the same stand side by side. */
export const addressesIn = (urls: string) => urls.split(',').map(url => url.trim());

export const megabytes = (fallback: number) => z.coerce.number().int().min(0).max(99_999_999).default(fallback);

export const httpUrl = z.url({ protocol: /^https?$/, message: 'must be an http:// or https:// URL' });

export const httpUrls = z
  .string()
  .refine(
    urls => addressesIn(urls).every(url => httpUrl.safeParse(url).success),
    'must be an http:// or https:// URL; several stand side by side with commas',
  );

const isLoopback = ({ hostname }: URL) => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);

/** What travels in the open can be another's, and a secret everybody's: only on this machine nobody stands between. */
export const safeUrl = z
  .url({ protocol: /^https?$/, message: 'must be an https:// URL' })
  .refine(
    text => !URL.canParse(text) || new URL(text).protocol === 'https:' || isLoopback(new URL(text)),
    'must be https:// unless it is on this machine',
  );

export const databaseUrl = z
  .string()
  .refine(url => /^postgres(ql)?:\/\//.test(url), 'must start with postgres:// or postgresql://');

/** Of `MIGRATE_URL_*` where something serves: whoever reads the environment of a running service finds no owner's password. */
export const noOwner = z
  .undefined({
    error: 'a service that runs does not take it: run migrate.js with it first, which ends, and start the service without',
  })
  .optional();
