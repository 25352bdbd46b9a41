// The projector's notice of new seats, until the round they are for has begun.

import { firstMoment } from '../../domain/events/fixed-starts.ts';
import { startOf } from '../../domain/events/times.ts';
import { nextRoundAt, roundsBegun } from '../../domain/tables/day.ts';
import { roundsOf } from '../../domain/tables/plan.ts';
import type { SharedPage } from '../../store/events/page.ts';
import type { Words } from '../../words.ts';
import { shortNamesOnPaper } from './room-view.ts';

/** Most people who are named; of more only the number is said. */
const mostNamed = 8;

/** First names with their new tables for the next round; null where nothing is new, or its round has begun. */
export function movesOf(words: Words, shared: SharedPage, now: Temporal.Instant) {
  const { newSeats, event, blocks, invitees } = shared;
  if (!newSeats) return null;
  const schedule = roundsOf(blocks, firstMoment(event));
  const held = roundsBegun(schedule, startOf(event), now);
  const toCome = newSeats.hops.filter(({ round }) => round > held);
  const round = Math.min(...toCome.map((hop) => hop.round));
  const names = shortNamesOnPaper(invitees);
  const moves = toCome
    .filter((hop) => hop.round === round && names.has(hop.id))
    .map(({ id, to }) => ({ name: names.get(id)!, table: to }));
  if (moves.length === 0) return null;
  const next = nextRoundAt(schedule, startOf(event), held);
  const title = schedule[round - 1]?.title || words.t('Round {n}', { n: round });
  return {
    title: words.t('New tables, {round}', { round: title }),
    moves: moves.length <= mostNamed ? moves : [],
    many: words.tn(moves.length, '{n} person has a new table.', '{n} people have a new table.'),
    /** Seconds until the notice is over. */
    seconds: next ? Math.max(1, Math.ceil(next.since(now).total('seconds')) + 1) : 0,
    address: `/events/${event.id}/live/screen`,
  };
}
