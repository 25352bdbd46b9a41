// Small and middling events by chance, for properties: every wish there is, now and then.
import fc from 'fast-check';
import type { Attendee, TablesWishes } from '../../../src/planning/tables/wishes.ts';

/** Events of `least` to `most` people, over at most `rounds` rounds, at tables of about `seats` or more. */
export function events(least: number, most: number, rounds: number, seats = 2): fc.Arbitrary<TablesWishes> {
  const attendee = fc.record({
    senior: fc.boolean(),
    department: fc.option(fc.constantFrom('sales', 'it', 'law'), { nil: undefined }),
    boss: fc.option(fc.nat(), { nil: undefined, freq: 4 }),
    late: fc.integer({ min: 0, max: 9 }),
  });
  return fc
    .record({
      people: fc.array(attendee, { minLength: least, maxLength: most }),
      size: fc.integer({ min: seats, max: 5 }),
      rounds: fc.integer({ min: 1, max: rounds }),
      hosts: fc.boolean(),
      stays: fc.boolean(),
      lock: fc.option(fc.tuple(fc.nat(), fc.nat()), { nil: undefined }),
      apart: fc.option(fc.tuple(fc.nat(), fc.nat()), { nil: undefined }),
      together: fc.option(fc.tuple(fc.nat(), fc.nat()), { nil: undefined }),
      uneven: fc.boolean(),
      mix: fc.constantFrom('sides' as const, 'none' as const),
    })
    .map((drawn) => eventOf(drawn));
}

type Drawn = {
  people: { senior: boolean; department: string | undefined; boss: number | undefined; late: number }[];
  size: number;
  rounds: number;
  hosts: boolean;
  stays: boolean;
  lock: [number, number] | undefined;
  apart: [number, number] | undefined;
  together: [number, number] | undefined;
  uneven: boolean;
  mix: 'sides' | 'none';
};

function eventOf(drawn: Drawn): TablesWishes {
  const n = drawn.people.length;
  const tables = Math.max(2, Math.round(n / drawn.size));
  const id = (index: number) => `p${String(index % n).padStart(3, '0')}`;
  const people: Attendee[] = drawn.people.map(({ senior, department, boss, late }, index) => ({
    id: id(index),
    name: `Person ${index}`,
    side: senior ? 'senior' : 'talent',
    department,
    ...(boss !== undefined && boss % n !== index ? { manager: id(boss) } : {}),
    ...(late === 0 && drawn.rounds > 1 ? { from: 2 } : {}),
    ...(late === 1 && drawn.rounds > 1 ? { until: drawn.rounds - 1 } : {}),
    ...(drawn.hosts && index < Math.min(2, tables) ? { host: true } : {}),
    ...(drawn.stays && index === n - 1 ? { stays: true } : {}),
  }));
  const pair = (two: [number, number] | undefined) =>
    two && two[0] % n !== two[1] % n ? [[id(two[0]), id(two[1])] as [string, string]] : [];
  const [lockedPerson, lockedTable] = drawn.lock ?? [0, 0];
  const apart = pair(drawn.apart);
  const together = pair(drawn.together).filter(
    ([a, b]) => ![`${a} ${b}`, `${b} ${a}`].includes(apart[0]?.join(' ') ?? ''),
  );
  const mayLock =
    drawn.lock !== undefined && !people[lockedPerson % n]!.host && !people[lockedPerson % n]!.stays;
  const round = people[lockedPerson % n]!.from ?? 1;
  return {
    people,
    tables: drawn.uneven
      ? Array.from({ length: tables }, (_, table) => ({
          id: `t${table}`,
          seats: Math.ceil(n / tables) + (table % 2),
        }))
      : tables,
    rounds: drawn.rounds,
    apart,
    together,
    locks: mayLock
      ? [
          {
            person: id(lockedPerson),
            table: drawn.uneven ? `t${lockedTable % tables}` : String((lockedTable % tables) + 1),
            rounds: [round],
          },
        ]
      : [],
    mix: drawn.mix,
  };
}
