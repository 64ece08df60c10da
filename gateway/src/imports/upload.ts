import { HubError } from '@hub/kit/errors';
import type { FastifyRequest } from 'fastify';
import { limits } from './limits.ts';

/** The file of a request, as its whole body or as the one file of a form, and the name to remember it by. */
export async function receiveFile(request: FastifyRequest): Promise<{ file: Buffer; fileName: string }> {
  const { name } = request.query as { name?: string };
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const type = request.headers['content-type'] ?? '';
  if (!/^multipart\/form-data\b/i.test(type)) return { file: checked(body), fileName: plainName(name) };
  const part = await fileOf(body, type);
  return { file: checked(Buffer.from(await part.arrayBuffer())), fileName: plainName(name ?? part.name) };
}

/** Forms are read by Node's own parser, from what has come whole. */
async function fileOf(body: Buffer, type: string): Promise<File> {
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData().catch(() => {
    throw new HubError('INVALID_INPUT', 'The form cannot be read: send it as multipart/form-data with its boundary.');
  });
  const files = [...form.values()].filter(value => value instanceof File);
  if (files.length > 1)
    throw new HubError('INVALID_INPUT', 'The form has more than one file: send each in a request of its own.');
  if (!files[0]) throw new HubError('INVALID_INPUT', 'The form has no file.');
  return files[0];
}

function checked(file: Buffer): Buffer {
  if (file.length <= limits.fileBytes) return file;
  throw Object.assign(new Error(), { statusCode: 413 });
}

function plainName(name: unknown): string {
  const last = typeof name === 'string' ? name.split(/[\\/]/).at(-1)! : '';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they have no place in a name that is shown to people.
  return last.replace(/[\u0000-\u001f\u007f]/g, '').slice(0, 200) || 'upload';
}

export function flag(request: FastifyRequest, name: string): boolean {
  const value = (request.query as Record<string, unknown>)[name];
  if (value === undefined || value === 'false' || value === '0') return false;
  if (value === '' || value === 'true' || value === '1') return true;
  throw new HubError('INVALID_INPUT', `${name} must be true or false.`);
}
