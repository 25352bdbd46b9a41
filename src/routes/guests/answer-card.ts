import { nextOpenEvent } from '../../actions/guests/next-event.ts';
import type { Context } from '../../context.ts';
import { answersCloseAt, isTooLateForYes } from '../../domain/guests/answer-deadline.ts';
import type * as events from '../../store/events/events.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import { kept } from '../../web/kept.ts';
import { whenOf } from '../events/page-view.ts';
import type { Guest } from '../events/visitor.ts';
import { reasonsInWords } from './answer-words.ts';

/** Returns this person's own data for the answer card; asks the database only where the card needs it. */
export async function ownData(ctx: Context, { page: event, me, byLink }: Guest) {
  const state = event.mine?.state;
  const isOpen = event.event.state === 'published' && state !== undefined;
  return {
    bothCount: ctx.mail.readsReplies === true,
    closed: isOpen && state !== 'coming' && state !== 'waiting' && (await isClosed(ctx, event, me.id)),
    why: isOpen && state === 'declined' ? await afterNo(ctx, event, me.id, byLink) : null,
  };
}

async function isClosed(ctx: Context, { shared, event }: Guest['page'], personId: number): Promise<boolean> {
  if (event.answerBy === null) return false;
  const closesAt = kept(shared, 'closes', () => answersCloseAt(event).epochMilliseconds);
  if (ctx.now().epochMilliseconds < closesAt) return false;
  const mine = await rsvps.find(ctx.db, event.id, personId);
  return mine !== null && isTooLateForYes(event, mine, ctx.now());
}

async function afterNo(ctx: Context, { event }: Guest['page'], personId: number, byLink: boolean) {
  const mine = await rsvps.find(ctx.db, event.id, personId);
  return {
    because: mine?.because ?? '',
    reasons: reasonsInWords(),
    next: await nextFor(ctx, event, personId, byLink),
  };
}

/** The next event that is open after a no: an offer to be invited, or where somebody signed in finds it once they are. */
async function nextFor(ctx: Context, event: events.Event, personId: number, byLink: boolean) {
  const next = await nextOpenEvent(ctx, event);
  const theirs = next && (await rsvps.find(ctx.db, next.id, personId));
  if (!next || theirs?.state === 'uninvited') return null;
  return {
    name: next.name,
    when: whenOf(next, 1, ctx.now()).dayText,
    isInvited: theirs !== null,
    // A personal link opens its own event alone: the one to the next is in that event's e-mail.
    href: theirs && !byLink ? `/e/${next.slug}` : null,
  };
}
