import { editionOf, seenIn } from '../../actions/edition.ts';
import * as actions from '../../actions/trends/trends.ts';
import { wordsOf } from '../../actions/trends/trends.ts';
import type { Context } from '../../context.ts';
import { mayChangeTrend } from '../../domain/access.ts';
import { overEverywhereBefore } from '../../domain/events/coming.ts';
import { formatShortDay, wallTimeOf } from '../../domain/events/wall-time.ts';
import { linkWords } from '../../domain/trends/links.ts';
import { type Stage, stageOf } from '../../domain/trends/stage.ts';
import { takesInterest } from '../../domain/trends/trend.ts';
import { orNotFound } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as presentations from '../../store/teams/presentations.ts';
import * as teams from '../../store/teams/teams.ts';
import * as trendEvents from '../../store/trends/events.ts';
import * as interests from '../../store/trends/interests.ts';
import * as skills from '../../store/trends/skills.ts';
import * as trends from '../../store/trends/trends.ts';
import { idIn, messageFor } from '../../web/forms.ts';
import { renderMarkdown } from '../../web/markdown.ts';
import { page } from '../../web/pages.ts';
import type { Viewer } from '../../web/person.ts';
import { type Mistakes, noMistakes, savedMeanwhile, submit } from '../../web/submit.ts';
import type { Pages, SignedInVisit } from '../../web/visit.ts';
import { localeOf } from '../../words.ts';
import { noticeOf } from '../settings/ended-seasons.ts';
import { earlierOf } from '../teams/research-view.ts';
import { placeText } from '../teams/team-places.ts';
import { mergingForm, parkingForm, rewordForm } from './forms.ts';
import { votingState } from './list-view.ts';
import { skillRoutes } from './skills.ts';

export function trendRoutes(at: Pages): void {
  at.get('/trends/:id', 'signed-in', showTrend);
  at.post('/trends/:id', 'signed-in', reword);
  at.get('/trends/:id/edit', 'signed-in', showForm, { forChanges: true });
  at.post('/trends/:id/shortlisting', 'organiser', shortlist);
  at.post('/trends/:id/reopening', 'organiser', proposeAgain);
  at.post('/trends/:id/parking', 'organiser', park);
  at.post('/trends/:id/merging', 'organiser', merge);
  skillRoutes(at);
}

const messages = {
  want: 'Noted: you want to know this.',
  tell: 'Noted: you can tell about this.',
  back: 'Taken back.',
  closed: 'This trend is not open for voting any more. What was said before still counts.',
  proposed: 'Your trend is proposed.',
  saved: 'Saved.',
  shortlisted: 'It is on the shortlist.',
  reopened: 'It is open for voting again.',
  parked: 'Parked. Everyone can read the reason.',
  skills: 'Saved. It counts when the next draft is made.',
  merged: 'Merged. What people said and who works on it moved here.',
  'led-here': 'The trend you opened was merged into this one.',
};

/** The part of the organisers' desk that stays open where its form comes back. */
type Desk = 'park' | 'merge' | '';

async function showTrend(visit: SignedInVisit, mistakes = noMistakes, desk: Desk = '') {
  const { ctx, request, viewer } = visit;
  const trend = orNotFound(await trends.find(ctx.db, idIn(request)), 'trend');
  if (trend.state === 'merged' && trend.mergedIntoId) return `/trends/${trend.mergedIntoId}?said=led-here`;
  const programme = orNotFound(await programmes.find(ctx.db, trend.programmeId), 'page');
  const season = noticeOf(visit.words, programme);
  const now = votingState(ctx, programme, viewer);
  const dayOf = (at: Temporal.Instant) =>
    formatShortDay(wallTimeOf(at, programme.timeZone), localeOf(visit.words));
  const own = (await interests.ofPerson(ctx.db, viewer.id, programme.id)).get(trend.id);
  const work = await whoWorksOnIt(ctx, viewer, trend.id);
  return page(visit, 'trends/show', {
    title: trend.sentence,
    tab: 'trends',
    ...now,
    trend,
    day: dayOf(trend.createdAt),
    detail: trend.detail === '' ? null : renderMarkdown(trend.detail),
    links: trend.links.map((href) => ({ href, ...linkWords(href) })),
    wantedSkills: (await skills.ofOwner(ctx.db, { trend: trend.id })).map(({ word }) => word).join(', '),
    earlier: await earlierOf(visit, trend.id, programme.timeZone),
    merged: await mergedHere(ctx, trend.id, dayOf),
    season,
    mayChange: season === null && mayChangeTrend(viewer, trend),
    isOpen: takesInterest(trend, now.voting),
    ownInterests: { wants: own?.has('want-to-know') ?? false, tells: own?.has('can-tell') ?? false },
    ...work,
    stage: stageText(visit, trend, programme.timeZone, work),
    ...(await whoAskedForIt(ctx, viewer, now.seesTallies, trend.id)),
    ...(await mergeable(visit, trend, mistakes, desk)),
    message: messageFor(visit, messages),
    ...mistakes,
  });
}

/** How many trends one can choose from to merge with; a search finds the others. */
const mostOthers = 20;

/** Trends that this one can become part of, for organisers: those that fit a search, shortlisted ones first. */
async function mergeable(
  { ctx, request, viewer }: SignedInVisit,
  { id }: trends.Trend,
  { typed }: Mistakes,
  desk: Desk,
) {
  const { find } = request.query as { find?: unknown };
  const findOther = String(typed.find ?? find ?? '').slice(0, 200);
  if (!viewer.isOrganiser) return { others: [], findOther, othersCut: false, desk: '' };
  const found = (await trends.open(ctx.db, mostOthers + 1, findOther)).filter((other) => other.id !== id);
  return {
    others: found.slice(0, mostOthers),
    findOther,
    othersCut: found.length >= mostOthers,
    desk: desk === '' && find !== undefined ? 'merge' : desk,
  };
}

async function mergedHere(ctx: Context, id: number, dayOf: (at: Temporal.Instant) => string) {
  return (await trends.mergedInto(ctx.db, id)).map((trend) => ({
    sentence: trend.sentence,
    proposer: trend.proposer ?? '',
    day: dayOf(trend.createdAt),
    detail: trend.detail === '' ? null : renderMarkdown(trend.detail, { under: 3 }),
    links: trend.links.map((href) => ({ href, ...linkWords(href) })),
  }));
}

/** A trend has few teams at a time; of those that once had it, no more than these are shown. */
const mostTeams = 12;

/** Its teams, and the tables it has at events; drafts are for organisers. */
async function whoWorksOnIt(ctx: Context, viewer: Viewer, id: number) {
  const withDrafts = viewer.isOrganiser;
  const atTables = await trendEvents.teamsAtTables(ctx.db, id, withDrafts);
  const own = await teams.withMembers(ctx.db, { trend: id });
  const others = atTables.filter((hosting) => hosting !== null && !own.some((team) => team.id === hosting));
  const hosting = await teams.withMembers(ctx.db, { ids: others.slice(0, mostTeams) as number[] });
  const shown = [...own, ...hosting].slice(0, mostTeams);
  const near = { day: overEverywhereBefore(ctx.now()), withDrafts, trendId: id };
  const ids = shown.map((team) => team.id);
  const tables = [
    ...(await trendEvents.nearestTables(ctx.db, ids, near)),
    ...(await trendEvents.tablesWithoutTeam(ctx.db, id, withDrafts, mostTeams)),
  ];
  const placed = tables.map((table) => placeText(ctx, table));
  const presenters = await presentations.presentersAt(ctx.db, [
    ...new Set(tables.map((table) => table.eventId)),
  ]);
  return {
    tables: placed.map((table) => ({
      ...table,
      presenters: presenters.filter(
        ({ eventId, number }) => eventId === table.eventId && number === table.number,
      ),
    })),
    teams: shown,
  };
}

/** Says how far the trend has come, in two or three words. */
function stageText(
  { ctx, words }: SignedInVisit,
  { id, state }: trends.Trend,
  timeZone: string,
  { tables, teams: shown }: Awaited<ReturnType<typeof whoWorksOnIt>>,
): string {
  const past = tables.filter((table) => !table.coming && table.state === 'published');
  const presentedOn =
    past
      .map(({ startsAt }) => startsAt.slice(0, 10))
      .toSorted()
      .at(-1) ?? null;
  const hasTeam = shown.some((team) => team.trendId === id);
  const today = ctx.now().toZonedDateTimeISO(timeZone).toPlainDate();
  const { t } = words;
  const named: Partial<Record<Stage, string>> = {
    assigned: t('A team has it'),
    presented: t('Presented'),
    stale: t('Presented over a year ago'),
  };
  return named[stageOf(state, { hasTeam, presentedOn }, today)] ?? '';
}

/** Counts for those who may see them, never names; who can tell, for organisers alone. */
async function whoAskedForIt(ctx: Context, viewer: Viewer, seesTallies: boolean, id: number) {
  const tally = seesTallies
    ? ((await interests.tallies(ctx.db, [id])).get(id) ?? { want: 0, tell: 0 })
    : null;
  const shares = seesTallies ? await interests.sharesBySide(ctx.db, id) : [];
  const people = shares.reduce((sum, share) => sum + share.people, 0);
  return {
    tally,
    shares,
    people,
    tellers: viewer.isOrganiser ? await interests.peopleWhoCanTell(ctx.db, id) : [],
  };
}

async function showForm(visit: SignedInVisit, mistakes = noMistakes) {
  const { ctx, request, viewer } = visit;
  const { t } = visit.words;
  const trend = orNotFound(await trends.find(ctx.db, idIn(request)), 'trend');
  if (!mayChangeTrend(viewer, trend)) orNotFound(null, 'trend');
  const message = messageFor(visit, { proposed: messages.proposed });
  const isNew = message !== undefined;
  const title = isNew ? t('Proposed') : t('Edit the wording of a trend');
  const seen = seenIn(mistakes) ?? editionOf(wordsOf(trend));
  const meanwhile = savedMeanwhile(mistakes, {
    sentence: t('The trend, in one sentence'),
    detail: t('What it is about'),
    links: t('Links'),
  });
  return page(visit, 'trends/edit', {
    title,
    tab: 'trends',
    message,
    trend,
    isNew,
    seen,
    meanwhile,
    ...mistakes,
  });
}

function reword(visit: SignedInVisit) {
  const id = idIn(visit.request);
  return submit(visit, rewordForm, {
    act: async ({ seen, ...values }) => {
      await actions.reword(visit.ctx, visit.viewer, id, values, seen);
      return `/trends/${id}?said=saved`;
    },
    again: (mistakes) => showForm(visit, mistakes),
    field: '',
  });
}

async function shortlist({ ctx, request }: SignedInVisit) {
  const id = idIn(request);
  await actions.shortlist(ctx, id);
  return `/trends/${id}?said=shortlisted`;
}

async function proposeAgain({ ctx, request }: SignedInVisit) {
  const id = idIn(request);
  await actions.proposeAgain(ctx, id);
  return `/trends/${id}?said=reopened`;
}

function park(visit: SignedInVisit) {
  const id = idIn(visit.request);
  return submit(visit, parkingForm, {
    act: async ({ reason }) => {
      await actions.park(visit.ctx, id, reason);
      return `/trends/${id}?said=parked`;
    },
    again: (mistakes) => showTrend(visit, mistakes, 'park'),
    field: '',
  });
}

function merge(visit: SignedInVisit) {
  const id = idIn(visit.request);
  return submit(visit, mergingForm, {
    act: async ({ into }) => {
      await actions.merge(visit.ctx, id, into);
      return `/trends/${into}?said=merged`;
    },
    again: (mistakes) => showTrend(visit, mistakes, 'merge'),
    field: '',
  });
}
