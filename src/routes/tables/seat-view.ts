// Somebody's own tables by the published plan: where they sit in each round, and with whom.

import { seesGuestList } from '../../domain/access.ts';
import { clockAfter, firstMoment } from '../../domain/events/fixed-starts.ts';
import { greetingName } from '../../domain/people/names.ts';
import type { DayFacts } from '../../domain/tables/day.ts';
import { roundsOf } from '../../domain/tables/plan.ts';
import { dayOf } from '../../store/tables/day.ts';
import { linksOf } from '../../store/tables/links.ts';
import { ownSeats, type TableMate } from '../../store/tables/own-seat.ts';
import { listed, type Words } from '../../words.ts';
import type { GuestVisit } from '../events/visitor.ts';

/** One round of somebody's evening. */
export interface OwnRound {
  /** From 1. */
  number: number;
  title: string;
  /** Wall clock 'HH:MM'. */
  at: string;
  /** 0 where they have no seat in it. */
  table: number;
  topic: string;
  hosts: string;
  people: { name: string; side: TableMate['side'] }[];
  /** Address to join this table online; empty where it has none. */
  link: string;
}

/** Returns the rounds of this guest, or null while they have no seat in a published plan. */
export async function roundsOfGuest({ ctx, guest, words }: GuestVisit): Promise<OwnRound[] | null> {
  const { page, me } = guest;
  const own = await ownSeats(ctx.db, page.event.id, me.id);
  if (!own) return null;
  const { facts } = await dayOf(ctx.db, page.event.id);
  // Of their own tables alone.
  const links = new Map(
    (await linksOf(ctx.db, page.event.id, own.tables)).map(({ number, url }) => [number, url]),
  );
  // Guests who do not see the guest list see who hosts their table and nobody else.
  const showsAll = seesGuestList(guest, page.event) || me.side === 'talent';
  const first = firstMoment(page.event);
  return roundsOf(page.blocks, first).map(({ number, title, after }) => {
    const table = own.tables[number - 1] ?? 0;
    const topic = page.topics.find((one) => one.number === table);
    const hostIds = hostsAt(table, topic?.hosts ?? [], steppedInto(facts, number));
    const here = own.mates.filter(({ tables }) => table > 0 && tables[number - 1] === table);
    const hosts = here.filter(({ id }) => hostIds.has(id));
    return {
      number,
      title: title || words.t('Round {n}', { n: number }),
      at: clockAfter(first, after),
      table,
      topic: topic?.sentence ?? '',
      hosts: hostsText(words, hosts),
      link: links.get(table) ?? '',
      people: (showsAll ? here : hosts).map(({ name, side }) => ({ name: greetingName(name) || name, side })),
    };
  });
}

/** People who took another table on the day and host it in this round. */
const steppedInto = ({ hosts }: DayFacts, round: number) =>
  hosts.filter(([, , until]) => until === undefined || round <= until);

/** People who host a table: its team, but for those who took another one on the day, and those who took this one. */
function hostsAt(
  table: number,
  team: readonly { id: number }[],
  stepped: readonly (readonly [id: number, table: number, until?: number])[],
): Set<number> {
  const elsewhere = new Map(stepped.map(([id, at]) => [id, at]));
  const own = team.filter(({ id }) => (elsewhere.get(id) ?? table) === table).map(({ id }) => id);
  return new Set([...own, ...stepped.filter(([, at]) => at === table).map(([id]) => id)]);
}

function hostsText(words: Words, hosts: readonly TableMate[]): string {
  const { t } = words;
  const names = hosts.map(({ name }) => greetingName(name) || name);
  if (names.length === 0) return '';
  if (names.length === 1) return t('{name} hosts.', { name: names[0]! });
  return t('{names} host.', { names: listed(names, words) });
}

/** Returns who sits with a host in each round; null until tables are published. */
export async function tableOfHost(visit: GuestVisit): Promise<OwnRound[] | null> {
  return visit.guest.page.shared.hasTables ? roundsOfGuest(visit) : null;
}
