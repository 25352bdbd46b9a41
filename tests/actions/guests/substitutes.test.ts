import { describe, expect, test } from 'vitest';
import { answer } from '../../../src/actions/guests/answer.ts';
import { releaseKeptSeats } from '../../../src/actions/guests/free-seats.ts';
import { nameSubstitute } from '../../../src/actions/guests/substitutes.ts';
import { withLinks } from '../../../src/actions/letters/links.ts';
import type { LetterFacts } from '../../../src/domain/letters/facts.ts';
import { renderLetter } from '../../../src/mail/letter.ts';
import * as rsvps from '../../../src/store/guests/rsvps.ts';
import type { Person } from '../../../src/store/people/people.ts';
import { letters } from '../../../src/store/schema/index.ts';
import { published, sayNoForGood } from '../../support/events.ts';
import { invariants } from '../../support/invariants.ts';
import { useWorld } from '../../support/world.ts';

const world = useWorld();

const stateOf = async (event: { id: number }, person: Person) =>
  (await rsvps.find(world.db, event.id, person.id))?.state;
const letterKinds = async (person: Person) =>
  (await world.db.select().from(letters).orderBy(letters.id))
    .filter(({ personId }) => personId === person.id)
    .map(({ kind }) => kind);
const wrong = () => invariants(world.db, { atRest: false });

/** Ada has the only seat, Bo waits for it, Cy has never been invited. */
async function fullRoom() {
  const [ada, bo, cy] = [
    await world.addPerson({ name: 'Ada' }),
    await world.addPerson({ name: 'Bo' }),
    await world.addPerson({ name: 'Cy' }),
  ];
  const event = await published(world, [ada, bo], { seniorCapacity: 1 });
  for (const person of [ada, bo]) await answer(world.ctx, event.id, person.id, 'yes');
  return { ada, bo, cy, event };
}

describe('when Ada names Cy in her place', () => {
  test('Cy gets an invitation of his own, and the seat is kept for him though Bo waits', async () => {
    const { ada, bo, cy, event } = await fullRoom();
    expect(await nameSubstitute(world.ctx, event.id, ada.id, cy.id)).toEqual({ name: 'Cy', seatKept: true });
    expect([await stateOf(event, ada), await stateOf(event, bo), await stateOf(event, cy)]).toEqual([
      'declined',
      'waiting',
      'invited',
    ]);
    expect(await letterKinds(cy)).toEqual(['invitation']);
    const [letter] = (await world.db.select().from(letters)).filter(({ personId }) => personId === cy.id);
    const facts = withLinks(world.ctx, letter!).facts as unknown as LetterFacts;
    const { text } = renderLetter(facts, { name: 'Cy', email: cy.email }, world.ctx.words);
    expect(text.replace(/\s+/g, ' ')).toContain(
      'Ada cannot come and named you. The seat is kept for you until Wednesday 11 November 2026, 12:00.',
    );
    expect(await wrong()).toEqual([]);
    await answer(world.ctx, event.id, cy.id, 'yes');
    expect([await stateOf(event, cy), await stateOf(event, bo)]).toEqual(['coming', 'waiting']);
    expect(await wrong()).toEqual([]);
  });

  test('and Cy cannot come, the seat goes to Bo once that is no mistake any more', async () => {
    const { ada, bo, cy, event } = await fullRoom();
    await nameSubstitute(world.ctx, event.id, ada.id, cy.id);
    await sayNoForGood(world, event, cy);
    expect(await stateOf(event, bo)).toBe('coming');
    expect(await wrong()).toEqual([]);
  });

  test('and Cy is not sure, the seat goes to Bo: a seat is kept for an answer, not for a doubt', async () => {
    const { ada, bo, cy, event } = await fullRoom();
    await nameSubstitute(world.ctx, event.id, ada.id, cy.id);
    await answer(world.ctx, event.id, cy.id, 'maybe');
    expect([await stateOf(event, bo), await stateOf(event, cy)]).toEqual(['coming', 'maybe']);
    expect(await wrong()).toEqual([]);
  });

  test('and Cy does not answer for two days, the seat goes to Bo and Cy may still wait', async () => {
    const { ada, bo, cy, event } = await fullRoom();
    await nameSubstitute(world.ctx, event.id, ada.id, cy.id);
    world.clock.advance({ hours: 50 });
    expect(await releaseKeptSeats(world.ctx)).toBe(0);
    expect(await stateOf(event, bo)).toBe('waiting');
    world.clock.advance({ hours: 1 });
    expect(await releaseKeptSeats(world.ctx)).toBe(1);
    expect([await stateOf(event, bo), await stateOf(event, cy)]).toEqual(['coming', 'invited']);
    await answer(world.ctx, event.id, cy.id, 'yes');
    expect(await stateOf(event, cy)).toBe('waiting');
    expect(await wrong()).toEqual([]);
  });

  test('Cy may say yes after the day to answer by', async () => {
    const { ada, cy, event } = await fullRoom();
    world.clock.now = Temporal.Instant.from('2026-12-05T10:00:00Z');
    await nameSubstitute(world.ctx, event.id, ada.id, cy.id);
    await answer(world.ctx, event.id, cy.id, 'yes');
    expect(await stateOf(event, cy)).toBe('coming');
  });

  test('the invitation Cy already has is written anew, and he hears once that a seat is kept', async () => {
    const { ada, bo, event } = await fullRoom();
    const cy = await world.addPerson();
    const other = await published(world, [ada, cy], { seniorCapacity: 1 });
    await answer(world.ctx, other.id, ada.id, 'yes');
    await nameSubstitute(world.ctx, other.id, ada.id, cy.id);
    expect((await rsvps.find(world.db, other.id, cy.id))?.inPlaceOfId).toBe(ada.id);
    expect(await stateOf(event, bo)).toBe('waiting');
    expect(await wrong()).toEqual([]);
  });
});

test('when Bo, who only waits, names Cy, no place in line is passed on', async () => {
  const { bo, cy, event } = await fullRoom();
  expect(await nameSubstitute(world.ctx, event.id, bo.id, cy.id)).toEqual({ name: 'Cy', seatKept: false });
  await answer(world.ctx, event.id, cy.id, 'yes');
  expect(await stateOf(event, cy)).toBe('waiting');
  expect(await wrong()).toEqual([]);
});

describe('a substitute is refused in words', () => {
  test('who comes, waits, said no, is of the other side, has left, or is oneself', async () => {
    const { ada, bo, event } = await fullRoom();
    const tom = await world.addPerson({ name: 'Tom', side: 'talent' });
    const gone = await world.addPerson({ name: 'Gone', disabledAt: world.clock.now });
    const [no, yes] = [await world.addPerson({ name: 'Nora' }), await world.addPerson({ name: 'Yin' })];
    const large = await published(world, [ada, no, yes]);
    await answer(world.ctx, large.id, ada.id, 'yes');
    await answer(world.ctx, large.id, no.id, 'no');
    await answer(world.ctx, large.id, yes.id, 'yes');
    const refusal = async (at: { id: number }, person: Person): Promise<unknown[]> =>
      nameSubstitute(world.ctx, at.id, ada.id, person.id).then(
        () => [],
        ({ kind, field, sentence }) => [kind, field, sentence.replace('{name}', person.name)],
      );
    expect(await refusal(event, bo)).toEqual([
      'invalid',
      'substitute',
      'Bo is on the waiting list, which is first come, first served. Choose someone else.',
    ]);
    expect((await refusal(large, yes))[2]).toBe('Yin is coming already. Choose someone else.');
    expect((await refusal(large, no))[2]).toBe('Nora has said they can’t come. Choose someone else.');
    expect((await refusal(large, tom))[2]).toMatch(/^Tom is a young talent/);
    expect((await refusal(large, gone))[2]).toBe('Gone has left. Choose someone else.');
    expect((await refusal(large, ada))[2]).toMatch(/^Choose someone else/);
    expect(await stateOf(large, ada)).toBe('coming');
  });

  test('once the event is over', async () => {
    const { ada, cy, event } = await fullRoom();
    world.clock.advance({ days: 40 });
    await expect(nameSubstitute(world.ctx, event.id, ada.id, cy.id)).rejects.toMatchObject({ kind: 'gone' });
  });
});
