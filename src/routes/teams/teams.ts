import { z } from 'zod';
import { todayIn } from '../../actions/teams/late-places.ts';
import * as actions from '../../actions/teams/teams.ts';
import { mostInTeam } from '../../domain/teams/open-team.ts';
import { orNotFound } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import * as teams from '../../store/teams/teams.ts';
import * as trendEvents from '../../store/trends/events.ts';
import * as trends from '../../store/trends/trends.ts';
import {
  formKeyField,
  idIn,
  idListField,
  lineField,
  messageFor,
  readQuery,
  seenField,
} from '../../web/forms.ts';
import { renderMarkdown } from '../../web/markdown.ts';
import { page } from '../../web/pages.ts';
import { addressWith, pageField, pageOf, pagerFor } from '../../web/paging.ts';
import { noMistakes, submit } from '../../web/submit.ts';
import type { Pages, SignedInVisit } from '../../web/visit.ts';
import { waitingData } from '../questions/team-questions.ts';
import { noticeOf } from '../settings/ended-seasons.ts';
import { openingOf } from './life/joining-view.ts';
import { candidatesFor, placesUndo } from './life/late-view.ts';
import { meetingsData } from './life/meetings-view.ts';
import { researchData } from './research-view.ts';
import { showForm } from './team-form.ts';
import { showTeams } from './team-list.ts';
import { placesOf, placeText, roundTimes } from './team-places.ts';

export function teamsRoutes(at: Pages): void {
  at.get('/teams', 'signed-in', (visit) => showTeams(visit, messages));
  at.get('/teams/new', 'organiser', showForm);
  at.post('/teams', 'organiser', form);
  at.get('/teams/:id', 'signed-in', showTeam);
  at.get('/teams/:id/edit', 'organiser', showForm, { forChanges: true });
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
const sizeField = z
  .string()
  .trim()
  .regex(/^([1-9]|1[0-2])$/, `Write a whole number from 1 to ${mostInTeam}.`)
  .transform(Number);
const teamFields = z.object({
  name: nameField,
  trendId: trendField,
  members: idListField,
  isOpen: z
    .literal('on')
    .optional()
    .transform((value) => value === 'on'),
  least: sizeField.prefault('2'),
  most: sizeField.prefault('3'),
  seen: seenField,
  ...search,
});
const sizesFit = ({ least, most }: { least: number; most: number }) => least <= most;
const sizesMistake = { path: ['most'], message: 'The most members cannot be fewer than the least.' };
const teamForm = teamFields.refine(sizesFit, sizesMistake);
const newTeamForm = teamFields.extend({ formKey: formKeyField }).refine(sizesFit, sizesMistake);

const messages = {
  made: 'Team created.',
  saved: 'Saved.',
  taken: 'Yours. Guests see that the team prepares it.',
  'given-back': 'Given back. Someone else can take it.',
  added: 'Added.',
  'taken-out': 'Taken out.',
  ticked: 'Ticked. You can undo it below.',
  unticked: 'Taken back. The step is open again.',
  joined: 'You are in the team.',
  undone: 'Undone. Nobody was told.',
  back: 'You are in the team again.',
  hours: 'Saved. The hours you share follow.',
  planned: 'Planned. It goes into everyone’s calendar.',
  moved: 'Moved. Everyone’s calendar follows.',
  'brief-taken': 'The earlier brief is yours to go on with. Its authors stay named.',
  answered: 'Thanks. Your team sees your answer here.',
  'called-off': 'Cancelled. It leaves everyone’s calendar.',
  asked: 'Asked. You see here what they answer.',
  stopped: 'Stopped. They stay on the reserve list.',
  deleted: 'The team is deleted. Its people and its trend stay.',
};

const tablesShown = 10;
const teamQuery = z.object({ page: pageField });

/** Shows a team's page, with the mistakes of one of its forms. */
export async function showTeam(visit: SignedInVisit, mistakes = noMistakes) {
  const { ctx, request, viewer } = visit;
  const team = orNotFound(await teams.find(ctx.db, idIn(request)), 'team');
  const programme = orNotFound(await programmes.find(ctx.db, team.programmeId), 'page');
  const trend = team.trend && (await trends.find(ctx.db, team.trend.id));
  const place = (await placesOf(ctx, [team.id], viewer.isOrganiser)).get(team.id) ?? null;
  const others = await teams.namesByPerson(
    ctx.db,
    team.members.map(({ id }) => id),
    team.id,
    todayIn(programme, ctx.now()),
  );
  return page(visit, 'teams/show', {
    title: team.name,
    tab: 'teams',
    season: noticeOf(visit.words, programme),
    team,
    place,
    times: await roundTimes(visit, place),
    ...(await waitingData(visit, team, place)),
    ...(await researchData(visit, { team, place, timeZone: programme.timeZone }, mistakes)),
    ...(await tablesOf(visit, team)),
    members: team.members.map((member) => ({ ...member, otherTeams: others.get(member.id) ?? [] })),
    detail: trend && trend.detail !== '' ? renderMarkdown(trend.detail) : null,
    isMember: team.members.some((member) => member.id === viewer.id),
    opening: await openingOf(visit, team, todayIn(programme, ctx.now())),
    places: viewer.isOrganiser ? await candidatesFor(visit, programme, team.id) : null,
    undo: await placesUndo(visit, { teamId: team.id }),
    meetings: await meetingsData(visit, programme, team),
    message: messageFor(visit, messages),
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
      ...placeText(ctx, table),
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
      await actions.change(visit.ctx, id, planOf(values), { seen: values.seen, by: visit.viewer.id });
      return `/teams/${id}?said=saved`;
    },
    again: (mistakes) => showForm(visit, mistakes),
    field: '',
    isLookingOnly: isSearch,
  });
}

const planOf = ({ name, trendId, members, isOpen, least, most }: z.output<typeof teamForm>) => ({
  name,
  trendId,
  isOpen,
  least,
  most,
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
