import type { Role } from '@hub/kit/viewer';
import { free, type TrustedDocuments } from './trusted-documents.ts';

/** The part of a request that says what is asked. */
export interface AskedRequest {
  method: string;
  body: unknown;
  search: string;
}

/** Puts the text of a trusted document where its hash was. Malformed requests pass as they are: the server says what is wrong with them. */
export function withTrustedText(documents: TrustedDocuments, asked: AskedRequest, role: Role): AskedRequest & { name: string } {
  const { method, body, search } = asked;
  if (method === 'GET') {
    const given = new URLSearchParams(search);
    const asGiven = { ...Object.fromEntries(given), extensions: json(given.get('extensions')) };
    const { parameters, name } = documents.resolve(asGiven, role);
    if (parameters === asGiven) return { ...asked, name };
    const texts = Object.entries(parameters).flatMap(([key, value]) => {
      if (value === undefined) return [];
      return [[key, typeof value === 'string' ? value : JSON.stringify(value)] as [string, string]];
    });
    return { ...asked, search: `?${new URLSearchParams(texts)}`, name };
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return { ...asked, name: free };
  const { parameters, name } = documents.resolve(body as Record<string, unknown>, role);
  return { ...asked, body: parameters, name };
}

function json(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
