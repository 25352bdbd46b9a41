// Small events with everything at once: co-hosts, locks to any table, several seats that stay, late and early people,
// rounds already held, plans people know, earlier events, closed tables. By a seed, so that a number names an event.
import { type Random, randomFrom, shuffle } from '../../../src/planning/random.ts';
import type { Attendee, Lock, TablesWishes } from '../../../src/planning/tables/wishes.ts';

/** An event of 2 to `most` people; many cannot be seated as asked, and have faults. */
export function oddEvent(seed: number, most = 9): TablesWishes {
  const random = randomFrom(seed);
  const chance = (one: number) => random.below(one) === 0;
  const n = 2 + random.below(most - 1);
  const tables = 1 + random.below(Math.min(4, n));
  const rounds = 1 + random.below(n > 7 ? 3 : 4);
  const named = chance(2);
  const tableId = (index: number) => (named ? `t${index}` : String(index + 1));
  const someTable = () => tableId(random.below(tables));
  const [hosts, stays, late] = [chance(2), chance(2), chance(3)];
  const people = Array.from({ length: n }, (_, index): Attendee => {
    const id = `p${index}`;
    return {
      id,
      name: `Person ${index}`,
      side: chance(3) ? 'senior' : 'talent',
      ...(hosts && chance(4) ? { host: chance(2) ? true : someTable() } : {}),
      ...(stays && chance(4) ? { stays: true } : {}),
      ...(late && rounds > 1 && chance(4) ? { from: 1 + random.below(rounds) } : {}),
      ...(late && rounds > 1 && chance(6) ? { until: rounds - 1 } : {}),
      ...(chance(8) ? { manager: `p${random.below(n)}` } : {}),
    };
  }).map((person) => (person.manager === person.id ? { ...person, manager: undefined } : person));
  const pair = (): [string, string] => {
    const [a, b] = shuffle([...people.keys()], random);
    return [`p${a}`, `p${b}`];
  };
  const several = <T>(most: number, make: () => T) => Array.from({ length: random.below(most + 1) }, make);
  const lock = (): Lock => ({
    person: `p${random.below(n)}`,
    table: someTable(),
    ...(chance(2) ? { rounds: [1 + random.below(rounds)] } : {}),
  });
  const held = chance(4) ? random.below(rounds + 1) : 0;
  return {
    people,
    tables: named
      ? Array.from({ length: tables }, (_, index) => ({
          id: tableId(index),
          ...(chance(2) ? { seats: Math.ceil(n / tables) + random.below(2) } : {}),
        }))
      : tables,
    rounds,
    apart: chance(2) ? several(3, pair) : [],
    together: chance(2) ? several(3, pair) : [],
    locks: chance(2) ? several(3, lock) : [],
    mix: chance(2) ? 'none' : 'sides',
    ...(held > 0 ? { past: Array.from({ length: held }, () => somePlan(people, tables, random)) } : {}),
    ...(chance(4)
      ? { previous: Array.from({ length: rounds }, () => somePlan(people, tables, random)) }
      : {}),
    ...(chance(4) ? { keep: 'meetings' as const } : {}),
    ...(chance(4)
      ? { met: several(4, () => [...pair(), 1 + random.below(2)] as [string, string, number]) }
      : {}),
    ...(tables > 1 && chance(6) ? { closed: [{ table: someTable(), from: 1 + random.below(rounds) }] } : {}),
  };
}

/** Most of the people at tables by chance. */
function somePlan(people: readonly Attendee[], tables: number, random: Random): string[][] {
  const lists = Array.from({ length: tables }, (): string[] => []);
  for (const [index, person] of shuffle([...people], random).entries())
    if (random.below(8) > 0) lists[index % tables]!.push(person.id);
  return lists;
}
