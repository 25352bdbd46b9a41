import { z } from 'zod';
import type * as trendEvents from '../../store/trends/events.ts';
import type * as trends from '../../store/trends/trends.ts';
import { pageField } from '../../web/paging.ts';

/** Filters, order, search and page of the list. */
export const boardQuery = z.object({
  show: z
    .string()
    .regex(/^(all|proposed|shortlisted|parked|mine|event-[1-9]\d{0,9})$/)
    .catch('all'),
  order: z.enum(['newest', 'wanted', 'name']).catch('newest'),
  find: z.string().trim().max(200).catch(''),
  page: pageField,
});

export interface BoardQuery {
  /** 'all', 'proposed', 'shortlisted', 'parked', 'mine' or 'event-12'. */
  show: string;
  order: trends.Order;
  page: number;
  /** Words to look for, in all states. */
  find: string;
  /** An earlier season. */
  season?: number | undefined;
}

/** The list's own address, without what goes without saying. */
export function addressOf(query: BoardQuery): string {
  const fields = new URLSearchParams();
  if (query.show !== 'all') fields.set('show', query.show);
  if (query.order !== 'newest') fields.set('order', query.order);
  if (query.page > 1) fields.set('page', String(query.page));
  if (query.find) fields.set('find', query.find);
  if (query.season) fields.set('season', String(query.season));
  return fields.size > 0 ? `/trends?${fields}` : '/trends';
}

const always = new Set(['all', 'proposed', 'mine']);

export function chipsFor(query: BoardQuery, counts: trends.Counts, rounds: trendEvents.Round[]) {
  const chip = (show: string, count: number, name = '') => ({
    show,
    name,
    count,
    href: addressOf({ ...query, show, page: 1, find: '' }),
    current: query.show === show && query.find === '',
  });
  return [
    chip('all', counts.all),
    chip('proposed', counts.proposed),
    chip('shortlisted', counts.shortlisted),
    ...rounds.map((round) => chip(`event-${round.id}`, round.topics, round.name)),
    chip('parked', counts.parked),
    chip('mine', counts.mine),
  ].filter((each) => each.count > 0 || each.current || always.has(each.show));
}

export function ordersFor(query: BoardQuery, seesTallies: boolean) {
  const names: trends.Order[] = seesTallies ? ['newest', 'wanted', 'name'] : ['newest', 'name'];
  return names.map((order) => ({
    order,
    href: addressOf({ ...query, order, page: 1 }),
    current: query.order === order,
  }));
}
