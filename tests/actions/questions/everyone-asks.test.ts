import { describe, expect, test } from 'vitest';
import { cancel } from '../../../src/actions/events/events.ts';
import { answer } from '../../../src/actions/guests/answer.ts';
import { undoHold } from '../../../src/actions/letters/holds.ts';
import { setReminders } from '../../../src/actions/letters/reminders.ts';
import { askEveryone, seniorsNotAsked } from '../../../src/actions/questions/everyone-asks.ts';
import * as holds from '../../../src/store/letters/holds.ts';
import { drafted, linkOf, published, teamOf } from '../../support/events.ts';
import { allLetters } from '../../support/letters.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();
const asked = async () =>
  (await allLetters(world)).filter(({ kind, state }) => kind === 'wondering' && state !== 'cancelled');

async function guests() {
  const [ada, bo, cy] = [await world.addPerson(), await world.addPerson(), await world.addPerson()];
  const tom = await world.addPerson({ side: 'talent' });
  const topic = await teamOf(world, 'Heat as a working condition', [tom]);
  const event = await published(world, [ada, bo, cy], { topics: [topic] });
  return { ada, bo, cy, tom, event };
}

describe('when everyone is asked for a question', () => {
  test('each senior manager who may come gets one letter with a way to the wall and out of reminders; no talent, and nobody who said no', async () => {
    const { ada, bo, cy, event } = await guests();
    await answer(world.ctx, event.id, bo.id, 'yes');
    await answer(world.ctx, event.id, cy.id, 'no');
    expect(await askEveryone(world.ctx, event.id)).toBe(2);
    const letters = await asked();
    expect(letters.map(({ personId }) => personId).sort()).toEqual([ada.id, bo.id].sort());
    expect(letters[0]!.facts).toMatchObject({
      questions: 0,
      stopUrl: `${world.ctx.baseUrl}${linkOf(world, event, ada)}/reminders`,
    });
  });

  test('the event’s page says so to everybody', async () => {
    const { ada, event } = await guests();
    const words = async () => page(await world.get(linkOf(world, event, ada)))('#ask-panel').text();
    expect(await words()).not.toContain('Everyone sends or picks one question.');
    await askEveryone(world.ctx, event.id);
    expect(await words()).toContain('Everyone sends or picks one question.');
  });

  test('nobody is asked twice, however often it is pressed; whoever is invited later still is', async () => {
    const { event } = await guests();
    await askEveryone(world.ctx, event.id);
    await expect(askEveryone(world.ctx, event.id)).rejects.toThrow('was asked already');
    expect((await asked()).length).toBe(3);
    expect(await seniorsNotAsked(world.db, event.id)).toEqual([]);
  });

  test('it can be taken back for ten seconds, and then asked anew', async () => {
    const { event } = await guests();
    await askEveryone(world.ctx, event.id);
    const hold = await holds.current(world.db, event.id, world.ctx.now());
    await undoHold(world.ctx, event.id, hold!.id);
    expect(await asked()).toEqual([]);
    expect(await askEveryone(world.ctx, event.id)).toBe(3);
  });

  test('whoever wants no reminders gets none, and nobody once the event is off', async () => {
    const { ada, event } = await guests();
    await setReminders(world.ctx, event.id, ada.id, false);
    expect(await askEveryone(world.ctx, event.id)).toBe(2);
    await cancel(world.ctx, event.id, '');
    expect(await asked()).toEqual([]);
  });

  test('a draft, a weekend and an event that has begun are refused in words', async () => {
    const draft = await drafted(world, [await world.addPerson()]);
    await expect(askEveryone(world.ctx, draft.id)).rejects.toThrow('Send the invitations first.');
    const { event } = await guests();
    world.clock.advance({ days: 5 });
    await expect(askEveryone(world.ctx, event.id)).rejects.toThrow('weekend');
    world.clock.advance({ days: 40 });
    await expect(askEveryone(world.ctx, event.id)).rejects.toThrow('has begun');
    expect(await asked()).toEqual([]);
  });
});

describe('the button on the page of rules', () => {
  test('says how many it asks, asks them, and is for organisers only', async () => {
    const { ada, event } = await guests();
    const as = world.organiser;
    const rules = `/events/${event.id}/questions/rules`;
    const everyone = `/events/${event.id}/questions/everyone`;
    expect(page(await world.get(rules, { as }))(`form[action="${everyone}"] button`).text()).toBe(
      'Ask 3 senior managers',
    );
    expect((await world.post(everyone, {}, { as: ada })).statusCode).toBe(404);
    expect(await asked()).toEqual([]);
    const sent = await world.post(everyone, {}, { as });
    expect([sent.statusCode, sent.headers.location]).toEqual([303, `${rules}?said=everyone`]);
    expect((await asked()).length).toBe(3);
    expect(page(await world.get(rules, { as }))(`form[action="${everyone}"]`).text()).toContain(
      'was asked already',
    );
  });
});
