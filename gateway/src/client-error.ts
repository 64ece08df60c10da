import type { Socket } from 'node:net';

const refusals: Record<string, [status: string, code: string, message: string]> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'LIMIT_EXCEEDED', 'The headers are larger than 16 KB.'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'LIMIT_EXCEEDED', 'The request did not arrive in time.'],
};
const malformed = ['400 Bad Request', 'INVALID_INPUT', 'This is not a well-formed HTTP request.'] as const;

/** The answer to what never became a request: coded like every other, and the connection ends, as nobody knows what follows on it. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, code, message] = refusals[String(error.code)] ?? malformed;
  const body = JSON.stringify({ errors: [{ message, extensions: { code } }] });
  const length = Buffer.byteLength(body);
  socket.end(
    `HTTP/1.1 ${status}\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: ${length}\r\nconnection: close\r\n\r\n${body}`,
  );
}
