// PostgreSQL's own journal about a guest who looks and asks without a name, record by record.
import { sql } from 'drizzle-orm';
import { expect, test, vi } from 'vitest';
import { answer } from '../../src/actions/guests/answer.ts';
import { tick } from '../../src/actions/questions/nameless-tick.ts';
import { wonderWithoutName } from '../../src/actions/questions/nameless-votes.ts';
import { wallOf } from '../../src/store/questions/wall.ts';
import { linkOf, published } from '../support/events.ts';
import { ask, fetchSlip } from '../support/nameless/guests.ts';
import { publishNext, slipsFor } from '../support/nameless/slips.ts';
import { needs } from '../support/needs.ts';
import { useWorld } from '../support/world.ts';

vi.setConfig({ testTimeout: 1_200_000 });

needs('postgresql', 'pg_walinspect')('the write-ahead log', () => {
  const world = useWorld({ home: 'server' });

  /** The tables of this database, with a journal, whose rows were written while `act` went on, each with what was done. */
  async function writtenBy(act: () => Promise<unknown>): Promise<string[]> {
    const now = async () => {
      const [row] = await world.db.execute<{ at: string }>(
        sql`SELECT pg_current_wal_flush_lsn()::text AS at`,
      );
      return row!.at;
    };
    await world.db.execute(sql`CREATE EXTENSION IF NOT EXISTS pg_walinspect`);
    const from = await now();
    await act();
    // A record of our own, so that there is an end to read to.
    await world.db.execute(sql`SELECT pg_logical_emit_message(true, 'test', 'end')`);
    const to = await now();
    const records = await world.db.execute<{ table: string; done: string }>(sql`
      SELECT DISTINCT c.relname AS table, w.record_type AS done
      FROM pg_get_wal_records_info(${from}, ${to}) w,
        regexp_matches(w.block_ref, 'rel \\d+/(\\d+)/(\\d+)', 'g') AS part
        JOIN pg_database d ON d.oid = part[1]::oid AND d.datname = current_database()
        JOIN pg_class c ON pg_relation_filenode(c.oid) = part[2]::oid
      WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND w.xid <> 0
      ORDER BY 1, 2`);
    return [...new Set(records.map(({ table, done }) => `${table}: ${done.replace(/\+INIT$/, '')}`))];
  }

  async function circle() {
    const people = [];
    for (let n = 0; n < 6; n++) people.push(await world.addPerson());
    const event = await published(world, people);
    const hands = [];
    for (const person of people) hands.push(await fetchSlip(world, event, person));
    return { event, people, hands };
  }

  test('holds nothing of a guest who looks at their pages again', async () => {
    const { event, people } = await circle();
    const link = linkOf(world, event, people[2]!);
    expect(
      await writtenBy(async () => {
        for (const tail of ['', '/questions', '/people', '/answers']) await world.get(link + tail);
      }),
    ).toEqual([]);
  });

  const tables = (written: string[]) => [...new Set(written.map((one) => one.split(':')[0]!))];

  test('holds nothing at all of a question and a vote without a name before they are published', async () => {
    const { event, people, hands } = await circle();
    for (const [n, slip] of hands.slice(0, 5).entries())
      expect(await writtenBy(() => ask(world, event, slip, `Question ${n}?`))).toEqual([]);
    expect(tables(await writtenBy(() => publishNext(world)))).toEqual([
      'event_revisions',
      'events',
      'nameless_envelope',
      'nameless_questions',
      'slips_spent',
    ]);
    const [question] = await wallOf(world.db, event.id, 0);
    const voter = await slipsFor(world.ctx, event, people[5]!, ['vote']);
    const vote = { eventId: event.id, questionId: question!.id, slip: voter.vote[0]!, on: true };
    expect(await writtenBy(() => wonderWithoutName(world.ctx, vote))).toEqual([]);
  });

  test('holds the same of a tick in which nothing came as of one in which a question did', async () => {
    const { event, hands } = await circle();
    await tick(world.ctx);
    const without = await writtenBy(() => tick(world.ctx));
    await ask(world, event, hands[0]!, 'Here?');
    expect(await writtenBy(() => tick(world.ctx))).toEqual(without);
  });

  test('holds of the evening’s questions and votes no table that knows people', async () => {
    const { event, people, hands } = await circle();
    const voter = await slipsFor(world.ctx, event, people[1]!, ['vote']);
    world.clock.now = Temporal.Instant.from('2026-12-10T15:30:00Z');
    await ask(world, event, hands[0]!, 'The first of the evening?', { waits: false });
    const asked = await writtenBy(() => ask(world, event, hands[1]!, 'What is heat?', { waits: false }));
    const [question] = await wallOf(world.db, event.id, people[0]!.id);
    const vote = { eventId: event.id, questionId: question!.id, slip: voter.vote[0]!, on: true };
    const voted = await writtenBy(() => wonderWithoutName(world.ctx, vote));
    expect(tables(asked)).toContain('nameless_questions');
    expect(tables(voted)).toContain('ballot_votes');
    const knowing = await world.db.execute<{ name: string }>(sql`
      SELECT DISTINCT table_name AS name FROM information_schema.columns
      WHERE table_schema = 'public' AND (column_name IN ('person_id', 'author_id') OR table_name = 'people')`);
    expect(knowing.length).toBeGreaterThan(8);
    const written = tables([...asked, ...voted]);
    expect(written.filter((table) => knowing.some(({ name }) => name === table))).toEqual([]);
  });

  test('would show it: an answer writes the guest’s own row', async () => {
    const { event, people } = await circle();
    const written = await writtenBy(() => answer(world.ctx, event.id, people[0]!.id, 'yes'));
    expect(written.filter((one) => one.startsWith('rsvps: '))).not.toEqual([]);
  });
});
