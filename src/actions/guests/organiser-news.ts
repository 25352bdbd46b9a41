// The organiser hears of what may need a hand: a late no, a full event, a quorum lost, a host who can't come.
import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { hasBegun } from '../../domain/events/times.ts';
import { isLate } from '../../domain/guests/answer-deadline.ts';
import { nextTellingHour, showsTime } from '../../domain/guests/moments.ts';
import { isReached } from '../../domain/guests/quorum.ts';
import { takenBySide } from '../../domain/guests/waiting-list.ts';
import type { News } from '../../domain/letters/organiser-news.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import * as people from '../../store/people/people.ts';
import { type EventFacts, letterEvent } from '../letters/about-event.ts';
import { sendLetter } from '../letters/send.ts';
import { type Filled, freeBySide } from './seat-offers.ts';
import { yesesOf } from './seats.ts';

/** Tells of a no that stands: `mine` as it was before, `before`: the list then, `filled`: who has the seat now. */
export async function tellOfNo(
  ctx: Context,
  tx: Tx,
  facts: EventFacts,
  mine: rsvps.Invitee,
  { before, because, filled }: { before: readonly rsvps.Invitee[]; because: string; filled: Filled },
): Promise<void> {
  const { event } = facts;
  if (hasBegun(event, ctx.now())) return;
  const of = revisionOf(mine);
  if (because !== 'maybe') await tellOfHost(ctx, tx, facts, mine);
  const hadSeat = mine.state === 'coming' || mine.seatKeptUntil !== null;
  if (hadSeat && isLate(event, ctx.now()))
    await send(ctx, tx, facts, { what: 'late-no', who: mine.name, because, ...filled }, of);
  await tellOfQuorum(ctx, tx, facts, before, of);
}

const revisionOf = ({ personId, revision }: rsvps.Invitee) => `${personId}:${revision}`;

/** Tells of a host who won't be there, and of the colleague they send in their place. */
export async function tellOfHost(
  ctx: Context,
  tx: Tx,
  facts: EventFacts,
  mine: rsvps.Invitee,
  instead?: string,
): Promise<void> {
  const host = facts.hosting.get(mine.personId);
  if (!host || hasBegun(facts.event, ctx.now())) return;
  const { trend, table } = host;
  const news: News = { what: 'host-left', who: mine.name, trend, table, ...(instead && { instead }) };
  await send(ctx, tx, facts, news, revisionOf(mine));
}

/** Tells where somebody who left or was taken off the list costs an event its quorum or a host; `mine` as it was before. */
export async function tellOfRemoval(
  ctx: Context,
  tx: Tx,
  facts: EventFacts,
  mine: rsvps.Invitee,
  before: readonly rsvps.Invitee[],
): Promise<void> {
  await tellOfHost(ctx, tx, facts, mine);
  await tellOfQuorum(ctx, tx, facts, before, revisionOf(mine));
}

/** Tells where too few come after it was decided that the event goes ahead; a seat that is kept counts until it is lost. */
export async function tellOfQuorum(
  ctx: Context,
  tx: Tx,
  facts: EventFacts,
  before: readonly rsvps.Invitee[],
  of: string,
): Promise<void> {
  const { event } = facts;
  if (event.decidedAt === null || hasBegun(event, ctx.now())) return;
  const quorum = { senior: event.seniorQuorum, talent: event.talentQuorum };
  const after = takenBySide(yesesOf(await rsvps.invitees(tx, event.id)));
  if (isReached(quorum, after) || !isReached(quorum, takenBySide(yesesOf(before)))) return;
  const seniors = { n: after.senior, least: quorum.senior };
  const talents = { n: after.talent, least: quorum.talent };
  await send(ctx, tx, facts, { what: 'quorum-lost', seniors, talents }, of);
}

/** Tells, once for each size, that every seat is taken. */
export async function tellIfFull(
  ctx: Context,
  tx: Tx,
  facts: EventFacts,
  before: readonly rsvps.Invitee[],
): Promise<void> {
  const { event } = facts;
  const isFull = (invitees: readonly rsvps.Invitee[]) => {
    const { senior, talent } = freeBySide(event, invitees);
    return senior + talent === 0;
  };
  if (isFull(before) || !isFull(await rsvps.invitees(tx, event.id))) return;
  await send(ctx, tx, facts, { what: 'filled-up', seats: event.capacity }, `${event.capacity}`);
}

async function send(ctx: Context, tx: Tx, facts: EventFacts, news: News, of: string): Promise<void> {
  const { event, organiser, organisation } = facts;
  const to = await people.find(tx, event.organiserId);
  if (!to || to.newsOff.includes(news.what)) return;
  const now = ctx.now();
  const isTold = showsTime(event, { late: isLate(event, now) }) || facts.hold !== undefined;
  await sendLetter(ctx, tx, {
    key: `organiser-news:${news.what}:${event.id}:${to.id}:${of}`,
    kind: 'organiser-news',
    to: { id: to.id, name: to.name, email: to.email },
    eventId: event.id,
    notBefore: isTold ? undefined : nextTellingHour(now, event.timeZone),
    hold: facts.hold,
    facts: {
      kind: 'organiser-news',
      recipient: { name: to.name },
      organisation,
      organiser: organiser.name,
      organiserEmail: organiser.email,
      event: letterEvent(facts),
      personalUrl: `${ctx.baseUrl}/events/${event.id}`,
      news,
    },
  });
}
