// People sit out in turn where seats are too few, and it is said who and when.
import { describe, expect, test } from 'vitest';
import { randomFrom } from '../../../src/planning/random.ts';
import { faultsOf } from '../../../src/planning/tables/faults.ts';
import { seatEveryone } from '../../../src/planning/tables/seat-everyone.ts';
import {
  type Attendee,
  type Lock,
  type TablesWishes,
  tablesOf,
} from '../../../src/planning/tables/wishes.ts';
import { byLength } from '../../support/length.ts';
import { check } from './checker.ts';

const person = (id: string, more: Partial<Attendee> = {}): Attendee => ({
  id,
  name: id,
  side: 'talent',
  ...more,
});

/** Up to fourteen people for fewer seats, with hosts, locks, late and early people. */
function crowd(seed: number): TablesWishes {
  const random = randomFrom(seed);
  const tables = 1 + random.below(3);
  const rounds = 1 + random.below(4);
  const people = Array.from({ length: 3 + random.below(12) }, (_, index) =>
    person(`p${index}`, {
      side: random.below(3) === 0 ? 'senior' : 'talent',
      ...(index < tables && random.below(3) === 0 ? { host: true } : {}),
      ...(random.below(8) === 0 ? { stays: true } : {}),
      ...(rounds > 1 && random.below(6) === 0 ? { from: 2 } : {}),
      ...(rounds > 1 && random.below(6) === 0 ? { until: rounds - 1 } : {}),
    }),
  );
  const lock = (): Lock => ({ person: `p${random.below(people.length)}`, table: 't0', rounds: [rounds] });
  return {
    people,
    tables: Array.from({ length: tables }, (_, index) => ({ id: `t${index}`, seats: 2 + random.below(3) })),
    rounds,
    locks: random.below(3) === 0 ? [lock()] : [],
    sitOut: true,
  };
}

/** A rule that is broken, by somebody, in some round. */
function unfairness(wishes: TablesWishes, sittingOut: readonly (readonly string[])[]): string[] {
  const turns = new Map<string, number>();
  const locked = new Set((wishes.locks ?? []).map((lock) => lock.person));
  const broken: string[] = [];
  for (const [round, out] of sittingOut.entries()) {
    const may = wishes.people.filter(
      ({ id, host, from = 1, until = wishes.rounds }) =>
        !host && !locked.has(id) && from <= round + 1 && round + 1 <= until,
    );
    const before = new Map(turns);
    for (const id of out) {
      if (!may.some((one) => one.id === id)) broken.push(`${id} may not sit out in round ${round + 1}`);
      turns.set(id, (turns.get(id) ?? 0) + 1);
    }
    for (const id of out)
      for (const other of may)
        if (!out.includes(other.id) && (before.get(other.id) ?? 0) < (before.get(id) ?? 0))
          broken.push(`${id} before ${other.id} in round ${round + 1}`);
  }
  return broken;
}

test('nobody sits out twice before everybody has, hosts and locked people never do, and every seat is taken', () => {
  const seen = { events: 0, out: 0, twice: 0 };
  for (let seed = 1; seed <= byLength(80, 1000); seed += 1) {
    const wishes = crowd(seed);
    let answer: ReturnType<typeof seatEveryone>;
    try {
      answer = seatEveryone(wishes, { seed, iterations: 400 });
    } catch (error) {
      expect((error as Error).message).toMatch(/may sit out|lock|keep|host|cannot come in round/);
      continue;
    }
    const { rounds, sittingOut } = answer;
    const seats = tablesOf(wishes).reduce((sum, table) => sum + table.seats!, 0);
    for (const [round, tables] of rounds.entries()) {
      const here = wishes.people.filter(
        ({ from = 1, until = wishes.rounds }) => from <= round + 1 && round + 1 <= until,
      );
      expect([...tables.flat(), ...sittingOut![round]!].toSorted()).toEqual(
        here.map(({ id }) => id).toSorted(),
      );
      expect(tables.flat()).toHaveLength(Math.min(seats, here.length));
    }
    expect(unfairness(wishes, sittingOut!), `crowd ${seed}`).toEqual([]);
    const turns = sittingOut!.flat();
    seen.events += 1;
    seen.out += turns.length > 0 ? 1 : 0;
    seen.twice += new Set(turns).size < turns.length ? 1 : 0;
  }
  expect(seen.out).toBeGreaterThan(seen.events / 3);
  expect(seen.twice).toBeGreaterThan(5);
});

test('whoever it takes to keep the wishes sits out, not whom chance would choose', () => {
  // Of Ada, Bo and Cy, who are to be apart, one must sit out: two tables have room for two of them.
  const names = ['Ada', 'Bo', 'Cy', 'Di', 'Eli'];
  const wishes: TablesWishes = {
    people: names.map((name) => person(name)),
    tables: [
      { id: 'a', seats: 2 },
      { id: 'b', seats: 2 },
    ],
    rounds: 1,
    sitOut: true,
    apart: [
      ['Ada', 'Bo'],
      ['Ada', 'Cy'],
      ['Bo', 'Cy'],
    ],
  };
  for (let seed = 1; seed <= 20; seed += 1) {
    const { broken, sittingOut } = seatEveryone(wishes, { seed, iterations: 1000 });
    expect(broken, `seed ${seed}`).toEqual([]);
    expect(['Ada', 'Bo', 'Cy']).toContain(sittingOut![0]![0]);
  }
});

describe('an evening of five for two tables of two', () => {
  const people = ['ada', 'bo', 'cy', 'di', 'eli'].map((id) => person(id, id === 'ada' ? { host: true } : {}));
  const tables = [
    { id: 'a', name: 'Window', seats: 2 },
    { id: 'b', seats: 2 },
  ];
  const wishes: TablesWishes = { people, tables, rounds: 4, sitOut: true };

  test('is refused without sitOut, and says that there is such a wish', () => {
    expect(faultsOf({ people, tables, rounds: 1 })).toEqual([
      'Round 1 has 5 people for 4 seats. With sitOut they sit out in turn.',
    ]);
  });

  test('has everybody but the host sit out once', () => {
    const answer = seatEveryone(wishes, { seed: 1 });
    expect(answer.sittingOut!.flat().toSorted()).toEqual(['bo', 'cy', 'di', 'eli']);
    const [out] = answer.sittingOut![0]!;
    expect(answer.sentences).toContain(`${out} sits out in round 1: there are 4 seats for 5 people.`);
    expect(answer.reasons[out!]).toMatch(new RegExp(`^${out} sits out in round 1\\.`));
  });

  test('goes on in turn after rounds that have been held, and as in the plan people know', () => {
    const past = [
      [
        ['ada', 'bo'],
        ['cy', 'di'],
      ],
    ];
    const answer = seatEveryone({ ...wishes, past }, { seed: 1 });
    expect(answer.sittingOut![0]).toEqual(['eli']);
    expect(answer.sittingOut!.flat().toSorted()).toEqual(['bo', 'cy', 'di', 'eli']);
    const known = seatEveryone({ ...wishes, previous: answer.rounds }, { seed: 5 });
    expect(known.sittingOut).toEqual(answer.sittingOut);
    expect(known.moved).toBe(0);
    expect(known.changes).toEqual({});
  });

  test('never claims more of bounds than holds whoever sits out', () => {
    const answer = seatEveryone(wishes, { seed: 1 });
    const { sittingOut } = answer;
    const alone = (out: readonly string[]) =>
      check({ ...wishes, people: people.filter(({ id }) => !out.includes(id)) }, []);
    expect(alone(sittingOut![0]!).repeats).toBe(0);
    expect(answer.bound).toBeLessThanOrEqual(answer.repeatedMeetings);
    if (answer.repeatedMeetings > 0) expect(answer.provenOptimal).toBe(false);
  });

  test('cannot be where all but too few are locked', () => {
    const locks = ['bo', 'cy', 'di', 'eli'].map((id) => ({ person: id, table: id < 'd' ? 'a' : 'b' }));
    expect(() => seatEveryone({ ...wishes, locks }, { seed: 1 })).toThrow(
      'Round 1 has 5 people for 4 seats, and only 0 of them may sit out: hosts and people with a lock never do.',
    );
  });
});
