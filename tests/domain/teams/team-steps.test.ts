// Steps of a research team and their days.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lateSteps, nextStep, stepDays, stepsOf, teamSteps } from '../../../src/domain/teams/team-steps.ts';

const event = { startsAt: '2026-12-10T16:00', briefDays: 10 };
const day = (text: string) => Temporal.PlainDate.from(text);

test('days follow from the event: 45, 20, 10 and 3 days before it', () => {
  expect(stepDays(event)).toEqual({
    assigned: '2026-10-26',
    researched: '2026-11-20',
    brief: '2026-11-30',
    rehearsed: '2026-12-07',
    presented: '2026-12-10',
  });
});

test('steps come in their order, on working days, and never after the event', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 700 }), fc.integer({ min: 0, max: 30 }), (later, briefDays) => {
      const startsAt = `${day('2026-01-01').add({ days: later })}T09:00`;
      const days = Object.values(stepDays({ startsAt, briefDays }));
      expect(days).toEqual(days.toSorted());
      for (const one of days.slice(0, -1)) expect(day(one).dayOfWeek).toBeLessThan(6);
    }),
  );
});

test('the next step is the first that is not done; without an event it has no day', () => {
  const done = { hasTrend: true, ticked: ['researched'], isPresented: false } as const;
  expect(nextStep(stepsOf(done, event))).toEqual({ step: 'brief', isDone: false, day: '2026-11-30' });
  expect(nextStep(stepsOf(done, null))).toEqual({ step: 'brief', isDone: false, day: null });
  const all = { hasTrend: true, ticked: ['researched', 'brief', 'rehearsed'], isPresented: true } as const;
  expect(nextStep(stepsOf(all, event))).toBeNull();
});

test('a step that is not done is late three days before its day and on it, at no weekend', () => {
  const steps = stepsOf({ hasTrend: true, ticked: ['researched'], isPresented: false }, event);
  const said: Record<string, string> = {};
  for (let at = day('2026-11-01'); at.toString() < '2026-12-20'; at = at.add({ days: 1 }))
    for (const { step, isToday } of lateSteps(steps, at))
      said[at.toString()] = `${step}${isToday ? ' today' : ''}`;
  // Three days before 30 November is a Friday; three days before 7 December too.
  expect(said).toEqual({
    '2026-11-27': 'brief',
    '2026-11-30': 'brief today',
    '2026-12-04': 'rehearsed',
    '2026-12-07': 'rehearsed today',
  });
  expect(teamSteps).toHaveLength(5);
});
