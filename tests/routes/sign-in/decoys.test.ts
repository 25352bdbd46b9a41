import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { askForLetter } from '../../../src/actions/sign-in/sign-ins.ts';
import type { Context } from '../../../src/context.ts';
import { deleteExpired } from '../../../src/jobs/delete-expired.ts';
import { deliverLetter } from '../../../src/jobs/deliver-letter.ts';
import { openPost } from '../../../src/jobs/post.ts';
import { refOf } from '../../../src/store/letters/mailbox.ts';
import { attempts, letters } from '../../../src/store/schema/index.ts';
import { type Fault, openMailServer } from '../../faults/mail-server.ts';
import { statementsOf } from '../../support/databases/statements.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();
const amina = 'amina.yusuf@halden.example';
const stranger = 'nobody.here@halden.example';
const addresses = [amina, stranger];

beforeEach(async () => {
  await world.addPerson({ name: 'Amina Yusuf', email: amina });
});

async function ask(ctx: Context, email: string): Promise<void> {
  await askForLetter(ctx, { browser: 'b'.repeat(43), address: '203.0.113.7', next: '/', email });
}

/** The number of the letter, or decoy, that was written last. */
async function lastJob(): Promise<number> {
  const { data } = (await world.jobs()).at(-1)!;
  return Number(data.letterId);
}

async function mailServer(faultFor: (to: string) => Fault = () => 'take') {
  let connections = 0;
  const server = await openMailServer((to) => {
    connections += to === '' ? 1 : 0;
    return faultFor(to);
  });
  onTestFinished(server.close);
  return { ...server, connections: () => connections };
}

function postTo(url: string | undefined) {
  const post = openPost(world.ctx, url);
  onTestFinished(post.close);
  return post;
}

const rowOf = async (id: number) => (await world.db.select().from(letters).where(eq(letters.id, id)))[0]!;

describe('Access 3: an address nobody has costs what one of ours does', () => {
  test('the request asks the database the same, letter and job included', async () => {
    const asked = [];
    for (const email of addresses) {
      asked.push(await statementsOf(world.db, (db) => ask({ ...world.ctx, db }, email)));
    }
    expect(asked[0]!.filter((one) => one.includes('insert into "letters"'))).toHaveLength(1);
    expect(asked[0]!.filter((one) => one.includes('queue_of_tests'))).toHaveLength(1);
    expect(asked[1]).toEqual(asked[0]);
  });

  test('what it asked for stays: a letter and a job for each', async () => {
    for (const email of addresses) await ask(world.ctx, email);
    expect(await world.db.$count(letters)).toBe(2);
    expect(await world.jobs()).toHaveLength(2);
  });

  test('the delivery asks the database the same and calls the mail server once, and one e-mail arrives', async () => {
    const server = await mailServer();
    const post = postTo(server.url);
    const [asked, connections] = [[] as string[][], [] as number[]];
    for (const email of addresses) {
      await ask(world.ctx, email);
      const id = await lastJob();
      asked.push(await statementsOf(world.db, (db) => deliverLetter({ ...world.ctx, db }, post, id)));
      connections.push(server.connections());
      expect(await rowOf(id)).toMatchObject({ state: 'sent', bytes: expect.any(Buffer) });
    }
    expect(asked[0]!.length).toBeGreaterThan(2);
    expect(asked[1]).toEqual(asked[0]);
    expect(connections).toEqual([1, 2]);
    expect(server.taken.map(({ to }) => to)).toEqual([amina]);
  });

  test('while the mail server is too busy, both wait and are tried again alike', async () => {
    const server = await mailServer(() => '421');
    const post = postTo(server.url);
    for (const email of addresses) {
      await ask(world.ctx, email);
      await deliverLetter(world.ctx, post, await lastJob());
    }
    const rows = await world.db.select().from(letters);
    expect(rows.map(({ state, tries, reply }) => [state, tries, reply])).toEqual(
      Array(2).fill(['waiting', 1, expect.stringContaining('421')]),
    );
    expect(rows[0]!.dueAt).toEqual(rows[1]!.dueAt);
    expect(await world.jobs()).toHaveLength(4);
  });

  test('where letters a minute are limited, neither waits, and a decoy takes no place of theirs', async () => {
    const server = await mailServer();
    const post = { ...postTo(server.url), perMinute: 1 };
    for (const email of [...addresses, amina]) {
      await ask(world.ctx, email);
      await deliverLetter(world.ctx, post, await lastJob());
    }
    expect((await world.db.select().from(letters)).map(({ state }) => state)).toEqual(Array(3).fill('sent'));
    const counted = await world.db.select().from(attempts).where(eq(attempts.key, 'letters'));
    expect(counted.map(({ count }) => count)).toEqual([2]);
  });
});

describe('what was written for an address nobody has', () => {
  test('is not among the letters organisers see, nor behind its address', async () => {
    const as = world.organiser;
    for (const email of addresses) await ask(world.ctx, email);
    const decoy = await lastJob();
    const list = await world.get('/mailbox', { as });
    expect(list.body).toContain(amina);
    expect(list.body).not.toContain(stranger);
    const status = async (id: number) =>
      (await world.get(`/mailbox/${refOf(await rowOf(id))}`, { as })).statusCode;
    expect([await status(decoy - 1), await status(decoy)]).toEqual([200, 404]);
  });

  test('is gone after a day, and the letter to one of ours stays', async () => {
    for (const email of addresses) await ask(world.ctx, email);
    world.clock.advance({ hours: 23 });
    await deleteExpired(world.ctx);
    expect(await world.db.$count(letters)).toBe(2);
    world.clock.advance({ hours: 2 });
    await deleteExpired(world.ctx);
    const left = await world.db.select().from(letters);
    expect(left.map(({ recipientEmail }) => recipientEmail)).toEqual([amina]);
  });

  test('opens nothing: its code, right as it is, lets nobody in', async () => {
    const browser = world.newBrowser();
    await browser.post('/sign-in', { email: stranger });
    const { code } = (await rowOf(await lastJob())).facts as { code: string };
    expect((await browser.post('/sign-in/code', { code })).statusCode).toBe(422);
    expect((await browser.get('/account')).statusCode).toBe(303);
  });

  test('without a mail server, the terminal says that nobody has the address, and no code', async () => {
    const printed = vi.spyOn(console, 'log').mockImplementation(() => {});
    onTestFinished(() => printed.mockRestore());
    const post = postTo(undefined);
    for (const email of addresses) {
      await ask(world.ctx, email);
      await deliverLetter(world.ctx, post, await lastJob());
    }
    const lines = printed.mock.calls.map(([line]) => String(line));
    expect(lines[0]).toMatch(/amina\.yusuf[\s\S]*code [0-9A-Z]{4}-[0-9A-Z]{4}/);
    expect(lines[1]).toBe(`No person here has the address ${stranger}, so no e-mail was sent.`);
  });
});

test('the sign-in page after it says the same for both', async () => {
  const shown = [];
  for (const email of addresses) {
    const browser = world.newBrowser();
    await browser.post('/sign-in', { email });
    shown.push(
      page(await browser.get('/sign-in/code'))('main')
        .text()
        .replaceAll(email, 'x@y'),
    );
  }
  expect(shown[0]).toContain('x@y');
  expect(shown[1]).toBe(shown[0]);
});
