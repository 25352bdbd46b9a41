import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { announcedEnd, plannedEnd } from '../../../src/domain/live/expected.ts';
import { liveNow } from '../../../src/domain/live/now.ts';
import { planOf } from '../../../src/domain/live/plan.ts';
import { measured } from '../../../src/domain/live/press.ts';
import { runOf } from '../../../src/domain/live/run.ts';
import { isOn, type LivePlan, type Press, type PressKind } from '../../../src/domain/live/state.ts';
import { endFrom, type Plan, type Step, tell, tick } from './clock-checker.ts';

const evening = { startsAt: '2026-12-17T16:00', timeZone: 'Europe/Amsterdam' };
const block = (kind: string, title: string, minutes: number, more = {}) => ({
  kind,
  title,
  minutes,
  ...more,
});
const challenger = [
  block('gather', 'Arrive', 10),
  block('frame', 'Welcome', 5),
  block('talk', 'Round 1', 25, { question: 'What would you try first?' }),
  block('move', 'Move', 5),
  block('talk', 'Round 2', 25, { mayDrop: true }),
  block('move', 'Move', 5),
  block('talk', 'Round 3', 25),
  block('harvest', 'Harvest', 20, { shrinksTo: 12 }),
  block('gather', 'Drinks', 15, { shrinksTo: 10 }),
];

/** The moment of a wall time of the evening, in milliseconds. */
const at = (time: string) =>
  Temporal.PlainDateTime.from(`2026-12-17T${time}`).toZonedDateTime(evening.timeZone).epochMilliseconds;
const wall = (ms: number | undefined) =>
  ms === undefined
    ? ''
    : Temporal.Instant.fromEpochMilliseconds(ms)
        .toZonedDateTimeISO(evening.timeZone)
        .toPlainTime()
        .toString({ smallestUnit: 'second' });

let keys = 0;
const press = (time: string, kind: PressKind): Press => ({ ...kind, key: `${++keys}`, at: at(time) });
const start = (time: string, ends: 'later' | 'on-time' = 'later') => press(time, { kind: 'start', ends });
const next = (time: string, from: number) => press(time, { kind: 'next', from });

/** Reads the facilitator's clock at a wall time. */
function read(presses: Press[], time: string, plan = planOf(evening, challenger)) {
  const now = liveNow(runOf(plan, presses), Temporal.Instant.fromEpochMilliseconds(at(time)));
  if (now === null) return null;
  return {
    on: now.title,
    left: Math.ceil(now.left / 60_000),
    next: now.next && `${now.next.title} ${wall(now.next.startsAt.epochMilliseconds).slice(0, 5)}`,
    move: now.nextMove && wall(now.nextMove.startsAt.epochMilliseconds).slice(0, 5),
    ends: wall(now.ends.epochMilliseconds).slice(0, 5),
    behind: now.minutesBehind,
    warning: now.warning,
  };
}

describe('the clock of an evening', () => {
  test('before Start and after the end nothing is on', () => {
    expect(read([], '16:05')).toBe(null);
    const all = [start('16:00'), press('16:30', { kind: 'end' })];
    expect([read(all.slice(0, 1), '16:10')?.on, read(all, '16:31')]).toEqual(['Arrive', null]);
  });

  test('says what is on, what comes, the next move and the end', () => {
    expect(read([start('16:00')], '16:04')).toEqual({
      on: 'Arrive',
      left: 6,
      next: 'Welcome 16:10',
      move: '16:40',
      ends: '18:15',
      behind: 0,
      warning: null,
    });
  });

  test('a block that runs over makes everything after it later, and warns at a fifth and a twentieth', () => {
    const presses = [start('16:00'), next('16:10', 0), next('16:15', 1)];
    const told = ['16:34', '16:35', '16:39', '16:40', '16:46'].map((time) => read(presses, time));
    expect(told.map((one) => one?.warning)).toEqual([null, 'soon', 'last', 'over', 'over']);
    expect(told.at(-1)).toMatchObject({ on: 'Round 1', left: -6, move: '16:46', ends: '18:21', behind: 6 });
  });

  test('two minutes more or less move the end of the block that is on, and never before now', () => {
    const begun = [start('16:00')];
    const more = press('16:03', { kind: 'minutes', from: 0, by: 2 });
    expect(read([...begun, more], '16:04')).toMatchObject({ left: 8, ends: '18:17', behind: 2 });
    const less = press('16:09', { kind: 'minutes', from: 0, by: -2 });
    expect(read([...begun, less], '16:09')).toMatchObject({ left: 0, ends: '18:14', behind: -1 });
    const late = press('16:15', { kind: 'minutes', from: 0, by: 2 });
    expect(read([...begun, late], '16:15')).toMatchObject({ left: 2, behind: 7 });
  });

  test('while the clock stands still nothing runs down, and the pause is no part of the minutes', () => {
    const presses = [start('16:00'), press('16:04', { kind: 'pause' })];
    expect(read(presses, '16:24')).toMatchObject({ on: 'Arrive', left: 6, behind: 20 });
    const after = [...presses, press('16:24', { kind: 'resume' }), next('16:30', 0)];
    expect(read(after, '16:30')).toMatchObject({ on: 'Welcome', behind: 20 });
    const [arrive] = runOf(planOf(evening, challenger), after).blocks;
    expect((arrive!.endedAt! - arrive!.startedAt! - arrive!.paused) / 60_000).toBe(10);
  });

  test('of two facilitators who press Next at once one is heard', () => {
    expect(read([start('16:00'), next('16:10', 0), next('16:10', 0)], '16:11')?.on).toBe('Welcome');
  });

  test('a press that arrives late counts from when it was made', () => {
    const early = next('16:10', 0);
    const presses = [start('16:00'), press('16:12', { kind: 'screen', shows: 'black', text: '' }), early];
    expect(read(presses, '16:13')).toMatchObject({ on: 'Welcome', left: 2 });
  });

  test('taken back, the clock is as it was', () => {
    const before = [start('16:00'), next('16:10', 0), next('16:15', 1)];
    const moved = next('16:20', 2);
    expect(read([...before, moved], '16:20')?.on).toBe('Move');
    expect(read(before, '16:20')).toMatchObject({ on: 'Round 1', left: 20 });
  });
});

describe('a block that is skipped', () => {
  test('makes way for the next one and is not measured', () => {
    const presses = [start('16:00'), press('16:01', { kind: 'skip', from: 0 }), next('16:07', 1)];
    expect(read(presses, '16:08')).toMatchObject({ on: 'Round 1', next: 'Move 16:32' });
    const rows = measured(runOf(planOf(evening, challenger), presses));
    expect(rows.slice(0, 3).map(({ seconds }) => seconds)).toEqual([null, 360, null]);
  });
});

describe('starting late', () => {
  test('ends later, or on time by what gives first: the last of those that may shrink', () => {
    expect(read([start('16:08')], '16:08')).toMatchObject({ ends: '18:23', behind: 8 });
    const onTime = [start('16:08', 'on-time')];
    expect(read(onTime, '16:08')).toMatchObject({ ends: '18:15', behind: 0 });
    expect(runOf(planOf(evening, challenger), onTime).taken).toEqual([
      { position: 7, title: 'Harvest', from: 20, to: 17 },
      { position: 8, title: 'Drinks', from: 15, to: 10 },
    ]);
  });

  test('drops what may be dropped when shrinking is not enough, and then shrinks no more than is needed', () => {
    const plan = planOf(evening, challenger);
    const takenAt = (time: string) =>
      runOf(plan, [start(time, 'on-time')]).taken.map(({ title, to }) => [title, to]);
    expect(takenAt('16:13')).toEqual([
      ['Harvest', 12],
      ['Drinks', 10],
    ]);
    expect(takenAt('16:32')).toEqual([
      ['Move', null],
      ['Round 2', null],
      ['Drinks', 13],
    ]);
  });
});

describe('fixed beginnings', () => {
  const lunch = [
    block('frame', 'Welcome', 20),
    block('talk', 'Round 1', 30, { shrinksTo: 10 }),
    block('gather', 'Lunch', 30, { fixedAt: '17:00', shrinksTo: 20 }),
  ];
  const plan = planOf(evening, lunch);
  test('are waited for, and minutes before them are not taken', () => {
    expect(read([start('16:00')], '16:00', plan)).toMatchObject({ ends: '17:30', behind: 0 });
    expect(read([start('16:08')], '16:08', plan)).toMatchObject({ ends: '17:30', behind: 0 });
    const late = [start('16:15', 'on-time')];
    expect(runOf(plan, late).taken).toEqual([{ position: 2, title: 'Lunch', from: 30, to: 25 }]);
  });
  test('find their day in a session that runs past midnight', () => {
    const night = planOf({ ...evening, startsAt: '2026-12-17T23:00' }, [
      block('talk', 'Round 1', 60),
      block('gather', 'Soup', 30, { fixedAt: '00:15' }),
    ]);
    expect((night.blocks[1]!.fixedAt! - night.startsAt) / 60_000).toBe(75);
  });
});

describe('a round that is dropped', () => {
  test('goes with the move to it; the rounds after keep their numbers', () => {
    const presses = [
      start('16:00'),
      next('16:10', 0),
      next('16:15', 1),
      press('16:20', { kind: 'drop', block: 4 }),
    ];
    expect(read(presses, '16:21')).toMatchObject({ on: 'Round 1', next: 'Move 16:40', ends: '17:45' });
    const state = runOf(planOf(evening, challenger), [...presses, next('16:40', 2), next('16:45', 5)]);
    const now = liveNow(state, Temporal.Instant.fromEpochMilliseconds(at('16:46')))!;
    expect([now.title, now.round]).toEqual(['Round 3', 3]);
  });
});

/* ---- Any evening, against one told tick by tick ---- */

const anyPlan = fc.array(
  fc.record({
    kind: fc.constantFrom('talk', 'move', 'gather', 'harvest'),
    minutes: fc.integer({ min: 1, max: 30 }),
    fixed: fc.option(fc.integer({ min: 0, max: 200 }), { freq: 5 }),
  }),
  { minLength: 1, maxLength: 7 },
);
const position = fc.integer({ min: 0, max: 6 });
const anyStep = fc.record({
  at: fc.integer({ min: -40, max: 300 }),
  press: fc.oneof(
    fc.record({ kind: fc.constant('next' as const), from: position }),
    fc.record({ kind: fc.constant('minutes' as const), from: position, by: fc.constantFrom(2, -2) }),
    fc.record({ kind: fc.constantFrom('pause' as const, 'resume' as const, 'end' as const) }),
    fc.record({ kind: fc.constant('drop' as const), block: position }),
  ),
});
const anySteps = fc
  .tuple(fc.integer({ min: -40, max: 60 }), fc.array(anyStep, { maxLength: 14 }))
  .map(([first, rest]) => [
    { at: first, press: { kind: 'start' as const, ends: 'later' as const } },
    ...rest.toSorted((a, b) => a.at - b.at),
  ]);

const toPlan = (blocks: Plan[]): LivePlan => ({
  startsAt: 0,
  blocks: blocks.map(({ kind, minutes, fixed }, n) => ({
    ...{
      kind: kind as 'talk',
      title: `Block ${n}`,
      minutes,
      shrinksTo: null,
      mayDrop: false,
      ask: '',
      screen: '',
    },
    fixedAt: fixed === null ? null : fixed * tick * 1000,
  })),
});

describe('any evening', () => {
  test('is as one that is told tick by tick', () => {
    fc.assert(
      fc.property(anyPlan, anySteps, fc.integer({ min: 0, max: 320 }), (blocks, steps, now) => {
        const played = steps.filter((step) => step.at <= now).toSorted((a, b) => a.at - b.at);
        const told = tell(blocks, played as Step[], now);
        const presses = played.map((step, n) => ({ ...step.press, key: `${n}`, at: step.at * tick * 1000 }));
        const state = runOf(toPlan(blocks), presses as Press[]);
        const ms = now * tick * 1000;
        expect([state.current, isOn(state)]).toEqual([told.on, told.on >= 0 && !told.isOver]);
        if (told.isOver) return;
        expect(plannedEnd(state, ms)).toBe(endFrom(blocks, told, now) * tick * 1000);
        const read = liveNow(state, Temporal.Instant.fromEpochMilliseconds(ms));
        if (read) expect(read.left).toBe(told.left * 1000);
        const measured = state.blocks.map(({ startedAt, endedAt, paused }, n) => {
          if (startedAt === null) return 0;
          const stands = n === state.current && state.pausedAt !== null ? ms - state.pausedAt : 0;
          return ((endedAt ?? ms) - startedAt - paused - stands) / 1000;
        });
        expect(measured).toEqual(told.measured);
      }),
      { numRuns: 3000 },
    );
  });

  test('presses in any order of arrival give the same clock', () => {
    fc.assert(
      fc.property(anyPlan, anySteps, fc.infiniteStream(fc.nat()), (blocks, steps, chance) => {
        const once = [...new Map(steps.map((step) => [step.at, step])).values()];
        const presses = once.map((step, n) => ({
          ...step.press,
          key: `${n}`,
          at: step.at * 1000,
        })) as Press[];
        const shuffled = presses
          .map((one) => ({ one, place: chance.next().value! }))
          .toSorted((a, b) => a.place - b.place)
          .map(({ one }) => one);
        expect(runOf(toPlan(blocks), shuffled)).toEqual(runOf(toPlan(blocks), presses));
      }),
      { numRuns: 300 },
    );
  });

  test('shortening never ends before the announced end, and takes no block below its fewest minutes', () => {
    const anyGiving = fc.array(
      fc.record({
        minutes: fc.integer({ min: 6, max: 30 }),
        gives: fc.option(fc.integer({ min: 0, max: 5 })),
        mayDrop: fc.boolean(),
      }),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(anyGiving, fc.integer({ min: 0, max: 40 }), (blocks, late) => {
        const plan: LivePlan = {
          startsAt: 0,
          blocks: blocks.map(({ minutes, gives, mayDrop }, n) => ({
            ...{
              kind: 'talk' as const,
              title: `Block ${n}`,
              fixedAt: null,
              ask: '',
              screen: '',
              minutes,
              mayDrop,
            },
            shrinksTo: gives === null ? null : minutes - gives,
          })),
        };
        const begun = late * 60_000;
        const state = runOf(plan, [{ kind: 'start', ends: 'on-time', key: '1', at: begun }]);
        const isShort = state.blocks.some(
          ({ minutes, shrinksTo, planned }) => minutes < Math.min(planned, shrinksTo ?? planned),
        );
        expect(isShort).toBe(false);
        const last = plannedEnd(state, begun) - announcedEnd(state);
        const isDropped = state.blocks.some((one) => one.isDropped);
        if (!isDropped) expect(last).toBeGreaterThanOrEqual(0);
        // Late still: then everything that gives has given.
        if (last > 0)
          for (const { isDropped: out, mayDrop, minutes, shrinksTo } of state.blocks.slice(1))
            expect(out || (!mayDrop && minutes === (shrinksTo ?? minutes))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
