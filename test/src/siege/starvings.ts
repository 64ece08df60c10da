import { setTimeout as pause } from 'node:timers/promises';
import { comparison } from '../journeys.ts';
import { manyOrganisations } from '../many-organisations.ts';
import { endOf, type Ground, head, keepAt, open, send } from './ground.ts';

export interface Starving {
  name: string;
  /** What must be met: as this begins, at least once. */
  meets: RegExp;
  lay(ground: Ground): Promise<void>;
}

const json = (query: string, variables: object = {}) => JSON.stringify({ query, variables });
const forgedCursor = Buffer.from(JSON.stringify([{ $re: '^(([a-z])+.)+[A-Z]([a-z])+$' }, 'x'])).toString('base64url');
const aliases = Array.from({ length: 199 }, (_, i) => `a${i}: legalName`).join(' ');
const heavy = json(comparison, { division: '220100' });
const elsewhere = '127.0.0.2';

const form = 'application/x-www-form-urlencoded';

/** A byte a second of a body that is longer. */
async function drip(ground: Ground, path: string, type: string, localAddress?: string): Promise<void> {
  const socket = await open(ground, head(path, 10_000, type, localAddress ? undefined : ground.token), localAddress);
  ground.met('dripping');
  const ended = endOf(ground, socket);
  while (!socket.destroyed && !ground.signal.aborted) {
    socket.write('a');
    await pause(1_000);
  }
  await ended;
}

/** Every way that was found to take the hub from the others, each by one viewer or one address. All of it is bounded, and goes to this machine. */
export const starvings: Starving[] = [
  {
    name: 'cursors with a regular expression in them',
    meets: /INVALID_INPUT/,
    lay: ground =>
      keepAt(ground, 8, () => send(ground, { body: json(`{ organisations(after: "${forgedCursor}") { nodes { id } } }`) })),
  },
  {
    name: 'heavy operations, 32 at a time',
    meets: /^429 LIMIT_EXCEEDED/,
    lay: ground => keepAt(ground, 32, () => send(ground, { body: heavy })),
  },
  {
    name: 'answers that nobody reads',
    meets: /./,
    lay: ground =>
      keepAt(ground, 16, async () => {
        const body = json(`{ organisations(first: 200) { nodes { id legalName branches { name } ${aliases.slice(0, 600)} } } }`);
        const socket = await open(ground, head('/graphql', Buffer.byteLength(body), 'application/json', ground.token) + body);
        ground.met('not read');
        socket.pause();
        await new Promise(resolve => {
          socket.once('close', resolve);
          setTimeout(() => resolve(socket.destroy()), 15_000).unref();
        });
      }),
  },
  {
    name: 'callers who go at once, up to 200 a second',
    meets: /^(gone|429)/,
    lay: ground =>
      keepAt(ground, 8, async () => {
        await send(ground, { body: heavy, signal: AbortSignal.timeout(Math.floor(Math.random() * 40)) });
        await pause(20);
      }),
  },
  {
    name: 'bodies that drip, to sign-in',
    meets: /^(408|429|dripping)/,
    lay: ground => keepAt(ground, 64, () => drip(ground, '/identity/token', form, elsewhere)),
  },
  {
    name: 'bodies that drip, to imports',
    meets: /^(408|429|dripping)/,
    lay: ground => keepAt(ground, 16, () => drip(ground, '/imports/organisations', 'text/csv')),
  },
  {
    name: 'sign-ins begun without end, with a long state',
    meets: /^(400|429)/,
    lay: ground =>
      keepAt(ground, 8, async worker => {
        const state = 'x'.repeat(worker % 2 ? 12_000 : 1_000);
        const query = `client_id=hub-explorer&response_type=code&scope=openid&redirect_uri=${encodeURIComponent(`${ground.url}/graphql`)}&code_challenge=${'a'.repeat(43)}&code_challenge_method=S256&state=${state}`;
        const request = `GET /identity/auth?${query} HTTP/1.1\r\nHost: hub\r\n\r\n`;
        const socket = await open(ground, request, elsewhere);
        socket.once('data', () => setImmediate(() => socket.destroy()));
        await endOf(ground, socket);
      }),
  },
  {
    name: 'one idempotency key for many operations',
    meets: /^(409|4\d\d)/,
    lay: ground =>
      keepAt(ground, 4, worker =>
        send(ground, {
          body: json(
            `mutation { updateOrganisation(input: { id: "00000000-0000-4000-8000-00000000000${worker}", expectedVersion: ${Date.now() % 1_000} }) { id } }`,
          ),
          headers: { 'idempotency-key': worker % 2 ? 'k' : 'the-same-key-again' },
        }),
      ),
  },
  {
    name: '199 aliases of one field in a long list',
    meets: /^(400|429) LIMIT_EXCEEDED|^429/,
    lay: ground =>
      keepAt(ground, 8, () => send(ground, { body: json(`{ organisations(first: 200) { nodes { ${aliases} } } }`) })),
  },
  {
    name: 'large files, tried out again and again',
    meets: /^(sent|200|422|429)/,
    lay: async ground => {
      const file = manyOrganisations(5_000);
      ground.met('sent');
      await keepAt(ground, 4, worker =>
        send(ground, { path: '/imports/organisations?dryRun=true', body: `${file}${'\n'.repeat(worker)}`, type: 'text/csv' }),
      );
    },
  },
  {
    name: 'connections that say nothing',
    meets: /./,
    lay: async ground => {
      for (let i = 0; i < 200; i++) await open(ground, '');
      ground.met('open');
      await new Promise(resolve => ground.signal.addEventListener('abort', resolve, { once: true }));
    },
  },
  {
    name: 'values and operations nested without end',
    meets: /^400 LIMIT_EXCEEDED/,
    lay: ground =>
      keepAt(ground, 4, worker =>
        send(ground, {
          body:
            worker % 2
              ? `{"query":"{ __typename }","variables":{"a":${'['.repeat(450_000)}${']'.repeat(450_000)}}}`
              : json(`${'{ a '.repeat(4_000)}${'}'.repeat(4_000)}`),
        }),
      ),
  },
];
