/** What is under way when a caller goes is mostly done by then; to stop it takes as much work as to end it. */
const grace = 1_000;

/** Aborted when somebody has been gone for a second. */
export function patient(gone: AbortSignal, milliseconds = grace): AbortSignal {
  const departure = new AbortController();
  gone.addEventListener('abort', () => setTimeout(() => departure.abort(gone.reason), milliseconds).unref(), { once: true });
  return departure.signal;
}
