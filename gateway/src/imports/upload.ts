import { HubError } from '@hub/kit/errors';
import type { FastifyRequest } from 'fastify';

/** The file of a request, as its whole body or as the one file of a form, and the name to remember it by. */
export async function receiveFile(request: FastifyRequest): Promise<{ file: Buffer; fileName: string }> {
  const { name } = request.query as { name?: string };
  if (!request.isMultipart()) {
    const file = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    return { file, fileName: plainName(name) };
  }
  const part = await request.file();
  if (!part) throw new HubError('INVALID_INPUT', 'The form has no file.');
  return { file: await part.toBuffer(), fileName: plainName(name ?? part.filename) };
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
