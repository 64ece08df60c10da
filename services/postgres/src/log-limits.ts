export interface LogLimits {
  /** A log that is longer is put aside. */
  bytes: number;
  /** So many that were put aside are kept. */
  kept: number;
}

/** `HUB_LOG_MB` and `HUB_LOG_KEPT`. */
export function logLimits(env: NodeJS.ProcessEnv = process.env): LogLimits {
  return { bytes: whole('HUB_LOG_MB', 10, 1, env) * 1_000_000, kept: whole('HUB_LOG_KEPT', 5, 0, env) };
}

function whole(name: string, fallback: number, least: number, env: NodeJS.ProcessEnv): number {
  const given = env[name] || String(fallback);
  if (/^\d{1,6}$/.test(given) && Number(given) >= least) return Number(given);
  throw new Error(`${name} is "${given}": give a whole number from ${least} to 999999.`);
}
