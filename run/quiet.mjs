/** Tools that would call their makers: nothing of the hub leaves the machine by itself. */
export const quiet = {
  TURBO_TELEMETRY_DISABLED: '1',
  TURBO_NO_UPDATE_NOTIFIER: '1',
  NO_UPDATE_NOTIFIER: '1',
  DO_NOT_TRACK: '1',
  APOLLO_TELEMETRY_DISABLED: '1',
};
