import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import * as actions from '../../actions/teams/teams.ts';
import type { Context } from '../../context.ts';
import { orNotFound } from '../../refusal.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import * as teams from '../../store/teams/teams.ts';
import * as trendEvents from '../../store/trends/events.ts';
import * as trends from '../../store/trends/trends.ts';
import { formKeyField, idIn, idListField, lineField, readQuery, saying } from '../../web/forms.ts';
import { renderMarkdown } from '../../web/markdown.ts';
import { page } from '../../web/pages.ts';
import { addressWith, pageField, pageOf, pagerFor } from '../../web/paging.ts';
import { noMistakes, submit } from '../../web/submit.ts';
import { pagesAt, type SignedInVisit } from '../../web/visit.ts';
import { waitingData } from '../questions/team-questions.ts';
import { showForm } from './team-form.ts';
import { showTeams } from './team-list.ts';
import { placed, placesOf } from './team-places.ts';

export function teamsRoutes(app: FastifyInstance, ctx: Context): void {
  const at = pagesAt(app, ctx);
  at.get('/teams', 'signed-in', (visit) => showTeams(visit, sayings));
  at.get('/teams/new', 'organiser', showForm);
  at.post('/teams', 'organiser', form);
  at.get('/teams/:id', 'signed-in', showTeam);
  at.get('/teams/:id/edit', 'organiser', showForm);
  at.post('/teams/:id', 'organiser', change);
  at.post('/teams/:id/deletion', 'organiser', dissolve);
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

async function showTeam(visit: SignedInVisit, mistakes = noMistakes) {
  const { ctx, request, viewer } = visit;
  const team = orNotFound(await teams.find(ctx.db, idIn(request)), 'team');
  const trend = team.trend && (await trends.find(ctx.db, team.trend.id));
  const place = (await placesOf(ctx, [team.id], viewer.isOrganiser)).get(team.id) ?? null;
  const others = await teams.namesByPerson(
    ctx.db,
    team.members.map(({ id }) => id),
    team.id,
  );
  return page(visit, 'teams/show', {
    title: team.name,
    tab: 'teams',
    team,
    place,
    ...(await waitingData(visit, team, place)),
    ...(await tablesOf(visit, team)),
    members: team.members.map((member) => ({ ...member, otherTeams: others.get(member.id) ?? [] })),
    detail: trend && trend.detail !== '' ? renderMarkdown(trend.detail) : null,
    isMember: team.members.some((member) => member.id === viewer.id),
    said: saying(visit, sayings),
    ...mistakes,
  });
}

/** One page of its tables at events, the latest first; an event's own page is for its guests and organisers. */
async function tablesOf({ ctx, request, viewer }: SignedInVisit, { id }: teams.TeamWithMembers) {
  const { id: viewerId, isOrganiser } = viewer;
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

const form = (visit: SignedInVisit) =>
  submit(visit, newTeamForm, {
    act: async (values) => {
      const team = await actions.createTeam(visit.ctx, { ...planOf(values), formKey: values.formKey });
      return `/teams/${team.id}?said=made`;
    },
    again: (mistakes) => showForm(visit, mistakes),
    field: '',
    isLookingOnly: isSearch,
  });

function change(visit: SignedInVisit) {
  const id = idIn(visit.request);
  return submit(visit, teamForm, {
    act: async (values) => {
      await actions.change(visit.ctx, id, planOf(values));
      return `/teams/${id}?said=saved`;
    },
    again: (mistakes) => showForm(visit, mistakes),
    field: '',
    isLookingOnly: isSearch,
  });
}

const planOf = ({ name, trendId, members }: z.output<typeof teamForm>) => ({
  name,
  trendId,
  memberIds: members,
});

const dissolve = (visit: SignedInVisit) =>
  submit(visit, z.object({}), {
    act: async () => {
      await actions.dissolve(visit.ctx, idIn(visit.request));
      return '/teams?said=deleted';
    },
    again: (mistakes) => showTeam(visit, mistakes),
    field: '',
  });
