import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { HubError } from '@hub/kit/errors';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { assertShallow } from './assert-shallow.ts';
import { assertWithoutNul } from './assert-without-nul.ts';

/** Bytes of a body, unpacked: an operation is text that somebody wrote. */
export const bodyLimit = 1024 * 1024;

const unpack = promisify(gunzip);
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Reads bodies of JSON: UTF-8 and nothing else, packed or not, of a depth and without characters that no part of the hub could hold. */
export function readJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer', bodyLimit },
    async (request: FastifyRequest, body: Buffer) => {
      const text = decoded(await unpacked(request, body));
      assertShallow(text, 'the body');
      const value = await new Promise((resolve, reject) => {
        void parse(request, text, (error, parsed) => (error ? reject(error) : resolve(parsed)));
      });
      if (text.includes('\\u0000')) assertWithoutNul(value);
      return value;
    },
  );
}

async function unpacked({ headers }: FastifyRequest, body: Buffer): Promise<Buffer> {
  const encoding = headers['content-encoding']?.toLowerCase() ?? 'identity';
  if (encoding === 'identity') return body;
  if (encoding !== 'gzip')
    throw Object.assign(new Error(`Content-Encoding: "${encoding}" is not read here; send gzip, or the body as it is.`), {
      statusCode: 415,
    });
  try {
    return await unpack(body, { maxOutputLength: bodyLimit });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw Object.assign(new Error('The body is too large once it is unpacked.'), { statusCode: 413 });
    throw new HubError('INVALID_INPUT', 'The body says Content-Encoding: gzip and is not gzip.');
  }
}

function decoded(body: Buffer): string {
  try {
    return utf8.decode(body);
  } catch {
    throw new HubError(
      'INVALID_INPUT',
      'The body is not UTF-8: save or send it as UTF-8, not as GBK or GB18030 (请求正文不是 UTF-8 编码).',
    );
  }
}
