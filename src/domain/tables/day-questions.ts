// Questions for the planner that a change on the day makes: one for each way to answer it.
import type { Attendee } from './attendance.ts';
import {
  type Clock,
  changedFacts,
  comesYet,
  type DayChange,
  type DayFacts,
  withDay,
  withDropped,
  withHost,
  withReopened,
} from './day.ts';
import {
  type DayOption,
  holesFilled,
  type OptionName,
  seatsLeft,
  standInsFor,
  standInsToTry,
} from './day-options.ts';
import { factsOf } from './facts.ts';
import type { Seats } from './plan.ts';
import { type Evening, type Question, questionOf } from './wishes.ts';

/** One way to answer a change: seats that are known at once, or a question for the planner. */
export interface Way extends Pick<DayOption, 'hosts' | 'dropped' | 'reopened'> {
  name: OptionName;
  evening: Evening;
  seats?: Map<number, number[]>;
  question?: PlannerQuestion;
}

export type PlannerQuestion = Question & { keep: 'seats' | 'meetings'; anyway: true };

/** The evening of a change: people (also those who have just come), what differs already, and the plan everyone knows. */
export interface Asked {
  evening: Evening;
  facts: DayFacts;
  known: Seats;
  change: DayChange;
}

/**
 * Lists the ways to answer a change. Where a table loses its last host another talent takes it or it is dropped, and
 * nothing else is offered but, for a host who is only late, to begin without one.
 */
export function waysFor(asked: Asked): Way[] {
  const { evening, facts, change } = asked;
  const clock: Clock = { rounds: evening.rounds, held: evening.held ?? 0 };
  const changed = changedFacts(facts, change, clock);
  const after = withFacts(evening, changed);
  const lost = tablesWithoutHost(asked, after);
  if (lost.length === 0) return [...usualWays(asked, after), ...backWay(asked, changed)];
  const ways = [...hostWays(asked, changed, lost), ...dropWay(asked, changed, lost)];
  const isLate = change.kind === 'missing' && change.back !== null;
  return isLate ? [...ways, ...usualWays(asked, after).slice(0, 1)] : ways;
}

/** The evening with these facts of the day. */
export function withFacts(evening: Evening, facts: DayFacts): Evening {
  return { ...evening, people: withDay(evening.people, facts), dropped: facts.dropped };
}

/** Tables that had a host until this change, or that are asked about. */
function tablesWithoutHost({ evening, known, change }: Asked, after: Evening): number[] {
  if (change.kind === 'hostless') return [change.table];
  const facts = factsOf(after, holesFilled(after, known));
  if (!facts.hasHosts) return [];
  const before = new Set(factsOf(evening, known).hostless);
  return facts.hostless.filter((table) => !before.has(table));
}

function usualWays({ known, change }: Asked, evening: Evening): Way[] {
  const none = { hosts: [], dropped: [] };
  const even: Way = { name: 'even', evening, ...none, question: asking(evening, known, 'seats') };
  const fresh: Way = { name: 'fresh', evening, ...none, question: asking(evening, known, 'meetings') };
  if (change.kind === 'dropped') return [even, fresh];
  const still: Way = { name: 'still', evening, ...none, seats: holesFilled(evening, known) };
  return change.kind === 'here' ? [still, even, fresh] : [still, even];
}

/** The table of a host who has come after it was dropped, set again. */
function backWay({ evening, known, change }: Asked, changed: DayFacts): Way[] {
  if (change.kind !== 'came') return [];
  const table = evening.people.find(({ id }) => id === change.person)?.host;
  if (!table || !changed.dropped.some((one) => one.table === table)) return [];
  const after = withFacts(evening, withReopened(changed, table));
  const question = asking(after, known, 'seats');
  return [{ name: 'back', evening: after, hosts: [], dropped: [], reopened: table, question }];
}

/** Each talent who may take a table, the likeliest few; where several tables need one, one for each. */
function hostWays({ evening, known, change }: Asked, changed: DayFacts, lost: readonly number[]): Way[] {
  const after = withFacts(evening, changed);
  const wanted = 'host' in change ? change.host : undefined;
  // A host who is only late has their table from the round on for which they come.
  const until = change.kind === 'missing' && change.back !== null ? change.back - 1 : undefined;
  const [table] = lost;
  const choices: DayFacts['hosts'][] =
    lost.length === 1 && table !== undefined
      ? standInsToTry(
          standInsFor(after, known, table, until).filter((id) => wanted === undefined || id === wanted),
        ).map((id) => [hostOf(id, table, until)])
      : [oneForEach(after, known, lost)];
  return choices
    .filter((hosts) => hosts.length === lost.length)
    .map((hosts) => {
      const facts = hosts.reduce((sum, one) => withHost(sum, ...one), changed);
      const withHosts = withFacts(evening, facts);
      return {
        name: 'host',
        evening: withHosts,
        hosts,
        dropped: [],
        question: asking(withHosts, known, 'seats'),
      };
    });
}

const hostOf = (id: number, table: number, until?: number): DayFacts['hosts'][number] =>
  until === undefined ? [id, table] : [id, table, until];

function oneForEach(evening: Evening, known: Seats, lost: readonly number[]): DayFacts['hosts'] {
  let people: readonly Attendee[] = evening.people;
  return lost.flatMap((table): DayFacts['hosts'] => {
    const [id] = standInsFor({ ...evening, people }, known, table);
    if (id === undefined) return [];
    people = people.map((one) => (one.id === id ? { ...one, host: table } : one));
    return [[id, table]];
  });
}

/** All of these tables dropped, where others are left. */
function dropWay({ evening, known }: Asked, changed: DayFacts, lost: readonly number[]): Way[] {
  const from = (evening.held ?? 0) + 1;
  const facts = lost.reduce((sum, table) => withDropped(sum, table, from), changed);
  const after = withFacts(evening, facts);
  const gone = new Set(facts.dropped.map(({ table }) => table));
  if (gone.size >= evening.tables) return [];
  const dropped = lost.map((table) => ({ table, from }));
  return [{ name: 'drop', evening: after, hosts: [], dropped, question: asking(after, known, 'seats') }];
}

/** Asks for a plan that changes as few seats as it can, or one with as many new meetings. */
export function asking(evening: Evening, known: Seats, keep: 'seats' | 'meetings'): PlannerQuestion {
  // A host without a table that is open is a guest, and nobody has a seat at a table that is gone.
  return { ...questionOf(evening, seatsLeft(evening, known), known), keep, anyway: true };
}

/** The same way where tables may have more people than they have seats. */
export function withMoreSeats(way: Way, known: Seats): Way {
  const evening = { ...way.evening, mostSeats: null };
  return { ...way, name: 'seats', evening: way.evening, question: asking(evening, known, 'seats') };
}

/** Odds that a table without hosts is dropped: people seldom do it. */
const usualDrop = 0.02;

/**
 * Changes that may come, the likeliest first: people who are not here yet by how likely they do not come, tables by how likely
 * all their hosts do not. Of two as likely a host comes first, then a table.
 */
export function likelyChanges(evening: Evening): DayChange[] {
  const { people, tables, held = 0, rounds, dropped = [] } = evening;
  const open = Array.from({ length: tables }, (_, index) => index + 1).filter(
    (table) => !dropped.some((one) => one.table === table),
  );
  const missing = people.filter((one) => one.isHere !== true && comesYet(one, { held, rounds }));
  const gone = (are: (one: Attendee) => boolean) =>
    missing
      .filter(are)
      .map(({ id, absence }): Likely => [absence, { kind: 'missing', person: id, back: null }]);
  return [
    ...gone(({ host }) => host !== null),
    ...open.map((table): Likely => [oddsOfDrop(people, table), { kind: 'dropped', table, from: held + 1 }]),
    ...gone(({ host }) => host === null),
  ]
    .toSorted(([a], [b]) => b - a)
    .map(([, change]) => change);
}

type Likely = [odds: number, change: DayChange];

function oddsOfDrop(people: readonly Attendee[], table: number): number {
  const hosts = people.filter(({ host }) => host === table);
  if (hosts.length === 0) return usualDrop;
  return hosts.reduce((odds, { absence, isHere }) => odds * (isHere ? 0 : absence), 1);
}
