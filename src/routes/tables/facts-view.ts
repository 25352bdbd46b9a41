// The four facts about a plan in words, and the list behind each.
import type { PlannedTables, TablesOfEvent } from '../../actions/tables/evening.ts';
import type { Facts } from '../../domain/tables/facts.ts';
import type { PlanFigures } from '../../domain/tables/plan.ts';
import { listed, type Words } from '../../words.ts';

export const factNames = ['met', 'wishes', 'mix', 'open'] as const;
export type FactName = (typeof factNames)[number];

/** One fact: a sentence, a quiet one below it, and whether it wants a look. */
export interface Fact {
  name: FactName;
  isFine: boolean;
  text: string;
  note: string;
  /** How many lines the list behind it has. */
  lines: number;
}

/** Puts the facts into words. */
export function factsInWords(
  words: Words,
  tables: PlannedTables,
  facts: Facts,
  figures: PlanFigures | null,
): Fact[] {
  const { t } = words;
  const { newMeetings, meetings, again } = facts;
  const met: Fact = {
    name: 'met',
    isFine: newMeetings === meetings,
    text: t('{n} of {all} meetings are new', { n: newMeetings, all: meetings }),
    note: metNote(words, tables, figures),
    lines: again.length,
  };
  return [met, wishesFact(words, facts), mixFact(words, facts, figures), openFact(words, tables, facts)];
}

function wishesFact({ t, tn }: Words, { broken, lines, wishes }: Facts): Fact {
  const text =
    broken.length === 0
      ? t('Nobody sits with their boss, every wish is kept')
      : tn(broken.length, '{n} wish is not kept', '{n} wishes are not kept');
  const note = t('Reporting lines checked: {lines}. Wishes: {wishes}.', { lines, wishes });
  return { name: 'wishes', isFine: broken.length === 0, text, note, lines: broken.length };
}

/** A plan that is proven asks for no look: sides are mixed as well as can be, and departments come after new meetings. */
function mixFact({ t, tn }: Words, { unmixed, mostOfDepartment }: Facts, figures: PlanFigures | null): Fact {
  const isProven = figures?.isProven === true;
  const text =
    unmixed.length === 0
      ? t('Departments and sides are mixed')
      : tn(unmixed.length, '{n} table is less mixed than it could be', '{n} times a table is less mixed');
  const most = t('Most people of one department at a table: {n}', { n: mostOfDepartment });
  const note =
    isProven && unmixed.length > 0 ? t('Proven: sides can’t be mixed better. {most}', { most }) : most;
  return { name: 'mix', isFine: isProven || unmixed.length === 0, text, note, lines: unmixed.length };
}

function openFact({ t, tn }: Words, { people, tables }: TablesOfEvent, facts: Facts): Fact {
  const { length: unseated } = facts.unseated;
  const hostless = facts.hasHosts ? facts.hostless.length : 0;
  const text =
    unseated === 0
      ? t('Everyone has a seat')
      : tn(unseated, '{n} person has no seat yet', '{n} people have no seat yet');
  const note =
    hostless > 0
      ? tn(hostless, '{n} table has no host', '{n} tables have no host')
      : t('People: {people}. Tables: {tables}.', { people: people.length, tables });
  return { name: 'open', isFine: unseated + hostless === 0, text, note, lines: unseated + hostless };
}

function metNote({ t }: Words, { met }: PlannedTables, figures: PlanFigures | null): string {
  if (figures?.isProven) return t('Proven: no plan does better');
  return met.size > 0 ? t('Earlier events of the season are counted too') : t('Of two people at one table');
}

/** Lists the sentences behind a fact. */
export function linesOf(words: Words, tables: TablesOfEvent, facts: Facts, name: FactName): string[] {
  const { t } = words;
  const names = new Map(tables.people.map((person) => [person.id, person.name]));
  const nameOf = (id: number | null) => (id === null ? '' : (names.get(id) ?? ''));
  const inRounds = (rounds: readonly number[]) => roundsText(words, rounds);
  if (name === 'met')
    return facts.again.map(({ a, b, rounds, before }) =>
      before === 0
        ? t('{a} and {b} meet in {rounds}.', { a: nameOf(a), b: nameOf(b), rounds: inRounds(rounds) })
        : t('{a} and {b} meet in {rounds}, and met at an earlier event.', {
            a: nameOf(a),
            b: nameOf(b),
            rounds: inRounds(rounds),
          }),
    );
  if (name === 'wishes') return facts.broken.map((one) => brokenText(words, one, nameOf));
  if (name === 'mix')
    return facts.unmixed.map(({ round, table, department, side, count }) => {
      if (side === 'talent')
        return t('Table {table} has no young talent in round {round}.', { table, round });
      if (side === 'senior')
        return t('Table {table} has no senior manager in round {round}.', { table, round });
      return t('Table {table} has {n} people of {department} in round {round}.', {
        table,
        n: count,
        department,
        round,
      });
    });
  return [
    ...facts.unseated.map((id) => t('{name} has no seat in every round.', { name: nameOf(id) })),
    ...(facts.hasHosts ? facts.hostless : []).map((table) =>
      t('Table {table} has no host who comes.', { table }),
    ),
  ];
}

export function brokenText(
  words: Words,
  { kind, a, b, table, rounds }: Facts['broken'][number],
  nameOf: (id: number | null) => string,
): string {
  const { t } = words;
  const blanks = { a: nameOf(a), b: nameOf(b), table: table ?? 0, rounds: roundsText(words, rounds) };
  if (kind === 'boss') return t('{a} sits with {b}, their boss, in {rounds}.', blanks);
  if (kind === 'apart') return t('{a} and {b} were to sit apart, but share a table in {rounds}.', blanks);
  if (kind === 'together') return t('{a} and {b} were to sit together, but sit apart in {rounds}.', blanks);
  if (kind === 'lock') return t('{a} is locked to table {table}, but sits elsewhere in {rounds}.', blanks);
  if (kind === 'stays') return t('{a} was to keep one seat, but moves in {rounds}.', blanks);
  if (kind === 'host') return t('{a} hosts table {table}, but sits elsewhere in {rounds}.', blanks);
  return t('Table {table} has more people than seats in {rounds}.', blanks);
}

/** 'round 2', 'rounds 1 and 3'. */
function roundsText(words: Words, rounds: readonly number[]): string {
  const numbers = listed(rounds.map(String), words);
  return rounds.length === 1
    ? words.t('round {n}', { n: numbers })
    : words.t('rounds {numbers}', { numbers });
}
