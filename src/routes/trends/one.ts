import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as actions from '../../actions/trends/trends.ts';
import type { Context } from '../../context.ts';
import { formatShortDay } from '../../domain/events/wall-time.ts';
import { linkWords } from '../../domain/trends/links.ts';
import { mayChange, takesInterest } from '../../domain/trends/trend.ts';
import { orNotFound } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as teams from '../../store/teams/teams.ts';
import * as trendEvents from '../../store/trends/events.ts';
import * as interests from '../../store/trends/interests.ts';
import * as trends from '../../store/trends/trends.ts';
import { type FieldError, idIn, readForm, saying } from '../../web/forms.ts';
import { renderMarkdown } from '../../web/markdown.ts';
import { page } from '../../web/pages.ts';
import type { Viewer } from '../../web/person.ts';
import { english } from '../../words.ts';
import { dayBefore, placed } from '../teams/team-places.ts';
import { mergingForm, mistakeOf, parkingForm, rewordForm } from './forms.ts';
import { standing } from './list-view.ts';

export function trendRoutes(app: FastifyInstance, ctx: Context): void {
  const signedIn = { config: { access: 'signed-in' as const } };
  const organiser = { config: { access: 'organiser' as const } };
  app.get('/trends/:id', signedIn, (request, reply) => showTrend(ctx, request, reply));
  app.post('/trends/:id', signedIn, (request, reply) => reword(ctx, request, reply));
  app.get('/trends/:id/edit', signedIn, (request, reply) => showForm(ctx, request, reply));
  app.post('/trends/:id/shortlisting', organiser, (request, reply) => shortlist(ctx, request, reply));
  app.post('/trends/:id/reopening', organiser, (request, reply) => proposeAgain(ctx, request, reply));
  app.post('/trends/:id/parking', organiser, (request, reply) => park(ctx, request, reply));
  app.post('/trends/:id/merging', organiser, (request, reply) => merge(ctx, request, reply));
}

const sayings = {
  want: 'Noted: you want to know this.',
  tell: 'Noted: you can tell about this.',
  back: 'Taken back.',
  closed: 'This trend is not open for voting any more. What was said before still counts.',
  proposed: 'Your trend is proposed.',
  saved: 'Saved.',
  shortlisted: 'It is on the shortlist.',
  reopened: 'It is open for voting again.',
  parked: 'Parked. Everyone can read the reason.',
  merged: 'Merged. What people said and who works on it moved here.',
  'led-here': 'The trend you opened was merged into this one.',
};

interface Mistakes {
  status: number;
  errors: FieldError[];
  typed: Record<string, unknown>;
  /** Which part of the organisers' desk stays open. */
  desk: 'park' | 'merge';
}

async function showTrend(
  ctx: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  mistakes?: Mistakes,
): Promise<FastifyReply> {
  const viewer = request.person!;
  const trend = orNotFound(await trends.find(ctx.db, idIn(request)), 'trend');
  if (trend.state === 'merged' && trend.mergedIntoId)
    return reply.redirect(`/trends/${trend.mergedIntoId}?said=led-here`, 303);
  const programme = orNotFound(await programmes.current(ctx.db), 'page');
  const now = standing(ctx, programme, viewer);
  const dayOf = (at: Temporal.Instant) =>
    formatShortDay(at.toZonedDateTimeISO(programme.timeZone).toPlainDate().toString());
  const said = (await interests.ofPerson(ctx.db, viewer.id)).get(trend.id);
  const data = {
    ...now,
    trend,
    day: dayOf(trend.createdAt),
    detail: trend.detail === '' ? null : renderMarkdown(trend.detail),
    links: trend.links.map((href) => ({ href, ...linkWords(href) })),
    merged: await mergedHere(ctx, trend.id, dayOf),
    mayChange: mayChange(viewer, trend),
    isOpen: takesInterest(trend, now.voting),
    you: { wants: said?.has('want-to-know') ?? false, tells: said?.has('can-tell') ?? false },
    ...(await whoWorksOnIt(ctx, viewer, trend.id)),
    ...(await whoAskedForIt(ctx, viewer, now.seesTallies, trend.id)),
    errors: [],
    typed: {},
    desk: '',
    ...(await mergeable(ctx, request, trend, mistakes)),
    ...mistakes,
  };
  const frame = { title: trend.sentence, tab: 'trends', said: saying(request, sayings) };
  return page(reply, 'trends/show', { ...frame, ...data }, { status: mistakes?.status ?? 200 });
}

/** How many trends one can choose from to merge with; a search finds the others. */
const mostOthers = 20;

/** Trends that this one can become part of, for organisers: those that fit a search, shortlisted ones first. */
async function mergeable(ctx: Context, request: FastifyRequest, { id }: trends.Trend, mistakes?: Mistakes) {
  const { find } = request.query as { find?: unknown };
  const findOther = String(mistakes?.typed.find ?? find ?? '').slice(0, 200);
  if (!request.person!.isOrganiser) return { others: [], findOther, othersCut: false };
  const found = (await trends.open(ctx.db, mostOthers + 1, findOther)).filter((other) => other.id !== id);
  return {
    others: found.slice(0, mostOthers),
    findOther,
    othersCut: found.length >= mostOthers,
    desk: find === undefined ? '' : 'merge',
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
  const near = { day: dayBefore(ctx.now()), withDrafts, trendId: id };
  const ids = shown.map((team) => team.id);
  const tables = [
    ...(await trendEvents.nearestTables(ctx.db, ids, near)),
    ...(await trendEvents.tablesWithoutTeam(ctx.db, id, withDrafts, mostTeams)),
  ];
  return { tables: tables.map((table) => placed(ctx, table)), teams: shown };
}

/** Counts for those who may see them, never names; who can tell, for organisers alone. */
async function whoAskedForIt(ctx: Context, viewer: Viewer, seesTallies: boolean, id: number) {
  const tally = seesTallies
    ? ((await interests.tallies(ctx.db, [id])).get(id) ?? { want: 0, tell: 0 })
    : null;
  const shares = seesTallies ? await interests.sharesBySide(ctx.db, id) : [];
  const people = shares.reduce((sum, share) => sum + share.people, 0);
  return { tally, shares, people, tellers: viewer.isOrganiser ? await interests.tellers(ctx.db, id) : [] };
}

async function showForm(
  ctx: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  mistakes?: { errors: FieldError[]; typed: Record<string, unknown> },
): Promise<FastifyReply> {
  const trend = orNotFound(await trends.find(ctx.db, idIn(request)), 'trend');
  if (!mayChange(request.person!, trend)) orNotFound(null, 'trend');
  const isNew = saying(request, { proposed: 'new' }) === 'new';
  const said = isNew ? 'Your trend is proposed.' : undefined;
  const title = isNew ? english.t('Proposed') : english.t('Reword a trend');
  const data = { title, tab: 'trends', said, trend, isNew, errors: [], typed: {}, ...mistakes };
  return page(reply, 'trends/edit', data, { status: mistakes ? 422 : 200 });
}

async function reword(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const id = idIn(request);
  const form = readForm(request, rewordForm);
  if (!form.ok) return showForm(ctx, request, reply, form);
  await actions.reword(ctx, request.person!, id, form.values);
  return reply.redirect(`/trends/${id}?said=saved`, 303);
}

async function shortlist(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const id = idIn(request);
  await actions.shortlist(ctx, id);
  return reply.redirect(`/trends/${id}?said=shortlisted`, 303);
}

async function proposeAgain(
  ctx: Context,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const id = idIn(request);
  await actions.proposeAgain(ctx, id);
  return reply.redirect(`/trends/${id}?said=reopened`, 303);
}

async function park(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const id = idIn(request);
  const form = readForm(request, parkingForm);
  if (!form.ok) return showTrend(ctx, request, reply, { ...form, status: 422, desk: 'park' });
  try {
    await actions.park(ctx, id, form.values.reason);
  } catch (error) {
    return showTrend(ctx, request, reply, { ...mistakeOf(error), typed: form.typed, desk: 'park' });
  }
  return reply.redirect(`/trends/${id}?said=parked`, 303);
}

async function merge(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const id = idIn(request);
  const form = readForm(request, mergingForm);
  if (!form.ok) return showTrend(ctx, request, reply, { ...form, status: 422, desk: 'merge' });
  try {
    await actions.merge(ctx, id, form.values.into);
  } catch (error) {
    return showTrend(ctx, request, reply, { ...mistakeOf(error), typed: form.typed, desk: 'merge' });
  }
  return reply.redirect(`/trends/${form.values.into}?said=merged`, 303);
}
