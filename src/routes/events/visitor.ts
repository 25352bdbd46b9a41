import type { FastifyInstance, FastifyRequest } from 'fastify';
import { noteWrongLink } from '../../actions/audit/note-refused.ts';
import { personalTokenHash } from '../../actions/sign-in/personal-links.ts';
import type { Context } from '../../context.ts';
import { maySeeEvent } from '../../domain/access.ts';
import { linkHasEnded } from '../../domain/guests/personal-link.ts';
import type { Side } from '../../domain/guests/waiting-list.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as eventPage from '../../store/events/page.ts';
import * as sessions from '../../store/sign-in/sessions.ts';
import type { FindViewer, Viewer } from '../../web/person.ts';
import { type Handler, pagesAt, type RouteConfig, type Visit } from '../../web/visit.ts';

/** Viewer of an event's pages, by personal link or signed in, and what they may see. */
export interface Guest {
  page: eventPage.EventPage;
  me: { id: number; name: string; email: string; side: Side };
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

/** The doors of an event's pages: the personal link, its address for everyone signed in, and that address for organisers. */
const doors = {
  link: { base: '/i/:token', access: 'link' },
  'signed-in': { base: '/e/:slug', access: 'signed-in' },
  organiser: { base: '/e/:slug', access: 'organiser' },
} as const;

type Door = keyof typeof doors;

/** Puts pages of an event at each of these doors: `at.get('/questions', wall)`. */
export function atDoors(app: FastifyInstance, ctx: Context, ...through: Door[]) {
  const at = pagesAt(app, ctx);
  const put =
    (method: 'get' | 'post') =>
    (path: string, handler: Handler<GuestVisit>, config: RouteConfig = {}): void => {
      for (const door of through) {
        const { base, access } = doors[door];
        const findViewer: FindViewer = (tokenHash, request) => viewerAt(ctx, tokenHash, request);
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
export const atBothDoors = (app: FastifyInstance, ctx: Context) => atDoors(app, ctx, 'link', 'signed-in');

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
  const found = await eventPage.findByToken(ctx.db, personalTokenHash(token));
  if (!found) noteWrongLink(ctx, 'wrong-link');
  const page = orNotFound(found, 'event');
  const { me } = page;
  if (!me || me.disabledAt !== null || page.event.state === 'draft')
    throw new Refusal('not-found', 'There is no such event, or it is not open to you.');
  if (linkHasEnded(page.event, ctx.now()))
    throw new Refusal('gone', 'This link ended 14 days after the event. Sign in to see it again.');
  return { page, me, base: `/i/${token}`, isOrganiser: false, byLink: true };
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
