import { destination, type Logger, pino } from 'pino';

/** What is worth a line: who came in, who did not, what was refused, who was given or lost what. */
export type SecurityEvent =
  | 'signed-in'
  | 'sign-in-failed'
  | 'sign-in-locked'
  | 'signed-out'
  | 'password-changed'
  | 'second-factor-shown'
  | 'second-factor-failed'
  | 'second-factor-added'
  | 'second-factor-removed'
  | 'recovery-codes-given'
  | 'sessions-ended'
  | 'administered'
  | 'token-refused'
  | 'forbidden';

let logger: Logger | undefined;

/** Its own file where `HUB_SECURITY_LOG` names one, which several processes append to; standard output otherwise. */
function open(): Logger {
  const file = process.env.HUB_SECURITY_LOG;
  const options = {
    base: { log: 'security' },
    timestamp: pino.stdTimeFunctions.isoTime,
  };
  // One write a line, at once: lines of several processes then never mix, and the last one before an end is there.
  return file ? pino(options, destination({ dest: file, append: true, sync: true, mkdir: false, mode: 0o600 })) : pino(options);
}

/** Writes a line of the security log. Never give it a password, a token or a name: actors and accounts are told by their ids. */
export function tellSecurity(event: SecurityEvent, details: Record<string, string | number | boolean | undefined>): void {
  logger ??= open();
  logger.info({ event, ...details });
}
