import { LaunchFailure, lineOf } from './launch-failure.ts';

/** Why a hub could not be asked, and what to do. */
export const unreachable =
  (url: string) =>
  (error: NodeJS.ErrnoException): never => {
    if (error.code !== 'ECONNREFUSED') throw new LaunchFailure(`The hub at ${url} does not answer: ${lineOf(error)}`);
    throw new LaunchFailure(`No hub runs at ${url}: start it with "npm start", or set HUB_PORT to its port.`);
  };
