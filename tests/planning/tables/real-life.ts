// Events as organisers have them: uneven tables, people who come late or leave early, departments, bosses, hosts who
// stay, locks.
import { randomFrom } from '../../../src/planning/random.ts';
import type { Attendee, TablesWishes } from '../../../src/planning/tables/wishes.ts';

/** About one in twenty late, one in twenty early, three departments, a host at every table, two locks, ten bosses. */
export function realLife(people: number, tables: number, rounds: number, seed: number): TablesWishes {
  const random = randomFrom(seed);
  const seniors = Math.floor(people / 3);
  const attendees = Array.from({ length: people }, (_, index): Attendee => {
    const senior = index >= people - seniors;
    const moving = index >= tables;
    const chance = random.below(20);
    return {
      id: `p${index}`,
      name: `Person ${index}`,
      side: senior ? 'senior' : 'talent',
      department: ['sales', 'it', 'law'][random.below(3)],
      ...(index < tables ? { host: true } : {}),
      ...(moving && chance === 0 ? { from: 2 } : {}),
      ...(moving && chance === 1 ? { until: rounds - 1 } : {}),
      ...(!senior && random.below(Math.max(1, Math.floor((people - seniors) / 10))) === 0
        ? { manager: `p${people - 1 - random.below(seniors)}` }
        : {}),
    };
  });
  return {
    people: attendees,
    tables,
    rounds,
    locks: [
      { person: `p${tables}`, table: '1', rounds: [1] },
      { person: `p${people - 1}`, table: '2', rounds: [1] },
    ],
  };
}
