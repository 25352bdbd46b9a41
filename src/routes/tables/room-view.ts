// The tables of one round as organisers see them: ten at a time, each person a choice.
import type { TablesOfEvent } from '../../actions/tables/evening.ts';
import { greetingName } from '../../domain/people/names.ts';
import { type Attendee, hostedIn } from '../../domain/tables/attendance.ts';
import { tablesOf as atTables } from '../../domain/tables/facts.ts';
import { addressWith, pageOf, pagerFor, rowsOn } from '../../web/paging.ts';
import type { Words } from '../../words.ts';
import type { FactName } from './facts-view.ts';

/** Tables on one page; a search looks at all of them. */
const tablesShown = 10;
/** People without a seat, wishes and proposals shown at once. */
export const mostShown = 12;

/** The part of a plan that is looked at. */
export interface Look {
  round: number;
  page: number;
  q: string;
  list?: FactName | undefined;
  lines: number;
}

/** Returns the address of another part of the plan. */
export type Address = (query: Partial<Look>) => string;

/** Makes addresses of the same plan that differ in what is named. */
export function addressesOf(base: string, look: Look): Address {
  return (query) => {
    const { round, page, q, list, lines } = { ...look, ...query };
    const [at, line] = [round, lines].map((number) => (number > 1 ? number : ''));
    return addressWith(base, { round: at, page, q, list, lines: line });
  };
}

/** The tables of a round, ten at a time, and people without a seat in it. */
export function roomShown(
  words: Words,
  tables: TablesOfEvent,
  seats: ReadonlyMap<number, readonly number[]>,
  round: number,
  look: Look,
  address: Address,
) {
  const room = atTables(tables, seats)[round - 1]!;
  const wanted = look.q.toLocaleLowerCase();
  const isFound = ({ name }: Attendee) => wanted !== '' && name.toLocaleLowerCase().includes(wanted);
  const person = personIn(words, tables, round, isFound);
  const numbers = Array.from({ length: tables.tables }, (_, index) => index + 1).filter(
    (number) => wanted === '' || (room.get(number) ?? []).some(isFound),
  );
  const at = pageOf(look.page, numbers.length, tablesShown);
  const without = tables.people
    .filter(({ id }) => (seats.get(id)?.[round - 1] ?? 0) === 0)
    .filter((one) => wanted === '' || isFound(one));
  const topic = new Map(tables.topics.map(({ number, sentence }) => [number, sentence]));
  return {
    room: rowsOn(numbers, at).map((number) => {
      const people = talentsFirst(room.get(number) ?? []).map((one) => person(one, number));
      const free = tables.mostSeats === null ? null : tables.mostSeats - people.length;
      return { number, title: topic.get(number) ?? '', people, free, isFull: free !== null && free <= 0 };
    }),
    pager: pagerFor(at, (page) => `${address({ page })}#plan-room`),
    without: without.slice(0, mostShown).map((one) => person(one, 0)),
    withoutMore: Math.max(0, without.length - mostShown),
  };
}

const talentsFirst = (people: readonly Attendee[]) => [
  ...people.filter(({ side }) => side === 'talent'),
  ...people.filter(({ side }) => side === 'senior'),
];

/** Returns how people of a round are shown, each as a choice. */
function personIn(
  words: Words,
  tables: TablesOfEvent,
  round: number,
  isFound: (person: Attendee) => boolean,
) {
  const short = shortNames(tables.people);
  const fixed = fixedIn(tables, round);
  return (person: Attendee, table: number) => ({
    id: person.id,
    name: person.name,
    short: table === 0 ? person.name : short.get(person.id)!,
    side: person.side,
    table,
    isFound: isFound(person),
    label: labelOf(words, person, table, fixed.has(person.id)),
    isFixed: fixed.has(person.id),
    mayNotCome: person.mayNotCome,
  });
}

/** First names for paper, where no surname stands: of two with one first name, with the initial of the last. */
export function shortNamesOnPaper(people: readonly { id: number; name: string }[]): Map<number, string> {
  const first = people.map(({ id, name }) => ({ id, name, short: greetingName(name) || name }));
  const counts = Map.groupBy(first, ({ short }) => short);
  const initial = (name: string) => [...(name.trim().split(/\s+/).at(-1) ?? '')][0] ?? '';
  return new Map(
    first.map(({ id, name, short }) => [
      id,
      counts.get(short)!.length > 1 && name !== short ? `${short} ${initial(name)}.` : short,
    ]),
  );
}

function labelOf({ t }: Words, person: Attendee, table: number, isFixed: boolean): string {
  return [
    person.name,
    person.department,
    person.host === null ? '' : t('hosts table {n}', { n: person.host }),
    table === 0 ? t('without a seat') : t('at table {n}', { n: table }),
    isFixed ? t('does not move') : '',
    person.mayNotCome ? t('may not come') : '',
  ]
    .filter(Boolean)
    .join(', ');
}

/** People who are locked in a round, or keep one seat. */
function fixedIn({ people, wishes }: TablesOfEvent, round: number): Set<number> {
  const wished = wishes.filter(
    ({ kind, round: at }) => kind === 'stays' || (kind === 'lock' && (at === null || at === round)),
  );
  return new Set([
    ...wished.map(({ personId }) => personId),
    ...people.flatMap((one) => (hostedIn(one, round) === null ? [] : [one.id])),
  ]);
}

/** First names; of two with one first name the whole name, so that nobody is taken for the other. */
export function shortNames(people: readonly { id: number; name: string }[]): Map<number, string> {
  const first = people.map(({ id, name }) => ({ id, name, short: greetingName(name) || name }));
  const counts = Map.groupBy(first, ({ short }) => short);
  return new Map(first.map(({ id, name, short }) => [id, counts.get(short)!.length > 1 ? name : short]));
}
