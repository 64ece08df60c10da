import { rm } from 'node:fs/promises';

export default async () => {
  const { postgres, dataDirectory } = globalThis.hubTest;
  await postgres.stop();
  await rm(dataDirectory, { recursive: true, force: true });
};
