import type { Context } from '../../context.ts';
import { seesTallies } from '../../domain/access.ts';
import { formatNearDay, isComing } from '../../domain/events/coming.ts';
import { formatShortDay, wallTimeOf } from '../../domain/events/wall-time.ts';
import { greetingName } from '../../domain/people/names.ts';
import { isReadOnly, lastDayOfVoting } from '../../domain/settings/seasons.ts';
import {
  type InterestKind,
  showsReopening,
  takesInterest,
  type Voting,
  votingIn,
} from '../../domain/trends/trend.ts';
import type { Programme } from '../../store/events/programmes.ts';
import * as presentations from '../../store/teams/presentations.ts';
import * as teams from '../../store/teams/teams.ts';
import * as trendEvents from '../../store/trends/events.ts';
import * as interests from '../../store/trends/interests.ts';
import * as trends from '../../store/trends/trends.ts';
import { excerpt } from '../../web/markdown.ts';
import { type Page, type Pager, pageOf, pagerFor } from '../../web/paging.ts';
import type { Viewer } from '../../web/person.ts';
import type { SignedInVisit } from '../../web/visit.ts';
import { listed, localeOf, type Words } from '../../words.ts';
import { addressOf, type BoardQuery, chipsFor, ordersFor } from './list-addresses.ts';
import { type SectionWords, sectionWords } from './section-words.ts';

/**
 * Lines of a page, of each section where all are shown, and how many of the latest events have a filter of their own. A
 * line is a card with two buttons, the heaviest of all lists: more would make a full page over twice as large as a short one.
 */
const pageOfTrends = 7;
const fewOfEach = 5;
export const mostRounds = 4;

interface Section extends SectionWords {
  key: string;
  look: 'votable' | 'numbered' | 'parked';
  total: number;
  lines: Line[];
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
  const voting: Voting = isReadOnly(programme) ? 'closed' : votingIn(programme, ctx.now());
  const lastDay = lastDayOfVoting(programme);
  return {
    voting,
    seesTallies: seesTallies(viewer, voting),
    lastDay: lastDay ? formatNearDay(lastDay, localeOf(ctx.words)) : '',
    votingClosesOn: programme.votingClosesOn ?? '',
    reopened: !isReadOnly(programme) && showsReopening(programme, ctx.now()),
  };
}

export type Standing = ReturnType<typeof votingState>;

/** Everything the list of trends shows to one person. */
export async function trendBoard(visit: SignedInVisit, programme: Programme, query: BoardQuery) {
  const { ctx, viewer, words } = visit;
  const now = votingState(ctx, programme, viewer);
  const rounds = await trendEvents.rounds(ctx.db, programme.id, mostRounds);
  const roundIds = rounds.map((round) => round.id);
  const counts = await trends.counts(ctx.db, {
    programmeId: programme.id,
    personId: viewer.id,
    rounds: roundIds,
  });
  const own = await interests.ofPerson(ctx.db, viewer.id, programme.id);
  const order = query.order === 'wanted' && !now.seesTallies ? 'newest' : query.order;
  const asked = { ...query, order };
  const plans = await plansAsked(visit, programme, query, { rounds, roundIds, counts });
  const sections = await sectionsOf({ ctx, programme, viewer, words, now, own, asked }, plans);
  return {
    ...now,
    query: asked,
    chips: chipsFor(asked, counts, rounds),
    orders: ordersFor(asked, now.seesTallies),
    sections:
      query.show === 'all' && query.find === '' ? sections.filter((section) => section.total > 0) : sections,
    counts,
    ownInterests: countInterests(own),
    ranksTrends: viewer.side === 'talent',
    most: now.seesTallies ? await interests.mostWanted(ctx.db, programme.id) : 0,
    back: addressOf(asked),
    isLong: counts.all > pageOfTrends || query.find !== '',
  };
}

/** The sections that a query asks for, in their order. */
export async function plansAsked(
  { ctx, viewer }: Pick<SignedInVisit, 'ctx' | 'viewer'>,
  programme: Programme,
  { find, show }: Pick<BoardQuery, 'find' | 'show'>,
  known: { rounds: trendEvents.Round[]; roundIds: number[]; counts: trends.Counts },
): Promise<Plan[]> {
  if (find !== '') return [await planFound(ctx, programme.id, find)];
  return plansFor(viewer, known.rounds, known.roundIds, known.counts).filter(({ key }) =>
    show === 'all' ? key !== 'mine' : key === show,
  );
}

/** All trends of the season with these words, whatever became of them. */
async function planFound(ctx: Context, programmeId: number, find: string): Promise<Plan> {
  const total = await trends.count(ctx.db, { programmeId, find });
  return { key: 'found', look: 'votable', total, which: { find } };
}

interface Plan {
  key: string;
  look: Section['look'];
  total: number;
  which: Omit<trends.TrendFilter, 'programmeId'>;
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
  own: Map<number, Set<InterestKind>>;
  asked: BoardQuery;
}

/** One page of each section, with tallies, tables and teams of all of them read at once. */
async function sectionsOf(reading: Reading, plans: Plan[]): Promise<Section[]> {
  const { ctx, words, now, asked } = reading;
  const programmeId = reading.programme.id;
  const pages: { plan: Plan; at: Page; rows: trends.TrendLine[] }[] = [];
  for (const plan of plans) {
    const at = pageOf(
      asked.page,
      plan.total,
      asked.show === 'all' && asked.find === '' ? fewOfEach : pageOfTrends,
    );
    pages.push({
      plan,
      at,
      rows: await trends.list(ctx.db, { ...plan.which, programmeId }, asked.order, at),
    });
  }
  const ids = [...new Set(pages.flatMap(({ rows }) => rows.map(({ id }) => id)))];
  const tallies = now.seesTallies ? await interests.tallies(ctx.db, ids) : null;
  const roundIds = plans.flatMap(({ round }) => (round ? [round.id] : []));
  const tables = await trendEvents.tablesAt(ctx.db, roundIds);
  const teamIds = [...new Set(tables.flatMap(({ teamId }) => (teamId === null ? [] : [teamId])))];
  const all = await teams.withMembers(ctx.db, { ids: teamIds });
  const presenters = await presentations.presentersAt(ctx.db, roundIds);
  return pages.map(({ plan, at, rows }) => {
    const lines = rows.map((row) => lineOf(reading, row, tallies));
    const section: Section = {
      key: plan.key,
      look: plan.look,
      total: plan.total,
      lines,
      ...onwards(asked, plan, at),
      ...sectionWords(words, plan.key, { ...now, find: asked.find }),
    };
    return plan.round
      ? withTables({ ctx, words }, section, plan.round, { tables, all, presenters })
      : section;
  });
}

function lineOf(
  { programme, viewer, now, own, words }: Reading,
  row: trends.TrendLine,
  tallies: Map<number, interests.Tally> | null,
): Line {
  return {
    ...row,
    start: excerpt(row.start),
    day: formatShortDay(wallTimeOf(row.createdAt, programme.timeZone), localeOf(words)),
    isMine: row.proposerId === viewer.id,
    takesInterest: takesInterest(row, now.voting),
    wants: own.get(row.id)?.has('want-to-know') ?? false,
    tells: own.get(row.id)?.has('can-tell') ?? false,
    tally: tallies && (tallies.get(row.id) ?? { want: 0, tell: 0 }),
  };
}

/** Links to the rest: pages of that section alone. */
function onwards(asked: BoardQuery, { key }: Plan, at: Page): Pick<Section, 'moreHref' | 'pager'> {
  const address = (page: number) =>
    `${addressOf({ ...asked, show: asked.find ? 'all' : key, page })}#sec-${key}`;
  if (asked.show !== 'all' || asked.find !== '') return { moreHref: '', pager: pagerFor(at, address) };
  return { moreHref: at.total > at.limit ? address(1) : '', pager: null };
}

/** Tables with their teams, and once the event was held who presented there. */
interface AtTables {
  tables: trendEvents.TableOfTrend[];
  all: teams.TeamWithMembers[];
  presenters: presentations.Presenter[];
}

function withTables(
  { ctx, words }: Pick<Reading, 'ctx' | 'words'>,
  section: Section,
  round: trendEvents.Round,
  { tables, all, presenters }: AtTables,
): Section {
  const lines = section.lines.map((line): Line => {
    const table = tables.find((each) => each.eventId === round.id && each.trendId === line.id);
    if (!table) return line;
    const team = all.find((each) => each.id === table.teamId);
    const written = presenters.filter(
      ({ eventId, number }) => eventId === round.id && number === table.number,
    );
    const members = written.length > 0 ? written : (team?.members ?? []);
    return {
      ...line,
      table: table.number,
      team: team?.name ?? '',
      members,
      hosts: hostsOf(members, words),
    };
  });
  lines.sort((a, b) => (a.table ?? 0) - (b.table ?? 0));
  const day = formatNearDay(round.startsAt, localeOf(words));
  const { t } = words;
  return {
    ...section,
    lines,
    head: t('On the tables at {event}', { event: round.name }),
    text: isComing(round, ctx.now())
      ? t('Each of these has a table on {day}.', { day })
      : t('These were on the tables on {day}.', { day }),
  };
}

function hostsOf(members: readonly { name: string }[], words: Words): string {
  const first = members.map((member) => greetingName(member.name));
  const shown =
    first.length > 4 ? [...first.slice(0, 3), words.t('{n} more', { n: first.length - 3 })] : first;
  return listed(shown, words);
}

function countInterests(own: Map<number, Set<InterestKind>>): { want: number; tell: number } {
  const count = (kind: InterestKind) => [...own.values()].filter((kinds) => kinds.has(kind)).length;
  return { want: count('want-to-know'), tell: count('can-tell') };
}
