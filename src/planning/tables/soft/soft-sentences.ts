// Soft wishes that are not met, and who sits out, in sentences.
import type { Hall } from '../hall.ts';
import { counted, listed, namesIn, roundsSaid } from '../names.ts';
import type { Seats } from '../score.ts';
import type { TablesWishes } from '../wishes.ts';
import { numbersAt, unmetPairs, unmetPreferences } from './soft.ts';

/** A soft wish that is not met; rounds count from 1. */
export interface Unmet {
  wish: 'prefers' | 'rather' | 'balance';
  people: string[];
  rounds: number[];
  sentence: string;
}

/** Every soft wish that is not met, in their order. */
export function unmetOf(wishes: TablesWishes, hall: Hall, seats: Seats): Unmet[] {
  if (!hall.soft) return [];
  return [
    ...unmetPreferences(hall, seats).map((one) => preference(wishes, hall, one)),
    ...unmetPairs(hall, seats).map((pair) => meeting(wishes, pair)),
    ...unbalanced(wishes, hall, seats),
  ];
}

function preference(
  wishes: TablesWishes,
  hall: Hall,
  { person, rounds }: { person: number; rounds: number[] },
): Unmet {
  const names = namesIn(wishes);
  const tables = [...hall.soft!.prefers[person]!].toSorted((a, b) => a - b).map(names.table);
  const said = rounds.map((round) => round + 1);
  const where = tables.length === 1 ? `table ${tables[0]}` : `one of tables ${listed(tables)}`;
  return {
    wish: 'prefers',
    people: [wishes.people[person]!.id],
    rounds: said,
    sentence: `${names.person(person)} would rather sit at ${where}, but sits elsewhere in ${roundsSaid(said)}.`,
  };
}

function meeting(wishes: TablesWishes, pair: readonly [number, number]): Unmet {
  return {
    wish: 'rather',
    people: pair.map((person) => wishes.people[person]!.id),
    rounds: [],
    sentence: `${namesIn(wishes).people(pair)} like to meet, but share no table.`,
  };
}

/** Rounds in which some table is above or below the mean of the room. */
function unbalanced(wishes: TablesWishes, hall: Hall, seats: Seats): Unmet[] {
  const names = namesIn(wishes);
  const unmet: Unmet[] = [];
  for (let round = hall.frozen; round < hall.rounds; round += 1) {
    const tables = [...numbersAt(hall, seats, round).entries()]
      .filter(([, { count }]) => count > 0)
      .map(([table, { count, sum, mean }]) => ({ table, own: sum / count, mean }))
      .toSorted((a, b) => a.own - b.own);
    const [low, high] = [tables[0], tables.at(-1)];
    if (!low || !high || high.own - low.own < 1e-9) continue;
    unmet.push({
      wish: 'balance',
      people: [],
      rounds: [round + 1],
      sentence: `In round ${round + 1} the mean of ${wishes.balance} is ${short(low.own)} at table ${names.table(low.table)} and ${short(high.own)} at table ${names.table(high.table)}, the lowest and the highest; in the room it is ${short(low.mean)}.`,
    });
  }
  return unmet;
}

const short = (value: number) => String(Math.round(value * 100) / 100);

/** Says who sits out in each round, and that it is in turn. */
export function sittingOutSaid(wishes: TablesWishes, hall: Hall): string[] {
  if (!hall.choseWhoSitsOut) return [];
  const nameOf = new Map(wishes.people.map(({ id, name }) => [id, name]));
  const said = wishes.sittingOut!.flatMap((ids, round) => {
    if (ids.length === 0 || round < hall.frozen) return [];
    let seated = 0;
    for (let person = 0; person < hall.people; person += 1)
      seated += hall.present[round * hall.people + person]!;
    const names = listed(ids.map((id) => nameOf.get(id)!));
    const verb = ids.length === 1 ? 'sits' : 'sit';
    return [
      `${names} ${verb} out in round ${round + 1}: there are ${counted(seated, 'seat', 'seats')} for ${seated + ids.length} people.`,
    ];
  });
  return [
    ...said,
    'People sit out in turn: nobody twice before everybody who is here and may has once. Hosts and people with a lock never do.',
  ];
}
