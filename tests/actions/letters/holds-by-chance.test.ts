import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cancel, change, invite, publish, uninviteMany } from '../../../src/actions/events/events.ts';
import { answer } from '../../../src/actions/guests/answer.ts';
import { undoHold } from '../../../src/actions/letters/holds.ts';
import { deliverLetter, type Post } from '../../../src/jobs/deliver-letter.ts';
import * as events from '../../../src/store/events/events.ts';
import * as rsvps from '../../../src/store/guests/rsvps.ts';
import * as holds from '../../../src/store/letters/holds.ts';
import type { Person } from '../../../src/store/people/people.ts';
import { drafted, planFor, published, teamOf } from '../../support/events.ts';
import { invariants } from '../../support/invariants.ts';
import { byLength } from '../../support/length.ts';
import { allLetters } from '../../support/letters.ts';
import { useWorld } from '../../support/world.ts';

// whatever was done and whatever stood before: taken back, everything is as if it had never been

const world = useWorld();

const post: Post = {
  render: async ({ messageId }) => ({ subject: 'Hello', bytes: Buffer.from(`Message-ID: ${messageId}`) }),
  send: async () => ({ kind: 'sent', reply: '250 fine' }),
  print: () => {},
};

/** All that could be different, apart from the moment of the last revision, which calendars may see rise. */
async function everything(eventId: number) {
  const { revisedAt: _, ...event } = (await events.find(world.db, eventId))!;
  const everyone = await Promise.all(people.map(({ id }) => rsvps.find(world.db, eventId, id)));
  const letters = (await allLetters(world))
    .filter((letter) => letter.eventId === eventId)
    .map(({ id, key, state }) => ({ id, key, state }));
  return {
    event,
    topics: (await events.topicsOf(world.db, eventId)).map(({ trendId, teamId }) => [trendId, teamId]),
    // Somebody who was uninvited before may have been counted on; nobody reads that number.
    answers: everyone.map((one) => (one?.state === 'uninvited' ? 'uninvited' : one)),
    letters,
  };
}

let people: Person[] = [];

const someone = fc.integer({ min: 0, max: 4 });
const deed = fc.oneof(
  fc.record({
    kind: fc.constant('change' as const),
    startsAt: fc.constantFrom('2026-12-10T16:00', '2026-12-17T10:00'),
    place: fc.constantFrom('The Atrium', 'Canteen 2'),
    more: fc.integer({ min: 0, max: 3 }),
    topics: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('cancel' as const) }),
  fc.record({ kind: fc.constant('remove' as const), who: fc.uniqueArray(someone, { minLength: 1 }) }),
  fc.record({ kind: fc.constant('invite' as const), who: fc.uniqueArray(someone, { minLength: 1 }) }),
);
const life = fc.record({
  invited: fc.uniqueArray(someone, { minLength: 1 }),
  seats: fc.integer({ min: 1, max: 3 }),
  answers: fc.array(fc.tuple(someone, fc.constantFrom('yes', 'yes', 'no', 'maybe')), { maxLength: 6 }),
  removed: fc.array(someone, { maxLength: 2 }),
  delivered: fc.boolean(),
  deed,
});

test('a change, a cancellation, people added or taken off', { timeout: 1_200_000 }, async () => {
  people = [];
  for (let n = 0; n < 5; n++) people.push(await world.addPerson());
  const tom = await world.addPerson({ side: 'talent' });
  const topic = await teamOf(world, 'Agents doing office work', [tom]);
  const of = (numbers: number[]) => numbers.map((n) => people[n]!);
  await fc.assert(
    fc.asyncProperty(life, async ({ invited, seats, answers, removed, delivered, deed: done }) => {
      const event = await published(world, of(invited), { seniorCapacity: seats });
      for (const [who, said] of answers)
        if (invited.includes(who)) await answer(world.ctx, event.id, people[who]!.id, said);
      await uninviteMany(
        world.ctx,
        event.id,
        of(removed).map(({ id }) => id),
      );
      if (delivered) for (const { id } of await allLetters(world)) await deliverLetter(world.ctx, post, id);
      world.clock.advance({ minutes: 1 });
      const before = await everything(event.id);
      const held = { held: true };
      const who = 'who' in done ? of(done.who).map(({ id }) => id) : [];
      if (done.kind === 'change') {
        const values = {
          startsAt: done.startsAt,
          place: done.place,
          seniorCapacity: seats + done.more,
          topics: done.topics ? [topic] : [],
        };
        await change(world.ctx, event.id, planFor(world, [], values), held);
      } else if (done.kind === 'cancel') await cancel(world.ctx, event.id, '', held);
      else if (done.kind === 'remove') await uninviteMany(world.ctx, event.id, who, held);
      else await invite(world.ctx, event.id, who, held);
      const hold = await holds.current(world.db, event.id, world.clock.now);
      if (hold) {
        await undoHold(world.ctx, event.id, hold.id);
        expect(await everything(event.id)).toEqual(before);
      }
      expect(await invariants(world.db, { atRest: false })).toEqual([]);
    }),
    { numRuns: byLength(12, 40) },
  );
});

test('invitations', async () => {
  people = [await world.addPerson(), await world.addPerson()];
  const event = await drafted(world, people);
  const before = await everything(event.id);
  await publish(world.ctx, event.id, { held: true });
  await undoHold(world.ctx, event.id, (await holds.current(world.db, event.id, world.clock.now))!.id);
  expect(await everything(event.id)).toEqual(before);
});
