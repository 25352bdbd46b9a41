import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { noteExport } from '../../actions/audit/note.ts';
import type { Context } from '../../context.ts';
import { acceptedLanguages } from '../../domain/events/time-zones.ts';
import { formatShortDay, wallTimeOf } from '../../domain/events/wall-time.ts';
import { nearestAmong } from '../../domain/people/nearest.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as offers from '../../store/offers/offers.ts';
import * as list from '../../store/people/list.ts';
import { type Delimiter, writeCsv } from '../../web/csv.ts';
import { messageFor, readQuery } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { addressWith, type Page, pageField, pageOf, pagerFor } from '../../web/paging.ts';
import type { Answer, SignedInVisit } from '../../web/visit.ts';
import { localeOf, type Words } from '../../words.ts';
import { confirmFirst } from '../sign-in/fresh-code.ts';
import { sideWords } from './form.ts';

const pageSize = 25;
/** How many departments have a filter before one asks for the others. */
const fewDepartments = 5;

const listQuery = z.object({
  find: z.string().trim().max(200).catch(''),
  side: z.enum(['talent', 'senior', '']).catch(''),
  department: z.string().max(200).catch(''),
  only: z.enum(['disabled', 'uninvited', '']).catch(''),
  departments: z.enum(['all', '']).catch(''),
  page: pageField,
});

type Query = z.output<typeof listQuery>;

export async function showList(visit: SignedInVisit, messages: Record<string, string>): Promise<Answer> {
  const { ctx, request, words } = visit;
  const query = readQuery(request, listQuery);
  const totals = await list.totals(ctx.db);
  const matching = countedIn(totals, query) ?? (await list.count(ctx.db, query));
  const at = pageOf(query.page, matching, pageSize);
  const rows = await list.list(ctx.db, query, at);
  const departments = await list.departments(ctx.db);
  return page(visit, 'people/index', {
    title: words.t('People'),
    tab: 'people',
    query,
    totals,
    departmentCount: departments.length,
    chips: chipsFor(words, query, totals, departments),
    rows: await withInvitations(ctx, rows),
    pager: pagerOf(query, at),
    inAll: words.tn(matching, '{n} person, by last name', '{n} people, by last name'),
    close: matching === 0 ? await closeName(ctx, query) : null,
    here: addressOf({ ...query, page: at.at }),
    waitingOffers: await countOffers(ctx),
    exportHref: addressOf({ ...query, page: 1 }, '/people/export.csv'),
    message: messageFor(visit, messages),
  });
}

/** How many offers of the season that is on wait for an answer. */
export async function countOffers({ db }: Context): Promise<number> {
  const programme = await programmes.current(db);
  return programme ? offers.countWaiting(db, programme.id) : 0;
}

/** How many fit a filter of which the totals say it already. */
function countedIn(totals: Totals, { find, department, side, only }: Query): number | undefined {
  if (find !== '' || department !== '' || (side !== '' && only !== '')) return undefined;
  if (side !== '') return side === 'senior' ? totals.seniors : totals.talents;
  return only === '' ? totals.all : totals[only];
}

/** The address of this list with something changed; what is as usual is left out. */
function addressOf(query: Query, path = '/people'): string {
  const { page: number, ...filter } = query;
  return addressWith(path, { ...filter, page: number });
}

type Totals = Awaited<ReturnType<typeof list.totals>>;

function chipsFor({ t }: Words, query: Query, totals: Totals, departments: { name: string; n: number }[]) {
  const chip = (text: string, change: Partial<Query>, current: boolean, count?: number) => ({
    text,
    href: addressOf({ ...query, page: 1, ...change }),
    current,
    ...(count === undefined ? {} : { count }),
  });
  const sides = [
    chip(t('Everyone'), { side: '' }, query.side === '', totals.all),
    chip(t('Senior managers'), { side: 'senior' }, query.side === 'senior', totals.seniors),
    chip(t('Young talents'), { side: 'talent' }, query.side === 'talent', totals.talents),
  ];
  const invited = [
    chip(t('All'), { only: '' }, query.only === ''),
    chip(t('Not invited yet'), { only: 'uninvited' }, query.only === 'uninvited', totals.uninvited),
    chip(t('Deactivated'), { only: 'disabled' }, query.only === 'disabled', totals.disabled),
  ];
  const isShown = ({ name }: { name: string }, i: number) =>
    query.departments === 'all' || i < fewDepartments || name === query.department;
  const shown = departments.filter(isShown);
  const hidden = departments.length - shown.length;
  return {
    sides,
    departments: [
      chip(t('All'), { department: '' }, query.department === ''),
      ...shown.map(({ name, n }) => chip(name, { department: name }, query.department === name, n)),
      ...(hidden > 0 ? [chip(t('{n} more', { n: hidden }), { departments: 'all' }, false)] : []),
    ],
    invited,
  };
}

function pagerOf(query: Query, at: Page) {
  const range = { text: '{first} to {last} of {n}, by last name' };
  return pagerFor(at, (number) => addressOf({ ...query, page: number }), range);
}

async function withInvitations(ctx: Context, rows: list.ListedPerson[]) {
  const sides = sideWords(ctx.words);
  const invitations = await list.lastInvitations(
    ctx.db,
    rows.map(({ id }) => id),
  );
  const zone = (await programmes.current(ctx.db))?.timeZone ?? 'UTC';
  return rows.map((row) => ({
    ...row,
    sideText: sides[row.onlyOrganises ? 'neither' : row.side],
    lastDay: row.endsOn && !row.disabledAt ? formatShortDay(row.endsOn, localeOf(ctx.words)) : '',
    invited: invitations.get(row.id) ?? null,
    disabledOn: row.disabledAt ? formatShortDay(wallTimeOf(row.disabledAt, zone), localeOf(ctx.words)) : '',
  }));
}

/** Somebody whose name is nearly what was looked for, when nobody's is. */
async function closeName(ctx: Context, query: Query): Promise<{ name: string; href: string } | null> {
  if (query.find === '') return null;
  const name = nearestAmong(await list.names(ctx.db))(query.find);
  return name === null ? null : { name, href: `/people?${new URLSearchParams({ find: name })}` };
}

/** The columns of an exported list, which an import reads again. */
export const listHeader = ({ t }: Words) => [
  t('Name'),
  t('E-mail'),
  t('Side'),
  t('Department'),
  t('Manager’s e-mail'),
  t('Job title'),
  t('Language'),
];

/** Excel in English parts cells by commas, in most other languages by semicolons. */
export function delimiterFor(request: FastifyRequest): Delimiter {
  const [first = 'en'] = acceptedLanguages(String(request.headers['accept-language'] ?? ''));
  return first.toLowerCase().startsWith('en') ? ',' : ';';
}

export function sendCsv(reply: FastifyReply, fileName: string, text: string): FastifyReply {
  reply.type('text/csv; charset=utf-8').header('cache-control', 'private, no-store');
  return reply.header('content-disposition', `attachment; filename="${fileName}"`).send(text);
}

export async function exportList(visit: SignedInVisit): Promise<Answer> {
  const { ctx, request, reply, viewer, words } = visit;
  const query = readQuery(request, listQuery);
  const confirmation = await confirmFirst(visit, addressOf(query));
  if (confirmation) return confirmation;
  const rows = await list.list(ctx.db, query, { offset: 0 });
  await noteExport(ctx, viewer.id, 'exported-people', rows.length);
  const cells = rows.map((row) => [
    row.name,
    row.email,
    row.side,
    row.department,
    row.managerEmail ?? '',
    row.jobTitle,
    row.language,
  ]);
  const delimiter = delimiterFor(request);
  return sendCsv(reply, 'people.csv', writeCsv(listHeader(words), cells, { delimiter }));
}
