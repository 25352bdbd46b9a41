import type { FastifyRequest } from 'fastify';
import { noteWrongLink } from '../../actions/audit/note-refused.ts';
import { personalTokenHash } from '../../actions/sign-in/personal-links.ts';
import type { Context } from '../../context.ts';
import { span } from '../../domain/events/wall-time.ts';
import type { Side } from '../../domain/guests/waiting-list.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as eventPage from '../../store/events/page.ts';
import * as sessions from '../../store/sign-in/sessions.ts';
import type { Viewer } from '../../web/person.ts';
import { remembered } from '../../web/remembered.ts';

/** How long after an event its personal links still open the page. */
const linkLasts = Temporal.Duration.from({ hours: 14 * 24 });

/** Who looks at an event's pages, by personal link or signed in, and what they see of it. */
export interface Guest {
  page: eventPage.EventPage;
  me: { id: number; name: string; email: string; side: Side };
  /** Where this person's pages of the event live: '/i/<token>' or '/e/<slug>'. */
  base: string;
  isOrganiser: boolean;
  /** They hold the link of a letter and are not signed in. */
  byLink: boolean;
}

/** What was read of an event together with the session. */
const readAlong = new WeakMap<FastifyRequest, { own: eventPage.OwnPart | null }>();

/** Whoever is signed in; on the pages of an event their own part of it comes along, so that one question is enough. */
export async function viewerOf(
  ctx: Context,
  tokenHash: string,
  request: FastifyRequest,
): Promise<Viewer | null> {
  const { slug } = request.params as { slug?: string };
  if (slug === undefined || !request.routeOptions.url?.startsWith('/e/:slug'))
    return sessions.findPerson(ctx.db, tokenHash, ctx.now());
  const found = await sessions.findPersonAt(ctx.db, tokenHash, ctx.now(), slug);
  if (!found) return null;
  readAlong.set(request, found);
  return { ...found.person, organisation: null };
}

/** Whoever the address speaks of; what they may not see does not exist. */
export async function guestOf(ctx: Context, request: FastifyRequest): Promise<Guest> {
  const params = request.params as { token?: string; slug?: string };
  return params.token === undefined ? bySlug(ctx, request, params.slug ?? '') : byLink(ctx, params.token);
}

async function byLink(ctx: Context, token: string): Promise<Guest> {
  const found = await eventPage.findByToken(ctx.db, personalTokenHash(token));
  if (!found) noteWrongLink(ctx, 'wrong-link');
  const page = orNotFound(found, 'event');
  const { me } = page;
  if (!me || me.disabledAt !== null || page.event.state === 'draft')
    throw new Refusal('not-found', 'There is no such event, or it is not open to you.');
  const { end } = timesOf(page);
  if (Temporal.Instant.compare(ctx.now(), end.toInstant().add(linkLasts)) > 0) {
    throw new Refusal('gone', 'This link ended 14 days after the event. Sign in to see it again.');
  }
  return { page, me, base: `/i/${token}`, isOrganiser: false, byLink: true };
}

async function bySlug(ctx: Context, request: FastifyRequest, slug: string): Promise<Guest> {
  const person = orNotFound(request.person, 'event');
  const own = orNotFound(readAlong.get(request)?.own, 'event');
  const page = orNotFound(await eventPage.withShared(ctx.db, own), 'event');
  const isOpen = person.isOrganiser || (page.mine !== null && page.event.state !== 'draft');
  if (!isOpen) throw new Refusal('not-found', 'There is no such event, or it is not open to you.');
  return { page, me: person, base: `/e/${slug}`, isOrganiser: person.isOrganiser, byLink: false };
}

const spanOf = remembered(500, JSON.stringify, span);

/** First and last moment of an event. */
export function timesOf({ event, blocks }: Pick<eventPage.EventPage, 'event' | 'blocks'>) {
  return spanOf({ start: event.startsAt, minutes: minutesOf(blocks), timeZone: event.timeZone });
}

export function minutesOf(blocks: readonly { minutes: number }[]): number {
  return Math.max(
    1,
    blocks.reduce((sum, block) => sum + block.minutes, 0),
  );
}
