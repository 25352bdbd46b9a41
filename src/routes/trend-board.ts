import type { Context } from '../context.ts';
import { formatNearDay, isComing } from '../domain/coming.ts';
import { type InterestKind, seesTallies, takesInterest, type Voting, votingOn } from '../domain/trend.ts';
import { formatShortDay } from '../domain/wall-time.ts';
import type { Programme } from '../store/programmes.ts';
import * as teams from '../store/teams.ts';
import * as trendEvents from '../store/trend-events.ts';
import * as interests from '../store/trend-interests.ts';
import * as trends from '../store/trends.ts';
import { firstWords } from '../web/markdown.ts';
import type { Viewer } from '../web/person.ts';
import { english } from '../words.ts';

export interface BoardQuery {
  /** 'all', 'proposed', 'shortlisted', 'parked', 'mine' or 'event-12'. */
  show: string;
  order: trends.Order;
  shown: number;
}

/** How many lines come at once, and how many of the latest events have a filter of their own. */
export const pageOfTrends = 20;
const mostRounds = 4;

interface Section {
  key: string;
  look: 'votable' | 'numbered' | 'parked';
  total: number;
  lines: Line[];
  round?: trendEvents.Round & { day: string; past: boolean };
  moreHref: string;
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

/** What the viewer may see and do now that voting is open or closed. */
export function standing(ctx: Context, programme: Programme, viewer: Viewer) {
  const voting: Voting = votingOn(programme.votingClosesOn, ctx.now(), programme.timeZone);
  return {
    voting,
    seesTallies: seesTallies(viewer, voting),
    lastDay: programme.votingClosesOn ? formatNearDay(programme.votingClosesOn) : '',
    votingClosesOn: programme.votingClosesOn ?? '',
  };
}

export type Standing = ReturnType<typeof standing>;

/** Everything the list of trends shows to one person. */
export async function trendBoard(ctx: Context, programme: Programme, viewer: Viewer, query: BoardQuery) {
  const now = standing(ctx, programme, viewer);
  const rounds = await trendEvents.rounds(ctx.db, mostRounds);
  const roundIds = rounds.map((round) => round.id);
  const counts = await trends.counts(ctx.db, viewer.id, roundIds);
  const said = await interests.ofPerson(ctx.db, viewer.id);
  const order = query.order === 'wanted' && !now.seesTallies ? 'newest' : query.order;
  const asked = { ...query, order };
  const sections: Section[] = [];
  for (const plan of plansFor(viewer, rounds, roundIds, counts)) {
    if (query.show !== 'all' && query.show !== plan.key) continue;
    if (query.show === 'all' && plan.key === 'mine') continue;
    sections.push(await fill(ctx, programme, viewer, now, said, plan, asked));
  }
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
  which: trends.Which;
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

async function fill(
  ctx: Context,
  programme: Programme,
  viewer: Viewer,
  now: Standing,
  said: Map<number, Set<InterestKind>>,
  plan: Plan,
  query: BoardQuery,
): Promise<Section> {
  const found = await trends.list(ctx.db, plan.which, query.order, query.shown + 1);
  const rows = found.slice(0, query.shown);
  const tallies = now.seesTallies
    ? await interests.tallies(
        ctx.db,
        rows.map((row) => row.id),
      )
    : null;
  const lines = rows.map(
    (row): Line => ({
      ...row,
      start: firstWords(row.start),
      day: formatShortDay(row.createdAt.toZonedDateTimeISO(programme.timeZone).toPlainDate().toString()),
      isMine: row.proposerId === viewer.id,
      takesInterest: takesInterest(row, now.voting),
      wants: said.get(row.id)?.has('want-to-know') ?? false,
      tells: said.get(row.id)?.has('can-tell') ?? false,
      tally: tallies && (tallies.get(row.id) ?? { want: 0, tell: 0 }),
    }),
  );
  const next = found[query.shown];
  const shown = query.shown + pageOfTrends;
  const moreHref = next ? `${addressOf({ ...query, show: plan.key, shown })}#trend-${next.id}` : '';
  const section: Section = { key: plan.key, look: plan.look, total: plan.total, lines, moreHref };
  return plan.round ? withTables(ctx, section, plan.round) : section;
}

async function withTables(ctx: Context, section: Section, round: trendEvents.Round): Promise<Section> {
  const tables = await trendEvents.tablesAt(ctx.db, [round.id]);
  const all = await teams.withMembers(ctx.db);
  const lines = section.lines.map((line): Line => {
    const table = tables.find((each) => each.trendId === line.id);
    const team = all.find((each) => each.id === table?.teamId);
    return table
      ? {
          ...line,
          table: table.number,
          team: team?.name ?? '',
          members: team?.members ?? [],
          hosts: hostsOf(team),
        }
      : line;
  });
  lines.sort((a, b) => (a.table ?? 0) - (b.table ?? 0));
  return {
    ...section,
    lines,
    round: { ...round, day: formatNearDay(round.startsAt), past: !isComing(round, ctx.now()) },
  };
}

function hostsOf(team: teams.TeamWithMembers | undefined): string {
  const first = (team?.members ?? []).map((member) => member.name.split(' ')[0]!);
  const shown =
    first.length > 4 ? [...first.slice(0, 3), english.t('{n} more', { n: first.length - 3 })] : first;
  return new Intl.ListFormat(english.language === 'en' ? 'en-GB' : english.language).format(shown);
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
  if (query.shown !== pageOfTrends) fields.set('shown', String(query.shown));
  return fields.size > 0 ? `/trends?${fields}` : '/trends';
}

const always = new Set(['all', 'proposed', 'mine']);

function chipsFor(query: BoardQuery, counts: trends.Counts, rounds: trendEvents.Round[]) {
  const chip = (show: string, count: number, name = '') => ({
    show,
    name,
    count,
    href: addressOf({ show, order: query.order, shown: pageOfTrends }),
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
    href: addressOf({ ...query, order }),
    current: query.order === order,
  }));
}
