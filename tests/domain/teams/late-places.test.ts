// Placing people after publishing: what it costs them is what the planner itself would say.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  apartOf,
  bestPlace,
  missedFirsts,
  peopleShort,
  placeObstacle,
  roomIn,
  type TeamWithRoom,
} from '../../../src/domain/teams/late-places.ts';
import { lateWishes } from '../../../src/domain/teams/late-plan.ts';
import { tierOf } from '../../../src/domain/teams/ranking.ts';
import { planRound } from '../../../src/planning/assign/round.ts';

const team = (id: number, trendId: number, values: Partial<TeamWithRoom> = {}): TeamWithRoom => ({
  id,
  trendId,
  least: 2,
  most: 3,
  memberIds: [10 * id],
  asked: 0,
  ...values,
});

test('a place that somebody is asked about is taken, and a team without a trend misses nobody', () => {
  expect(roomIn(team(1, 7))).toBe(2);
  expect(roomIn(team(1, 7, { asked: 1 }))).toBe(1);
  expect(roomIn(team(1, 7, { memberIds: [1, 2, 3, 4] }))).toBe(0);
  expect(peopleShort({ trendId: 7, least: 3 }, 1)).toBe(2);
  expect(peopleShort({ trendId: null, least: 3 }, 1)).toBe(0);
});

test('somebody goes to their highest choice with room, and of equals to the team that misses most people', () => {
  const teams = [team(1, 7, { memberIds: [1, 2, 3] }), team(2, 8), team(3, 9, { least: 3 })];
  const ada = { id: 5, tiers: [[7], [8, 9]] };
  expect(bestPlace(ada, teams, apartOf([]))).toEqual({ teamId: 3, choice: 1 });
  expect(missedFirsts(ada, 1, teams, apartOf([]))).toEqual([7]);
  // Someone in team 3 works apart from Ada.
  expect(bestPlace(ada, teams, apartOf([[30, 5]]))).toEqual({ teamId: 2, choice: 1 });
  expect(placeObstacle(teams[2]!, 5, apartOf([[30, 5]]))).toBe('apart');
  expect(bestPlace({ id: 5, tiers: [] }, [teams[0]!], apartOf([]))).toBeNull();
});

const seasons = fc.record({
  rooms: fc.array(fc.record({ n: fc.integer({ min: 0, max: 3 }), most: fc.integer({ min: 1, max: 4 }) }), {
    minLength: 1,
    maxLength: 5,
  }),
  order: fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 6 }),
  ties: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
  apart: fc.array(fc.integer({ min: 0, max: 19 }), { maxLength: 3 }),
});

test('the best place for one person costs what the planner gives them while everybody else is kept', async () => {
  await fc.assert(
    fc.asyncProperty(seasons, async ({ rooms, order, ties, apart }) => {
      const teams = rooms.map(({ n, most }, at) =>
        team(at + 1, at + 1, { most, memberIds: Array.from({ length: n }, (_, i) => 100 + 4 * at + i) }),
      );
      const tiers = [...new Set(order)].reduce<number[][]>((all, trend, at) => {
        if (ties[at] && all.length > 0) all.at(-1)!.push(trend);
        else all.push([trend]);
        return all;
      }, []);
      const ada = { id: 1, tiers };
      const pairs = [...new Set(apart)].map((foe): [number, number] => [1, 100 + foe]);
      const best = bestPlace(ada, teams, apartOf(pairs));
      const wishes = lateWishes([ada], teams, pairs);
      const planned =
        wishes.trends.length === 0
          ? undefined
          : (await planRound({ wishes, rules: ['fairest'] }, { seed: 1, iterations: 10_000 })).plans[0]!
              .assignment?.['1'];
      expect(planned === undefined).toBe(best === null);
      if (planned === undefined || best === null) return;
      expect(tierOf(tiers, teams.find(({ id }) => id === Number(planned))!.trendId)).toBe(best.choice);
    }),
    { numRuns: 60 },
  );
});
