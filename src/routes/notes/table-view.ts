// Who sits at a host's table in a round, where its guests go next, and who comes.
import { greetingName } from '../../domain/people/names.ts';
import type { DayFacts } from '../../domain/tables/day.ts';
import type { TableMate } from '../../store/tables/own-seat.ts';
import type { Words } from '../../words.ts';
import type { Evening } from './evening-view.ts';

/** Somebody at a table: with what a host should know of them, or ''. */
export interface AtTable {
  name: string;
  side: TableMate['side'];
  note: string;
}

/** A guest in a move: the next table, or null where they leave. */
export interface GoesTo extends AtTable {
  table: number | null;
}

interface Seated {
  mates: readonly TableMate[];
  facts: DayFacts;
  table: number;
  hosts: ReadonlySet<number>;
}

const nameOf = ({ name }: TableMate) => greetingName(name) || name;

const seatIn = ({ tables }: TableMate, round: number) => tables[round - 1] ?? 0;

/** Lists guests at a table in a round; those who leave after it say so. */
export function guestsIn(words: Words, { mates, facts, table, hosts }: Seated, round: number): AtTable[] {
  return mates
    .filter((one) => !hosts.has(one.id) && seatIn(one, round) === table)
    .map((one) => ({ name: nameOf(one), side: one.side, note: presenceOf(words, facts, one.id, round) }));
}

function presenceOf({ t }: Words, { there }: DayFacts, id: number, round: number): string {
  const [, from, until] = there.find(([person]) => person === id) ?? [];
  if (until === round) return t('leaves after this round');
  return from === round && round > 1 ? t('new') : '';
}

/** Lists where the guests of one round go in the next. */
export function sendOn(words: Words, seated: Seated, from: number, to: number): GoesTo[] {
  const { mates, table, hosts } = seated;
  return mates
    .filter((one) => !hosts.has(one.id) && seatIn(one, from) === table)
    .map((one) => {
      const next = seatIn(one, to);
      const note = next === 0 ? words.t('Leaves now') : next === table ? words.t('Stays here') : '';
      return { name: nameOf(one), side: one.side, note, table: next > 0 && next !== table ? next : null };
    });
}

/** Tables that the guests of a round sat at in the one before. */
export function cameFrom({ mates, table, hosts }: Seated, round: number): number[] {
  const guests = mates.filter((one) => !hosts.has(one.id) && seatIn(one, round) === table);
  return guests.map((one) => seatIn(one, round - 1)).filter((before) => before > 0 && before !== table);
}

/** Returns the parts of the host's card that follow from who sits where. */
export function companyOf(words: Words, seated: Seated | null, { round, next, kind }: Evening) {
  if (!seated) return { guests: [], sendOn: [], coming: [] };
  const isMoving = kind === 'move' && next !== null;
  return {
    guests: guestsIn(words, seated, round),
    sendOn: isMoving ? sendOn(words, seated, round, next.round) : [],
    coming: isMoving ? guestsIn(words, seated, next.round) : [],
  };
}
