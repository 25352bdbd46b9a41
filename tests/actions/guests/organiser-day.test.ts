import { describe, expect, test } from 'vitest';
import { answer } from '../../../src/actions/guests/answer.ts';
import { tellTheDay } from '../../../src/actions/guests/organiser-day.ts';
import { nameSubstitute } from '../../../src/actions/guests/substitutes.ts';
import type { OrganiserDayLetter } from '../../../src/domain/letters/organiser-day.ts';
import { renderLetter } from '../../../src/mail/letter.ts';
import * as replies from '../../../src/store/calendar/replies.ts';
import * as stops from '../../../src/store/guests/invitation-stops.ts';
import * as people from '../../../src/store/people/people.ts';
import { programmes } from '../../../src/store/schema/index.ts';
import { published, sayNoForGood } from '../../support/events.ts';
import { allLetters } from '../../support/letters.ts';
import { english } from '../../support/words.ts';
import { useWorld } from '../../support/world.ts';

const world = useWorld();
const at = (text: string) => {
  world.clock.now = Temporal.Instant.from(text);
};
const told = async () =>
  (await allLetters(world)).flatMap(({ kind, facts }) =>
    kind === 'organiser-day' ? [facts as unknown as OrganiserDayLetter] : [],
  );
/** Words of the newest in plain text; throws where there is none. */
const text = async () => renderLetter((await told()).at(-1)!, recipient, english).text;
const recipient = { name: 'Ida Nordby', email: 'ida.nordby@halden.example' };

/** Guests of a published event: the first has a seat, the second waits. */
async function guests(...names: string[]) {
  const list: people.Person[] = [];
  for (const name of names) list.push(await world.addPerson({ name }));
  return list as [people.Person, people.Person, people.Person, people.Person, people.Person];
}

describe('on a weekday at eight the organiser hears in one e-mail', () => {
  test('who answered what the day before, who sends somebody, who moved up and how the seats stand', async () => {
    const [ada, bo, chen, dora, eva] = await guests('Ada', 'Bo', 'Chen', 'Dora', 'Eva');
    const event = await published(world, [ada, bo, chen, dora], { seniorCapacity: 2, talentCapacity: 0 });
    at('2026-11-16T10:00:00Z');
    await answer(world.ctx, event.id, ada.id, 'yes');
    await answer(world.ctx, event.id, bo.id, 'yes');
    at('2026-11-17T10:00:00Z');
    await answer(world.ctx, event.id, chen.id, 'yes');
    await answer(world.ctx, event.id, dora.id, 'maybe');
    await sayNoForGood(world, event, ada);
    await nameSubstitute(world.ctx, event.id, bo.id, eva.id);
    at('2026-11-18T06:30:00Z');
    await tellTheDay(world.ctx);
    expect(await told()).toEqual([]);
    at('2026-11-18T07:01:00Z');
    await tellTheDay(world.ctx);
    await tellTheDay(world.ctx);
    expect(await told()).toHaveLength(1);
    expect((await told())[0]!.events).toEqual([
      {
        name: 'Winter round',
        url: `${world.ctx.baseUrl}/events/${event.id}`,
        yes: ['Chen'],
        waiting: [],
        maybe: ['Dora'],
        no: [],
        after: ['Ada'],
        substitutes: [{ who: 'Bo', instead: 'Eva' }],
        movedUp: ['Chen'],
        seats: { free: 0, waiting: 0 },
      },
    ]);
    expect(await text()).toContain('Ida, this is the news from Tuesday 17 November');
  });

  test('who wants no more invitations, and whose mail was put aside', async () => {
    const [ada] = await guests('Ada');
    at('2026-11-17T10:00:00Z');
    await stops.add(world.db, {
      programmeId: world.programme.id,
      personId: ada.id,
      way: 'page',
      since: world.clock.now,
    });
    await replies.beginMessage(world.db, 'one', world.clock.now);
    await replies.endMessage(world.db, 'one', 'put-aside', 'no answer in it', 'bo@halden.example');
    at('2026-11-18T08:00:00Z');
    await tellTheDay(world.ctx);
    expect(await told()).toMatchObject([
      { events: [], stops: ['Ada'], putAside: { senders: ['bo@halden.example'] } },
    ]);
    expect(await text()).toContain('Ada asked for no more invitations.');
  });
});

test('days are told whole: what is answered today is told tomorrow, on the calendar of the event', async () => {
  const [ada, bo] = await guests('Ada', 'Bo');
  const event = await published(world, [ada, bo], { timeZone: 'Pacific/Honolulu' });
  at('2026-11-17T20:00:00Z');
  await answer(world.ctx, event.id, ada.id, 'yes');
  at('2026-11-18T08:00:00Z');
  await tellTheDay(world.ctx);
  // In Honolulu it is still Tuesday evening.
  await answer(world.ctx, event.id, bo.id, 'yes');
  expect(await told()).toEqual([]);
  at('2026-11-19T08:00:00Z');
  await tellTheDay(world.ctx);
  expect((await told()).map(({ events }) => events[0]?.yes)).toEqual([['Ada', 'Bo']]);
});

test('nothing comes at weekends: Monday tells of Friday to Sunday', async () => {
  const [ada, bo] = await guests('Ada', 'Bo');
  const event = await published(world, [ada, bo]);
  for (const morning of ['2026-11-12T08:00:00Z', '2026-11-13T08:00:00Z']) {
    at(morning);
    await tellTheDay(world.ctx);
  }
  await answer(world.ctx, event.id, ada.id, 'yes');
  at('2026-11-14T08:00:00Z');
  await tellTheDay(world.ctx);
  await answer(world.ctx, event.id, bo.id, 'no');
  at('2026-11-15T08:00:00Z');
  await tellTheDay(world.ctx);
  expect(await told()).toEqual([]);
  at('2026-11-16T08:00:00Z');
  await tellTheDay(world.ctx);
  expect(await told()).toMatchObject([
    { from: '2026-11-13', until: '2026-11-15', events: [{ yes: ['Ada'], no: ['Bo'] }] },
  ]);
});

test('nothing comes on a public holiday of the programme’s zone: the day after tells of both', async () => {
  await world.db.update(programmes).set({ timeZone: 'Europe/Brussels' });
  const [ada] = await guests('Ada');
  const event = await published(world, [ada]);
  at('2026-11-10T08:00:00Z');
  await tellTheDay(world.ctx);
  await answer(world.ctx, event.id, ada.id, 'yes');
  at('2026-11-11T08:00:00Z');
  await tellTheDay(world.ctx);
  expect(await told()).toEqual([]);
  at('2026-11-12T08:00:00Z');
  await tellTheDay(world.ctx);
  expect(await told()).toMatchObject([
    { from: '2026-11-10', until: '2026-11-11', events: [{ yes: ['Ada'] }] },
  ]);
});

test('what came to the same, what the organiser noted and what was told at once are no news', async () => {
  const [ada, bo, chen] = await guests('Ada', 'Bo', 'Chen');
  const event = await published(world, [ada, bo, chen], { answerBy: null });
  at('2026-12-08T10:00:00Z');
  await answer(world.ctx, event.id, ada.id, 'yes');
  await answer(world.ctx, event.id, chen.id, 'yes');
  at('2026-12-09T10:00:00Z');
  await tellTheDay(world.ctx);
  expect(await told()).toHaveLength(1);
  await answer(world.ctx, event.id, ada.id, 'maybe', { way: 'calendar' });
  await answer(world.ctx, event.id, ada.id, 'yes');
  await answer(world.ctx, event.id, bo.id, 'no', { way: 'organiser', byId: world.organiser.id });
  await answer(world.ctx, event.id, chen.id, 'no', { way: 'calendar' });
  at('2026-12-10T10:00:00Z');
  await tellTheDay(world.ctx);
  expect(await told()).toHaveLength(1);
});

test('each part can be switched off, and with all of them off nothing comes', async () => {
  const [ada, bo] = await guests('Ada', 'Bo');
  const event = await published(world, [ada, bo]);
  at('2026-11-17T10:00:00Z');
  await answer(world.ctx, event.id, ada.id, 'yes');
  await people.setNewsOff(world.db, world.organiser.id, ['day-answers']);
  at('2026-11-18T08:00:00Z');
  await tellTheDay(world.ctx);
  expect(await told()).toEqual([]);
  await answer(world.ctx, event.id, bo.id, 'yes');
  await people.setNewsOff(world.db, world.organiser.id, ['day-seats', 'day-stops', 'day-mail']);
  at('2026-11-19T08:00:00Z');
  await tellTheDay(world.ctx);
  expect(await told()).toMatchObject([{ events: [{ yes: ['Bo'], seats: null }] }]);
  await answer(world.ctx, event.id, bo.id, 'maybe');
  const off = ['day-answers', 'day-seats', 'day-stops', 'day-offers', 'day-mail'] as const;
  await people.setNewsOff(world.db, world.organiser.id, [...off]);
  at('2026-11-20T08:00:00Z');
  await tellTheDay(world.ctx);
  expect(await told()).toHaveLength(1);
});
