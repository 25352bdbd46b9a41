// The check of what must hold notices each way in which it may not.
import { sql } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import * as rsvps from '../../src/actions/guests/answer.ts';
import { deliverLetter } from '../../src/jobs/deliver-letter.ts';
import { openPost } from '../../src/jobs/post.ts';
import { inRolledBackTransaction } from '../support/database.ts';
import { invariants } from '../support/invariants.ts';
import { useWorld } from '../support/world.ts';
import { inviteWith } from './guests.ts';

const world = useWorld();

/** An event with two seats: the first two come, the third waits, the last has not answered. */
beforeEach(async () => {
  await world.db.execute(sql`DELETE FROM programmes`);
  await world.db.execute(sql`DELETE FROM people`);
  const guests = await inviteWith(world.ctx, {
    seniors: 4,
    talents: 0,
    seniorCapacity: 2,
    talentCapacity: 0,
  });
  const [event] = await world.db.execute<{ id: number }>(sql`SELECT id FROM events`);
  for (const guest of guests.slice(0, 3)) {
    world.clock.advance({ minutes: 1 });
    await rsvps.answer(world.ctx, event!.id, guest.id, 'yes');
  }
  // The organiser hears of a full event at the next of the fixed hours of the day.
  world.clock.advance({ hours: 24 });
  const post = { ...openPost(world.ctx, undefined), print: () => {} };
  for (const { data } of await world.jobs()) await deliverLetter(world.ctx, post, data.letterId as number);
});

test('an event as it should be has nothing wrong', async () => {
  expect(await invariants(world.db, { secret: world.ctx.secret })).toEqual([]);
});

const first = sql`(SELECT min(person_id) FROM rsvps)`;
const third = sql`(SELECT min(person_id) + 2 FROM rsvps)`;

test.each([
  [
    'a seat given twice',
    ['I1', 'I1', 'I3', 'I5'],
    [sql`UPDATE rsvps SET state = 'coming' WHERE state = 'waiting'`],
  ],
  [
    'a free seat while somebody waits',
    ['I2'],
    [sql`UPDATE rsvps SET state = 'declined' WHERE person_id = ${first}`],
  ],
  [
    'a seat for whoever came later',
    ['I3', 'I3'],
    [sql`UPDATE rsvps SET answered_at = answered_at - interval '1 hour' WHERE person_id = ${third}`],
  ],
  [
    'two rows for one person',
    ['I4'],
    [
      sql`ALTER TABLE rsvps DROP CONSTRAINT rsvps_person_key`,
      sql`INSERT INTO rsvps (event_id, person_id, state, token_hash) SELECT event_id, person_id, 'invited', 'again' FROM rsvps WHERE state = 'invited'`,
    ],
  ],
  [
    'a seat nobody heard of',
    ['I5'],
    [sql`DELETE FROM letters WHERE kind = 'confirmed' AND person_id = ${first}`],
  ],
  [
    'a letter on its way for ever',
    ['I6'],
    [sql`UPDATE letters SET state = 'waiting' WHERE kind = 'waiting'`],
  ],
  ['a letter kept without its bytes', ['I6'], [sql`UPDATE letters SET bytes = NULL WHERE kind = 'waiting'`]],
  [
    'bytes of another letter',
    ['I6'],
    [sql`UPDATE letters SET message_id = '<other@halden.example>' WHERE kind = 'waiting'`],
  ],
])('%s is noticed', async (_what, rules, changes) => {
  let wrong: string[] = [];
  await inRolledBackTransaction(world.db, async (tx) => {
    for (const change of changes) await tx.execute(change);
    wrong = await invariants(tx, { secret: world.ctx.secret });
  });
  expect(wrong.map((one) => one.slice(0, 2)).sort()).toEqual(rules);
});
