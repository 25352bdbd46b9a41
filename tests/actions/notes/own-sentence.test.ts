// The one sentence a guest keeps for themselves.
import { randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { answer } from '../../../src/actions/guests/answer.ts';
import { keepSentence, sealSentencesAgain, sentenceOf } from '../../../src/actions/notes/own-sentence.ts';
import { deleteExpired } from '../../../src/jobs/delete-expired.ts';
import type * as events from '../../../src/store/events/events.ts';
import type { Person } from '../../../src/store/people/people.ts';
import { published } from '../../support/events.ts';
import { useWorld } from '../../support/world.ts';

const world = useWorld();
let event: events.Event;
let ada: Person;
let bo: Person;

/** Ada and Bo come; it is the evening itself. */
beforeEach(async () => {
  ada = await world.addPerson({ name: 'Ada' });
  bo = await world.addPerson({ name: 'Bo' });
  event = await published(world, [ada, bo]);
  for (const one of [ada, bo]) await answer(world.ctx, event.id, one.id, 'yes');
  world.clock.now = Temporal.Instant.from('2026-12-10T16:45:00Z');
});

const keep = (person: Person, text: string) => keepSentence(world.ctx, event.id, person.id, text);
const mine = (person: Person) => sentenceOf(world.ctx, event.id, person.id);

test('comes back to the guest who kept it and to nobody else, and is not legible in the database', async () => {
  await keep(ada, 'I will let it write my minutes');
  await keep(bo, 'I will ask my team');
  expect(await mine(ada)).toBe('I will let it write my minutes');
  expect(await mine(bo)).toBe('I will ask my team');
  const rows = await world.db.execute<{ sealed: Uint8Array }>(sql`SELECT sealed FROM own_sentences`);
  const bytes = [...rows].map(({ sealed }) => Buffer.from(sealed).toString('latin1')).join();
  expect(bytes).not.toContain('minutes');
  await world.sql`UPDATE own_sentences SET sealed = (SELECT sealed FROM own_sentences WHERE person_id = ${ada.id})`;
  expect(await mine(bo)).toBeNull();
});

test('can be changed and taken away', async () => {
  await keep(ada, 'First');
  await keep(ada, 'Second');
  expect(await mine(ada)).toBe('Second');
  await keep(ada, '');
  expect(await mine(ada)).toBeNull();
});

test('is kept by guests who come, from the beginning until a week after the event', async () => {
  await answer(world.ctx, event.id, bo.id, 'no');
  await expect(keep(bo, 'Mine')).rejects.toMatchObject({ kind: 'not-found' });
  await expect(keep(world.organiser, 'Mine')).rejects.toMatchObject({ kind: 'not-found' });
  world.clock.now = Temporal.Instant.from('2026-12-10T14:59:00Z');
  await expect(keep(ada, 'Mine')).rejects.toMatchObject({ kind: 'conflict' });
  world.clock.now = Temporal.Instant.from('2026-12-10T15:00:00Z');
  await keep(ada, 'Mine');
  world.clock.advance({ days: 8 });
  await expect(keep(ada, 'Later')).rejects.toMatchObject({ kind: 'gone' });
  expect(await mine(ada)).toBe('Mine');
});

test('moves under a new secret, and is gone where the one before is lost', async () => {
  await keep(ada, 'Mine');
  const before = world.ctx.secret;
  world.ctx.secret = randomBytes(32);
  expect(await mine(ada)).toBeNull();
  await world.db.transaction((tx) => sealSentencesAgain(world.ctx, tx, before));
  expect(await mine(ada)).toBe('Mine');
  await world.db.transaction((tx) => sealSentencesAgain(world.ctx, tx, null));
  expect(await world.db.execute(sql`SELECT FROM own_sentences`)).toHaveLength(0);
});

test('is erased 14 days after the question that comes 60 days later', async () => {
  await keep(ada, 'Mine');
  world.clock.advance({ days: 74 });
  await deleteExpired(world.ctx);
  expect(await mine(ada)).toBe('Mine');
  world.clock.advance({ days: 1 });
  await deleteExpired(world.ctx);
  expect(await mine(ada)).toBeNull();
});
