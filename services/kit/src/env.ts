import { z } from 'zod';

/** Thrown when the environment is not usable: one line per variable, meant for the operator's terminal. */
export class EnvironmentError extends Error {}

/** Reads and checks the environment once. Empty variables count as not set. */
export function readEnv<Shape extends z.ZodRawShape>(
  shape: Shape,
  source: NodeJS.ProcessEnv = process.env,
): z.infer<z.ZodObject<Shape>> {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const result = z.object(shape).safeParse(given);
  if (result.success) return result.data;
  const lines = result.error.issues.map(issue => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new EnvironmentError(`The environment is not usable:\n${lines.join('\n')}`);
}

export const port = (fallback: number) => z.coerce.number().int().min(0).max(65535).default(fallback);

export const databaseUrl = z
  .string()
  .refine(url => /^postgres(ql)?:\/\//.test(url), 'must start with postgres:// or postgresql://');

/** Of `MIGRATE_URL_*` where something serves: whoever reads the environment of a running service finds no owner's password. */
export const noOwner = z
  .undefined({
    error: 'a service that runs does not take it: run migrate.js with it first, which ends, and start the service without',
  })
  .optional();
