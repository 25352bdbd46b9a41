// Events for the bench, by chance from a seed: as organisers have them, and rooms of talents alone.
import { randomFrom } from '../src/planning/random.ts';
import type { Attendee, TablesWishes } from '../src/planning/tables/wishes.ts';

/** So many people at so many tables over so many rounds, nobody with a side that matters. */
export function golfers(tables: number, seats: number, rounds: number): TablesWishes {
  const people = Array.from({ length: tables * seats }, (_, index): Attendee => {
    return { id: `p${index}`, name: `Person ${index}`, side: 'talent' };
  });
  return { people, tables, rounds, mix: 'none' };
}

/** So many people, of whom one at each table stays as its captain. */
export function captains(people: number, tables: number, rounds: number): TablesWishes {
  const plain = golfers(tables, people / tables, rounds);
  return {
    ...plain,
    people: plain.people.map((person, index) => (index < tables ? { ...person, host: true } : person)),
  };
}

/** Talents and seniors, with so many pairs of a senior and who reports to them. */
export function sides(
  people: number,
  seniors: number,
  tables: number,
  rounds: number,
  bosses: number,
): TablesWishes {
  const talents = people - seniors;
  const attendees = Array.from({ length: people }, (_, index): Attendee => {
    const manager = index < bosses ? { manager: `p${talents + (index % seniors)}` } : {};
    return {
      id: `p${index}`,
      name: `Person ${index}`,
      side: index < talents ? 'talent' : 'senior',
      ...manager,
    };
  });
  return { people: attendees, tables, rounds };
}

/** A third seniors; one in twenty late, one in twenty early, three departments, bosses, a host at every table, locks. */
export function realLife(people: number, tables: number, rounds: number, seed: number): TablesWishes {
  const random = randomFrom(seed);
  const seniors = Math.floor(people / 3);
  const attendees = Array.from({ length: people }, (_, index): Attendee => {
    const isSenior = index >= people - seniors;
    const moves = index >= tables;
    const chance = random.below(20);
    const boss = random.below(10) === 0 ? { manager: `p${people - 1 - random.below(seniors)}` } : {};
    return {
      id: `p${index}`,
      name: `Person ${index}`,
      side: isSenior ? 'senior' : 'talent',
      department: ['sales', 'it', 'law'][random.below(3)],
      ...(index < tables ? { host: true } : {}),
      ...(moves && chance === 0 ? { from: 2 } : {}),
      ...(moves && chance === 1 ? { until: rounds - 1 } : {}),
      ...(isSenior ? {} : boss),
    };
  });
  const locks = [{ person: `p${people - 1}`, table: '1', rounds: [1] }];
  return { people: attendees, tables, rounds, locks };
}
