// What happens on the day: somebody is late or leaves early, a table goes. What is held stays, and few people move.
import { describe, expect, test } from 'vitest';
import { seatEveryone } from '../../../src/planning/tables/seat-everyone.ts';
import type { Attendee, TablesWishes } from '../../../src/planning/tables/wishes.ts';
import { check } from './checker.ts';

const people = Array.from(
  { length: 20 },
  (_, index): Attendee => ({
    id: `p${index}`,
    name: `P${index}`,
    side: index < 8 ? 'senior' : 'talent',
    ...(index >= 16 ? { host: true } : {}),
  }),
);
const event: TablesWishes = { people, tables: 4, rounds: 4 };
const known = seatEveryone(event, { seed: 1, iterations: 3000 }).rounds;
/** One round has been held; the others are as people know them. */
const onTheDay = { ...event, past: known.slice(0, 1), previous: known };

const replan = (wishes: TablesWishes) => {
  const answer = seatEveryone(wishes, { seed: 2, iterations: 3000 });
  expect(check(wishes, answer.rounds)).toMatchObject({ broken: [], mix: 0, moved: answer.moved });
  expect(answer.rounds[0]).toEqual(known[0]);
  return answer;
};
const withOne = (id: string, more: Partial<Attendee>) =>
  people.map((person) => (person.id === id ? { ...person, ...more } : person));
const tableOf = (round: number, id: string) =>
  String(known[round]!.findIndex((table) => table.includes(id)) + 1);

describe('after the first of four rounds', () => {
  test('somebody who comes later than planned keeps the seats they know, and nobody else moves', () => {
    // Who was to be there from the first round, and is missing in the second.
    const missing = 'p3';
    const past = [known[0]!.map((table) => table.filter((id) => id !== missing))];
    const wishes = { ...onTheDay, past, people: withOne(missing, { from: 3 }) };
    const answer = seatEveryone(wishes, { seed: 2, iterations: 3000 });
    expect(check(wishes, answer.rounds)).toMatchObject({ broken: [], mix: 0 });
    expect([answer.moved, answer.changes]).toEqual([0, { p3: [[tableOf(1, missing), null, 2]] }]);
    expect(answer.reasons.p3).toMatch(/^P3 has no seat in round 2, but table \d in the plan people know\./);
  });

  test('somebody who leaves early gives back the seats they do not need, and nobody else moves', () => {
    const answer = replan({ ...onTheDay, people: withOne('p9', { until: 2 }) });
    expect(answer.moved).toBe(0);
    expect(answer.changes).toEqual({
      p9: [
        [tableOf(2, 'p9'), null, 3],
        [tableOf(3, 'p9'), null, 4],
      ],
    });
  });

  test('somebody who comes unforeseen finds a seat, and nobody else moves', () => {
    const answer = replan({
      ...onTheDay,
      people: [...people, { id: 'new', name: 'New', side: 'talent', from: 2 }],
    });
    expect([answer.moved, Object.keys(answer.changes!)]).toEqual([0, ['new']]);
    expect(answer.changes!.new!.map(([from, , round]) => [from, round])).toEqual([
      [null, 2],
      [null, 3],
      [null, 4],
    ]);
  });

  test('a table that is gone from the third round on: its people move, hosts become guests, and few others do', () => {
    const host = known[0]![3]!.find((id) => people.find((one) => one.id === id)!.host)!;
    const answer = replan({
      ...onTheDay,
      people: withOne(host, { host: false }),
      closed: [{ table: '4', from: 3 }],
    });
    expect(answer.rounds.map((tables) => tables[3]!.length > 0)).toEqual([true, true, false, false]);
    const mustMove = known.slice(2).flatMap((tables) => tables[3]!).length;
    expect(answer.moved).toBeGreaterThanOrEqual(mustMove);
    expect(answer.moved).toBe(answer.movedBound);
    for (const [id, changes] of Object.entries(answer.changes!))
      for (const [from, to, round] of changes)
        expect(answer.reasons[id]).toContain(`moves from table ${from} to table ${to} in round ${round}.`);
  });
});
