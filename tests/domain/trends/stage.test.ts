import { expect, test } from 'vitest';
import { stageOf } from '../../../src/domain/trends/stage.ts';

const today = Temporal.PlainDate.from('2026-11-09');
const stage = (state: Parameters<typeof stageOf>[0], hasTeam = false, presentedOn: string | null = null) =>
  stageOf(state, { hasTeam, presentedOn }, today);

test('a trend is proposed, shortlisted, assigned once a team has it, and presented once it was on a table', () => {
  expect([stage('proposed'), stage('shortlisted'), stage('shortlisted', true)]).toEqual([
    'proposed',
    'shortlisted',
    'assigned',
  ]);
  expect(stage('shortlisted', true, '2026-10-01')).toBe('presented');
  expect(stage('shortlisted', false, '2025-11-09')).toBe('presented');
});

test('presented over a year ago it is stale, until the next team has it', () => {
  expect(stage('shortlisted', false, '2025-11-08')).toBe('stale');
  expect(stage('shortlisted', true, '2025-11-08')).toBe('assigned');
});

test('parked and merged ones stay so, whatever became of them before', () => {
  expect([stage('parked', true, '2026-10-01'), stage('merged', true)]).toEqual(['parked', 'merged']);
});
