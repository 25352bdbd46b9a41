import { nextOpenEvent } from '../../actions/guests/next-event.ts';
import type { Context } from '../../context.ts';
import { addLinks } from '../../domain/calendar/add-links.ts';
import { hasBegun } from '../../domain/events/times.ts';
import { answersCloseAt, isTooLateForYes } from '../../domain/guests/answer-deadline.ts';
import { isOffered } from '../../domain/guests/seat-offers.ts';
import { minutesLeft } from '../../domain/guests/taking-back.ts';
import type { Side } from '../../domain/guests/waiting-list.ts';
import type { SharedPage } from '../../store/events/page.ts';
import { comingElsewhere } from '../../store/guests/elsewhere.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import { cached } from '../../web/fragments.ts';
import type { Words } from '../../words.ts';
import { countsOf, dayText } from '../events/page-view.ts';
import type { Guest, GuestVisit } from '../events/visitor.ts';
import { reasonsInWords } from './answer-words.ts';

/** Returns this person's own data for the answer card; asks the database only where the card needs it. */
export async function ownData(visit: GuestVisit) {
  const { ctx, guest } = visit;
  const { page: event, me } = guest;
  const state = event.mine?.state;
  const isOpen = event.event.state === 'published' && state !== undefined;
  return {
    bothCount: ctx.mail.readsReplies === true,
    add: isOpen && state === 'coming' ? linksToAdd(event.shared, { baseUrl: ctx.baseUrl }) : null,
    closed: isOpen && state !== 'coming' && state !== 'waiting' && (await isClosed(ctx, event, me.id)),
    noSeat:
      isOpen && state === 'waiting' && hasBegun(event.event, ctx.now())
        ? { next: await nextFor(visit) }
        : null,
    why: isOpen && state === 'declined' ? await afterNo(visit) : null,
    elsewhere: isOpen && (state === 'invited' || state === 'maybe') ? await otherEvent(visit) : '',
    offered: isOpen && state === 'waiting' && (await isSeatOffered(visit)),
  };
}

interface CardFacts {
  mine: string | null;
  event: { state: string };
  isOver: boolean;
  seatKept: boolean;
  me: { side: Side };
  answers: { free: Record<Side, number>; forEach: Record<Side, boolean> };
  change: boolean;
  closed?: boolean;
  /** The answer that a button of an e-mail chose; '' for none. */
  ready?: string;
}

/** Returns the state of the answer card: the answer given, whether it asks for one, and its heading. */
export function cardOf(words: Words, facts: CardFacts) {
  const { mine, event, closed = false, seatKept, me, answers } = facts;
  const given = { coming: 'yes', waiting: 'yes', maybe: 'maybe', declined: 'no' }[mine ?? ''] ?? '';
  // A button of an e-mail opens its answer, to be pressed here; one that was given already needs no press.
  const ready = facts.ready === given ? '' : (facts.ready ?? '');
  const isOpen = event.state === 'published' && !facts.isOver && mine !== null;
  const isFull = answers.free[me.side] === 0 && mine !== 'coming' && !seatKept;
  const isKept = seatKept || answers.forEach[me.side];
  return {
    given,
    ready,
    closed,
    isFull,
    asks: isOpen && (mine === 'invited' || facts.change || ready !== '' || (closed && mine === 'maybe')),
    isFirstCome: !isKept && !isFull && !closed && given === '',
    heading: cardHeading(words, { given, ready, closed, isFull, isKept }),
  };
}

function cardHeading(
  { t }: Words,
  card: { given: string; ready: string; closed: boolean; isFull: boolean; isKept: boolean },
): string {
  if (card.ready === 'no') return t('One more press: you can’t come?');
  if (card.closed) return t('Answers are closed');
  if (card.ready === 'yes') return t('One more press: you’ll be there?');
  if (card.given) return t('Change your answer');
  if (card.isFull) return t('Every seat is taken');
  return card.isKept ? t('A seat is kept for you') : t('You’re invited');
}

/** Links to calendars on the web, for those coming; the page they name asks to sign in, as no personal link leaves us. */
const linksToAdd = cached(({ event }: SharedPage, { baseUrl }: { baseUrl: string }) => {
  const link = event.linkOnPage ? '' : event.joinUrl;
  return addLinks({
    ...event,
    place: [event.place, link].filter(Boolean).join(', '),
    details: [event.headline, event.access, `${baseUrl}/e/${event.slug}`].filter(Boolean).join('\n\n'),
  });
});

const closingOf = cached(({ event }: SharedPage) => answersCloseAt(event).epochMilliseconds);

/** The name of another event this person is coming to at that time; '' where there is none. */
async function otherEvent({ ctx, guest: { page: event, me } }: GuestVisit): Promise<string> {
  const [other] = await comingElsewhere(ctx.db, event.event, [me.id]);
  return other?.event ?? '';
}

/** Whether this person was asked whether they can make it, and the seat is still free. */
async function isSeatOffered({ ctx, guest: { page: event, me } }: GuestVisit): Promise<boolean> {
  if (countsOf(event).free[me.side] === 0) return false;
  const mine = await rsvps.find(ctx.db, event.event.id, me.id);
  return mine !== null && isOffered(event.event, mine, ctx.now());
}

async function isClosed(ctx: Context, { shared, event }: Guest['page'], personId: number): Promise<boolean> {
  if (event.answerBy === null) return false;
  if (ctx.now().epochMilliseconds < closingOf(shared)) return false;
  const mine = await rsvps.find(ctx.db, event.id, personId);
  return mine !== null && isTooLateForYes(event, mine, ctx.now());
}

async function afterNo(visit: GuestVisit) {
  const { ctx, guest, words } = visit;
  const mine = await rsvps.find(ctx.db, guest.page.event.id, guest.me.id);
  const before = mine?.beforeNo ?? null;
  return {
    because: mine?.because ?? '',
    reasons: reasonsInWords(words),
    next: await nextFor(visit),
    minutesLeft: minutesLeft(before, ctx.now()),
    had:
      before?.state === 'coming' || before?.seatKeptUntil
        ? 'seat'
        : before?.state === 'waiting'
          ? 'place'
          : '',
  };
}

/** The next event that is open after a no: an offer to be invited, or where somebody signed in finds it once they are. */
async function nextFor({ ctx, guest, words }: GuestVisit) {
  const next = await nextOpenEvent(ctx, guest.page.event);
  const theirs = next && (await rsvps.find(ctx.db, next.id, guest.me.id));
  if (!next || theirs?.state === 'uninvited') return null;
  return {
    name: next.name,
    when: dayText(words, next.startsAt, next.timeZone, ctx.now()),
    isInvited: theirs !== null,
    // A personal link opens its own event alone: the one to the next is in that event's e-mail.
    href: theirs && !guest.byLink ? `/e/${next.slug}` : null,
  };
}
