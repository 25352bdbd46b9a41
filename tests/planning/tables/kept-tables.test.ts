// Hosts, teams of hosts and seats that do not move: each keeps one table, and the planner looks for the best one.
import { describe, expect, test } from 'vitest';
import { seatEveryone } from '../../../src/planning/tables/seat-everyone.ts';
import type { Attendee, TablesWishes } from '../../../src/planning/tables/wishes.ts';
import { check, type Lists } from './checker.ts';

const effort = { seed: 1, iterations: 4000 };

/** `seniors` seniors p0, p1, … and then talents, `people` in all. */
const hall = (people: number, seniors: number): Attendee[] =>
  Array.from({ length: people }, (_, index) => ({
    id: `p${index}`,
    name: `P${index}`,
    side: index < seniors ? 'senior' : 'talent',
  }));

const change = (people: Attendee[], changes: Record<string, Partial<Attendee>>) =>
  people.map((person) => ({ ...person, ...changes[person.id] }));

const tablesOf = (rounds: Lists, id: string) =>
  rounds.map((tables) => tables.findIndex((table) => table.includes(id)) + 1);

describe('people who keep a table', () => {
  test('a seat that does not move is not put beside a guest who is locked for good: nobody meets twice', () => {
    const people = change(hall(32, 8), { p20: { stays: true } });
    const wishes: TablesWishes = { people, tables: 8, rounds: 4, locks: [{ person: 'p0', table: '1' }] };
    const answer = seatEveryone(wishes, effort);
    expect(check(wishes, answer.rounds)).toMatchObject({ broken: [], repeats: 0, mix: 0 });
    expect(new Set(tablesOf(answer.rounds, 'p0'))).toEqual(new Set([1]));
    expect(answer.provenOptimal).toBe(true);
  });

  test('a new host keeps the table where they sat most: two people move, which is the least', () => {
    const people = change(hall(32, 8), { p0: { host: true } });
    const round = (shift: number) =>
      Array.from({ length: 8 }, (_, t) => [
        `p${t}`,
        ...[0, 1, 2].map((column) => `p${8 + column * 8 + ((t + shift * (column + 1)) % 8)}`),
      ]);
    const previous = [round(0), round(1), round(2), round(3)];
    previous[3]![0]![0] = 'p1';
    previous[3]![1]![0] = 'p0';
    const answer = seatEveryone({ people, tables: 8, rounds: 4, previous }, effort);
    expect(answer).toMatchObject({ moved: 2, movedBound: 2, provenOptimal: true });
    expect(tablesOf(answer.rounds, 'p0')).toEqual([1, 1, 1, 1]);
  });

  test('two co-hosts who were put somewhere since a table closes sit where the fewest people move', () => {
    const people = change(hall(3, 2), { p0: { from: 2 }, p1: { host: true }, p2: { host: true } });
    const wishes: TablesWishes = {
      people,
      tables: [{ id: 't0', seats: 2 }, { id: 't1' }, { id: 't2', seats: 1 }],
      rounds: 2,
      together: [['p1', 'p2']],
      previous: [
        [['p2'], ['p0'], []],
        [['p0'], ['p2'], ['p1']],
      ],
      met: [
        ['p2', 'p0', 1],
        ['p2', 'p1', 1],
      ],
      closed: [{ table: 't2', from: 2 }],
    };
    const answer = seatEveryone(wishes, effort);
    expect(check(wishes, answer.rounds)).toMatchObject({ broken: [], moved: 2 });
    expect(answer).toMatchObject({ moved: 2, movedBound: 2, provenOptimal: true });
    expect(answer.rounds[1]).toEqual([['p0'], ['p1', 'p2'], []]);
  });

  test('tables stay even where a seat that does not move would fill the table of three who are locked', () => {
    const people = change(hall(9, 3), { p8: { stays: true } });
    const locks = ['p0', 'p3', 'p4'].map((person) => ({ person, table: '1' }));
    const answer = seatEveryone({ people, tables: 3, rounds: 3, locks }, effort);
    expect(answer.rounds.map((tables) => tables.map((table) => table.length))).toEqual([
      [3, 3, 3],
      [3, 3, 3],
      [3, 3, 3],
    ]);
    expect(answer.provenOptimal).toBe(true);
  });
});

describe('several hosts at one table', () => {
  test('hosts of one named table sit together in every round, and that is no repeat', () => {
    const people = change(
      hall(32, 8),
      Object.fromEntries(
        Array.from({ length: 16 }, (_, index) => [`p${8 + index}`, { host: String((index % 8) + 1) }]),
      ),
    );
    const wishes: TablesWishes = { people, tables: 8, rounds: 3 };
    const answer = seatEveryone(wishes, effort);
    expect(check(wishes, answer.rounds)).toMatchObject({ broken: [], repeats: 0, mix: 0 });
    expect(answer).toMatchObject({ repeats: 0, repeatedMeetings: 0, provenOptimal: true });
    expect(tablesOf(answer.rounds, 'p8')).toEqual([1, 1, 1]);
    expect(tablesOf(answer.rounds, 'p16')).toEqual([1, 1, 1]);
  });

  test('hosts of any table share one where they are to sit together, and only these do', () => {
    const people = change(hall(15, 5), {
      p5: { host: true },
      p6: { host: true },
      p7: { host: true },
      p8: { host: true },
    });
    const wishes: TablesWishes = {
      people,
      tables: 3,
      rounds: 3,
      together: [
        ['p5', 'p6'],
        ['p6', 'p7'],
      ],
    };
    const answer = seatEveryone(wishes, effort);
    expect(check(wishes, answer.rounds)).toMatchObject({ broken: [], together: 0, repeats: answer.repeats });
    const [five, six, seven, eight] = ['p5', 'p6', 'p7', 'p8'].map((id) => tablesOf(answer.rounds, id));
    expect([six, seven]).toEqual([five, five]);
    expect(eight![0]).not.toBe(five![0]);
  });

  test('a host locked to the table that another hosts is not seated there in silence', () => {
    const people = change(hall(4, 2), { p2: { host: true }, p0: { host: '3' } });
    const wishes: TablesWishes = { people, tables: 3, rounds: 2, locks: [{ person: 'p2', table: '3' }] };
    expect(() => seatEveryone(wishes, effort)).toThrow('P0 and P2 would all host table 3.');
  });
});
