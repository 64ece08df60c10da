import { rm } from 'node:fs/promises';

/** As root the database may be elsewhere than in its data directory. */
export const removeAll = (...directories) => Promise.all(directories.map(each => rm(each, { recursive: true, force: true })));
