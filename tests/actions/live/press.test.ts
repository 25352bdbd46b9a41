import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { pressRun, takeBackPress } from '../../../src/actions/live/press.ts';
import { ask } from '../../../src/actions/questions/ask.ts';
import { pressLive } from '../../../src/actions/questions/live.ts';
import { liveNow } from '../../../src/domain/live/now.ts';
import type { PressKind } from '../../../src/domain/live/state.ts';
import { Refusal } from '../../../src/refusal.ts';
import * as events from '../../../src/store/events/events.ts';
import * as runs from '../../../src/store/live/runs.ts';
import type { Person } from '../../../src/store/people/people.ts';
import { wallOf } from '../../../src/store/questions/wall.ts';
import { events as eventTable } from '../../../src/store/schema/index.ts';
import { drafted, published } from '../../support/events.ts';
import { useWorld } from '../../support/world.ts';

const world = useWorld();
let event: events.Event;
let ida: Person;
let fia: Person;

beforeEach(async () => {
  ida = world.organiser;
  fia = await world.addPerson({ name: 'Fia Berg' });
  event = await published(world, [await world.addPerson()]);
  world.clock.now = Temporal.Instant.from('2026-12-10T15:00:00Z');
});

const press = (made: PressKind, by = ida, more: { key?: string; secondsAgo?: number } = {}) =>
  pressRun(world.ctx, event.id, made, { byId: by.id, key: randomUUID(), secondsAgo: 0, ...more });
const start = () => press({ kind: 'start', ends: 'later' });
const pass = (minutes: number) => world.clock.advance({ minutes });
const later = (seconds: number) => world.clock.advance({ seconds });
const lastPress = async () =>
  (await runs.lastPress(world.db, event.id, world.clock.now.subtract({ hours: 1 })))!;
const takeBack = async (by: Person, secondsAgo = 0) =>
  takeBackPress(world.ctx, event.id, (await lastPress()).id, { byId: by.id, secondsAgo });

async function onNow() {
  const now = liveNow((await runs.find(world.db, event.id))?.state, world.clock.now);
  return now && [now.title, Math.round(now.left / 1000)];
}

describe('a press', () => {
  test('is kept with the clock that follows from it', async () => {
    expect(await start()).toBe('done');
    pass(9);
    expect(await onNow()).toEqual(['Arrive', 60]);
    expect(await press({ kind: 'next', from: 0 })).toBe('done');
    expect(await onNow()).toEqual(['Welcome', 300]);
  });

  test('sent twice counts once', async () => {
    await start();
    const key = randomUUID();
    const more: PressKind = { kind: 'minutes', from: 0, by: 2 };
    expect([await press(more, ida, { key }), await press(more, ida, { key })]).toEqual(['done', 'again']);
    expect(await onNow()).toEqual(['Arrive', 12 * 60]);
  });

  test('of two facilitators at once: one moves on, the other reads that it was pressed', async () => {
    await start();
    const next: PressKind = { kind: 'next', from: 0 };
    expect((await Promise.all([press(next, ida), press(next, fia)])).toSorted()).toEqual(['already', 'done']);
    expect(await onNow()).toEqual(['Welcome', 300]);
  });

  test('made while the phone had no connection counts from when it was made', async () => {
    await start();
    pass(12);
    await press({ kind: 'next', from: 0 }, ida, { secondsAgo: 120 });
    expect(await onNow()).toEqual(['Welcome', 180]);
  });

  test('is refused for a draft, and Start hours before the event', async () => {
    world.clock.now = Temporal.Instant.from('2026-12-10T11:59:00Z');
    await expect(start()).rejects.toThrow('It is too early to start.');
    later(60);
    expect(await start()).toBe('done');
    event = await drafted(world, []);
    await expect(start()).rejects.toThrow(Refusal);
  });
});

describe('taking back', () => {
  test('within ten seconds the clock is as it was, also by the other facilitator', async () => {
    await start();
    pass(4);
    await press({ kind: 'next', from: 0 }, fia);
    later(10);
    await takeBack(ida);
    expect(await onNow()).toEqual(['Arrive', 350]);
  });

  test('takes out the one press: what was pressed before and after stays', async () => {
    await start();
    await press({ kind: 'minutes', from: 0, by: 2 });
    const { id } = await lastPress();
    later(3);
    await press({ kind: 'screen', shows: 'black', text: '' }, fia);
    await takeBackPress(world.ctx, event.id, id, { byId: fia.id, secondsAgo: 0 });
    expect(await onNow()).toEqual(['Arrive', 597]);
    expect((await runs.find(world.db, event.id))?.state.screen.shows).toBe('black');
  });

  test('after ten seconds it is too late, and twice is as good as once', async () => {
    await start();
    await press({ kind: 'next', from: 0 });
    later(11);
    await expect(takeBack(ida)).rejects.toThrow('That was more than ten seconds ago.');
    // Pressed in time on a phone without connection.
    const { id } = await lastPress();
    for (const _ of [1, 2]) await takeBackPress(world.ctx, event.id, id, { byId: ida.id, secondsAgo: 5 });
    expect((await onNow())?.[0]).toBe('Arrive');
  });

  test('a question goes back to where it was, and the one before it on the table', async () => {
    const author = await world.addPerson();
    for (const text of ['Who signs?', 'Who pays?'])
      await ask(world.ctx, {
        eventId: event.id,
        authorId: author.id,
        topicId: null,
        text,
        formKey: randomUUID(),
      });
    const all = () => wallOf(world.db, event.id, author.id);
    const states = async () => Object.fromEntries((await all()).map(({ text, state }) => [text, state]));
    const put = async (text: string, state: 'table' | 'answered') => {
      const { id } = (await all()).find((one) => one.text === text)!;
      await pressLive(world.ctx, event.id, id, { state, by: { id: ida.id, key: randomUUID() } });
    };
    await put('Who signs?', 'table');
    await put('Who pays?', 'table');
    expect(await states()).toEqual({ 'Who signs?': 'wall', 'Who pays?': 'table' });
    await takeBack(fia);
    expect(await states()).toEqual({ 'Who signs?': 'table', 'Who pays?': 'wall' });
    await put('Who signs?', 'answered');
    await takeBack(fia);
    expect(await states()).toEqual({ 'Who signs?': 'table', 'Who pays?': 'wall' });
  });
});

describe('planned and actual minutes', () => {
  test('are in the database from the press on, and as they were once it is taken back', async () => {
    await start();
    pass(12);
    await press({ kind: 'next', from: 0 });
    const first = async () =>
      (await runs.minutesOf(world.db, event.id))
        .slice(0, 2)
        .map(({ title, planned, seconds }) => [title, planned, seconds]);
    expect(await first()).toEqual([
      ['Arrive', 10, 720],
      ['Welcome', 5, null],
    ]);
    await takeBack(ida);
    expect(await first()).toEqual([
      ['Arrive', 10, null],
      ['Welcome', 5, null],
    ]);
  });

  test('follow the plan as it was at the start: an edit of the run of show moves no clock', async () => {
    await start();
    await world.db.transaction((tx) =>
      events.replaceBlocks(tx, event.id, [{ kind: 'talk', title: 'Anything', minutes: 90 }]),
    );
    await press({ kind: 'minutes', from: 0, by: 2 });
    expect((await onNow())?.[0]).toBe('Arrive');
  });
});

test('presses and messages are forgotten 14 days after the event; the minutes stay', async () => {
  await start();
  await press({ kind: 'message', table: 2, text: 'Two minutes left' });
  pass(10);
  await press({ kind: 'next', from: 0 });
  await runs.forgetPresses(world.db, '2026-12-10');
  expect(await runs.presses(world.db, event.id)).toHaveLength(3);
  await runs.forgetPresses(world.db, '2026-12-11');
  expect([await runs.presses(world.db, event.id), await runs.find(world.db, event.id)]).toEqual([[], null]);
  expect((await runs.minutesOf(world.db, event.id))[0]?.seconds).toBe(600);
  expect(await world.db.select({ id: eventTable.id }).from(eventTable)).toHaveLength(1);
});
