import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { PostgresFailure } from './postgres-failure.ts';

interface Manifest {
  Files: { Path?: string; 'Encoded-Path'?: string; Size: number; Checksum: string }[];
}

/** Not in a manifest: the log of writes, which carries checksums of its own, and what a start reads and writes. */
const beside = /^(pg_wal\/|backup_manifest$|postgresql\.auto\.conf$|recovery\.signal$)/;

/** SHA-256 of a file, hexadecimal. */
export async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** Compares the files of a copied cluster with the manifest its server made of them: none missing, none more, none other. */
export async function verifyManifest(cluster: string, manifest: string): Promise<void> {
  const text = await readFile(manifest, 'utf8');
  const end = text.lastIndexOf('"Manifest-Checksum"');
  const [, sealed] = /^"Manifest-Checksum": "(\w+)"\}/.exec(text.slice(end)) ?? [];
  if (!sealed || sealed !== createHash('sha256').update(text.slice(0, end)).digest('hex'))
    throw damaged('its manifest was changed');
  const { Files: listed } = JSON.parse(text) as Manifest;
  const expected = new Map(
    listed.map(file => [file.Path ?? Buffer.from(file['Encoded-Path']!, 'hex').toString(), file] as const),
  );
  for (const [path, { Size, Checksum }] of expected) {
    const size = await stat(join(cluster, path)).then(
      found => found.size,
      () => undefined,
    );
    if (size === undefined) throw damaged(`${path} is missing`);
    if (size !== Size || (await sha256(join(cluster, path))) !== Checksum) throw damaged(`${path} is not what was copied`);
  }
  for (const entry of await readdir(cluster, { recursive: true, withFileTypes: true })) {
    const path = relative(cluster, join(entry.parentPath, entry.name));
    if (!entry.isDirectory() && !expected.has(path) && !beside.test(path)) throw damaged(`${path} was not in it`);
  }
}

const damaged = (what: string) =>
  new PostgresFailure(`The backup is damaged: ${what}. Nothing was changed; take another backup.`);
