// Notes of what was said at a table.
import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { editionOf } from '../../../src/actions/edition.ts';
import { answer } from '../../../src/actions/guests/answer.ts';
import {
  changeNote,
  chooseSaid,
  deleteNote,
  keepNote,
  setNotesClosed,
  type TypedNote,
} from '../../../src/actions/notes/notes.ts';
import { deleteExpired } from '../../../src/jobs/delete-expired.ts';
import type * as events from '../../../src/store/events/events.ts';
import { notesOf } from '../../../src/store/notes/notes.ts';
import type { Person } from '../../../src/store/people/people.ts';
import { setDay } from '../../../src/store/tables/day.ts';
import { published, teamOf } from '../../support/events.ts';
import { useWorld } from '../../support/world.ts';

const world = useWorld();
let event: events.Event;
let amina: Person;
let leo: Person;
let margareta: Person;

/** Amina hosts table 1, Leo table 2; Margareta is a guest. It is 16:20, in round 1. */
beforeEach(async () => {
  amina = await world.addPerson({ name: 'Amina Yusuf', side: 'talent' });
  leo = await world.addPerson({ name: 'Leo Brandt', side: 'talent' });
  margareta = await world.addPerson({ name: 'Margareta Lindqvist', side: 'senior' });
  const topics = [await teamOf(world, 'Agents', [amina]), await teamOf(world, 'Proof', [leo])];
  event = await published(world, [amina, leo, margareta], { topics });
  for (const one of [amina, leo, margareta]) await answer(world.ctx, event.id, one.id, 'yes');
  world.clock.now = Temporal.Instant.from('2026-12-10T15:20:00Z');
});

const typed = (text: string, more: Partial<TypedNote> = {}): TypedNote => ({
  id: randomUUID(),
  table: 1,
  round: 1,
  kind: 'idea',
  text,
  ...more,
});
const keep = (person: Person, note: TypedNote) => keepNote(world.ctx, event.id, person.id, note);
const texts = async () => (await notesOf(world.db, event.id)).map(({ text }) => text);

describe('a host keeps a note', () => {
  test('with its table, round and kind, and the day alone', async () => {
    await keep(amina, typed('Two signatures above 10,000 euros', { round: 2, kind: 'worry' }));
    const [row] = await world.db.execute(sql`SELECT * FROM table_notes`);
    const { id, ...rest } = row!;
    expect(rest).toEqual({
      event_id: event.id,
      table_number: 1,
      round: 2,
      kind: 'worry',
      text: 'Two signatures above 10,000 euros',
      position: 1,
      is_said: false,
      day: expect.anything(),
    });
    expect(String(id)).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('and nothing anywhere says who typed it: two hosts of a table leave the same traces', async () => {
    const noor = await world.addPerson({ name: 'Noor Haddad', side: 'talent' });
    await world.sql`INSERT INTO team_members (team_id, person_id)
      SELECT t.team_id, ${noor.id} FROM topics t WHERE t.event_id = ${event.id} AND t.number = 1`;
    await world.sql`INSERT INTO rsvps (event_id, person_id, state, token_hash, invited_at)
      SELECT event_id, ${noor.id}, 'coming', 'x', invited_at FROM rsvps WHERE person_id = ${amina.id}`;
    const everything = async () => {
      const tables =
        await world.sql`SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`;
      const rows: Record<string, unknown> = {};
      for (const { name } of tables)
        if (name !== 'event_revisions')
          rows[String(name)] = await world.sql`SELECT * FROM ${world.sql(String(name))} ORDER BY 1`;
      return JSON.stringify(rows);
    };
    const note = typed('Begin with travel expenses');
    await keep(amina, note);
    const byAmina = await everything();
    await world.sql`DELETE FROM table_notes`;
    await keep(noor, note);
    expect(await everything()).toBe(byAmina);
    expect(byAmina).toContain('Begin with travel expenses');
  });

  test('once, however often it is sent, and it stays deleted when a retry comes late', async () => {
    const note = typed('Nobody is hurt');
    await keep(amina, note);
    await keep(amina, note);
    expect(await texts()).toEqual(['Nobody is hurt']);
    await deleteNote(world.ctx, event.id, amina.id, note.id);
    await keep(amina, note);
    expect(await texts()).toEqual([]);
    expect(JSON.stringify(await world.db.execute(sql`SELECT * FROM table_notes`))).not.toContain('hurt');
  });

  test('of their own table only; guests, organisers and hosts who do not come keep none', async () => {
    const refused = { kind: 'not-found' };
    await expect(keep(leo, typed('Mine?'))).rejects.toMatchObject(refused);
    await expect(keep(margareta, typed('Mine?'))).rejects.toMatchObject(refused);
    await expect(keep(world.organiser, typed('Mine?'))).rejects.toMatchObject(refused);
    await answer(world.ctx, event.id, amina.id, 'no');
    await expect(keep(amina, typed('Mine?'))).rejects.toMatchObject(refused);
    expect(await texts()).toEqual([]);
  });

  test('of the table they took on the day', async () => {
    await expect(keep(leo, typed('Mine now'))).rejects.toMatchObject({ kind: 'not-found' });
    await world.db.transaction((tx) =>
      setDay(tx, event.id, { there: [], dropped: [], hosts: [[leo.id, 1]] }),
    );
    await keep(leo, typed('Mine now'));
    expect(await texts()).toEqual(['Mine now']);
  });

  test('from an hour before the event, and of a round there is', async () => {
    world.clock.now = Temporal.Instant.from('2026-12-10T13:59:00Z');
    await expect(keep(amina, typed('Early'))).rejects.toMatchObject({ kind: 'conflict' });
    world.clock.now = Temporal.Instant.from('2026-12-10T14:00:00Z');
    await keep(amina, typed('Early'));
    await expect(keep(amina, typed('Late', { round: 4 }))).rejects.toMatchObject({ kind: 'invalid' });
    expect(await texts()).toEqual(['Early']);
  });
});

describe('a name in a note', () => {
  test('is pointed out and nothing is kept, until the host changes it or keeps it as it is', async () => {
    const note = typed('Margareta would sign nothing');
    expect(await keep(amina, note)).toEqual({ name: 'Margareta', sitsThere: false });
    expect(await texts()).toEqual([]);
    expect(await keep(amina, { ...note, withName: true })).toBeNull();
    expect(await texts()).toEqual(['Margareta would sign nothing']);
  });

  test('is found of organisers, hosts, and people who came without an account', async () => {
    await world.sql`INSERT INTO walk_ins (event_id, name, side, created_at) VALUES (${event.id}, 'Giorgio', 'senior', now())`;
    for (const name of ['Ida', 'Leo', 'Giorgio'])
      expect(await keep(amina, typed(`Ask ${name} about it`))).toEqual({ name, sitsThere: false });
    expect(await keep(amina, typed('Ask Robert about it'))).toBeNull();
  });

  test('is pointed out in a change too, but not again where the words stay', async () => {
    const note = typed('Ask Leo', { withName: true });
    await keep(amina, note);
    const changed = (text: string) =>
      changeNote(world.ctx, event.id, amina.id, { ...note, text, withName: false });
    expect(await changed('Ask Ida')).toEqual({ name: 'Ida', sitsThere: false });
    expect(await changed('Ask Leo')).toBeNull();
    expect(await texts()).toEqual(['Ask Leo']);
  });
});

describe('hosts change and delete the notes of their table', () => {
  test('of each other, and who changed words in between is not overwritten', async () => {
    const note = typed('First words');
    await keep(amina, note);
    const seen = editionOf({ kind: 'idea', text: 'First words' });
    await changeNote(world.ctx, event.id, amina.id, { ...note, text: 'Second words', seen });
    await expect(
      changeNote(world.ctx, event.id, amina.id, { ...note, text: 'Third words', seen }),
    ).rejects.toMatchObject({ stored: { kind: 'idea', text: 'Second words' } });
    expect(await texts()).toEqual(['Second words']);
  });

  test('and nobody else does', async () => {
    const note = typed('Ours');
    await keep(amina, note);
    const refused = { kind: 'not-found' };
    for (const { id } of [leo, margareta, world.organiser]) {
      await expect(deleteNote(world.ctx, event.id, id, note.id)).rejects.toMatchObject(refused);
      await expect(chooseSaid(world.ctx, event.id, id, note.id)).rejects.toMatchObject(refused);
      await expect(changeNote(world.ctx, event.id, id, { ...note, text: 'Theirs' })).rejects.toMatchObject(
        refused,
      );
    }
    expect(await texts()).toEqual(['Ours']);
  });

  test('until the notes are closed; an organiser can open them again', async () => {
    const note = typed('Ours');
    await keep(amina, note);
    await setNotesClosed(world.ctx, event.id, true);
    await expect(deleteNote(world.ctx, event.id, amina.id, note.id)).rejects.toMatchObject({ kind: 'gone' });
    await expect(keep(amina, typed('More'))).rejects.toMatchObject({ kind: 'gone' });
    await setNotesClosed(world.ctx, event.id, false);
    await deleteNote(world.ctx, event.id, amina.id, note.id);
    expect(await texts()).toEqual([]);
  });

  test('and choose one to say aloud', async () => {
    const [one, other] = [typed('One'), typed('Other')];
    for (const note of [one, other]) await keep(amina, note);
    await chooseSaid(world.ctx, event.id, amina.id, one.id);
    await chooseSaid(world.ctx, event.id, amina.id, other.id);
    const said = (await notesOf(world.db, event.id)).filter(({ isSaid }) => isSaid);
    expect(said.map(({ text }) => text)).toEqual(['Other']);
  });
});

test('raw notes are erased after 90 days', async () => {
  await keep(amina, typed('Raw material'));
  world.clock.advance({ days: 90 });
  await deleteExpired(world.ctx);
  expect(await texts()).toEqual(['Raw material']);
  world.clock.advance({ days: 1 });
  await deleteExpired(world.ctx);
  expect(await world.db.execute(sql`SELECT * FROM table_notes`)).toHaveLength(0);
});
