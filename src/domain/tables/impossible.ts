// Finds what no plan can have: locks to tables that are not there, and more people than seats.
import { isThere } from './attendance.ts';
import type { Said } from './seating.ts';
import { type Evening, isOpenTable, type Wish } from './wishes.ts';

/** An evening that can be asked about, and what was left out of it, a sentence each. */
export interface Possible {
  evening: Evening;
  said: Said[];
  /** People whose wishes were left out. */
  people: number[];
}

/** Leaves out what cannot be: locks to tables that are not there, then the most seats at a table where they are too few. */
export function possibleEvening(evening: Evening): Possible {
  const here = new Map(evening.people.map((person) => [person.id, person]));
  const isLost = ({ kind, tableNumber, personId }: Wish) =>
    kind === 'lock' && here.has(personId) && (tableNumber ?? 0) > evening.tables;
  const lost = evening.wishes.filter(isLost);
  const said = lost.map(({ personId, tableNumber, round }): Said => {
    const params = { name: here.get(personId)!.name, n: tableNumber!, tables: evening.tables };
    return round === null
      ? { sentence: '{name} is to sit at table {n}, but there are {tables} tables.', params }
      : {
          sentence: '{name} is to sit at table {n} in round {round}, but there are {tables} tables.',
          params: { ...params, round },
        };
  });
  const tooFew = tooFewSeats(evening);
  return {
    evening: {
      ...evening,
      wishes: evening.wishes.filter((wish) => !isLost(wish)),
      mostSeats: tooFew ? null : evening.mostSeats,
    },
    said: tooFew ? [tooFew, ...said] : said,
    people: lost.map(({ personId }) => personId),
  };
}

/** The first round to come with more people than seats, in words. */
function tooFewSeats(evening: Evening): Said | undefined {
  const { people, tables, rounds, mostSeats, held = 0 } = evening;
  if (mostSeats === null) return undefined;
  for (let round = held + 1; round <= rounds; round += 1) {
    const expected = people.filter((person) => isThere(person, round)).length;
    const open = Array.from({ length: tables }, (_, index) => index + 1).filter((table) =>
      isOpenTable(evening, table, round),
    ).length;
    if (expected > open * mostSeats)
      return {
        sentence:
          '{people} people are expected, but {tables} tables of {most} have {seats} seats: some tables get more.',
        params: { people: expected, tables: open, most: mostSeats, seats: open * mostSeats },
      };
  }
  return undefined;
}
