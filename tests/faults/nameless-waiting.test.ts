// Questions and votes that wait while processes and databases die: each is published exactly once.
import fs from 'node:fs';
import path from 'node:path';
import { sql } from 'drizzle-orm';
import { expect, onTestFinished, test, vi } from 'vitest';
import { changeMine } from '../../src/actions/questions/nameless-mine.ts';
import { stateOf } from '../../src/actions/questions/nameless-state.ts';
import { tick } from '../../src/actions/questions/nameless-tick.ts';
import type { Context } from '../../src/context.ts';
import { backUp, checkBackup, openDatabase, restore } from '../../src/database/open.ts';
import * as envelope from '../../src/store/questions/envelope.ts';
import { databaseForThisTest, onBothHomes, realPostgres, temporaryFolder } from '../support/database.ts';
import { textOfBackup } from '../support/databases/backup-files.ts';
import { published } from '../support/events.ts';
import { askNameless, handsOf, publishNext, slipsFor } from '../support/nameless/slips.ts';
import { testSlot } from '../support/nameless/slot.ts';
import { needs } from '../support/needs.ts';
import { useWorld, type World } from '../support/world.ts';

vi.setConfig({ testTimeout: 60_000 });

/** Five guests with slips, and questions with secrets that can be sent again as they were. */
async function circle(world: World) {
  const guests = [];
  for (let n = 0; n < 5; n++) guests.push(await world.addPerson());
  const event = await published(world, guests);
  const hands = await handsOf(world.ctx, event, guests, ['ask']);
  const secrets = hands.map((_, n) => Buffer.alloc(16, n + 1));
  const ask = (ctx: Context, n: number) =>
    askNameless(ctx, event, hands[n]!.ask[0]!, `Question ${n}`, { secret: secrets[n]! });
  return { event, ask };
}

const everyone = [0, 1, 2, 3, 4];
const allOfThem = everyone.map((n) => `Question ${n}`);

/** Processes on the world's database that share one DATA_DIR. */
function processes(world: World, home: 'embedded' | 'server') {
  const folder = temporaryFolder();
  return {
    folder,
    start() {
      const { close, slot, envelopeKey } = testSlot(home, { folder });
      onTestFinished(() => close({ remove: true }));
      const ctx: Context = { ...world.ctx, slot, ...(envelopeKey && { envelopeKey }) };
      return { ctx, kill: () => close({ remove: false }) };
    },
  };
}

async function shown({ db }: Pick<Context, 'db'>): Promise<string[]> {
  const rows = await db.execute<{ text: string }>(sql`SELECT text FROM nameless_questions ORDER BY text`);
  return rows.map(({ text }) => text);
}

onBothHomes('questions that wait', (home) => {
  const world = useWorld({ home });

  test('are published once where the program is killed between two ticks', async () => {
    const [{ ask }, here] = [await circle(world), processes(world, home)];
    const first = here.start();
    await tick(first.ctx);
    for (const n of [0, 1, 2]) await ask(first.ctx, n);
    await first.kill();
    const second = here.start();
    for (const n of [3, 4]) await ask(second.ctx, n);
    await publishNext({ ctx: second.ctx, clock: world.clock });
    expect(await shown(world.ctx)).toEqual(allOfThem);
  });

  test('are published once where it is killed in the middle of a tick, after the commit and before its slot is empty', async () => {
    const [{ ask }, here] = [await circle(world), processes(world, home)];
    const first = here.start();
    for (const n of [0, 1]) await ask(first.ctx, n);
    await first.kill();
    const slots = path.join(here.folder, 'slots');
    const before = `${here.folder}-before`;
    for (const hours of [0, 4]) {
      fs.cpSync(slots, before, { recursive: true, filter: (file) => !/flipside\.(sock|pid)$/.test(file) });
      const next = here.start();
      await tick(next.ctx);
      for (const n of hours === 0 ? [2] : [3, 4]) await ask(next.ctx, n);
      await publishNext({ ctx: next.ctx, clock: world.clock });
      await next.kill();
      fs.cpSync(before, slots, { recursive: true });
    }
    const last = here.start();
    await publishNext({ ctx: last.ctx, clock: world.clock });
    expect(await shown(world.ctx)).toEqual(allOfThem);
    const { waiting } = stateOf(last.ctx);
    expect(waiting.questions).toEqual([]);
  });

  test('are published once where both died and the envelope does not open: it is counted, and browsers send again', async () => {
    const [{ ask }, here] = [await circle(world), processes(world, home)];
    const first = here.start();
    for (const n of [0, 1, 2]) await ask(first.ctx, n);
    await tick(first.ctx);
    await ask(first.ctx, 3);
    await first.kill();
    // An UNLOGGED table is empty after a crash of the server; beside the embedded folder it is a file.
    await world.db.execute(sql`DELETE FROM nameless_keys`);
    fs.rmSync(path.join(here.folder, 'envelope-key'), { force: true });
    const second = here.start();
    await tick(second.ctx);
    expect((await envelope.daysOfLost(world.db)).length).toBe(1);
    for (const n of everyone) await ask(second.ctx, n);
    await publishNext({ ctx: second.ctx, clock: world.clock });
    expect(await shown(world.ctx)).toEqual(allOfThem);
    for (const n of everyone) expect((await ask(second.ctx, n)).published).toBe(true);
    await publishNext({ ctx: second.ctx, clock: world.clock });
    expect(await shown(world.ctx)).toEqual(allOfThem);
  });

  test('are published once after a restore, when browsers have sent them again; the backup holds neither words nor key', async () => {
    const [{ ask }, here] = [await circle(world), processes(world, home)];
    const first = here.start();
    for (const n of [0, 1, 2]) await ask(first.ctx, n);
    await tick(first.ctx);
    const file = path.join(temporaryFolder(), 'backup');
    await backUp(world.sql, file);
    await first.kill();
    const backup = await textOfBackup(file);
    expect(backup).toContain('nameless_envelope');
    expect(backup).not.toMatch(/Question \d|nameless_keys/);
    const restored = await databaseForThisTest(home);
    await restored.db.execute(sql`CREATE TABLE queue_of_tests (id serial, job text, data jsonb)`);
    await restore(restored.sql, await checkBackup(file));
    const second = processes({ ...world, ctx: { ...world.ctx, db: restored.db } }, home).start();
    for (const n of everyone) await ask(second.ctx, n);
    await publishNext({ ctx: second.ctx, clock: world.clock });
    expect(await shown(second.ctx)).toEqual(allOfThem);
  });

  test('of two processes come together, each once, also where one was sent to both', async () => {
    const { ask } = await circle(world);
    const [one, two] = [processes(world, home).start(), processes(world, home).start()];
    for (const n of [0, 1, 2]) await ask(one.ctx, n);
    for (const n of [2, 3, 4]) await ask(two.ctx, n);
    // On the embedded home two processes have no key in common: there is only ever one.
    if (home === 'embedded') two.ctx.envelopeKey = one.ctx.envelopeKey!;
    await tick(two.ctx);
    await publishNext({ ctx: one.ctx, clock: world.clock });
    await tick(two.ctx);
    expect(await shown(world.ctx)).toEqual(allOfThem);
  });

  test('fill a slot, and the next is told to try again in five minutes', async () => {
    const { event } = await circle(world);
    const guest = await world.addPerson();
    const { slot, close, envelopeKey } = testSlot(home, { size: 2048 });
    onTestFinished(() => close({ remove: true }));
    const ctx = { ...world.ctx, slot, ...(envelopeKey && { envelopeKey }) };
    await world.db.execute(sql`INSERT INTO rsvps (event_id, person_id, state, token_hash)
      VALUES (${event.id}, ${guest.id}, 'invited', 'x')`);
    const { ask } = await slipsFor(ctx, event, guest, ['ask']);
    const long = 'ä'.repeat(280);
    await askNameless(ctx, event, ask[0]!, long);
    await askNameless(ctx, event, ask[1]!, long).catch(() => {});
    await expect(askNameless(ctx, event, ask[2]!, long)).rejects.toMatchObject({
      kind: 'unavailable',
      field: 'full',
    });
    await tick(ctx);
    await expect(askNameless(ctx, event, ask[2]!, long)).resolves.toMatchObject({ published: false });
  });

  test('do not fill a slot however often one guest changes and withdraws theirs', async () => {
    const { ask } = await circle(world);
    const { slot, close, envelopeKey } = testSlot(home, { size: 8192 });
    onTestFinished(() => close({ remove: true }));
    const ctx = { ...world.ctx, slot, ...(envelopeKey && { envelopeKey }) };
    const { secret } = await ask(ctx, 0);
    const words = (n: number) => `${n} ${'ä'.repeat(270)}`;
    for (let n = 0; n < 50; n++) await changeMine(ctx, secret, words(n));
    await expect(ask(ctx, 1)).resolves.toMatchObject({ published: false });
    await tick(ctx);
    expect(
      stateOf(ctx)
        .waiting.questions.map(({ text }) => text)
        .sort(),
    ).toEqual([words(49), 'Question 1']);
  });

  test('show neither in the size, the time nor the bytes of slot and envelope', async () => {
    const [{ ask }, here] = [await circle(world), processes(world, home)];
    const { ctx } = here.start();
    await tick(ctx);
    const slots = path.join(here.folder, 'slots');
    const slot = () => path.join(slots, fs.readdirSync(slots)[0]!, 'slot');
    const look = async () => {
      const { size, mtimeMs } = fs.statSync(slot());
      const [row] = await world.db.execute<{ n: number }>(
        sql`SELECT octet_length(sealed) AS n FROM nameless_envelope`,
      );
      return { size, mtimeMs, sealed: row!.n };
    };
    const empty = await look();
    const bytes = fs.readFileSync(slot());
    await ask(ctx, 0);
    expect(fs.readFileSync(slot()).equals(bytes)).toBe(false);
    expect(await look()).toEqual(empty);
    await tick(ctx);
    expect(await look()).toEqual(empty);
    expect(fs.readFileSync(slot(), 'latin1')).not.toContain('Question 0');
    const [row] = await world.db.execute<{ text: string }>(
      sql`SELECT encode(sealed, 'escape') AS text FROM nameless_envelope`,
    );
    expect(row!.text).not.toContain('Question 0');
  });

  test('from before there was an envelope are taken along, and appear when the event begins', async () => {
    const { event } = await circle(world);
    await world.db.execute(sql`INSERT INTO nameless_intake (id, event_id, text, edit_hash)
      VALUES ('\\x0102030405060708090a0b0c0d0e0f10', ${event.id}, 'From before?', '\\x01')`);
    await tick(world.ctx);
    const [left] = await world.db.execute(sql`SELECT count(*)::int AS n FROM nameless_intake`);
    expect(left).toEqual({ n: 0 });
    world.clock.now = Temporal.Instant.from('2026-12-10T15:00:00Z');
    await tick(world.ctx);
    expect(await shown(world.ctx)).toEqual(['From before?']);
  });
});

needs('postgresql')('with a PostgreSQL server', () => {
  const world = useWorld({ home: 'server' });

  test('a dump that reads every table holds up neither an ask nor a tick', async () => {
    const { ask } = await circle(world);
    const dump = await openDatabase({ url: await urlOf(world), dataDir: '' });
    onTestFinished(dump.close);
    await dump.db.transaction(async (tx) => {
      const tables = await tx.execute<{ name: string }>(
        sql`SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'`,
      );
      for (const { name } of tables) await tx.execute(sql.raw(`LOCK TABLE ${name} IN ACCESS SHARE MODE`));
      for (const n of everyone) await ask(world.ctx, n);
      await publishNext(world);
    });
    expect(await shown(world.ctx)).toEqual(allOfThem);
  });

  test('asks are taken while it is away, and are published when it is back', async () => {
    const { ask } = await circle(world);
    const gone = await openDatabase({ url: await realPostgres(), dataDir: '' });
    await gone.close();
    const away = { ...world.ctx, db: gone.db };
    for (const n of everyone) await ask(away, n);
    await expect(tick(away)).rejects.toThrow();
    await ask(away, 0);
    await publishNext(world);
    expect(await shown(world.ctx)).toEqual(allOfThem);
  });

  test('a tick that is cut off before its commit loses nothing', async () => {
    const [{ event, ask }, here] = [await circle(world), processes(world, 'server')];
    const first = here.start();
    for (const n of everyone) await ask(first.ctx, n);
    const other = await openDatabase({ url: await urlOf(world), dataDir: '' });
    onTestFinished(other.close);
    const cut = other.db.transaction(async (tx) => {
      await tx.execute(sql`SELECT 1 FROM events WHERE id = ${event.id} FOR UPDATE`);
      const ticking = publishNext({ ctx: first.ctx, clock: world.clock }).catch((error: unknown) => error);
      // The tick holds the envelope and waits for the event.
      await expect
        .poll(async () => {
          const rows = await tx.execute(sql`SELECT pg_cancel_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event_type = 'Lock'`);
          return rows.length;
        })
        .toBe(1);
      return ticking;
    });
    expect(await cut).toBeInstanceOf(Error);
    await first.kill();
    expect(await shown(world.ctx)).toEqual([]);
    await tick(here.start().ctx);
    expect(await shown(world.ctx)).toEqual(allOfThem);
  });

  test('two processes survive the emptying of its table without a journal, whichever of them ticks first', async () => {
    const { ask } = await circle(world);
    const [one, two] = [processes(world, 'server').start(), processes(world, 'server').start()];
    await tick(two.ctx);
    for (const n of [0, 1, 2]) await ask(one.ctx, n);
    await tick(one.ctx);
    for (const n of [3, 4]) await ask(two.ctx, n);
    await world.db.execute(sql`DELETE FROM nameless_keys`);
    await tick(two.ctx);
    expect((await envelope.daysOfLost(world.db)).length).toBe(1);
    await tick(one.ctx);
    expect((await envelope.daysOfLost(world.db)).length).toBe(0);
    await publishNext({ ctx: two.ctx, clock: world.clock });
    expect(await shown(world.ctx)).toEqual(allOfThem);
  });
});

async function urlOf({ db }: Pick<Context, 'db'>): Promise<string> {
  const [row] = await db.execute<{ name: string }>(sql`SELECT current_database() AS name`);
  const url = new URL(await realPostgres());
  url.pathname = `/${row!.name}`;
  return url.href;
}
