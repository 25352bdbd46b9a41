import { describe, expect, test } from 'vitest';
import { answer } from '../../../src/actions/guests/answer.ts';
import { releaseKeptSeats } from '../../../src/actions/guests/free-seats.ts';
import { nameSubstitute } from '../../../src/actions/guests/substitutes.ts';
import { substituteLetters } from '../../../src/domain/guests/substitutes.ts';
import * as rsvps from '../../../src/store/guests/rsvps.ts';
import type { Person } from '../../../src/store/people/people.ts';
import { letters } from '../../../src/store/schema/index.ts';
import { published } from '../../support/events.ts';
import { invariants } from '../../support/invariants.ts';
import { useWorld } from '../../support/world.ts';

// naming a substitute is one act

const world = useWorld();

const name = (event: { id: number }, who: Person, whom: Person) =>
  nameSubstitute(world.ctx, event.id, who.id, whom.id);
const stateOf = async (event: { id: number }, person: Person) =>
  (await rsvps.find(world.db, event.id, person.id))?.state;
const letterCount = async (people: Person[]) =>
  (await world.db.select().from(letters)).filter(({ personId }) => people.some(({ id }) => id === personId))
    .length;
const several = (many: number) => Promise.all(Array.from({ length: many }, () => world.addPerson()));

/** Says that nobody else was named: the refusal's sentence with no letter and no answer changed. */
async function refusal(event: { id: number }, who: Person, whom: Person): Promise<string> {
  const before = [await letterCount([whom]), await stateOf(event, who), await stateOf(event, whom)];
  const sentence = await name(event, who, whom).then(
    () => 'named',
    ({ kind, sentence }) => `${kind}: ${sentence}`,
  );
  expect([await letterCount([whom]), await stateOf(event, who), await stateOf(event, whom)]).toEqual(before);
  return sentence;
}

/** Ada has a seat. */
async function seated(also: Person[] = []) {
  const ada = await world.addPerson({ name: 'Ada' });
  const event = await published(world, [ada, ...also], { seniorCapacity: 2 });
  await answer(world.ctx, event.id, ada.id, 'yes');
  return { ada, event };
}

describe('ten times the same', () => {
  test('is one letter, and says each time what the first one said', async () => {
    const { ada, event } = await seated();
    const cy = await world.addPerson({ name: 'Cy' });
    for (let press = 0; press < 10; press++)
      expect(await name(event, ada, cy)).toEqual({ name: 'Cy', seatKept: true });
    expect(await letterCount([cy])).toBe(1);
    expect(await stateOf(event, cy)).toBe('invited');
  });

  test('at once is one letter too', async () => {
    const { ada, event } = await seated();
    const cy = await world.addPerson();
    await Promise.all(Array.from({ length: 10 }, () => name(event, ada, cy)));
    expect(await letterCount([cy])).toBe(1);
    expect(await invariants(world.db, { atRest: false })).toEqual([]);
  });

  test('where no seat was passed on is one letter as well', async () => {
    const ada = await world.addPerson();
    const cy = await world.addPerson({ name: 'Cy' });
    const event = await published(world, [ada]);
    for (let press = 0; press < 10; press++)
      expect(await name(event, ada, cy)).toEqual({ name: 'Cy', seatKept: false });
    expect(await letterCount([cy])).toBe(1);
  });

  test('from an organiser is one letter', async () => {
    const ada = await world.addPerson();
    const cy = await world.addPerson();
    const event = await published(world, [ada]);
    const how = { way: 'organiser', byId: world.organiser.id } as const;
    for (let press = 0; press < 10; press++) await nameSubstitute(world.ctx, event.id, ada.id, cy.id, how);
    expect(await letterCount([cy])).toBe(1);
  });
});

describe('nobody goes on naming', () => {
  const sentOne =
    'conflict: You’ve already sent someone in your place. If they can’t come either, write to {organiser}.';

  test('who has sent somebody: one after the other gets no letter', async () => {
    const { ada, event } = await seated();
    const [cy, ...others] = await several(6);
    await name(event, ada, cy!);
    for (const other of others) expect(await refusal(event, ada, other)).toBe(sentOne);
    expect(await letterCount([cy!])).toBe(1);
  });

  test('who has sent somebody and said yes again since', async () => {
    const { ada, event } = await seated();
    const [cy, dee] = await several(2);
    await name(event, ada, cy!);
    await answer(world.ctx, event.id, ada.id, 'yes');
    expect(await stateOf(event, ada)).toBe('coming');
    expect(await refusal(event, ada, dee!)).toBe(sentOne);
    expect(await refusal(event, ada, cy!)).toBe(sentOne);
  });

  test('who was named: a seat goes through no chain of hands, answered or not', async () => {
    const { ada, event } = await seated();
    const [cy, dee] = await several(2);
    await name(event, ada, cy!);
    expect(await refusal(event, cy!, dee!)).toMatch(
      /^conflict: You were named to come in someone else’s place/,
    );
    await answer(world.ctx, event.id, cy!.id, 'yes');
    expect(await refusal(event, cy!, dee!)).toMatch(/^conflict: You were named/);
    await answer(world.ctx, event.id, cy!.id, 'no');
    await answer(world.ctx, event.id, cy!.id, 'yes');
    expect(await refusal(event, cy!, dee!)).toMatch(/^conflict: You were named/);
  });

  test('whose kept seat lapsed meanwhile', async () => {
    const { ada, event } = await seated();
    const [cy, dee] = await several(2);
    await name(event, ada, cy!);
    // Two days, and then the next hour at which organisers hear of what guests did.
    world.clock.advance({ hours: 72 });
    await releaseKeptSeats(world.ctx);
    expect((await rsvps.find(world.db, event.id, cy!.id))?.inPlaceOfId).toBe(null);
    expect(await refusal(event, cy!, dee!)).toMatch(/^conflict: You were named/);
  });

  test('who has said no; with a new answer they may', async () => {
    const { ada, event } = await seated();
    const cy = await world.addPerson({ name: 'Cy' });
    await answer(world.ctx, event.id, ada.id, 'no');
    expect(await refusal(event, ada, cy)).toMatch(/^conflict: You’ve said you can’t come/);
    await answer(world.ctx, event.id, ada.id, 'yes');
    expect(await name(event, ada, cy)).toEqual({ name: 'Cy', seatKept: true });
  });

  test('but organisers do, for a guest who asks them', async () => {
    const { ada, event } = await seated();
    const [cy, dee] = await several(2);
    await name(event, ada, cy!);
    await answer(world.ctx, event.id, cy!.id, 'no');
    await nameSubstitute(world.ctx, event.id, ada.id, dee!.id, {
      way: 'organiser',
      byId: world.organiser.id,
    });
    expect(await letterCount([dee!])).toBe(1);
  });
});

describe('the hour’s limit', () => {
  test('counts e-mails over all events: what sends none is free', async () => {
    const ada = await world.addPerson();
    const named = await several(substituteLetters.most + 1);
    const [first, ...rest] = named;
    const events = await Promise.all(named.map((_, n) => published(world, [ada], { name: `Round ${n}` })));
    for (let press = 0; press < 20; press++) await name(events[0]!, ada, first!);
    for (let n = 1; n < substituteLetters.most; n++) await name(events[n]!, ada, rest[n - 1]!);
    const [last, stranger] = [events.at(-1)!, named.at(-1)!];
    const tom = await world.addPerson({ side: 'talent' });
    expect(await refusal(last, ada, tom)).toMatch(/^invalid: {name} is a young talent/);
    expect(await refusal(last, ada, stranger)).toMatch(/^invalid: You’ve named {most} people within an hour/);
    expect(await letterCount(named)).toBe(substituteLetters.most);
    world.clock.advance({ hours: 1 });
    await name(last, ada, stranger);
    expect(await letterCount(named)).toBe(substituteLetters.most + 1);
  });
});
