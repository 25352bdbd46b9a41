// The pages that are measured: for each address of the program, as whom it is opened and where it leads in a filled database.
import { personalToken } from '../../src/actions/sign-in/personal-links.ts';
import type { Filled } from './fill.ts';

export type Reader = 'organiser' | 'guest' | 'talent' | 'facilitator' | 'link';

export interface Address {
  route: string;
  as: Reader;
  path: string;
}

type Path = (filled: Filled) => string;

const organiser: Reader[] = ['organiser'];
const everyone: Reader[] = ['organiser', 'guest', 'talent', 'facilitator'];
const invited: Reader[] = ['organiser', 'guest', 'talent'];
const large =
  (rest: string): Path =>
  ({ large: { id } }) =>
    `/events/${id}${rest}`;
const own =
  (rest: string): Path =>
  ({ large: { slug } }) =>
    `/e/${slug}${rest}`;
const link =
  (rest: string): Path =>
  ({ ctx, large, readers }) =>
    `/i/${personalToken(ctx, large.id, readers.guest)}${rest}`;

/** Pages by their address as the app lists it. A new page gets its line here: a test says which is missing. */
const pages: Record<string, [readers: Reader[], path: Path, ...more: Path[]]> = {
  '/': [everyone, () => '/'],
  '/account': [everyone, () => '/account'],
  '/events': [everyone, () => '/events', () => '/events?show=held', () => '/events?show=held&page=3'],
  '/events/new': [organiser, () => '/events/new?format=perspective-challenger'],
  '/events/feed': [organiser, () => '/events/feed'],
  '/events/:id': [
    organiser,
    large(''),
    ({ over }) => `/events/${over.id}`,
    ({ draft }) => `/events/${draft}`,
  ],
  '/events/:id/edit': [organiser, large('/edit')],
  '/events/:id/review': [organiser, ({ draft }) => `/events/${draft}/review`],
  '/events/:id/people': [
    organiser,
    large('/people'),
    large('/people?page=2'),
    large('/people?q=aalto'),
    ({ draft }) => `/events/${draft}/people`,
  ],
  '/events/:id/people/print': [organiser, ({ over }) => `/events/${over.id}/people/print`],
  '/events/:id/people/:personId': [
    organiser,
    ({ large: { id }, readers }) => `/events/${id}/people/${readers.guest}`,
  ],
  '/events/:id/invitations': [
    organiser,
    large('/invitations'),
    ({ over }) => `/events/${over.id}/invitations`,
  ],
  '/events/:id/door': [['organiser', 'facilitator'], large('/door')],
  '/events/:id/live': [['organiser', 'facilitator'], large('/live')],
  '/events/:id/live/screen': [['facilitator'], large('/live/screen')],
  '/events/:id/questions': [['organiser', 'facilitator'], large('/questions'), large('/questions?show=wall')],
  '/events/:id/questions/rules': [organiser, large('/questions/rules')],
  '/e/:slug': [invited, own(''), ({ over }) => `/e/${over.slug}`],
  '/e/:slug/people': [invited, own('/people')],
  '/e/:slug/answers': [['guest', 'organiser'], own('/answers'), own('/answers?page=2')],
  '/e/:slug/needs': [['guest'], own('/needs')],
  '/e/:slug/substitute': [['guest'], own('/substitute')],
  '/e/:slug/questions': [invited, own('/questions'), own('/questions?page=2')],
  '/e/:slug/my-questions': [['guest'], own('/my-questions')],
  '/i/:token': [['link'], link('')],
  '/i/:token/people': [['link'], link('/people')],
  '/i/:token/answers': [['link'], link('/answers')],
  '/i/:token/reminders': [['link'], link('/reminders')],
  '/i/:token/needs': [['link'], link('/needs')],
  '/i/:token/substitute': [['link'], link('/substitute')],
  '/i/:token/questions': [['link'], link('/questions'), link('/questions?page=2')],
  '/i/:token/my-questions': [['link'], link('/my-questions')],
  '/formats/:slug/letters': [organiser, () => '/formats/perspective-challenger/letters'],
  '/mailbox': [organiser, () => '/mailbox', () => '/mailbox?page=5'],
  '/people': [
    organiser,
    () => '/people',
    () => '/people?page=2',
    () => '/people?find=aalto',
    () => '/people?only=uninvited',
  ],
  '/people/new': [organiser, () => '/people/new'],
  '/people/import': [organiser, () => '/people/import'],
  '/people/:id': [
    organiser,
    ({ readers }) => `/people/${readers.guest}`,
    ({ seniors }) => `/people/${seniors.first}`,
  ],
  '/settings/audit-log': [organiser, () => '/settings/audit-log', () => '/settings/audit-log?page=3'],
  '/settings/links-and-keys': [organiser, () => '/settings/links-and-keys'],
  '/settings/without-a-name': [organiser, () => '/settings/without-a-name'],
  '/trends': [
    everyone,
    () => '/trends',
    () => '/trends?show=shortlisted',
    () => '/trends?show=proposed&page=2',
  ],
  '/trends/new': [['talent'], () => '/trends/new'],
  '/trends/import': [organiser, () => '/trends/import'],
  '/trends/:id': [everyone, ({ busy }) => `/trends/${busy.trend}`],
  '/trends/:id/edit': [organiser, ({ busy }) => `/trends/${busy.trend}/edit`],
  '/teams': [everyone, () => '/teams', () => '/teams?page=2'],
  '/teams/new': [organiser, () => '/teams/new'],
  '/teams/:id': [everyone, ({ busy }) => `/teams/${busy.team}`],
  '/teams/:id/edit': [organiser, ({ busy }) => `/teams/${busy.team}/edit`],
};

export const measuredRoutes = new Set(Object.keys(pages));

/** Addresses that are not pages of a list, or that need what a crawl has and this has not; each with why. */
export const leftOut: Record<string, string> = {
  '/setup/:token': 'there before the first person',
  '/sign-in': 'for nobody in particular',
  '/sign-in/code': 'for nobody in particular',
  '/sign-in/link/:token': 'a link that was mailed',
  '/healthz': 'no page',
  '/robots.txt': 'no page',
  '/r/:token': 'a link that was mailed',
  '/account/feed': 'an address that was made',
  '/account/confirmation': 'asked before an export',
  '/anon/events/:id/keys': 'for scripts',
  '/mailbox/:ref': 'one letter',
  '/mailbox/:ref/html': 'one letter',
  '/mailbox/:ref/calendar.ics': 'one letter',
  '/my-question': 'for nobody in particular',
  '/q/:code': 'a redirect',
  '/feed/:token': 'a calendar',
  '/components': 'no data',
  '/people/import/:id': 'one file',
  '/trends/import/:id': 'one file',
  '/teams/:id/events/:event/questions/:question': 'one question',
};

export function addressesOf(filled: Filled): Address[] {
  return Object.entries(pages).flatMap(([route, [readers, ...paths]]) =>
    paths.flatMap((path) => readers.map((as) => ({ route, as, path: path(filled) }))),
  );
}
