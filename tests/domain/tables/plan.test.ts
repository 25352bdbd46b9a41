import { expect, test } from 'vitest';
import { differing, fitted, roundsOf, rowsBefore } from '../../../src/domain/tables/plan.ts';
import { isAtWork } from '../../../src/domain/tables/seating.ts';
import { listsOf, questionOf, seatsIn } from '../../../src/domain/tables/wishes.ts';

test('the blocks of talk are the rounds, each with its minutes from the beginning', () => {
  const block = (kind: string, title: string, minutes: number) => ({ kind, title, minutes });
  expect(
    roundsOf([
      block('gather', 'Arrive', 10),
      block('talk', 'Round 1', 25),
      block('move', 'Move', 5),
      block('talk', 'Round 2', 20),
    ]),
  ).toEqual([
    { number: 1, title: 'Round 1', minutes: 25, after: 10 },
    { number: 2, title: 'Round 2', minutes: 20, after: 40 },
  ]);
  expect(roundsOf([block('gather', 'Arrive', 10)])).toEqual([
    { number: 1, title: '', minutes: 10, after: 0 },
  ]);
  expect(roundsOf(Array.from({ length: 30 }, () => block('talk', 'Talk', 5)))).toHaveLength(12);
});

test('two plans differ in those who sit elsewhere, who came and who left, and no seat is no difference', () => {
  const one = new Map([
    [1, [1, 2]],
    [2, [1, 1]],
    [3, [2, 2]],
    [4, [0, 0]],
  ]);
  const other = new Map([
    [1, [1, 2]],
    [2, [1, 2]],
    [5, [1, 1]],
  ]);
  expect(differing(one, other)).toEqual([2, 3, 5]);
  expect(rowsBefore(one, other)).toEqual([
    [2, [1, 1]],
    [3, [2, 2]],
    [5, null],
  ]);
});

test('a row is fitted to the rounds and tables there are', () => {
  expect(fitted([1, 7, 2], 2, 5)).toEqual([1, 0]);
  expect(fitted([1], 3, 5)).toEqual([1, 0, 0]);
});

test('seats become lists by round and table, and lists seats again', () => {
  const seats = new Map([
    [7, [1, 2]],
    [8, [0, 2]],
  ]);
  expect(listsOf(seats, 2, 2)).toEqual([
    [['7'], []],
    [[], ['7', '8']],
  ]);
  expect(seatsIn(listsOf(seats, 2, 2))).toEqual(seats);
});

test('the question has teams as hosts, bosses, locks, earlier meetings and odds, and leaves out who does not come', () => {
  const person = {
    side: 'senior' as const,
    department: 'IT',
    managerId: null,
    hasSaidYes: true,
    mayNotCome: false,
  };
  const people = [
    { ...person, id: 1, name: 'Ada', side: 'talent' as const, host: 2, absence: 0.05 },
    { ...person, id: 2, name: 'Ines', managerId: 3, host: null, absence: 0.1 },
    { ...person, id: 3, name: 'Max', managerId: 99, host: null, absence: 0.45 },
  ];
  const base = { id: 1, otherId: null, tableNumber: null, round: null };
  const wishes = [
    { ...base, kind: 'apart' as const, personId: 1, otherId: 3 },
    { ...base, kind: 'together' as const, personId: 2, otherId: 99 },
    { ...base, kind: 'lock' as const, personId: 3, tableNumber: 1, round: 2 },
    { ...base, kind: 'stays' as const, personId: 2 },
  ];
  const met = new Map([
    ['1 2', 2],
    ['1 99', 1],
  ]);
  const question = questionOf({ people, rounds: 2, tables: 2, mostSeats: 4, wishes, met });
  expect(question).toEqual({
    people: [
      { id: '1', name: 'Ada', side: 'talent', department: 'IT', host: '2' },
      { id: '2', name: 'Ines', side: 'senior', department: 'IT', manager: '3', stays: true },
      { id: '3', name: 'Max', side: 'senior', department: 'IT' },
    ],
    tables: [
      { id: '1', seats: 4 },
      { id: '2', seats: 4 },
    ],
    rounds: 2,
    apart: [['1', '3']],
    together: [],
    locks: [{ person: '3', table: '1', rounds: [2] }],
    met: [['1', '2', 2]],
    absence: { 1: 0.05, 2: 0.1, 3: 0.45 },
  });
});

test('a planner without a sign of life for 45 seconds is at work no more', () => {
  const beatAt = Temporal.Instant.from('2026-11-09T08:00:00Z');
  expect(isAtWork({ state: 'working', beatAt }, beatAt.add({ seconds: 44 }))).toBe(true);
  expect(isAtWork({ state: 'working', beatAt }, beatAt.add({ seconds: 45 }))).toBe(false);
  expect(isAtWork({ state: 'asks', beatAt }, beatAt)).toBe(false);
});
