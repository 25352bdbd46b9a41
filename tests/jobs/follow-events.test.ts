// An organiser's change to an event is known at once where people ask without a name, and not only with the next tick.
import { expect, onTestFinished, test } from 'vitest';
import { cancel } from '../../src/actions/events/events.ts';
import { stateOf } from '../../src/actions/questions/nameless-state.ts';
import { tick } from '../../src/actions/questions/nameless-tick.ts';
import { wonderWithoutName } from '../../src/actions/questions/nameless-votes.ts';
import { followEvents } from '../../src/jobs/follow-events.ts';
import * as events from '../../src/store/events/events.ts';
import { published } from '../support/events.ts';
import { askNameless, slipsFor } from '../support/nameless/slips.ts';
import { useWorld } from '../support/world.ts';

const world = useWorld();

/** Five guests with slips, and a process that has seen a tick and follows what changes. */
async function circle() {
  const guests = [];
  for (let n = 0; n < 5; n++) guests.push(await world.addPerson());
  const event = await published(world, guests);
  const hand = await slipsFor(world.ctx, event, guests[0]!);
  await tick(world.ctx);
  const stop = await followEvents(world.ctx, (error) => {
    throw error;
  });
  onTestFinished(stop);
  const ask = (text: string) => askNameless(world.ctx, event, hand.ask.shift()!, text);
  const known = () => stateOf(world.ctx).events.get(event.id)!;
  return { event, hand, ask, known };
}

const change = (event: { id: number }, values: Parameters<typeof events.change>[2]) =>
  world.db.transaction((tx) => events.change(tx, event.id, values));

test('a question asked right after the event is cancelled is refused', async () => {
  const { event, ask, known } = await circle();
  expect((await ask('Is it still on?')).published).toBe(false);
  await cancel(world.ctx, event.id, 'Nobody has time.');
  await expect.poll(() => known().event.state).toBe('cancelled');
  await expect(ask('And now?')).rejects.toThrow('This event is cancelled, so questions are closed.');
});

test('words that an organiser has just blocked are refused', async () => {
  const { event, ask, known } = await circle();
  await change(event, { questionRules: { words: ['umbrella'] } });
  await expect.poll(() => known().event.questionRules).toEqual({ words: ['umbrella'] });
  await expect(ask('Do we need an umbrella?')).rejects.toMatchObject({ field: 'text' });
});

test('a question waits where the event was moved to another day a minute before', async () => {
  const { event, ask, known } = await circle();
  world.clock.now = Temporal.Instant.from('2026-12-10T15:30:00Z');
  expect((await ask('Who is here?')).published).toBe(true);
  await change(event, { startsAt: '2026-12-17T16:00' });
  await expect.poll(() => known().event.startsAt).toContain('2026-12-17');
  expect((await ask('Who will be here?')).published).toBe(false);
});

test('nothing appears at once in the moment in which the move is not known here yet', async () => {
  const guests = [];
  for (let n = 0; n < 5; n++) guests.push(await world.addPerson());
  const event = await published(world, guests);
  const hand = await slipsFor(world.ctx, event, guests[0]!);
  world.clock.now = Temporal.Instant.from('2026-12-10T15:30:00Z');
  await tick(world.ctx);
  expect((await askNameless(world.ctx, event, hand.ask[0]!, 'Who is here?')).published).toBe(true);
  await change(event, { startsAt: '2026-12-17T16:00' });
  const moved = 'This event was moved just now. Reload the page and send it again.';
  await expect(askNameless(world.ctx, event, hand.ask[1]!, 'And now?')).rejects.toThrow(moved);
  const [slip, counter] = [hand.vote[0]!, hand.counter[0]!];
  const ballot = { eventId: event.id, questionId: 1, slip, counter, on: true };
  await expect(wonderWithoutName(world.ctx, ballot)).rejects.toThrow(moved);
});
