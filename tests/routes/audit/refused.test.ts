import { sql } from 'drizzle-orm';
import { expect, onTestFinished, test } from 'vitest';
import { noteRefused, writeRefused } from '../../../src/actions/audit/note-refused.ts';
import { appoint } from '../../../src/actions/guests/facilitators.ts';
import { openDatabase } from '../../../src/database/open.ts';
import { onBothHomes, realPostgres } from '../../support/database.ts';
import { linkOf, published } from '../../support/events.ts';
import { needs } from '../../support/needs.ts';
import { page, useWorld, type World } from '../../support/world.ts';

/** Each refusal as it reads. */
async function refusedIn(world: World): Promise<string[]> {
  const shown = page(await world.get('/settings/audit-log?only=refused', { as: world.organiser }));
  return shown('.audit > li')
    .toArray()
    .map((li) => shown(li).find('p').text().replace(/\s+/g, ' ').trim());
}

onBothHomes('the audit log of doors', (home) => {
  const world = useWorld({ home });

  test('counts personal links and feeds that do not work, and writes down none of them', async () => {
    const guest = await world.addPerson();
    const event = await published(world, [guest]);
    expect((await world.get(linkOf(world, event, guest))).statusCode).toBe(200);
    const wrong = ['/i/aaaaaaaaaaaaaaaaaaaaaaaaaaa', '/i/bbbbbbbbbbbbbbbbbbbbbbbbbbb/questions'];
    for (const link of wrong) expect((await world.get(link)).statusCode).toBe(404);
    expect((await world.get('/feed/ccccccccccccccccccccccccccc.ics')).statusCode).toBe(404);
    expect(await refusedIn(world)).toEqual([
      'opened a calendar feed that does not work',
      'opened a personal link that does not work, 2 times',
    ]);
    const rows = await world.db.execute('SELECT audit_log::text AS row FROM audit_log');
    expect(JSON.stringify(rows)).not.toMatch(/aaaa|bbbb|cccc/);
  });

  test('says which facilitator guessed names at the door, and never a name', async () => {
    const fia = await world.addPerson({ name: 'Fia Moen' });
    const event = await published(world, [fia], { name: 'Batteries', startsAt: '2026-11-09T12:00' });
    await appoint(world.ctx, event.id, fia.id, true, world.organiser.id);
    for (let n = 0; n < 17; n++)
      await world.post(`/events/${event.id}/door`, { name: `Guess ${n}` }, { as: fia });
    expect(await refusedIn(world)).toEqual([
      'tried too many names at the door of Batteries, 2 times',
      'typed a name that nobody has at the door of Batteries, 15 times',
    ]);
    const rows = await world.db.execute('SELECT audit_log::text AS row FROM audit_log');
    expect(JSON.stringify(rows)).not.toContain('Guess');
  });

  test('has the day on which it was refused, also where it is written the day after', async () => {
    world.clock.now = Temporal.Instant.from('2026-11-09T22:59:40Z');
    noteRefused(world.ctx, 'wrong-code', 'who@evil.example');
    world.clock.advance({ minutes: 1 });
    await writeRefused(world.ctx);
    const [row] = await world.db.execute<{ day: string }>(sql`SELECT day::text AS day FROM audit_log`);
    expect(row!.day).toBe('2026-11-09');
  });

  test('is bounded in memory: of a thousand strange addresses more are counted, and not kept', async () => {
    for (let n = 0; n < 1500; n++) noteRefused(world.ctx, 'wrong-code', `${n}@evil.example`);
    const noor = await world.addPerson({ name: 'Noor Haddad' });
    noteRefused(world.ctx, 'wrong-code', noor.email);
    expect(await refusedIn(world)).toEqual([
      'typed a wrong sign-in code for an address nobody here has, 1501 times',
    ]);
  });
});

needs('postgresql')('while somebody guesses codes', () => {
  const world = useWorld({ home: 'server' });

  test('for addresses nobody has, the next guess waits for none of the others', async () => {
    const guess = (n: number) =>
      world.newBrowser(`203.0.113.${n}`).post('/sign-in/code', {
        code: 'AAAA-2222',
        email: `${n}@evil.example`,
      });
    const { statusCode } = await guess(1);
    expect(await refusedIn(world)).toHaveLength(1);
    const [row] = await world.db.execute<{ name: string }>(sql`SELECT current_database() AS name`);
    const url = new URL(await realPostgres());
    url.pathname = `/${row!.name}`;
    const other = await openDatabase({ url: url.href, dataDir: '' });
    onTestFinished(other.close);
    await other.db.transaction(async (tx) => {
      const held = await tx.execute(sql`SELECT 1 FROM audit_log FOR UPDATE`);
      expect(held).toHaveLength(1);
      expect((await guess(2)).statusCode).toBe(statusCode);
    });
    expect(await refusedIn(world)).toEqual([
      'typed a wrong sign-in code for an address nobody here has, 2 times',
    ]);
  });
});
