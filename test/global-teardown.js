import { readFile } from 'node:fs/promises';
import { removeAll } from './remove-all.js';

/** A hub runs in networks without the internet: nothing in the whole run may have tried to leave the machine. */
async function assertNothingLeft(record) {
  const lines = (await readFile(record, 'utf8').catch(() => '')).split('\n').filter(Boolean);
  const elsewhere = lines.filter(line => line.startsWith('elsewhere '));
  const local = lines.reduce((sum, line) => sum + Number(/^local (\d+)$/.exec(line)?.[1] ?? 0), 0);
  process.stderr.write(`connections: ${local} on this machine, ${elsewhere.length} elsewhere\n`);
  if (elsewhere.length > 0) throw new Error(`Connections left the machine:\n${[...new Set(elsewhere)].join('\n')}`);
}

export default async () => {
  const { postgres, dataDirectory } = globalThis.hubTest;
  await postgres.stop();
  const record = process.env.HUB_OUTBOUND_RECORD;
  await assertNothingLeft(record).finally(() => removeAll(dataDirectory, postgres.directory));
};
