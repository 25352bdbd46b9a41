// Meetings at earlier events are repeats of the season: plans make new ones, and say how many there can be.
import { expect, test } from 'vitest';
import { faultsOf } from '../../../src/planning/tables/faults.ts';
import { seatEveryone } from '../../../src/planning/tables/seat-everyone.ts';
import type { Attendee, TablesWishes } from '../../../src/planning/tables/wishes.ts';
import { byLength } from '../../support/length.ts';
import { check, type Lists, meetingsIn, seasonMeetings, teams } from './checker.ts';
import { oddEvent } from './odd-events.ts';

const people: Attendee[] = Array.from({ length: 16 }, (_, index) => {
  return { id: `p${index}`, name: `P${index}`, side: 'talent' };
});
const event: TablesWishes = { people, tables: 4, rounds: 2, mix: 'none' };

/** Pairs that meet for the first time, counted from the lists. */
function firsts(wishes: TablesWishes, rounds: Lists): number {
  const before = new Set(
    (wishes.met ?? []).filter(([, , n]) => n > 0).map(([a, b]) => [a, b].toSorted().join('|')),
  );
  const team = teams(wishes);
  return [...meetingsIn(rounds).keys()].filter((pair) => {
    const [a, b] = pair.split('|').map((id) => team.get(id));
    return !before.has(pair) && (a === undefined || a !== b);
  }).length;
}

test('two events of two rounds meet as one of four: 16 people at 4 tables, nobody twice in a season', () => {
  const first = seatEveryone(event, { seed: 1, iterations: 2000 });
  const met = [...meetingsIn(first.rounds)].map(([pair, n]): [string, string, number] => {
    const [a, b] = pair.split('|') as [string, string];
    return [a, b, n];
  });
  const second = seatEveryone({ ...event, met }, { seed: 2, iterations: 4000 });
  expect(check(event, second.rounds)).toMatchObject({ broken: [], repeats: 0 });
  expect(seasonMeetings({ ...event, met }, second.rounds)).toBe(0);
  expect(second).toMatchObject({ newMeetings: 48, seasonBound: 48, bound: 0, provenOptimal: true });
  expect(second.sentences).toContain('48 of 48 meetings are new this season; there can be no more.');
  const alone = seatEveryone(event, { seed: 1, iterations: 2000 });
  expect(alone).not.toHaveProperty('newMeetings');
});

test('new meetings are counted as the checker counts them, and never more than the bound', () => {
  let seen = 0;
  for (let seed = 1; seed <= byLength(100, 1200); seed += 1) {
    const wishes = oddEvent(500_000 + seed, 12);
    if (!wishes.met?.length || faultsOf(wishes).length > 0) continue;
    const answer = seatEveryone(wishes, { seed, iterations: 500 });
    expect(answer.newMeetings, `event ${seed}`).toBe(firsts(wishes, answer.rounds));
    expect(answer.seasonBound).toBeGreaterThanOrEqual(answer.newMeetings!);
    seen += 1;
  }
  expect(seen).toBeGreaterThan(5);
});
