import { createHash } from 'node:crypto';
import { HubError } from '@hub/kit/errors';
import { Lru } from '@hub/kit/lru';
import type { Role } from '@hub/kit/viewer';
import { z } from 'zod';
import type { TrustedDocument } from './manifest.ts';

/** The parameters of a request, as far as they say which document is meant; everything else is left to the server. */
export type Parameters = Record<string, unknown>;

/** Longer texts are sent each time. */
const longestLearned = 20_000;

/** What operations without a name in the manifest are counted as. */
export const free = 'free';

const persistedQuery = z.object({
  version: z.literal(1, { error: 'extensions.persistedQuery.version must be 1.' }),
  sha256Hash: z.string({ error: 'extensions.persistedQuery.sha256Hash must be text.' }),
});

/** Resolves hashes to the operations of the manifest, and says who may send others. */
export class TrustedDocuments {
  readonly #byHash: Map<string, TrustedDocument>;
  readonly #byText: Map<unknown, TrustedDocument>;
  /** Texts that came with their hash from somebody who may send any: automatic persisted queries. */
  readonly #learned = new Lru<string, string>(1_000);

  constructor(
    readonly documents: readonly TrustedDocument[],
    private readonly trustedOnly: readonly Role[],
  ) {
    this.#byHash = new Map(documents.map(document => [document.id, document]));
    this.#byText = new Map(documents.map(document => [document.body, document]));
  }

  /** The parameters with the text in the place of the hash, and the document's name. */
  resolve(parameters: Parameters, role: Role): { parameters: Parameters; name: string } {
    const { query, documentId, operationName, ...others } = parameters;
    const hash = hashOf(parameters);
    if (hash !== undefined && typeof query === 'string' && sha256(query) !== hash) {
      throw new HubError('INVALID_INPUT', 'The text of the operation does not have the hash that was sent with it.', {
        reason: 'HASH_MISMATCH',
      });
    }
    const document = hash === undefined ? this.#byText.get(query) : this.#byHash.get(hash);
    if (document) {
      // One plan for those who name the operation and those who do not: there is only one in it.
      const named = operationName === document.name || operationName === undefined ? {} : { operationName };
      return { parameters: { ...withoutHash(others), query: document.body, ...named }, name: document.name };
    }
    if (this.trustedOnly.includes(role) || typeof documentId === 'string') this.refuse(hash, role);
    if (hash === undefined) return { parameters, name: free };
    const text = typeof query === 'string' ? query : this.#learned.get(hash);
    if (text === undefined) throw new HubError('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound');
    if (text.length <= longestLearned) this.#learned.set(hash, text);
    return {
      parameters: { ...withoutHash(others), query: text, ...(operationName !== undefined && { operationName }) },
      name: free,
    };
  }

  private refuse(hash: string | undefined, role: Role): never {
    if (hash !== undefined)
      throw new HubError('NOT_FOUND', 'There is no trusted document with this hash: the hub was given none of that text.', {
        reason: 'UNKNOWN_DOCUMENT',
      });
    throw new HubError(
      'FORBIDDEN',
      `${role} may send trusted documents only: send extensions.persistedQuery with the SHA-256 of one the operator has published.`,
      { reason: 'TRUSTED_ONLY' },
    );
  }
}

function hashOf({ documentId, extensions }: Parameters): string | undefined {
  if (typeof documentId === 'string') return documentId.replace(/^sha256:/, '');
  const given = isObject(extensions) ? extensions.persistedQuery : undefined;
  if (given === undefined) return undefined;
  const { data, error } = persistedQuery.safeParse(given);
  if (data) return data.sha256Hash;
  throw new HubError('INVALID_INPUT', error.issues[0]!.message, { reason: 'HASH_MISMATCH' });
}

function withoutHash({ extensions, ...others }: Parameters): Parameters {
  if (!isObject(extensions)) return others;
  const { persistedQuery: _, ...kept } = extensions;
  return { ...others, extensions: kept };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
