import { nextOpenEvent } from '../../actions/guests/next-event.ts';
import type { Context } from '../../context.ts';
import { answersCloseAt, isTooLateForYes } from '../../domain/guests/answer-deadline.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import { cached } from '../../web/kept.ts';
import { dayText } from '../events/page-view.ts';
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
    closed: isOpen && state !== 'coming' && state !== 'waiting' && (await isClosed(ctx, event, me.id)),
    why: isOpen && state === 'declined' ? await afterNo(visit) : null,
  };
}

async function isClosed(ctx: Context, { shared, event }: Guest['page'], personId: number): Promise<boolean> {
  if (event.answerBy === null) return false;
  const closesAt = cached(shared, 'closes', () => answersCloseAt(event).epochMilliseconds);
  if (ctx.now().epochMilliseconds < closesAt) return false;
  const mine = await rsvps.find(ctx.db, event.id, personId);
  return mine !== null && isTooLateForYes(event, mine, ctx.now());
}

async function afterNo(visit: GuestVisit) {
  const { ctx, guest, words } = visit;
  const mine = await rsvps.find(ctx.db, guest.page.event.id, guest.me.id);
  return { because: mine?.because ?? '', reasons: reasonsInWords(words), next: await nextFor(visit) };
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
