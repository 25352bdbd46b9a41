// Puts a plan's worth into sentences: what the bound means and what each wish cost.
import type { Hall } from './hall.ts';
import { counted, namesIn, roundsSaid } from './names.ts';
import { mixBroken, type Score, type Seats } from './score.ts';
import type { TablesWishes } from './wishes.ts';

/** Facts about a plan besides its seats. */
export interface Worth {
  score: Score;
  least: Score;
  /** The fewest meetings that cannot be new. */
  leastNotNew: number;
  /** "no plan", and of which plans that is said: bounds are for those that keep what this one keeps. */
  noPlan: string;
}

/** "no plan", or "no plan that keeps what this one keeps" where there are wishes, or sides to mix. */
export function noPlanOf({ apart, together, quotas }: Hall): string {
  const sides = (quotas ?? []).some(
    ({ least, most }) => least.some((count, n) => count < n) && most.some(Boolean),
  );
  return apart.length + together.length > 0 || sides ? 'no plan that keeps what this one keeps' : 'no plan';
}

/** How many meetings are not new, and what no plan that keeps what this one keeps can be below. */
export function meetingsSentence({ score, least, leastNotNew, noPlan }: Worth): string {
  const { repeats, repeatedMeetings: value } = score;
  if (value === 0) return 'Everybody meets new people in every round.';
  const said = counted(repeats, 'meeting is not new', 'meetings are not new');
  if (repeats <= leastNotNew) return `${said}; ${noPlan} can have fewer.`;
  const pairs = `Counted as pairs of rounds in which the same two meet that is ${value}`;
  const bound = Math.min(least.repeatedMeetings, value);
  if (value <= bound) return `${said}. ${pairs}; ${noPlan} can have fewer of these.`;
  return bound === 0
    ? `${said}. ${pairs}; it is not known whether fewer are possible.`
    : `${said}. ${pairs}; ${noPlan} can have fewer than ${bound}.`;
}

/** Says that no plan has fewer repeats over all people, where that is so; '' where it is not known. */
export function repeatsSaid({ score, least, leastNotNew, noPlan }: Worth): string {
  const said = noPlan.replace('no', 'No');
  if (score.repeats <= leastNotNew) return `${said} has fewer meetings that are not new.`;
  if (score.repeatedMeetings > least.repeatedMeetings) return '';
  return `${said} has fewer pairs of rounds in which the same two meet.`;
}

/** All sentences about a plan; the first is about meetings. */
export function sentencesOf(
  wishes: TablesWishes,
  hall: Hall,
  seats: Seats,
  season: Season | undefined,
  worth: Worth,
): string[] {
  return [
    meetingsSentence(worth),
    ...seasonSentence(season),
    ...departmentSentence(worth),
    ...movesSentence(hall, worth),
    ...mixSentences(wishes, hall, seats),
    ...costSentences(wishes, hall),
  ];
}

type Season = { all: number; first: number; most: number };

function seasonSentence(season: Season | undefined): string[] {
  if (!season) return [];
  const { all, first, most } = season;
  const said = `${first} of ${counted(all, 'meeting', 'meetings')} ${first === 1 ? 'is' : 'are'} new this season`;
  return [first === most ? `${said}; there can be no more.` : `${said}; there can be at most ${most}.`];
}

function departmentSentence({ score, least }: Worth): string[] {
  if (score.departments === 0) return [];
  const said = counted(
    score.departments,
    'meeting is between people of one department',
    'meetings are between people of one department',
  );
  const bound = Math.min(least.departments, score.departments);
  if (bound === 0) return [`${said}.`];
  return [
    bound === score.departments
      ? `${said}; no plan can have fewer.`
      : `${said}; no plan can have fewer than ${bound}.`,
  ];
}

function movesSentence(hall: Hall, { score, least, noPlan }: Worth): string[] {
  if (!hall.previous) return [];
  if (score.moved === 0) return ['Nobody moves from the plan people know.'];
  const said = counted(
    score.moved,
    'seat differs from the plan people know',
    'seats differ from the plan people know',
  );
  if (score.moved > least.moved) return [`${said}.`];
  return [`${said}; ${noPlan} can have fewer.`];
}

function mixSentences(wishes: TablesWishes, hall: Hall, seats: Seats): string[] {
  const names = namesIn(wishes);
  return mixBroken(hall, seats).map(({ round, table, seniors }) => {
    let people = 0;
    for (let at = round * hall.people; at < (round + 1) * hall.people; at += 1)
      if (seats[at] === table) people += 1;
    const talents = counted(people - seniors, 'talent', 'talents');
    return `In round ${round + 1} table ${names.table(table)} has ${counted(seniors, 'senior', 'seniors')} and ${talents}: less even than the room.`;
  });
}

/** Meetings that wishes and locks repeat for sure: these are what each cost. */
function costSentences(wishes: TablesWishes, hall: Hall): string[] {
  const names = namesIn(wishes);
  const said: string[] = [];
  for (const [a, b] of hall.together) {
    if (hall.unitOf[a]! >= 0 && hall.unitOf[a] === hall.unitOf[b]) continue;
    const rounds = roundsOfBoth(hall, a, b);
    if (rounds.length > 1)
      said.push(
        `Keeping ${names.people([a, b])} together in ${roundsSaid(rounds)} makes ${counted(rounds.length - 1, 'meeting that is not new', 'meetings that are not new')}.`,
      );
  }
  return said;
}

/** The rounds to come, from 1, in which both are here. */
function roundsOfBoth(hall: Hall, a: number, b: number): number[] {
  const rounds: number[] = [];
  for (let round = hall.frozen; round < hall.rounds; round += 1)
    if (hall.present[round * hall.people + a] === 1 && hall.present[round * hall.people + b] === 1)
      rounds.push(round + 1);
  return rounds;
}
