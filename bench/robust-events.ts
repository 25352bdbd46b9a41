// Evenings for the bench and for tests, by a seed: hosts who stay, sides, bosses, and odds of not coming that differ.
import { randomFrom } from '../src/planning/random.ts';
import type { Attendee, TablesWishes } from '../src/planning/tables/wishes.ts';

/** Two in five are seniors; hosts and talents miss one evening in twenty, seniors one in ten, three in ten of those who move nearly every other. */
export function evening(people: number, tables: number, rounds: number, seed: number): TablesWishes {
  const random = randomFrom(seed);
  const seniors = Math.floor(people * 0.4);
  const absence: Record<string, number> = {};
  const attendees = Array.from({ length: people }, (_, index): Attendee => {
    const senior = index >= people - seniors;
    const host = index < tables;
    const unsure = !host && random.below(10) < 3;
    absence[`p${index}`] = unsure ? 0.45 : senior ? 0.1 : 0.05;
    const boss =
      !senior && random.below(8) === 0 ? { manager: `p${people - 1 - random.below(seniors)}` } : {};
    return {
      id: `p${index}`,
      name: `Person ${index}`,
      side: senior ? 'senior' : 'talent',
      ...(host ? { host: true } : {}),
      ...boss,
    };
  });
  return { people: attendees, tables, rounds, absence };
}

/** The sizes that are measured. */
export const sizes = [
  [34, 5, 3],
  [60, 10, 3],
  [120, 15, 4],
] as const;
