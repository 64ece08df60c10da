import { anOrganisation } from '@hub/organisations/factories';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type SmallDisk, smallDisk } from './small-disk.ts';
import { ask } from './test-service.ts';

/** Where nobody may mount the launcher's own test says what it does when PostgreSQL ends in these words. */
let disk: SmallDisk | undefined;
beforeAll(async () => {
  disk = await smallDisk();
});
afterAll(() => disk?.remove());

const isFull =
  /^磁盘已满，.* The disk with \S+ is full, .*: make room, then run "npm start"\. 枢纽已停止。 The hub has stopped\.\n$/m;
const create = 'mutation ($input: CreateOrganisation!) { createOrganisation(input: $input) { id } }';

describe('a full disk', () => {
  it('stops the hub with a line that says so; when there is room again it comes back, and nothing acknowledged is lost', async () => {
    if (!disk) return;
    const first = disk.start();
    const url = await first.url;
    const token = await disk.token();
    const { data } = await ask(url, token, create, { input: anOrganisation() });
    await disk.fill();
    expect(await first.ended).toEqual({ code: 1, err: expect.stringMatching(isFull) });

    expect(await disk.start().ended).toEqual({ code: 1, err: expect.stringMatching(/the disk is full\.\n$/) });

    expect(await disk.filled()).toBeGreaterThan(0);
    await disk.free();
    const again = disk.start();
    const query = '{ organisations(first: 10) { nodes { id } } }';
    expect((await ask(await again.url, token, query)).data.organisations.nodes).toEqual([{ id: data.createOrganisation.id }]);
    expect((await again.stop()).code).toBe(0);
  }, 240_000);
});
