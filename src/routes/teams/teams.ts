import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import * as actions from '../../actions/teams/teams.ts';
import type { Context } from '../../context.ts';
import { orNotFound } from '../../refusal.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import * as teams from '../../store/teams/teams.ts';
import * as trendEvents from '../../store/trends/events.ts';
import * as trends from '../../store/trends/trends.ts';
import {
  type FieldError,
  formKeyField,
  idIn,
  idListField,
  lineField,
  readForm,
  readQuery,
  saying,
} from '../../web/forms.ts';
import { renderMarkdown } from '../../web/markdown.ts';
import { page } from '../../web/pages.ts';
import { addressWith, pageField, pageOf, pagerFor } from '../../web/paging.ts';
import { waitingData } from '../questions/team-questions.ts';
import { mistakeOf } from '../trends/forms.ts';
import { showForm } from './team-form.ts';
import { showTeams } from './team-list.ts';
import { placed, placesOf } from './team-places.ts';

export function teamsRoutes(app: FastifyInstance, ctx: Context): void {
  const signedIn = { config: { access: 'signed-in' as const } };
  const organiser = { config: { access: 'organiser' as const } };
  app.get('/teams', signedIn, (request, reply) => showTeams(ctx, request, reply, sayings));
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
/** The button that searches sends the form too, so that nothing that was typed is lost. */
const search = { find: z.string().max(200).optional(), do: z.literal('find').optional() };
const isSearch = (typed: Record<string, unknown>) => typed.do === 'find';
const teamForm = z.object({ name: nameField, trendId: trendField, members: idListField, ...search });
const newTeamForm = teamForm.extend({ formKey: formKeyField });

const sayings = {
  made: 'The team is there.',
  saved: 'Saved.',
  taken: 'Yours. Guests see that the team prepares it.',
  'given-back': 'Given back. Somebody else can take it.',
  deleted: 'The team is deleted. Its people and its trend stay.',
};

const tablesShown = 10;
const teamQuery = z.object({ page: pageField });

async function showTeam(
  ctx: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  mistakes?: { status: number; errors: FieldError[] },
): Promise<FastifyReply> {
  const viewer = request.person!;
  const team = orNotFound(await teams.find(ctx.db, idIn(request)), 'team');
  const trend = team.trend && (await trends.find(ctx.db, team.trend.id));
  const place = (await placesOf(ctx, [team.id], viewer.isOrganiser)).get(team.id) ?? null;
  const others = await teams.namesByPerson(
    ctx.db,
    team.members.map(({ id }) => id),
    team.id,
  );
  const data = {
    team,
    place,
    ...(await waitingData(ctx, request, team, place)),
    ...(await tablesOf(ctx, request, team)),
    members: team.members.map((member) => ({ ...member, otherTeams: others.get(member.id) ?? [] })),
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

/** One page of its tables at events, the latest first; an event's own page is for its guests and organisers. */
async function tablesOf(ctx: Context, request: FastifyRequest, { id }: teams.TeamWithMembers) {
  const { id: viewerId, isOrganiser } = request.person!;
  const total = await trendEvents.countOfTeam(ctx.db, id, isOrganiser);
  const at = pageOf(readQuery(request, teamQuery).page, total, tablesShown);
  const tables = await trendEvents.pageOfTeam(ctx.db, id, isOrganiser, at);
  const invited = await rsvps.eventsAmong(
    ctx.db,
    viewerId,
    tables.map(({ eventId }) => eventId),
  );
  return {
    tables: tables.map((table) => ({
      ...placed(ctx, table),
      opens: table.state === 'published' && (isOrganiser || invited.has(table.eventId)),
    })),
    pager: pagerFor(at, (number) => `${addressWith(`/teams/${id}`, { page: number })}#tables-h`),
  };
}

async function form(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const sent = readForm(request, newTeamForm);
  if (isSearch(sent.typed))
    return showForm(ctx, request, reply, { status: 200, errors: [], typed: sent.typed });
  if (!sent.ok) return showForm(ctx, request, reply, { ...sent, status: 422 });
  const { members: memberIds, find: _find, do: _do, ...plan } = sent.values;
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
  if (isSearch(sent.typed))
    return showForm(ctx, request, reply, { status: 200, errors: [], typed: sent.typed });
  if (!sent.ok) return showForm(ctx, request, reply, { ...sent, status: 422 });
  const { members: memberIds, find: _find, do: _do, ...plan } = sent.values;
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
