import { firstMoment } from '../../domain/events/fixed-starts.ts';
import { isOver, startOf } from '../../domain/events/times.ts';
import { roundsBegun } from '../../domain/tables/day.ts';
import { roundsOf } from '../../domain/tables/plan.ts';
import { orNotFound } from '../../refusal.ts';
import { newSeatsOf } from '../../store/tables/day.ts';
import { page } from '../../web/pages.ts';
import type { Pages } from '../../web/visit.ts';
import type { Words } from '../../words.ts';
import { guestData } from '../events/page.ts';
import { atBothDoors, type GuestVisit } from '../events/visitor.ts';
import { type OwnRound, roundsOfGuest } from './seat-view.ts';

/** Registers a guest's own tables, at the personal link and for those who are signed in. */
export function seatRoutes(at: Pages): void {
  atBothDoors(at).get('/seat', show);
}

async function show(visit: GuestVisit) {
  const { ctx, words, guest } = visit;
  const { event, blocks, shared } = guest.page;
  orNotFound(event.shape === 'tables' ? event : null, 'page');
  const rounds = shared.hasTables ? await roundsOfGuest(visit) : null;
  const seated = (rounds ?? []).filter(({ table }) => table > 0);
  const held = roundsBegun(roundsOf(blocks, firstMoment(event)), startOf(event), ctx.now());
  const next = seated.find(({ number }) => number > held);
  const first = next ?? seated.at(-1) ?? null;
  return page(visit, 'tables/seat', {
    ...guestData(visit),
    title: words.t('My table'),
    hasTables: shared.hasTables,
    rounds: seated.length > 0 ? rounds! : null,
    first,
    heading: headingOf(words, first, held, next !== undefined),
    changed: rounds ? await changedFor(visit, held) : null,
    at: guest.page.revision,
    follows: event.state === 'published' && !isOver(event, ctx.now()),
  });
}

function headingOf({ t }: Words, first: OwnRound | null, held: number, isNext: boolean): string {
  if (!first) return t('Your tables');
  if (held === 0) return t('You start at table {n}', { n: first.table });
  return isNext
    ? t('Next you are at table {n}', { n: first.table })
    : t('You are at table {n}', { n: first.table });
}

/** New seats of this guest in rounds to come, as they were accepted on the day. */
async function changedFor({ ctx, guest, words }: GuestVisit, held: number) {
  const { event } = guest.page;
  const found = await newSeatsOf(ctx.db, event.id, guest.me.id);
  const hops = (found?.hops ?? []).filter(({ round }) => round > held);
  if (!found || hops.length === 0) return null;
  const time = found.at.toZonedDateTimeISO(event.timeZone).toPlainTime().toString({ smallestUnit: 'minute' });
  return {
    title: words.t('Changed at {time}', { time }),
    lines: hops.map(({ round, from, to }) =>
      from > 0
        ? words.t('Round {round}: table {to}, no longer {from}.', { round, from, to })
        : words.t('Round {round}: table {to}.', { round, to }),
    ),
  };
}
