import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import packed from '@sparticuz/chromium';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';

export interface TestBrowser {
  /** A page of somebody new: nothing is shared with other pages. */
  open(): Promise<Page>;
  /** Ends the browser; answers the addresses it connected to or wanted to, other than of this machine. */
  close(): Promise<string[]>;
}

/** Unpacks the browser where nobody else's, or half of one, can stand in its place. */
async function unpack(folder: string): Promise<string> {
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    return await packed.executablePath();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

/** A Chromium from npm without a window. It resolves no name, and what it connects to is written down. */
export async function testBrowser(): Promise<TestBrowser> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-browser-'));
  const record = join(folder, 'connections.json');
  const browser: Browser = await chromium.launch({
    executablePath: await unpack(folder),
    args: [
      // Tests may run as root, where the sandbox does not start; only our own pages are opened.
      '--no-sandbox',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-domain-reliability',
      '--no-pings',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
      `--log-net-log=${record}`,
    ],
  });
  let closed: Promise<string[]> | undefined;
  const close = async () => {
    await browser.close();
    const elsewhere = notOfThisMachine(await readFile(record, 'utf8'));
    await rm(folder, { recursive: true, force: true });
    return elsewhere;
  };
  return {
    open: async () => (await browser.newContext({ locale: 'zh-CN' })).newPage(),
    close: () => {
      closed ??= close();
      return closed;
    },
  };
}

interface Recorded {
  constants: { logEventTypes: Record<string, number> };
  events: { type: number; source: { id: number }; params?: { address?: string; url?: string } }[];
}

/** Addresses of TCP connections, of UDP sockets that sent something, and of requests, in a record of Chromium's. */
export function notOfThisMachine(record: string): string[] {
  const { constants, events } = JSON.parse(record) as Recorded;
  const of = (name: string) => {
    if (!(name in constants.logEventTypes)) throw new Error(`Chromium records ${name} no longer.`);
    return events.filter(({ type }) => type === constants.logEventTypes[name]);
  };
  // A UDP socket alone tells Chromium whether there is a route; nothing leaves.
  const sent = new Set(of('UDP_BYTES_SENT').map(({ source }) => source.id));
  const udp = of('UDP_CONNECT').filter(({ source }) => sent.has(source.id));
  const addresses = [...of('TCP_CONNECT_ATTEMPT'), ...udp].flatMap(({ params }) => params?.address ?? []);
  const hosts = of('URL_REQUEST_START_JOB').flatMap(({ params }) => (params?.url ? new URL(params.url).host : []));
  if (addresses.length === 0 || hosts.length === 0) throw new Error('The browser recorded no connection at all.');
  return [...new Set([...addresses, ...hosts])].filter(each => !/^(127\.0\.0\.1|\[::1\]|localhost):\d+$/.test(each));
}

/** Presses Tab until something has the focus. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let presses = 0; presses < 60; presses++) {
    if (await target.evaluate(element => element === element.ownerDocument.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to ${target}.`);
}

/** What axe finds on a page that keeps people from using it. */
export async function barriers(page: Page): Promise<string[]> {
  // The editor is GraphiQL's own.
  const { violations, passes } = await new AxeBuilder({ page }).exclude('#graphiql').analyze();
  if (passes.length === 0) throw new Error('axe looked at nothing.');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${page.url()} ${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
