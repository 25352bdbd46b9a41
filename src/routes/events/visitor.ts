import type { FastifyRequest } from 'fastify';
import { noteWrongLink } from '../../actions/audit/note-refused.ts';
import { personalTokenHash } from '../../actions/sign-in/personal-links.ts';
import type { Context } from '../../context.ts';
import { maySeeEvent } from '../../domain/access.ts';
import { linkHasEnded } from '../../domain/guests/personal-link.ts';
import type { Side } from '../../domain/guests/waiting-list.ts';
import { DeadLink, orNotFound, Refusal, wrongLink } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as eventPage from '../../store/events/page.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import * as sessions from '../../store/sign-in/sessions.ts';
import { slot } from '../../web/fragments.ts';
import type { FindViewer, Viewer } from '../../web/person.ts';
import type { Handler, Pages, RouteConfig, Visit } from '../../web/visit.ts';

/** Viewer of an event's pages, by personal link or signed in, and what they may see. */
export interface Guest {
  page: eventPage.EventPage;
  me: { id: number; name: string; email: string; side: Side; timeZone: string };
  /** Base path of this person's pages of the event: '/i/<token>' or '/e/<slug>'. */
  base: string;
  isOrganiser: boolean;
  /** They hold the link of a letter and are not signed in. */
  byLink: boolean;
}

declare module '../../web/person.ts' {
  interface Viewer {
    /** Their own part of the event of this address, read along with the session; null where there is no such event. */
    own?: eventPage.OwnPart | null;
  }
}

/** A visit to a page of an event, and the guest whose page it is. */
export interface GuestVisit extends Visit {
  guest: Guest;
}

/** Addresses in cached fragments: readers who are signed in share them, that of a personal link comes through a slot. */
export function addressesFor({ byLink, base }: Pick<Guest, 'byLink' | 'base'>) {
  return byLink ? { base: slot('base'), fill: { base } } : { base, fill: {} };
}

/** The doors of an event's pages: the personal link, its address for everyone signed in, and that address for organisers. */
const doors = {
  link: { base: '/i/:token', access: 'link' },
  'signed-in': { base: '/e/:slug', access: 'signed-in' },
  organiser: { base: '/e/:slug', access: 'organiser' },
} as const;

type Door = keyof typeof doors;

/** Puts pages of an event at each of these doors: `at.get('/questions', wall)`. */
export function atDoors(at: Pages, ...through: Door[]) {
  const put =
    (method: 'get' | 'post') =>
    (path: string, handler: Handler<GuestVisit>, config: RouteConfig = {}): void => {
      for (const door of through) {
        const { base, access } = doors[door];
        const findViewer: FindViewer = (tokenHash, request) => viewerAt(at.ctx, tokenHash, request);
        at[method](
          base + path,
          access,
          async (visit: Visit) => handler({ ...visit, guest: await guestOf(visit) }),
          access === 'link' ? config : { ...config, findViewer },
        );
      }
    };
  return { get: put('get'), post: put('post') };
}

/** Puts pages at the personal link of a letter and at the event's address for those who are signed in. */
export const atBothDoors = (at: Pages) => atDoors(at, 'link', 'signed-in');

/** Finds the viewer with their own part of the event, so that one question is enough. */
async function viewerAt(ctx: Context, tokenHash: string, request: FastifyRequest): Promise<Viewer | null> {
  const { slug } = request.params as { slug: string };
  const found = await sessions.findPersonAt(ctx.db, tokenHash, ctx.now(), slug);
  return found && { ...found.person, organisation: null, own: found.own };
}

/** Finds the guest the address names; what they may not see is not found. */
async function guestOf(visit: Visit): Promise<Guest> {
  const { token } = visit.request.params as { token?: string };
  return token === undefined ? bySlug(visit) : byLink(visit.ctx, token);
}

async function byLink(ctx: Context, token: string): Promise<Guest> {
  const page = await eventPage.findByToken(ctx.db, personalTokenHash(token));
  if (!page) throw await whyDead(ctx, token);
  const { me, event } = page;
  if (!me || me.disabledAt !== null || event.state === 'draft') throw wrongLink();
  if (linkHasEnded(event, ctx.now()))
    throw new DeadLink('This link has ended', 'It ended 14 days after {event}.', {
      params: { event: event.name },
      next: `/e/${event.slug}`,
    });
  return { page, me, base: `/i/${token}`, isOrganiser: false, byLink: true };
}

/** Says whether the link was never ours, or its invitation withdrawn: those who hold it were invited once. */
async function whyDead(ctx: Context, token: string): Promise<DeadLink> {
  const withdrawn = await rsvps.findByToken(ctx.db, personalTokenHash(token));
  const event = withdrawn && (await events.find(ctx.db, withdrawn.eventId));
  if (!event) {
    noteWrongLink(ctx, 'wrong-link');
    return wrongLink();
  }
  return new DeadLink(
    'This invitation was withdrawn',
    'You’re no longer on the guest list of {event}. If that surprises you, reply to the e-mail you have from us.',
    { params: { event: event.name } },
  );
}

async function bySlug({ ctx, request, viewer }: Visit): Promise<Guest> {
  const { slug } = request.params as { slug: string };
  const person = orNotFound(viewer, 'event');
  const own = orNotFound(person.own, 'event');
  const page = orNotFound(await eventPage.withShared(ctx.db, own), 'event');
  if (!maySeeEvent(person, page.event, page.mine !== null))
    throw new Refusal('not-found', 'There is no such event, or it is not open to you.');
  return { page, me: person, base: `/e/${slug}`, isOrganiser: person.isOrganiser, byLink: false };
}
