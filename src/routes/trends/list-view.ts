import type { Context } from '../../context.ts';
import { seesTallies } from '../../domain/access.ts';
import { formatNearDay, isComing } from '../../domain/events/coming.ts';
import { formatShortDay, wallTimeOf } from '../../domain/events/wall-time.ts';
import { greetingName } from '../../domain/people/names.ts';
import { type InterestKind, takesInterest, type Voting, votingOn } from '../../domain/trends/trend.ts';
import type { Programme } from '../../store/events/programmes.ts';
import * as teams from '../../store/teams/teams.ts';
import * as trendEvents from '../../store/trends/events.ts';
import * as interests from '../../store/trends/interests.ts';
import * as trends from '../../store/trends/trends.ts';
import { excerpt } from '../../web/markdown.ts';
import { type Page, type Pager, pageOf, pagerFor } from '../../web/paging.ts';
import type { Viewer } from '../../web/person.ts';
import type { SignedInVisit } from '../../web/visit.ts';
import { listed, localeOf, type Words } from '../../words.ts';

export interface BoardQuery {
  /** 'all', 'proposed', 'shortlisted', 'parked', 'mine' or 'event-12'. */
  show: string;
  order: trends.Order;
  page: number;
}

/** Lines of a page, of each section where all are shown, and how many of the latest events have a filter of their own. */
const pageOfTrends = 20;
const fewOfEach = 10;
const mostRounds = 4;

interface Section {
  key: string;
  look: 'votable' | 'numbered' | 'parked';
  total: number;
  lines: Line[];
  round?: trendEvents.Round & { day: string; past: boolean };
  moreHref: string;
  pager: Pager | null;
}

export interface Line extends trends.TrendLine {
  start: string;
  day: string;
  isMine: boolean;
  takesInterest: boolean;
  wants: boolean;
  tells: boolean;
  tally: interests.Tally | null;
  table?: number;
  team?: string;
  members?: teams.Member[];
  /** 'Amina, Jonas and Priya'. */
  hosts?: string;
}

/** Returns what the viewer may see and do now that voting is open or closed. */
export function votingState(ctx: Context, programme: Programme, viewer: Viewer) {
  const voting: Voting = votingOn(programme.votingClosesOn, ctx.now(), programme.timeZone);
  return {
    voting,
    seesTallies: seesTallies(viewer, voting),
    lastDay: programme.votingClosesOn ? formatNearDay(programme.votingClosesOn, localeOf(ctx.words)) : '',
    votingClosesOn: programme.votingClosesOn ?? '',
  };
}

export type Standing = ReturnType<typeof votingState>;

/** Everything the list of trends shows to one person. */
export async function trendBoard(visit: SignedInVisit, programme: Programme, query: BoardQuery) {
  const { ctx, viewer, words } = visit;
  const now = votingState(ctx, programme, viewer);
  const rounds = await trendEvents.rounds(ctx.db, mostRounds);
  const roundIds = rounds.map((round) => round.id);
  const counts = await trends.counts(ctx.db, viewer.id, roundIds);
  const said = await interests.ofPerson(ctx.db, viewer.id);
  const order = query.order === 'wanted' && !now.seesTallies ? 'newest' : query.order;
  const asked = { ...query, order };
  const plans = plansFor(viewer, rounds, roundIds, counts).filter(({ key }) =>
    query.show === 'all' ? key !== 'mine' : key === query.show,
  );
  const sections = await sectionsOf({ ctx, programme, viewer, words, now, said, asked }, plans);
  return {
    ...now,
    query: asked,
    chips: chipsFor(asked, counts, rounds),
    orders: ordersFor(asked, now.seesTallies),
    sections: query.show === 'all' ? sections.filter((section) => section.total > 0) : sections,
    counts,
    you: countSaid(said),
    most: now.seesTallies ? await interests.mostWanted(ctx.db) : 0,
    back: addressOf(asked),
  };
}

interface Plan {
  key: string;
  look: Section['look'];
  total: number;
  which: trends.TrendFilter;
  round?: trendEvents.Round;
}

function plansFor(
  viewer: Viewer,
  rounds: trendEvents.Round[],
  roundIds: number[],
  counts: trends.Counts,
): Plan[] {
  return [
    {
      key: 'proposed',
      look: 'votable',
      total: counts.proposed,
      which: { state: 'proposed', notAt: roundIds },
    },
    {
      key: 'shortlisted',
      look: 'votable',
      total: counts.shortlisted,
      which: { state: 'shortlisted', notAt: roundIds },
    },
    ...rounds.map(
      (round): Plan => ({
        key: `event-${round.id}`,
        look: 'numbered',
        total: round.topics,
        which: { at: [round.id] },
        round,
      }),
    ),
    { key: 'mine', look: 'votable', total: counts.mine, which: { proposerId: viewer.id } },
    { key: 'parked', look: 'parked', total: counts.parked, which: { state: 'parked' } },
  ];
}

interface Reading extends Pick<SignedInVisit, 'ctx' | 'viewer' | 'words'> {
  programme: Programme;
  now: Standing;
  said: Map<number, Set<InterestKind>>;
  asked: BoardQuery;
}

/** One page of each section, with tallies, tables and teams of all of them read at once. */
async function sectionsOf(reading: Reading, plans: Plan[]): Promise<Section[]> {
  const { ctx, words, now, asked } = reading;
  const pages: { plan: Plan; at: Page; rows: trends.TrendLine[] }[] = [];
  for (const plan of plans) {
    const at = pageOf(asked.page, plan.total, asked.show === 'all' ? fewOfEach : pageOfTrends);
    pages.push({ plan, at, rows: await trends.list(ctx.db, plan.which, asked.order, at) });
  }
  const ids = [...new Set(pages.flatMap(({ rows }) => rows.map(({ id }) => id)))];
  const tallies = now.seesTallies ? await interests.tallies(ctx.db, ids) : null;
  const roundIds = plans.flatMap(({ round }) => (round ? [round.id] : []));
  const tables = await trendEvents.tablesAt(ctx.db, roundIds);
  const teamIds = [...new Set(tables.flatMap(({ teamId }) => (teamId === null ? [] : [teamId])))];
  const all = await teams.withMembers(ctx.db, { ids: teamIds });
  return pages.map(({ plan, at, rows }) => {
    const lines = rows.map((row) => lineOf(reading, row, tallies));
    const section: Section = {
      key: plan.key,
      look: plan.look,
      total: plan.total,
      lines,
      ...onwards(asked, plan, at),
    };
    return plan.round ? withTables({ ctx, words }, section, plan.round, tables, all) : section;
  });
}

function lineOf(
  { programme, viewer, now, said, words }: Reading,
  row: trends.TrendLine,
  tallies: Map<number, interests.Tally> | null,
): Line {
  return {
    ...row,
    start: excerpt(row.start),
    day: formatShortDay(wallTimeOf(row.createdAt, programme.timeZone), localeOf(words)),
    isMine: row.proposerId === viewer.id,
    takesInterest: takesInterest(row, now.voting),
    wants: said.get(row.id)?.has('want-to-know') ?? false,
    tells: said.get(row.id)?.has('can-tell') ?? false,
    tally: tallies && (tallies.get(row.id) ?? { want: 0, tell: 0 }),
  };
}

/** Links to the rest: pages of that section alone. */
function onwards(asked: BoardQuery, { key }: Plan, at: Page): Pick<Section, 'moreHref' | 'pager'> {
  const address = (page: number) => `${addressOf({ ...asked, show: key, page })}#sec-${key}`;
  if (asked.show !== 'all') return { moreHref: '', pager: pagerFor(at, address) };
  return { moreHref: at.total > at.limit ? address(1) : '', pager: null };
}

function withTables(
  { ctx, words }: Pick<Reading, 'ctx' | 'words'>,
  section: Section,
  round: trendEvents.Round,
  tables: trendEvents.TableOfTrend[],
  all: teams.TeamWithMembers[],
): Section {
  const lines = section.lines.map((line): Line => {
    const table = tables.find((each) => each.eventId === round.id && each.trendId === line.id);
    if (!table) return line;
    const team = all.find((each) => each.id === table.teamId);
    return {
      ...line,
      table: table.number,
      team: team?.name ?? '',
      members: team?.members ?? [],
      hosts: hostsOf(team, words),
    };
  });
  lines.sort((a, b) => (a.table ?? 0) - (b.table ?? 0));
  return {
    ...section,
    lines,
    round: {
      ...round,
      day: formatNearDay(round.startsAt, localeOf(words)),
      past: !isComing(round, ctx.now()),
    },
  };
}

function hostsOf(team: teams.TeamWithMembers | undefined, words: Words): string {
  const first = (team?.members ?? []).map((member) => greetingName(member.name));
  const shown =
    first.length > 4 ? [...first.slice(0, 3), words.t('{n} more', { n: first.length - 3 })] : first;
  return listed(shown, words);
}

function countSaid(said: Map<number, Set<InterestKind>>): { want: number; tell: number } {
  const count = (kind: InterestKind) => [...said.values()].filter((kinds) => kinds.has(kind)).length;
  return { want: count('want-to-know'), tell: count('can-tell') };
}

/** The list's own address, without what goes without saying. */
export function addressOf(query: BoardQuery): string {
  const fields = new URLSearchParams();
  if (query.show !== 'all') fields.set('show', query.show);
  if (query.order !== 'newest') fields.set('order', query.order);
  if (query.page > 1) fields.set('page', String(query.page));
  return fields.size > 0 ? `/trends?${fields}` : '/trends';
}

const always = new Set(['all', 'proposed', 'mine']);

function chipsFor(query: BoardQuery, counts: trends.Counts, rounds: trendEvents.Round[]) {
  const chip = (show: string, count: number, name = '') => ({
    show,
    name,
    count,
    href: addressOf({ show, order: query.order, page: 1 }),
    current: query.show === show,
  });
  return [
    chip('all', counts.all),
    chip('proposed', counts.proposed),
    chip('shortlisted', counts.shortlisted),
    ...rounds.map((round) => chip(`event-${round.id}`, round.topics, round.name)),
    chip('parked', counts.parked),
    chip('mine', counts.mine),
  ].filter((each) => each.count > 0 || each.current || always.has(each.show));
}

function ordersFor(query: BoardQuery, seesTallies: boolean) {
  const names: trends.Order[] = seesTallies ? ['newest', 'wanted', 'name'] : ['newest', 'name'];
  return names.map((order) => ({
    order,
    href: addressOf({ ...query, order, page: 1 }),
    current: query.order === order,
  }));
}
