import { expect, test } from 'vitest';
import { takeReply } from '../../../src/actions/calendar/replies.ts';
import { answer } from '../../../src/actions/guests/answer.ts';
import type { ReceivedReply } from '../../../src/domain/calendar/replies.ts';
import type * as events from '../../../src/store/events/events.ts';
import * as answers from '../../../src/store/guests/answers.ts';
import * as rsvps from '../../../src/store/guests/rsvps.ts';
import type { Person } from '../../../src/store/people/people.ts';
import { published } from '../../support/events.ts';
import { invariants } from '../../support/invariants.ts';
import { needs } from '../../support/needs.ts';
import { useWorld } from '../../support/world.ts';

// calendars and pages answering at the same moment, on a server with many connections

needs('postgresql')('answers from everywhere at once', () => {
  const world = useWorld({ home: 'server' });

  const replyOf = (event: events.Event, { email }: Person, partstat: string, seconds = 0): ReceivedReply => ({
    method: 'REPLY',
    uid: event.uid,
    sequence: 0,
    stamp: world.clock.now.add({ seconds }),
    recurrenceAt: null,
    attendees: [{ address: email, partstat, delegatedTo: [] }],
    start: null,
    end: null,
    words: '',
  });
  const take = (event: events.Event, person: Person, partstat: string, seconds?: number) =>
    takeReply(
      world.ctx,
      replyOf(event, person, partstat, seconds),
      { address: person.email, proved: true },
      world.clock.now,
    );

  test('E11: five seats, twenty who say yes, half on the page and half in their calendar: five come, fifteen wait', async () => {
    const guests: Person[] = [];
    for (let n = 0; n < 20; n++) guests.push(await world.addPerson());
    const event = await published(world, guests, { seniorCapacity: 5, answerBy: null });
    await Promise.all(
      guests.map((guest, n) =>
        n % 2 ? take(event, guest, 'ACCEPTED') : answer(world.ctx, event.id, guest.id, 'yes'),
      ),
    );
    const states = (await rsvps.invitees(world.db, event.id)).map(({ state }) => state).sort();
    expect(states).toEqual([...Array(5).fill('coming'), ...Array(15).fill('waiting')]);
    expect(await invariants(world.db, { atRest: false })).toEqual([]);
  });

  test('E10: one answer taken ten times at once counts once; of two the newer stays, in whatever order they come', async () => {
    const ada = await world.addPerson();
    const event = await published(world, [ada], { answerBy: null });
    const became = await Promise.all(Array.from({ length: 10 }, () => take(event, ada, 'ACCEPTED')));
    expect(became.sort()).toEqual(['counted', ...Array(9).fill('known already')]);
    await Promise.all([take(event, ada, 'DECLINED', 20), take(event, ada, 'TENTATIVE', 10)]);
    expect((await rsvps.find(world.db, event.id, ada.id))?.state).toBe('declined');
    const log = await answers.ofPersonAt(world.db, event.id, ada.id);
    expect([log[0]?.said, log.at(-1)?.said]).toEqual(['yes', 'no']);
    expect(await invariants(world.db, { atRest: false })).toEqual([]);
  });
});
