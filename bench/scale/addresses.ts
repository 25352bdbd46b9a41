// The pages that are measured: for each address of the program, as whom it is opened and where it leads in a filled database.
import { offerToken } from '../../src/actions/letters/links.ts';
import { personalToken } from '../../src/actions/sign-in/personal-links.ts';
import type { Filled } from './fill.ts';
import { offerNumber } from './offers.ts';

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
const evening =
  (rest: string): Path =>
  ({ evening: { id } }) =>
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
  '/events/new': [
    organiser,
    () => '/events/new?format=perspective-challenger',
    ({ large: { id } }) => `/events/new?copy=${id}`,
  ],
  '/events/series': [organiser, () => '/events/series'],
  '/events/:id/message': [organiser, large('/message')],
  '/messages': [organiser, () => '/messages'],
  '/events/feed': [organiser, () => '/events/feed'],
  '/events/:id': [
    organiser,
    large(''),
    ({ over }) => `/events/${over.id}`,
    ({ draft }) => `/events/${draft}`,
  ],
  '/events/:id/edit': [organiser, large('/edit')],
  '/events/:id/review': [organiser, ({ draft }) => `/events/${draft}/review`],
  '/events/:id/dates/who-can.csv': [organiser, ({ draft }) => `/events/${draft}/dates/who-can.csv`],
  '/events/:id/dates': [
    organiser,
    ({ draft }) => `/events/${draft}/dates`,
    ({ draft }) => `/events/${draft}/dates?page=2`,
  ],
  '/events/:id/people': [
    organiser,
    large('/people'),
    large('/people?page=2'),
    large('/people?q=aalto'),
    ({ draft }) => `/events/${draft}/people`,
  ],
  '/events/:id/run': [['organiser', 'facilitator'], large('/run'), large('/run?after=0')],
  '/events/:id/run/print': [['organiser', 'facilitator'], large('/run/print')],
  '/events/:id/run/run.pdf': [organiser, large('/run/run.pdf')],
  '/events/:id/run/run.csv': [organiser, large('/run/run.csv')],
  '/events/:id/run/run.md': [organiser, large('/run/run.md')],
  '/events/:id/run/parts': [organiser, large('/run/parts')],
  '/events/:id/run/announcement': [organiser, large('/run/announcement')],
  '/events/:id/tables': [
    organiser,
    large('/tables'),
    large('/tables?round=2&page=2'),
    large('/tables?list=met'),
    evening('/tables'),
  ],
  '/events/:id/tables/day': [
    organiser,
    evening('/tables/day'),
    evening('/tables/day?page=2'),
    evening('/tables/day?q=an'),
    large('/tables/day'),
  ],
  '/events/:id/tables/day/proposals/:proposalId': [
    organiser,
    ({ evening: { id, proposal } }) => `/events/${id}/tables/day/proposals/${proposal}`,
  ],
  '/events/:id/tables/list.csv': [organiser, large('/tables/list.csv')],
  '/events/:id/tables/print': [organiser, large('/tables/print'), large('/tables/print?sheet=finder')],
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
  '/events/:id/door': [['organiser', 'facilitator'], large('/door'), evening('/door')],
  '/events/:id/notes': [organiser, ({ over }) => `/events/${over.id}/notes`],
  '/e/:slug/hosting': [['talent'], ({ over }) => `/e/${over.slug}/hosting`],
  '/e/:slug/go-on': [['guest'], ({ over }) => `/e/${over.slug}/go-on`],
  '/e/:slug/now': [['guest'], ({ over }) => `/e/${over.slug}/now`],
  '/events/:id/minutes': [['organiser', 'facilitator'], ({ over }) => `/events/${over.id}/minutes`],
  '/events/:id/minutes.csv': [organiser, ({ over }) => `/events/${over.id}/minutes.csv`],
  '/events/:id/rehearsal': [['organiser', 'facilitator'], large('/rehearsal')],
  '/events/:id/rehearsal/screen': [['facilitator'], large('/rehearsal/screen')],
  '/events/:id/rehearsal/phone': [['facilitator'], large('/rehearsal/phone')],
  '/events/:id/live': [['organiser', 'facilitator'], large('/live')],
  '/events/:id/live/screen': [['facilitator'], large('/live/screen'), evening('/live/screen')],
  '/events/:id/questions': [['organiser', 'facilitator'], large('/questions'), large('/questions?show=wall')],
  '/events/:id/questions/rules': [organiser, large('/questions/rules')],
  '/e/:slug': [invited, own(''), ({ over }) => `/e/${over.slug}`],
  '/e/:slug/as-guests': [invited, own('/as-guests')],
  '/e/:slug/people': [invited, own('/people')],
  '/e/:slug/answers': [['guest', 'organiser'], own('/answers'), own('/answers?page=2')],
  '/e/:slug/needs': [['guest'], own('/needs')],
  '/e/:slug/substitute': [['guest'], own('/substitute')],
  '/e/:slug/questions': [invited, own('/questions'), own('/questions?page=2')],
  '/e/:slug/my-questions': [['guest'], own('/my-questions')],
  '/e/:slug/part': [['guest', 'organiser', 'talent'], own('/part')],
  '/i/:token/part': [['link'], link('/part')],
  '/e/:slug/seat': [['guest', 'organiser'], own('/seat')],
  '/i/:token/seat': [['link'], link('/seat')],
  '/i/:token': [['link'], link('')],
  '/i/:token/as-guests': [['link'], link('/as-guests')],
  '/i/:token/people': [['link'], link('/people')],
  '/i/:token/answers': [['link'], link('/answers')],
  '/i/:token/reminders': [['link'], link('/reminders')],
  '/i/:token/no-more': [['link'], link('/no-more')],
  '/i/:token/needs': [['link'], link('/needs')],
  '/i/:token/substitute': [['link'], link('/substitute')],
  '/i/:token/questions': [['link'], link('/questions'), link('/questions?page=2')],
  '/i/:token/my-questions': [['link'], link('/my-questions')],
  '/events/:id/format': [organiser, large('/format')],
  '/formats': [organiser, () => '/formats'],
  '/formats/:slug': [organiser, () => '/formats/perspective-challenger'],
  '/formats/:slug/versions': [organiser, () => '/formats/perspective-challenger/versions'],
  '/formats/:slug/format.json': [organiser, () => '/formats/perspective-challenger/format.json'],
  '/formats/new': [organiser, () => '/formats/new'],
  '/formats/import': [organiser, () => '/formats/import'],
  '/formats/:slug/letters': [organiser, () => '/formats/perspective-challenger/letters'],
  '/mailbox/planned': [organiser, () => '/mailbox/planned', () => '/mailbox/planned?page=2'],
  '/mailbox/planned.csv': [organiser, () => '/mailbox/planned.csv'],
  '/mailbox/put-aside': [organiser, () => '/mailbox/put-aside'],
  '/mailbox': [organiser, () => '/mailbox', () => '/mailbox?page=5'],
  '/people': [
    organiser,
    () => '/people',
    () => '/people?page=2',
    () => '/people?find=aalto',
    () => '/people?only=uninvited',
  ],
  '/people/new': [organiser, () => '/people/new'],
  '/people/offers': [
    organiser,
    () => '/people/offers',
    () => '/people/offers?page=2',
    () => '/people/offers?show=reserve',
  ],
  '/people/offers/poster': [organiser, () => '/people/offers/poster'],
  '/join-in': [['link'], () => '/join-in'],
  '/offer/:token': [['link'], ({ ctx }) => `/offer/${offerToken(ctx, 1, offerNumber)}`],
  '/offer/:token/edit': [['link'], ({ ctx }) => `/offer/${offerToken(ctx, 1, offerNumber)}/edit`],
  '/people/import': [organiser, () => '/people/import'],
  '/people/:id': [
    organiser,
    ({ readers }) => `/people/${readers.guest}`,
    ({ seniors }) => `/people/${seniors.first}`,
  ],
  '/settings/audit-log': [organiser, () => '/settings/audit-log', () => '/settings/audit-log?page=3'],
  '/settings/links-and-keys': [organiser, () => '/settings/links-and-keys'],
  '/settings/programme': [organiser, () => '/settings/programme'],
  '/settings/programme/files': [organiser, () => '/settings/programme/files'],
  '/settings/programme/season': [organiser, () => '/settings/programme/season'],
  '/settings/programme/rules': [
    organiser,
    () => '/settings/programme/rules',
    () => '/settings/programme/rules?page=2',
  ],
  '/settings/without-a-name': [organiser, () => '/settings/without-a-name'],
  '/trends': [
    everyone,
    () => '/trends',
    () => '/trends?show=shortlisted',
    () => '/trends?show=proposed&page=2',
    () => '/trends?find=trend',
  ],
  '/trends/organise': [organiser, () => '/trends/organise', () => '/trends/organise?state=proposed&page=2'],
  '/trends/coverage': [organiser, () => '/trends/coverage', () => '/trends/coverage?page=2'],
  '/trends/new': [['talent'], () => '/trends/new'],
  '/skills': [['talent'], () => '/skills'],
  '/trends/:id/skills': [organiser, ({ busy }) => `/trends/${busy.trend}/skills`],
  '/trends/import': [organiser, () => '/trends/import'],
  '/trends/:id': [everyone, ({ busy }) => `/trends/${busy.trend}`],
  '/trends/:id/edit': [organiser, ({ busy }) => `/trends/${busy.trend}/edit`],
  '/ranking': [['talent'], () => '/ranking', () => '/ranking?page=2', () => '/ranking?find=trend'],
  '/record': [['talent'], () => '/record'],
  '/certificates': [organiser, () => '/certificates', () => '/certificates?page=2&find=team'],
  '/events/:id/presented': [
    organiser,
    ({ over }) => `/events/${over.id}/presented`,
    ({ over }) => `/events/${over.id}/presented?find=a`,
  ],
  '/people/:id/ranking': [organiser, ({ readers }) => `/people/${readers.talent}/ranking`],
  '/teams/assignment': [
    organiser,
    () => '/teams/assignment',
    () => '/teams/assignment?page=2',
    () => '/teams/assignment?missing=2',
  ],
  '/teams/assignment/rules': [organiser, () => '/teams/assignment/rules'],
  '/pairs': [organiser, () => '/pairs', () => '/pairs?page=2'],
  '/pairs/plan': [organiser, () => '/pairs/plan'],
  '/pairs/asked': [organiser, () => '/pairs/asked', () => '/pairs/asked?show=all&page=2'],
  '/pairs/wishes': [['guest', 'talent'], () => '/pairs/wishes'],
  '/pairs/:id': [['organiser', 'guest', 'talent'], () => '/pairs/1'],
  '/people/:id/wishes': [organiser, ({ readers }) => `/people/${readers.guest}/wishes`],
  '/teams': [everyone, () => '/teams', () => '/teams?page=2'],
  '/teams/late': [organiser, () => '/teams/late', () => '/teams/late?page=2'],
  '/teams/new': [organiser, () => '/teams/new'],
  '/teams/:id': [everyone, ({ busy }) => `/teams/${busy.team}`],
  '/teams/:id/brief/versions': [organiser, ({ busy }) => `/teams/${busy.team}/brief/versions`],
  '/teams/:id/meetings/new': [organiser, ({ busy }) => `/teams/${busy.team}/meetings/new`],
  '/teams/:id/edit': [organiser, ({ busy }) => `/teams/${busy.team}/edit`],
};

export const measuredRoutes = new Set(Object.keys(pages));

/** Addresses that are not pages of a list, or that need what a crawl has and this has not; each with why. */
export const leftOut: Record<string, string> = {
  '/i/:token/hosting': 'the same page as /e/:slug/hosting',
  '/i/:token/go-on': 'the same page as /e/:slug/go-on',
  '/i/:token/now': 'the same page as /e/:slug/now',
  '/setup/:token': 'there before the first person',
  '/sign-in': 'for nobody in particular',
  '/sign-in/code': 'for nobody in particular',
  '/sign-in/link/:token': 'a link that was mailed',
  '/join-in/seniors': 'the same page as /join-in',
  '/join-in/sent': 'one address',
  '/join-in/withdrawn': 'no data',
  '/healthz': 'no page',
  '/robots.txt': 'no page',
  '/live-worker.js': 'a script',
  '/r/:token': 'a link that was mailed',
  '/rules/:token': 'a link that was mailed',
  '/dates/:token': 'a link that was mailed, for one person',
  '/events/:id/dates/people/:person': 'one person',
  '/place/:token': 'a link that was mailed, about one team',
  '/pairs/:id/swap': 'one pair, and twelve people at most',
  '/partner/:token': 'a link that was mailed: the same page as /pairs/:id',
  '/wishes/:token': 'a link that was mailed: the same page as /pairs/wishes',
  '/rank/:token': 'a link that was mailed: the same page as /ranking',
  '/certificate/:token': 'one sheet of one person',
  '/account/feed': 'an address that was made',
  '/account/confirmation': 'asked before an export',
  '/anon/events/:id/keys': 'for scripts',
  '/mailbox/:ref': 'one letter',
  '/mailbox/:ref/html': 'one letter',
  '/mailbox/:ref/calendar.ics': 'one letter',
  '/my-question': 'for nobody in particular',
  '/q': 'a form alone',
  '/q/:code': 'a code that opens for a few hours: its wall is read as the guests’ one is',
  '/feed/:token': 'a calendar',
  '/components': 'no data',
  '/people/import/:id': 'one file',
  '/trends/import/:id': 'one file',
  '/settings/programme/files/:id': 'one file',
  '/teams/:id/files/:file': 'one file',
  '/teams/:id/meetings/:meeting': 'one meeting: the same form as for a new one',
  '/e/:slug/files/:id': 'one file',
  '/i/:token/files/:id': 'one file',
  '/teams/:id/events/:event/questions/:question': 'one question',
  '/teams/:id/brief/versions/:number': 'one text beside another',
  '/e/:slug/questions/:id/words': 'one question',
  '/i/:token/questions/:id/words': 'one question',
};

export function addressesOf(filled: Filled): Address[] {
  return Object.entries(pages).flatMap(([route, [readers, ...paths]]) =>
    paths.flatMap((path) => readers.map((as) => ({ route, as, path: path(filled) }))),
  );
}
