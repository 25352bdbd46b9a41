import { personalToken } from '../actions/personal-links.ts';
import type { Context } from '../context.ts';
import { answersCloseAt, isTooLateForYes } from '../domain/answer-deadline.ts';
import { instantOf } from '../domain/wall-time.ts';
import * as events from '../store/events.ts';
import * as rsvps from '../store/rsvps.ts';
import { kept } from '../web/kept.ts';
import { reasonsInWords } from './answer-words.ts';
import type { Guest } from './event-guest.ts';
import { whenOf } from './event-view.ts';

/** What the answer card says to this person alone; asks the database only where the card has something to say. */
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

/** The next event of the same format: where this person finds it, or an offer to be invited. */
async function nextFor(ctx: Context, event: events.Event, personId: number, byLink: boolean) {
  const next = await nextOfFormat(ctx, event);
  if (!next) return null;
  const theirs = await rsvps.find(ctx.db, next.id, personId);
  if (theirs?.state === 'uninvited') return null;
  return {
    name: next.name,
    when: whenOf(next, 1, ctx.now()).dayText,
    href: theirs ? pageOf(ctx, next, personId, byLink) : null,
  };
}

/** The next published event of this format that is still ahead. */
export async function nextOfFormat(ctx: Context, event: events.Event): Promise<events.Event | null> {
  const later = await events.laterOfFormat(ctx.db, event);
  const isAhead = (one: events.Event) =>
    Temporal.Instant.compare(instantOf(one.startsAt, one.timeZone), ctx.now()) > 0;
  return later.find(isAhead) ?? null;
}

/** Where somebody finds their page of an event, the way they came to this one. */
export function pageOf(ctx: Context, event: events.Event, personId: number, byLink: boolean): string {
  return byLink ? `/i/${personalToken(ctx, event.id, personId)}` : `/e/${event.slug}`;
}
