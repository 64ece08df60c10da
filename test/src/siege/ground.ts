import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** Where a siege is laid: one hub on this machine, for a time. */
export interface Ground {
  url: string;
  /** Of the one viewer that starves the others. */
  token: string;
  signal: AbortSignal;
  /** Notes what one request met: a status and a code, or how it ended. */
  met(outcome: string): void;
}

/** So many at a time do something again and again until the time is over. */
export async function keepAt({ signal }: Ground, atOnce: number, act: (worker: number) => Promise<unknown>): Promise<void> {
  const work = async (worker: number) => {
    while (!signal.aborted) {
      await act(worker).catch(() => undefined);
      // Bounded, and the one who measures has its turn.
      await pause(2);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, (_, worker) => work(worker)));
}

export interface Sent {
  path?: string;
  body: string;
  type?: string;
  headers?: Record<string, string>;
  signal?: AbortSignal;
  anonymous?: boolean;
}

/** Sends one request, reads its answer, and notes what it met. */
export async function send(ground: Ground, { path = '/graphql', body, type, headers, signal, anonymous }: Sent): Promise<void> {
  const authorization = anonymous ? {} : { authorization: `Bearer ${ground.token}` };
  try {
    const response = await fetch(ground.url + path, {
      method: 'POST',
      headers: { 'content-type': type ?? 'application/json', ...authorization, ...headers },
      body,
      signal: AbortSignal.any([ground.signal, ...(signal ? [signal] : [])]),
    });
    const text = await response.text();
    const code = /"code":"(\w+)"/.exec(text.slice(0, 2_000))?.[1];
    const reason = /"reason":"(\w+)"/.exec(text.slice(0, 2_000))?.[1];
    ground.met([response.status, code, reason].filter(Boolean).join(' '));
  } catch {
    if (!ground.signal.aborted) ground.met(signal?.aborted ? 'gone' : 'cut off');
  }
}

/** Opens a connection from an address of this machine, and writes what it is given; the hub's end of it is noted. */
export function open(ground: Ground, text: string, localAddress = '127.0.0.1'): Promise<Socket> {
  const socket = connect({ port: Number(new URL(ground.url).port), host: '127.0.0.1', localAddress });
  socket.on('error', () => undefined);
  const end = () => socket.destroy();
  ground.signal.addEventListener('abort', end, { once: true });
  socket.once('close', () => ground.signal.removeEventListener('abort', end));
  return new Promise(resolve => {
    socket.once('connect', () => {
      socket.write(text);
      resolve(socket);
    });
    socket.once('close', () => resolve(socket));
  });
}

/** Waits for the end of a connection, and notes the status it began with. */
export const endOf = (ground: Ground, socket: Socket): Promise<void> =>
  new Promise(resolve => {
    let text = '';
    socket.on('data', chunk => {
      text += String(chunk).slice(0, 100);
    });
    const over = () => {
      if (!ground.signal.aborted) ground.met(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 'cut off');
      resolve();
    };
    if (socket.destroyed) over();
    else socket.once('close', over);
  });

export const head = (path: string, length: number, type: string, token?: string) =>
  [
    `POST ${path} HTTP/1.1`,
    'Host: hub',
    ...(token ? [`Authorization: Bearer ${token}`] : []),
    `Content-Type: ${type}`,
    `Content-Length: ${length}`,
    '',
    '',
  ].join('\r\n');
