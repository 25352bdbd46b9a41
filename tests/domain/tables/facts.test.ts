import { describe, expect, test } from 'vitest';
import type { Attendee } from '../../../src/domain/tables/attendance.ts';
import { bestPlace } from '../../../src/domain/tables/best-place.ts';
import { factsOf } from '../../../src/domain/tables/facts.ts';
import type { Evening, Wish } from '../../../src/domain/tables/wishes.ts';

const person = (id: number, values: Partial<Attendee> = {}): Attendee => ({
  id,
  name: `P${id}`,
  side: 'senior',
  department: '',
  managerId: null,
  host: null,
  hasSaidYes: true,
  absence: 0.1,
  mayNotCome: false,
  ...values,
});
const wish = (values: Partial<Wish>): Wish => ({
  id: 1,
  kind: 'apart',
  personId: 1,
  otherId: null,
  tableNumber: null,
  round: null,
  ...values,
});
const evening = (people: Attendee[], values: Partial<Evening> = {}): Evening => ({
  people,
  rounds: 2,
  tables: 2,
  mostSeats: null,
  wishes: [],
  met: new Map(),
  ...values,
});
const host = (id: number, table: number) => person(id, { side: 'talent', host: table });

describe('the facts about a plan', () => {
  test('people who meet twice, and who met at an earlier event, are named; co-hosts do not meet each other', () => {
    const people = [host(1, 1), host(2, 1), person(3), person(4)];
    const seats = new Map([
      [1, [1, 1]],
      [2, [1, 1]],
      [3, [1, 1]],
      [4, [1, 2]],
    ]);
    const facts = factsOf(evening(people, { met: new Map([['2 4', 1]]) }), seats);
    // Round 1: 1-3, 1-4, 2-3, 2-4, 3-4; round 2: 1-3, 2-3.
    expect(facts.meetings).toBe(7);
    expect(facts.newMeetings).toBe(4);
    expect(facts.again).toEqual([
      { a: 1, b: 3, rounds: [1, 2], before: 0 },
      { a: 2, b: 3, rounds: [1, 2], before: 0 },
      { a: 2, b: 4, rounds: [1], before: 1 },
    ]);
  });

  test('each wish that is not kept is named with its rounds, bosses among them', () => {
    const people = [person(1, { managerId: 2 }), person(2), person(3), host(4, 2)];
    const seats = new Map([
      [1, [1, 2]],
      [2, [1, 1]],
      [3, [2, 1]],
      [4, [2, 1]],
    ]);
    const wishes = [
      wish({ kind: 'apart', personId: 2, otherId: 3 }),
      wish({ kind: 'together', personId: 1, otherId: 3 }),
      wish({ kind: 'lock', personId: 1, tableNumber: 1, round: 2 }),
      wish({ kind: 'stays', personId: 3 }),
    ];
    const facts = factsOf(evening(people, { wishes, mostSeats: 2 }), seats);
    expect(facts.lines).toBe(1);
    expect(facts.broken).toEqual([
      { kind: 'boss', a: 1, b: 2, table: null, rounds: [1] },
      { kind: 'host', a: 4, b: null, table: 2, rounds: [2] },
      { kind: 'apart', a: 2, b: 3, table: null, rounds: [2] },
      { kind: 'together', a: 1, b: 3, table: null, rounds: [1, 2] },
      { kind: 'lock', a: 1, b: null, table: 1, rounds: [2] },
      { kind: 'stays', a: 3, b: null, table: null, rounds: [2] },
      { kind: 'full', a: null, b: null, table: 1, rounds: [2] },
    ]);
  });

  test('somebody who is to sit with their boss is not told off for it, and wishes about absent people say nothing', () => {
    const people = [person(1, { managerId: 2 }), person(2)];
    const seats = new Map([
      [1, [1, 1]],
      [2, [1, 1]],
    ]);
    const wishes = [
      wish({ kind: 'together', personId: 2, otherId: 1 }),
      wish({ kind: 'apart', personId: 1, otherId: 9 }),
    ];
    expect(factsOf(evening(people, { wishes }), seats).broken).toEqual([]);
    expect(factsOf(evening(people), seats).broken).toHaveLength(1);
  });

  test('a table with more of a department than its share, and one without a side it could have', () => {
    const sales = { department: 'Sales' };
    const people = [person(1, sales), person(2, sales), person(3), person(4), host(5, 1), host(6, 2)];
    const seats = new Map(people.map(({ id }) => [id, [id === 3 || id === 4 || id === 6 ? 2 : 1, 0]]));
    seats.set(6, [1, 0]);
    const facts = factsOf(evening(people), seats);
    expect(facts.mostOfDepartment).toBe(2);
    expect(facts.unmixed).toEqual([
      { round: 1, table: 1, department: 'Sales', side: null, count: 2 },
      { round: 1, table: 2, department: '', side: 'talent', count: 0 },
    ]);
  });

  test('people without a seat in any round, and tables nobody hosts, are open', () => {
    const people = [person(1), person(2), person(3), host(4, 1)];
    const seats = new Map([
      [1, [1, 1]],
      [2, [2, 0]],
      [4, [1, 1]],
    ]);
    expect(factsOf(evening(people), seats)).toMatchObject({
      unseated: [2, 3],
      hostless: [2],
      hasHosts: true,
    });
  });
});

describe('the best free place', () => {
  test('is away from the boss, at a table where nobody is met twice, the smaller of two', () => {
    const people = [person(1, { managerId: 2 }), person(2), person(3), person(4), person(5)];
    const seats = new Map([
      [2, [1, 1]],
      [3, [2, 2]],
      [4, [2, 3]],
      [5, [3, 1]],
    ]);
    const asked = evening(people, { tables: 3 });
    // Round 1: not with boss 2; table 3 has one, table 2 two. Round 2: 5 is met already and with the boss; 3 or 4.
    expect(bestPlace(asked, seats, people[0]!)).toEqual([3, 2]);
  });

  test('of a host is their own table, and a lock and a seat that does not move are kept', () => {
    const people = [person(1), host(2, 2), person(3), person(4)];
    const seats = new Map([
      [2, [2, 2]],
      [3, [1, 1]],
      [4, [2, 1]],
    ]);
    expect(bestPlace(evening(people), seats, people[1]!)).toEqual([2, 2]);
    const locked = evening(people, {
      wishes: [wish({ kind: 'lock', personId: 1, tableNumber: 2, round: 2 })],
    });
    expect(bestPlace(locked, seats, people[0]!)[1]).toBe(2);
    const still = evening(people, { wishes: [wish({ kind: 'stays', personId: 1 })] });
    const row = bestPlace(still, seats, people[0]!);
    expect(row[1]).toBe(row[0]);
    expect(bestPlace(evening(people), seats, people[0]!)[0]).not.toBe(
      bestPlace(evening(people), seats, people[0]!)[1],
    );
  });

  test('is not at a full table while another has a seat, and never displaces anybody', () => {
    const people = [person(1), person(2), person(3), person(4)];
    const seats = new Map([
      [2, [1, 1]],
      [3, [2, 2]],
      [4, [2, 2]],
    ]);
    expect(bestPlace(evening(people, { mostSeats: 1, tables: 3 }), seats, people[0]!)).toEqual([3, 3]);
    expect(bestPlace(evening(people, { mostSeats: 2 }), seats, people[0]!)).toEqual([1, 1]);
  });
});
