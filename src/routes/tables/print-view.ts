// Sheets of a plan on paper. Cards and tables have first names; the finder alone has surnames.
import type { TablesOfEvent } from '../../actions/tables/evening.ts';
import { hostedIn } from '../../domain/tables/attendance.ts';
import { tablesOf as atTables } from '../../domain/tables/facts.ts';
import type { Seats } from '../../domain/tables/plan.ts';
import type { Words } from '../../words.ts';
import { shortNamesOnPaper } from './room-view.ts';

/** A published plan about to be printed. */
export interface OnPaper {
  words: Words;
  tables: TablesOfEvent;
  seats: Seats;
  /** When each round begins, 'HH:MM'. */
  starts: string[];
}

/** A card for each person who has a seat: their first name, and their table in each round. */
export function cardsOf({ words, tables, seats, starts }: OnPaper) {
  const short = shortNamesOnPaper(tables.people);
  const topic = new Map(tables.topics.map(({ number, sentence }) => [number, sentence]));
  return seated(tables, seats).map(({ id, name, side, host }) => ({
    id,
    hosts: host === null ? '' : words.t('Hosts table {n}', { n: host }),
    topic: host === null ? '' : (topic.get(host) ?? ''),
    name: short.get(id) ?? name,
    side,
    rounds: tables.schedule.map(({ number, title }, round) => {
      const table = seats.get(id)![round] ?? 0;
      return {
        title: title || words.t('Round {n}', { n: number }),
        at: starts[round] ?? '',
        table: table === 0 ? '–' : String(table),
        topic: topic.get(table) ?? '',
      };
    }),
  }));
}

/** A sheet for each table: hosts, and first names by round. */
export function sheetsOf({ words, tables, seats, starts }: OnPaper) {
  const short = shortNamesOnPaper(tables.people);
  const rooms = atTables(tables, seats);
  const topic = new Map(tables.topics.map(({ number, sentence }) => [number, sentence]));
  return Array.from({ length: tables.tables }, (_, index) => index + 1)
    .filter((number) => rooms.some((room) => room.has(number)))
    .map((number) => ({
      number,
      title: topic.get(number) ?? '',
      hosts: tables.people
        .filter(({ id, host }) => host === number && seats.has(id))
        .map(({ id }) => short.get(id)!),
      rounds: tables.schedule.map(({ number: round, title }, at) => ({
        title: title || words.t('Round {n}', { n: round }),
        at: starts[at] ?? '',
        people: (rooms[at]!.get(number) ?? [])
          .filter((one) => hostedIn(one, round) !== number)
          .map(({ id }) => short.get(id)!),
      })),
    }));
}

/** Everyone from A to Z by last name, with their tables; it stays with the organisers. */
export function finderOf({ tables, seats }: OnPaper) {
  const last = (name: string) => name.split(/\s+/).at(-1) ?? name;
  return seated(tables, seats)
    .map(({ id, name }) => ({
      name,
      tables: seats.get(id)!.map((table) => (table === 0 ? '–' : String(table))),
    }))
    .toSorted((a, b) => last(a.name).localeCompare(last(b.name)) || a.name.localeCompare(b.name));
}

const seated = ({ people }: TablesOfEvent, seats: Seats) => people.filter(({ id }) => seats.has(id));
