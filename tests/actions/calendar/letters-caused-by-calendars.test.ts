import { describe, expect, test } from 'vitest';
import { takeReply } from '../../../src/actions/calendar/replies.ts';
import type { ReceivedReply } from '../../../src/domain/calendar/replies.ts';
import { openProposals } from '../../../src/store/calendar/replies.ts';
import type { Event } from '../../../src/store/events/events.ts';
import type { Person } from '../../../src/store/people/people.ts';
import { published } from '../../support/events.ts';
import { allLetters } from '../../support/letters.ts';
import { useWorld } from '../../support/world.ts';

// a calendar that answers again and again fills nobody's mailbox

const world = useWorld();

/** Twenty replies one after the other, each newer than the one before. */
async function replyTwenty(
  event: Event,
  person: Person,
  partstat: string,
  more: Partial<ReceivedReply> = {},
) {
  const became: string[] = [];
  for (let n = 0; n < 20; n++) {
    world.clock.advance({ seconds: 10 });
    const reply: ReceivedReply = {
      method: 'REPLY',
      uid: event.uid,
      sequence: 0,
      stamp: world.clock.now,
      recurrenceAt: null,
      attendees: [{ address: person.email, partstat, delegatedTo: [] }],
      start: null,
      end: null,
      words: `number ${n}`,
      ...more,
    };
    became.push(await takeReply(world.ctx, reply, { address: person.email, proved: true }, world.clock.now));
  }
  return became;
}

const countOf = async (kind: string) => (await allLetters(world)).filter((one) => one.kind === kind).length;

describe('twenty times in a minute or three', () => {
  const another = { method: 'COUNTER', start: Temporal.Instant.from('2026-12-11T15:00:00Z') } as const;

  test('another time is proposed: the organiser gets three e-mails, and all twenty on the event’s page', async () => {
    const [ada, bo] = [await world.addPerson(), await world.addPerson()];
    const event = await published(world, [ada, bo]);
    const before = await countOf('proposal');
    expect(new Set(await replyTwenty(event, ada, 'DECLINED', another))).toEqual(new Set(['told']));
    expect((await countOf('proposal')) - before).toBe(3);
    expect(await openProposals(world.db, event.id)).toHaveLength(20);
    // Somebody else's proposal is heard all the same, and so is theirs on the next day.
    await replyTwenty(event, bo, 'DECLINED', another);
    expect((await countOf('proposal')) - before).toBe(6);
    world.clock.advance({ hours: 24 });
    await replyTwenty(event, ada, 'DECLINED', another);
    expect((await countOf('proposal')) - before).toBe(9);
  });

  test('a yes comes too late: the guest is told three times a day', async () => {
    const ada = await world.addPerson();
    const event = await published(world, [ada]);
    world.clock.now = Temporal.Instant.from('2026-12-05T10:00:00Z');
    const before = await countOf('answer-not-counted');
    expect(new Set(await replyTwenty(event, ada, 'ACCEPTED'))).toEqual(new Set(['too-late']));
    expect((await countOf('answer-not-counted')) - before).toBe(3);
  });
});
