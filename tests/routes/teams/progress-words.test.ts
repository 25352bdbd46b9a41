// What the planner has found so far is stored in numbers and read in each reader's words, never in the planner's own.
import { expect, test } from 'vitest';
import type { Progress } from '../../../src/domain/teams/runs.ts';
import { planRound } from '../../../src/planning/assign/round.ts';
import { gapWords, progressWords } from '../../../src/routes/teams/draft-words.ts';
import { english } from '../../support/words.ts';

const said = (far: Progress) => progressWords(english, JSON.stringify(far));

test('progress of each goal is a sentence with what can be better at most', () => {
  expect(said({ part: 'choice 1', value: 12, bound: 14, most: 60 })).toBe(
    '12 of 60 have their first choice; at most 2 more can.',
  );
  expect(said({ part: 'choice 3', value: 5, bound: 2, most: 60 })).toBe(
    '5 of 60 have their third choice; at most 3 fewer can be.',
  );
  expect(said({ part: 'placed', value: 60, bound: 60, most: 60 })).toBe(
    '60 of 60 have a trend; no other way does better.',
  );
  expect(said({ part: 'departments', value: 4, bound: 0, most: 900 })).toBe(
    '4 pairs of one department share a trend; at most 4 fewer can be.',
  );
  expect(progressWords(english, '')).toBe('');
  expect(progressWords(english, 'A sentence of an earlier version.')).toBe('');
});

test('the gap of a plan that is not proven says how much better it could be, and in what', () => {
  expect(gapWords(english, { part: 'choice 1', value: 12, bound: 14 })).toBe(
    'At most 2 better in how many have their first choice.',
  );
  expect(gapWords(english, { part: 'departments', value: 4, bound: 1 })).toBe(
    'At most 3 better in pairs of one department.',
  );
  expect(gapWords(english, { value: 4, bound: 1 })).toBe('At most 3 better.');
});

test('every goal that the planner tells of has words', async () => {
  const heard: Progress[] = [];
  const agents = Array.from({ length: 12 }, (_, n) => ({
    id: `a${n}`,
    name: `A${n}`,
    ranks: n === 0 ? [] : [[`t${n % 3}`], [`t${(n + 1) % 3}`]],
    department: n % 2 ? 'Sales' : 'Legal',
  }));
  const trends = [0, 1, 2].map((n) => ({ id: `t${n}`, name: `T${n}`, least: 2, most: 4, mayClose: true }));
  const wishes = { agents, trends, mix: 'departments' as const, likes: [['a1', 'a2'] as [string, string]] };
  await planRound(
    { wishes, rules: ['fairest', 'most-firsts'] },
    { seed: 1, onProgress: (_best, _bound, _told, far) => void (far && heard.push(far)) },
  );
  expect(new Set(heard.map(({ part }) => part.replace(/\d+/, 'n')))).toContain('choice n');
  expect(heard.filter((far) => said(far) === '')).toEqual([]);
});
