/** Why the hub or one of its commands cannot go on, as one line for the terminal. */
export class LaunchFailure extends Error {}

/** The line to show for anything thrown: never a stack. */
export const lineOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
