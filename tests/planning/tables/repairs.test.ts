// Repairs that are ready beforehand: applied to the plan they make it right again, with as few moves as any plan can.
import { expect, test } from 'vitest';
import { evening } from '../../../bench/robust-events.ts';
import { faultsOf } from '../../../src/planning/tables/faults.ts';
import type { Move } from '../../../src/planning/tables/repairs.ts';
import { seatEveryone } from '../../../src/planning/tables/seat-everyone.ts';
import type { TablesWishes } from '../../../src/planning/tables/wishes.ts';
import { byLength } from '../../support/length.ts';
import { check } from './checker.ts';
import { bestOf } from './exhaustive.ts';
import { oddEvent } from './odd-events.ts';

const tableIds = ({ tables }: TablesWishes) =>
  typeof tables === 'number'
    ? Array.from({ length: tables }, (_, t) => String(t + 1))
    : tables.map(({ id }) => id);

/** The plan after somebody is gone and these have moved. */
function after(
  wishes: TablesWishes,
  plan: string[][][],
  gone: string | undefined,
  moves: readonly Move[],
): string[][][] {
  const ids = tableIds(wishes);
  const rounds = plan.map((tables) => tables.map((table) => table.filter((id) => id !== gone)));
  for (const [person, from, to, round] of moves) {
    const [left, joined] = [ids.indexOf(from), ids.indexOf(to)];
    expect(rounds[round - 1]![left]).toContain(person);
    rounds[round - 1]![left] = rounds[round - 1]![left]!.filter((id) => id !== person);
    rounds[round - 1]![joined]!.push(person);
  }
  return rounds;
}

/** The event without one person. */
function without({ people, ...wishes }: TablesWishes, gone: string): TablesWishes {
  const others = (pairs: TablesWishes['apart']) => (pairs ?? []).filter((pair) => !pair.includes(gone));
  return {
    ...wishes,
    people: people.filter(({ id }) => id !== gone),
    apart: others(wishes.apart),
    together: others(wishes.together),
    locks: (wishes.locks ?? []).filter(({ person }) => person !== gone),
  };
}

test('for each person of a small event who may be missing: right again, with the fewest moves of all plans', () => {
  const seen = { repairs: 0, moves: 0 };
  for (let seed = 1; seed <= byLength(30, 400); seed += 1) {
    const { past, previous, met, closed, ...drawn } = oddEvent(900_000 + seed, 8);
    const wishes: TablesWishes = { ...drawn, absence: 0.1 };
    if (faultsOf(wishes).length > 0) continue;
    const answer = seatEveryone(wishes, { seed, iterations: 800 });
    for (const { id } of wishes.people) {
      const moves = answer.repairs![id];
      if (moves === undefined) continue;
      const { absence, ...left } = without(wishes, id);
      const changed: TablesWishes = { ...left, previous: answer.rounds, keep: 'seats' };
      const found = check(changed, after(wishes, answer.rounds, id, moves));
      expect(found.broken, `event ${seed}, ${id}`).toEqual([]);
      const best = bestOf(changed)!;
      expect([found.apart + found.together, found.mix, found.moved], `event ${seed}, ${id}`).toEqual(
        best.slice(0, 3),
      );
      seen.repairs += 1;
      seen.moves += moves.length;
    }
  }
  expect(seen.repairs).toBeGreaterThan(60);
  expect(seen.moves).toBeGreaterThan(20);
});

test('for a table that is dropped everybody there moves, and few others do', () => {
  const wishes = evening(34, 5, 3, 1);
  const answer = seatEveryone(wishes, { seed: 1, iterations: 3000 });
  expect(Object.keys(answer.repairs!)).toHaveLength(34 + 5);
  const moves = answer.repairs!['table:4']!;
  const rounds = after(wishes, answer.rounds, undefined, moves);
  const there = answer.rounds.reduce((sum, tables) => sum + tables[3]!.length, 0);
  expect(rounds.map((tables) => tables[3])).toEqual([[], [], []]);
  expect(moves.length).toBeGreaterThanOrEqual(there);
  expect(moves.length).toBeLessThanOrEqual(there + 6);
  const people = wishes.people.map(({ host, ...person }) =>
    person.id === 'p3' ? person : { ...person, host },
  );
  const { absence, ...left } = wishes;
  const changed = { ...left, people, closed: [{ table: '4' }], previous: answer.rounds };
  expect(check(changed, rounds)).toMatchObject({ broken: [], apart: 0, mix: 0 });
});

test('without odds no repairs are asked for, and none are worked out', () => {
  const { absence, ...wishes } = evening(34, 5, 3, 1);
  expect(seatEveryone(wishes, { seed: 1, iterations: 200 })).not.toHaveProperty('repairs');
});

test('repairs are left out where they are not asked for, and none is begun once the time is up', () => {
  const people = Array.from({ length: 8 }, (_, n) => ({
    id: `p${n}`,
    name: `P${n}`,
    side: 'talent' as const,
  }));
  const wishes = { people, tables: 2, rounds: 2, absence: 0.1 };
  const effort = { seed: 1, iterations: 200 };
  expect(Object.keys(seatEveryone(wishes, effort).repairs!)).toHaveLength(10);
  expect(seatEveryone({ ...wishes, withoutRepairs: true }, effort).repairs).toBeUndefined();
  expect(seatEveryone(wishes, { ...effort, isOver: () => true }).repairs).toEqual({});
});
