import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import * as actions from '../actions/teams.ts';
import type { Context } from '../context.ts';
import { formatNearDay, isComing } from '../domain/coming.ts';
import { orNotFound } from '../refusal.ts';
import * as people from '../store/people.ts';
import * as rsvps from '../store/rsvps.ts';
import * as teams from '../store/teams.ts';
import * as trendEvents from '../store/trend-events.ts';
import * as trends from '../store/trends.ts';
import {
  type FieldError,
  formKeyField,
  idIn,
  idListField,
  lineField,
  readForm,
  saying,
} from '../web/forms.ts';
import { renderMarkdown } from '../web/markdown.ts';
import { page } from '../web/pages.ts';
import type { Viewer } from '../web/person.ts';
import { english } from '../words.ts';
import { waitingData } from './team-questions.ts';
import { mistakeOf } from './trend-forms.ts';

export function teamsRoutes(app: FastifyInstance, ctx: Context): void {
  const signedIn = { config: { access: 'signed-in' as const } };
  const organiser = { config: { access: 'organiser' as const } };
  app.get('/teams', signedIn, (request, reply) => showAll(ctx, request, reply));
  app.get('/teams/new', organiser, (request, reply) => showForm(ctx, request, reply));
  app.post('/teams', organiser, (request, reply) => form(ctx, request, reply));
  app.get('/teams/:id', signedIn, (request, reply) => showTeam(ctx, request, reply));
  app.get('/teams/:id/edit', organiser, (request, reply) => showForm(ctx, request, reply));
  app.post('/teams/:id', organiser, (request, reply) => change(ctx, request, reply));
  app.post('/teams/:id/deletion', organiser, (request, reply) => dissolve(ctx, request, reply));
}

const nameField = lineField(80, 'Choose a name of at most 80 characters.')
  .refine((name) => name !== '', 'Give the team a name.')
  .prefault('');
const trendField = z
  .string()
  .regex(/^([1-9]\d{0,9})?$/, 'Choose a trend from the list.')
  .transform((id) => (id === '' ? null : Number(id)))
  .prefault('');
const teamForm = z.object({ name: nameField, trendId: trendField, members: idListField });
const newTeamForm = teamForm.extend({ formKey: formKeyField });

const sayings = {
  made: 'The team is there.',
  saved: 'Saved.',
  taken: 'Yours. Guests see that the team prepares it.',
  'given-back': 'Given back. Somebody else can take it.',
  deleted: 'The team is deleted. Its people and its trend stay.',
};

type Tables = Awaited<ReturnType<typeof trendEvents.withTeams>>;

/** The teams' tables at events that are ahead, or the last one that was; drafts are for organisers. */
function placeOf(ctx: Context, tables: Tables, teamId: number, isOrganiser: boolean) {
  const own = tables.filter(
    (table) => table.teamId === teamId && (table.state === 'published' || isOrganiser),
  );
  const table = own.find((each) => isComing(each, ctx.now())) ?? own.at(-1);
  return table ? { ...table, day: formatNearDay(table.startsAt), coming: isComing(table, ctx.now()) } : null;
}

async function showAll(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const viewer = request.person!;
  const all = await teams.withMembers(ctx.db);
  const tables = await trendEvents.withTeams(
    ctx.db,
    all.map((team) => team.id),
  );
  const shown = all.map((team) => ({ ...team, place: placeOf(ctx, tables, team.id, viewer.isOrganiser) }));
  const isOwn = (team: { members: { id: number }[] }) =>
    team.members.some((member) => member.id === viewer.id);
  const data = { own: shown.filter(isOwn), others: shown.filter((team) => !isOwn(team)) };
  return page(reply, 'teams/index', {
    title: english.t('Research teams'),
    tab: 'teams',
    ...data,
    said: saying(request, sayings),
  });
}

async function showTeam(
  ctx: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  mistakes?: { status: number; errors: FieldError[] },
): Promise<FastifyReply> {
  const viewer = request.person!;
  const team = orNotFound(await teams.find(ctx.db, idIn(request)), 'team');
  const all = await teams.withMembers(ctx.db);
  const tables = await trendEvents.withTeam(ctx.db, team.id);
  const trend = team.trend && (await trends.find(ctx.db, team.trend.id));
  const place = placeOf(ctx, tables, team.id, viewer.isOrganiser);
  const data = {
    team,
    place,
    ...(await waitingData(ctx, request, team, place)),
    tables: await Promise.all(
      tables
        .filter((table) => table.state === 'published' || viewer.isOrganiser)
        .map(async (table) => ({
          ...table,
          day: formatNearDay(table.startsAt),
          coming: isComing(table, ctx.now()),
          opens: table.state === 'published' && (await mayOpen(ctx, viewer, table.eventId)),
        })),
    ),
    members: team.members.map((member) => ({ ...member, otherTeams: otherTeams(all, team.id, member.id) })),
    detail: trend && trend.detail !== '' ? renderMarkdown(trend.detail) : null,
    isMember: team.members.some((member) => member.id === viewer.id),
    errors: mistakes?.errors ?? [],
    said: saying(request, sayings),
  };
  return page(
    reply,
    'teams/show',
    { title: team.name, tab: 'teams', ...data },
    { status: mistakes?.status ?? 200 },
  );
}

/** An event's own page is for those who were invited to it, and for organisers. */
async function mayOpen(ctx: Context, viewer: Viewer, eventId: number): Promise<boolean> {
  const rsvp = await rsvps.find(ctx.db, eventId, viewer.id);
  return viewer.isOrganiser || (rsvp !== null && rsvp.state !== 'uninvited');
}

function otherTeams(all: teams.TeamWithMembers[], teamId: number | null, personId: number): string[] {
  const isIn = (team: teams.TeamWithMembers) => team.members.some((member) => member.id === personId);
  return all.filter((team) => team.id !== teamId && isIn(team)).map((team) => team.name);
}

interface Mistakes {
  status: number;
  errors: FieldError[];
  typed: Record<string, unknown>;
}

/** The form of a new team, or of one there is, with what was typed where it comes back. */
async function showForm(
  ctx: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  mistakes?: Mistakes,
): Promise<FastifyReply> {
  const isNew = (request.params as { id?: string }).id === undefined;
  const team = isNew ? null : orNotFound(await teams.find(ctx.db, idIn(request)), 'team');
  const all = await teams.withMembers(ctx.db);
  const talents = await people.active(ctx.db, 'talent');
  const wanted = String((request.query as { trend?: unknown }).trend ?? '');
  const values = {
    name: team?.name ?? english.t('Team {n}', { n: all.length + 1 }),
    trendId: team ? String(team.trendId ?? '') : wanted,
  };
  const chosen = new Set(mistakes ? membersTyped(mistakes.typed) : team?.members.map((member) => member.id));
  const data = {
    team,
    values,
    trends: await trendsFor(ctx, team),
    takenBy: Object.fromEntries(
      all
        .filter((each) => each.id !== team?.id && each.trendId !== null)
        .map((each) => [each.trendId!, each.name]),
    ),
    talents: talents.map(({ id, name, department, jobTitle }) => ({
      id,
      name,
      note: [jobTitle, department].filter(Boolean).join(', '),
      otherTeams: otherTeams(all, team?.id ?? null, id),
      isChosen: chosen.has(id),
    })),
    errors: mistakes?.errors ?? [],
    typed: mistakes?.typed ?? {},
    formKey: formKeyOf(mistakes),
  };
  const title = team ? english.t('Change {team}', { team: team.name }) : english.t('A new team');
  return page(reply, 'teams/form', { title, tab: 'teams', ...data }, { status: mistakes?.status ?? 200 });
}

/** What can be chosen, and the trend it has now whatever became of it. */
async function trendsFor(ctx: Context, team: teams.TeamWithMembers | null): Promise<trends.OpenTrend[]> {
  const open = await trends.open(ctx.db);
  const own = team?.trend;
  return own && !open.some((trend) => trend.id === own.id) ? [own, ...open] : open;
}

function membersTyped(typed: Record<string, unknown>): number[] {
  const read = idListField.safeParse(typed.members);
  return read.success ? read.data : [];
}

function formKeyOf(mistakes: Mistakes | undefined): string {
  const read = formKeyField.safeParse(mistakes?.typed.formKey);
  return read.success ? read.data : randomUUID();
}

async function form(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const sent = readForm(request, newTeamForm);
  if (!sent.ok) return showForm(ctx, request, reply, { ...sent, status: 422 });
  const { members: memberIds, ...plan } = sent.values;
  try {
    const team = await actions.form(ctx, { ...plan, memberIds });
    return reply.redirect(`/teams/${team.id}?said=made`, 303);
  } catch (error) {
    return showForm(ctx, request, reply, { ...mistakeOf(error), typed: sent.typed });
  }
}

async function change(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const id = idIn(request);
  const sent = readForm(request, teamForm);
  if (!sent.ok) return showForm(ctx, request, reply, { ...sent, status: 422 });
  const { members: memberIds, ...plan } = sent.values;
  try {
    await actions.change(ctx, id, { ...plan, memberIds });
  } catch (error) {
    return showForm(ctx, request, reply, { ...mistakeOf(error), typed: sent.typed });
  }
  return reply.redirect(`/teams/${id}?said=saved`, 303);
}

async function dissolve(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  try {
    await actions.dissolve(ctx, idIn(request));
  } catch (error) {
    return showTeam(ctx, request, reply, mistakeOf(error));
  }
  return reply.redirect('/teams?said=deleted', 303);
}
