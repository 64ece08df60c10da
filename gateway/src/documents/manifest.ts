import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const shape = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(
    z.object({ id: z.string().regex(/^[0-9a-f]{64}$/), name: z.string().min(1), type: z.string(), body: z.string().min(1) }),
  ),
});

/** An operation that was agreed on beforehand; its id is the SHA-256 of its text. */
export type TrustedDocument = z.infer<typeof shape>['operations'][number];

/** Reads the manifest that `npm run documents` writes. */
export async function readManifest(path: string): Promise<TrustedDocument[]> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new Error(`The manifest of trusted documents cannot be read at ${path} (HUB_DOCUMENTS).`);
  });
  try {
    return shape.parse(JSON.parse(text)).operations;
  } catch {
    throw new Error(`${path} is no manifest of trusted documents: write it with npm run documents.`);
  }
}
