// Each person's evening in words: which table they keep and why, how many people they meet, and why some of them again.
import { changesOf, changesSaid } from './changes.ts';
import { areCoHosts, type Hall } from './hall.ts';
import { counted, namesIn, roundsSaid } from './names.ts';
import type { Seats } from './score.ts';
import type { TablesWishes } from './wishes.ts';

/** Largest number of people named as met again. */
const mostNamed = 4;

/** A sentence or two for everybody, by id. `overall` holds of repeats over all people, or is empty. */
export function reasonsFor(
  wishes: TablesWishes,
  hall: Hall,
  seats: Seats,
  overall: string,
): Record<string, string> {
  const reasons: Record<string, string> = {};
  const seated = seatedAt(hall, seats);
  const names = namesIn(wishes);
  const changes = hall.previous ? changesOf(wishes, hall, seats) : {};
  for (const [person, { id, name }] of wishes.people.entries())
    reasons[id] = [
      ...changesSaid(wishes, name, changes[id] ?? []),
      ...outSaid(wishes, person),
      ...placeSaid(wishes, names, hall, seats, person),
      ...meetingsSaid(wishes, hall, seats, seated, person, overall),
    ].join(' ');
  return reasons;
}

/** The rounds in which somebody sits out. */
function outSaid({ sittingOut, people }: TablesWishes, person: number): string[] {
  const { id, name } = people[person]!;
  const rounds = (sittingOut ?? []).flatMap((ids, round) => (ids.includes(id) ? [round + 1] : []));
  return rounds.length === 0 ? [] : [`${name} sits out in ${roundsSaid(rounds)}.`];
}

/** Lists who sits at each table, [round · tables + table]. */
function seatedAt(hall: Hall, seats: Seats): number[][] {
  const seated = Array.from({ length: hall.rounds * hall.tables }, (): number[] => []);
  for (let at = 0; at < seats.length; at += 1)
    if (seats[at]! >= 0)
      seated[Math.floor(at / hall.people) * hall.tables + seats[at]!]!.push(at % hall.people);
  return seated;
}

const tableAt = (hall: Hall, seats: Seats, round: number, person: number) =>
  seats[round * hall.people + person]!;

/** The table somebody hosts, keeps or is locked to. */
function placeSaid(
  wishes: TablesWishes,
  names: ReturnType<typeof namesIn>,
  hall: Hall,
  seats: Seats,
  person: number,
): string[] {
  const { name, host, stays } = wishes.people[person]!;
  const rounds = Array.from({ length: hall.rounds - hall.frozen }, (_, index) => hall.frozen + index);
  const here = rounds.filter((round) => tableAt(hall, seats, round, person) >= 0);
  if (here.length === 0) return [`${name} has no seat in a round to come.`];
  const table = names.table(tableAt(hall, seats, here[0]!, person));
  const unit = hall.unitOf[person]!;
  const others = unit < 0 ? [] : hall.units[unit]!.people.filter((one) => one !== person);
  if (host && others.length > 0) return [`${name} hosts table ${table} with ${names.people(others)}.`];
  if (host) return [`${name} hosts table ${table}.`];
  if (stays) return [`${name} keeps a seat at table ${table}.`];
  const locked = here.filter((round) => hall.fixed[round * hall.people + person]! >= 0);
  return locked.length === 0
    ? []
    : [`${name} is locked to a table in ${roundsSaid(locked.map((round) => round + 1))}.`];
}

function meetingsSaid(
  wishes: TablesWishes,
  hall: Hall,
  seats: Seats,
  seated: readonly number[][],
  person: number,
  overall: string,
): string[] {
  const met = new Map<number, number[]>();
  for (let round = 0; round < hall.rounds; round += 1) {
    const table = tableAt(hall, seats, round, person);
    for (const other of table < 0 ? [] : seated[round * hall.tables + table]!)
      if (other !== person && !areCoHosts(hall, person, other))
        met.set(other, [...(met.get(other) ?? []), round]);
  }
  if (met.size === 0) return ['They meet nobody.'];
  const again = [...met].filter(([, rounds]) => rounds.length > 1);
  const people = counted(met.size, 'person', 'people');
  if (again.length === 0) return [`They meet ${people}, nobody twice.`];
  const said = again
    .slice(0, mostNamed)
    .map(([other, rounds]) => againSaid(wishes, hall, person, other, rounds));
  const more = again.length - said.length;
  const rest = more > 0 ? [`${counted(more, 'other person', 'other people')} more than once.`] : [];
  return [
    `They meet ${people}, ${again.length} of them more than once.`,
    ...said,
    ...rest,
    ...whyAgain(hall, person, met, overall),
  ];
}

/** Why two meet again: a wish, a lock, or rounds already held; else only that they do. */
function againSaid(
  wishes: TablesWishes,
  hall: Hall,
  person: number,
  other: number,
  rounds: readonly number[],
): string {
  const name = wishes.people[other]!.name;
  const when = roundsSaid(rounds.map((round) => round + 1));
  const isPair = ([a, b]: readonly [number, number]) =>
    (a === person && b === other) || (a === other && b === person);
  if (hall.together.some(isPair)) return `${name} in ${when}: the two are to sit together.`;
  const bothFixed = rounds.filter(
    (round) =>
      round >= hall.frozen &&
      hall.fixed[round * hall.people + person]! >= 0 &&
      hall.fixed[round * hall.people + other]! >= 0,
  );
  if (bothFixed.length > 1) return `${name} in ${when}: each keeps that table or is locked to it.`;
  if (rounds.every((round) => round < hall.frozen)) return `${name} in ${when}, which have been held.`;
  return `${name} in ${when}.`;
}

/** Too few others for so many seats, or that no plan repeats less. */
function whyAgain(hall: Hall, person: number, met: ReadonlyMap<number, number[]>, overall: string): string[] {
  const meetings = [...met.values()].reduce((sum, rounds) => sum + rounds.length, 0);
  const others = othersHere(hall, person);
  if (meetings > others)
    return [
      `That is ${meetings} seats beside them, for ${counted(others, 'person', 'people')} they could meet.`,
    ];
  return overall === '' ? [] : [overall];
}

/** How many share a round with somebody, without co-hosts and those kept apart. */
function othersHere(hall: Hall, person: number): number {
  const never = new Set(hall.apart.filter((pair) => pair.includes(person)).flat());
  let count = 0;
  for (let other = 0; other < hall.people; other += 1) {
    if (other === person || never.has(other) || areCoHosts(hall, person, other)) continue;
    for (let round = 0; round < hall.rounds; round += 1)
      if (
        hall.present[round * hall.people + person] === 1 &&
        hall.present[round * hall.people + other] === 1
      ) {
        count += 1;
        break;
      }
  }
  return count;
}
