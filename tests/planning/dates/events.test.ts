// Several events with their own hosts: the best dates of all there are, and every sentence about them true.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { faultsOf } from '../../../src/planning/dates/faults.ts';
import { planDates } from '../../../src/planning/dates/plan-dates.ts';
import type { Answer, DatesAnswer, DatesWishes, Invitee } from '../../../src/planning/dates/wishes.ts';
import { byLength } from '../../support/length.ts';
import { compare } from './exhaustive.ts';
import { wishesByChance } from './wishes-by-chance.ts';

const runs = byLength(20, 200);

/** Events, some with people they need and dates of their own. */
const eventsByChance = wishesByChance(4, 4, 1).chain((wishes) =>
  fc
    .record({
      count: fc.integer({ min: 1, max: Math.min(3, wishes.dates.length) }),
      needs: fc.array(
        fc.subarray(
          wishes.people.map(({ id }) => id),
          { maxLength: 1 },
        ),
        { minLength: 3, maxLength: 3 },
      ),
      own: fc.array(
        fc.option(
          fc.subarray(
            wishes.dates.map(({ id }) => id),
            { minLength: 1 },
          ),
          { freq: 1, nil: undefined },
        ),
        {
          minLength: 3,
          maxLength: 3,
        },
      ),
      once: fc.boolean(),
    })
    .map(({ count, needs, own, once }): DatesWishes => {
      const events = Array.from({ length: count }, (_, index) => ({
        id: `e${index}`,
        name: `Event ${index}`,
        needs: needs[index],
        dates: own[index],
      }));
      return { ...wishes, choose: undefined, events, once };
    }),
);

/** People by event and its date. */
type Held = { event: string; date: string; people: readonly string[] }[];

const says = ({ people }: DatesWishes, id: string, date: string) =>
  people.find((person) => person.id === id)!.answers[date] ?? 'no';

/** Wishes that are not kept, and what is compared: places of the group, of seniors, of all, after a yes. */
function check(wishes: DatesWishes, held: Held): { broken: string[]; rank: number[] } {
  const broken: string[] = [];
  const places = held.flatMap(({ date, people }) => people.map((id) => ({ id, date })));
  if (new Set(held.map(({ date }) => date)).size < held.length) broken.push('two events on one date');
  for (const { event, date, people } of held) {
    const wish = wishes.events!.find(({ id }) => id === event)!;
    const slot = wishes.dates.find(({ id }) => id === date)!;
    if (wish.dates && !wish.dates.includes(date)) broken.push(`${event} on ${date}`);
    const always = wishes.people.filter(({ needed }) => needed === 'always').map(({ id }) => id);
    for (const id of [...(wish.needs ?? []), ...always])
      if (!people.includes(id)) broken.push(`${event} lacks ${id}`);
    for (const id of people) if (says(wishes, id, date) === 'no') broken.push(`${id} cannot come`);
    const side = (which: string) =>
      people.filter((id) => wishes.people.find((person) => person.id === id)!.side === which).length;
    const quorum = (which: 'talent' | 'senior') => slot.quorum?.[which] ?? wishes.quorum?.[which] ?? 0;
    if (side('talent') < quorum('talent') || side('senior') < quorum('senior'))
      broken.push(`${date} lacks quorum`);
    if (people.length < (slot.least ?? wishes.least ?? 0)) broken.push(`${date} is too empty`);
    if (people.length > (slot.most ?? wishes.most ?? 1e9)) broken.push(`${date} is too full`);
  }
  for (const { id, needed } of wishes.people) {
    const own = places.filter((place) => place.id === id).length;
    if (wishes.once && own > 1) broken.push(`${id} comes ${own} times`);
    if (needed === 'once' && own === 0) broken.push(`${id} is needed once`);
  }
  const yes = places.filter(({ id, date }) => says(wishes, id, date) === 'yes');
  const group = (some: typeof places) => some.filter(({ id }) => wishes.group?.includes(id)).length;
  const seniors = places.filter(({ id }) => wishes.people.find((one) => one.id === id)!.side === 'senior');
  const rank = [
    ...(wishes.group?.length ? [group(places), group(yes)] : []),
    ...(wishes.first === 'seniors' ? [seniors.length] : []),
    places.length,
    yes.length,
  ];
  return { broken, rank };
}

/** Every way to hold the events. */
function* everyWay(wishes: DatesWishes, event = 0, held: Held = []): Generator<Held> {
  const wish = wishes.events![event];
  if (!wish) {
    yield held;
    return;
  }
  for (const { id } of wishes.dates) {
    const coming = wishes.people
      .map((person) => person.id)
      .filter((person) => says(wishes, person, id) !== 'no');
    for (let draw = 0; draw < 2 ** coming.length; draw += 1) {
      const people = coming.filter((_, bit) => (draw >> bit) % 2 === 1);
      const one = { event: wish.id, date: id, people };
      // What is broken by itself stays so, but for those who are needed once.
      if (check(wishes, [...held, one]).broken.some((wrong) => !wrong.includes('once'))) continue;
      yield* everyWay(wishes, event + 1, [...held, one]);
    }
  }
}

const heldBy = ({ dates }: DatesAnswer): Held =>
  dates.map(({ id, event, people }) => ({ event: event!, date: id, people }));

/** Sentences about a person that are not so. */
function untrue(wishes: DatesWishes, answer: DatesAnswer): string[] {
  const dateCalled = (name: string) => wishes.dates.find((date) => (date.name ?? date.id) === name)!;
  const at = (event: string) => answer.dates.find((date) => date.event === `e${event.at(-1)}`)!;
  return wishes.people.flatMap(({ id, needed }) =>
    answer.reasons[id]!.split(/(?<=\.) /).filter((sentence) => {
      const can = wishes.dates.filter((date) => says(wishes, id, date.id) !== 'no');
      const [, event, date, how, need] =
        /has a place at (Event \d) on (.+), after a (yes|maybe)( and is needed there)?\.$/.exec(sentence) ??
        [];
      if (event) {
        const wish = wishes.events!.find(({ name }) => name === event)!;
        const isNeeded = needed === 'always' || wish.needs?.includes(id) === true;
        const place = at(event);
        return !(
          place.id === dateCalled(date!).id &&
          place.people.includes(id) &&
          says(wishes, id, place.id) === how &&
          isNeeded === (need !== undefined)
        );
      }
      const [, missed, on, why] =
        /could come to (Event \d) on (.+?)( too, but everybody| full|, full|, but the places)/.exec(
          sentence,
        ) ?? [];
      if (missed) {
        const place = at(missed);
        const free = place.people.length < (dateCalled(on!).most ?? wishes.most ?? 1e9);
        const elsewhere = answer.dates.some(({ people }) => people.includes(id));
        if (place.id !== dateCalled(on!).id || place.people.includes(id)) return true;
        if (why!.includes('everybody')) return !(wishes.once && elsewhere);
        return why!.includes('full') === free;
      }
      if (sentence.includes('none of the dates')) return can.length > 0;
      if (sentence.includes('not chosen'))
        return can.some((one) => answer.dates.some((place) => place.id === one.id));
      return true;
    }),
  );
}

test(`of all ways to hold up to three events none is better, ${runs} times`, {
  timeout: 1_200_000,
}, async () => {
  const seen = { possible: 0, impossible: 0, once: 0 };
  await fc.assert(
    fc.asyncProperty(eventsByChance, fc.nat(), async (wishes, seed) => {
      const all = [...everyWay(wishes)]
        .map((held) => check(wishes, held))
        .filter(({ broken }) => broken.length === 0);
      if (faultsOf(wishes).length > 0) {
        expect(all).toEqual([]);
        return;
      }
      const ask = planDates(wishes, { seed });
      if (all.length === 0) {
        await expect(ask).rejects.toThrow(/cannot (all )?be kept/);
        seen.impossible += 1;
        return;
      }
      const best = all.map(({ rank }) => rank).reduce((most, one) => (compare(one, most) > 0 ? one : most));
      const answer = await ask;
      const found = check(wishes, heldBy(answer));
      expect([found.broken, found.rank, answer.provenOptimal]).toEqual([[], best, true]);
      expect(answer.goals.map(({ value }) => value)).toEqual(best);
      expect(answer.chosen).toEqual(Object.fromEntries(answer.dates.map(({ id, event }) => [event, id])));
      expect(untrue(wishes, answer)).toEqual([]);
      seen.possible += 1;
      seen.once += wishes.once ? 1 : 0;
    }),
    { numRuns: runs, seed: 5 },
  );
  expect(seen.possible).toBeGreaterThan(runs / 5);
  expect(Math.min(seen.impossible, seen.once)).toBeGreaterThan(0);
});

const dates = ['mon', 'tue', 'wed'].map((id) => ({ id }));
const words: Record<string, Answer> = { y: 'yes', m: 'maybe', n: 'no' };
const person = (id: string, said: string): Invitee => ({
  id,
  name: id,
  side: 'talent',
  answers: Object.fromEntries(dates.map((date, index) => [date.id, words[said[index]!]!])),
});
const people = [person('ada', 'yyn'), person('bo', 'nyy'), person('cy', 'yym')];

test('two events have a date each that suits their hosts, and people come to both, or to one', async () => {
  const events = [
    { id: 'lunch', needs: ['ada'] },
    { id: 'panel', needs: ['bo'], dates: ['tue', 'wed'] },
  ];
  const both = await planDates({ people, dates, events }, { seed: 1 });
  expect(both).toMatchObject({
    chosen: { lunch: 'mon', panel: 'tue' },
    attendees: 5,
    yes: 5,
    provenOptimal: true,
  });
  expect(both.reason).toBe(
    'lunch on mon and panel on tue give 5 places, 0 of them to seniors, 5 after a yes; 3 people were asked. No other choice of dates does better.',
  );
  const once = await planDates({ people, dates, events, once: true }, { seed: 1 });
  expect(once).toMatchObject({ attendees: 3, without: [] });
  expect(once.reasons.ada).toContain('and is needed there');
});

test.each<[string, Partial<DatesWishes>, string]>([
  [
    'choose',
    { events: [{ id: 'a' }], choose: 1 },
    'Choose a number of dates, or name events: choose goes without events.',
  ],
  [
    'more events than dates',
    { events: ['a', 'b', 'c', 'd'].map((id) => ({ id })) },
    '4 events need a date each, but there are 3.',
  ],
  ['unknown people', { events: [{ id: 'a', needs: ['zed'] }] }, 'a needs zed, who is not among the people.'],
  [
    'hosts of two where all come once',
    {
      events: [
        { id: 'a', needs: ['cy'] },
        { id: 'b', needs: ['cy'] },
      ],
      once: true,
    },
    'cy is needed at a and b, but everybody comes to one event.',
  ],
  ['once without events', { once: true }, 'once goes with events.'],
  [
    'a host who cannot come',
    { events: [{ id: 'a', needs: ['ada'], dates: ['wed'] }] },
    'a can be held on none of its dates.\nada is needed and cannot come on wed.',
  ],
])('faults of %s', async (_, more, fault) => {
  await expect(planDates({ people, dates, ...more }, { seed: 1 })).rejects.toThrow(new RangeError(fault));
});
