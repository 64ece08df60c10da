import { leavingHeader } from '@hub/kit/leaving-header';
import { takingLeave } from '@hub/kit/taking-leave';
import Fastify from 'fastify';

/** What a people subgraph was asked, by whichever of its processes. */
export interface Asked {
  /** How often it answered a query. */
  reads: number;
  /** Names of the people that were added. */
  added: string[];
}

/** What it says in the place of its own answer. */
export type Answer = (query: string) => { status?: number; type?: string; body: string } | undefined;

/** A process of the people subgraph that comes and goes at one port, as those of the hub do. */
export async function passingPeople(asked: Asked = { reads: 0, added: [] }) {
  let port = 0;
  let running: Awaited<ReturnType<typeof serve>>;
  const own: { answer: Answer; reads: number } = { answer: () => undefined, reads: 0 };
  const serve = async () => {
    const app = Fastify({ forceCloseConnections: 'idle', return503OnClosing: false });
    const leave = takingLeave(app);
    app.get('/readyz', (_request, reply) => reply.code(leave.hasBegun ? 503 : 200).send({}));
    app.post('/graphql', async (request, reply) => {
      if (leave.hasBegun) return reply.code(503).header(leavingHeader, '1').send({});
      const { query } = request.body as { query: string };
      const otherwise = own.answer(query);
      if (otherwise)
        return reply
          .code(otherwise.status ?? 200)
          .type(otherwise.type ?? 'application/json')
          .send(otherwise.body);
      const [, name] = /name:\s*"([^"]+)"/.exec(query) ?? [];
      await new Promise(resolve => setTimeout(resolve, 5));
      if (name) asked.added.push(name);
      else {
        own.reads++;
        asked.reads++;
      }
      return { data: name ? { addPerson: asked.added.length } : { peopleCount: 3 } };
    });
    await app.listen({ port, host: '127.0.0.1' });
    ({ port } = app.server.address() as { port: number });
    return { app, leave };
  };
  running = await serve();
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    own,
    /** As SIGTERM does, as far as the door is concerned. */
    stop: async () => {
      await running.leave.begin();
      await running.app.close();
    },
    /** As kill -9 does. */
    kill: async () => {
      const closed = running.app.close();
      running.app.server.closeAllConnections();
      await closed;
    },
    start: async () => {
      running = await serve();
    },
  };
}
