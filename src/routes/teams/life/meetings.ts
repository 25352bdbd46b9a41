import { z } from 'zod';
import { seenIn } from '../../../actions/edition.ts';
import { answerMeeting } from '../../../actions/teams/meeting-answers.ts';
import {
  cancelMeeting,
  moveMeeting,
  planMeeting,
  stateHours,
  zoneOf,
} from '../../../actions/teams/meetings.ts';
import { worksOnTeam } from '../../../domain/access.ts';
import { zoneLabel } from '../../../domain/events/wall-time.ts';
import { hoursAmong } from '../../../domain/teams/hours.ts';
import { orNotFound } from '../../../refusal.ts';
import * as programmes from '../../../store/events/programmes.ts';
import * as people from '../../../store/people/people.ts';
import * as meetings from '../../../store/teams/meetings.ts';
import * as teams from '../../../store/teams/teams.ts';
import { formKeyField, idIn, idListField, lineField, seenField } from '../../../web/forms.ts';
import { page } from '../../../web/pages.ts';
import { formKeyIn, noFields, noMistakes, press, savedMeanwhile, submit } from '../../../web/submit.ts';
import type { Answer, Pages, SignedInVisit } from '../../../web/visit.ts';
import { showTeam } from '../teams.ts';
import { meetingRow, momentWords, usualMinutes } from './meetings-view.ts';

/** Members say when they can meet, and plan, move and cancel meetings, which enter everyone's calendar. */
export function meetingRoutes(at: Pages): void {
  at.post('/teams/:id/hours', 'signed-in', press(hoursForm, saveHours));
  at.post('/teams/:id/meetings', 'signed-in', plan);
  at.get('/teams/:id/meetings/new', 'signed-in', (visit) => showForm(visit), { forChanges: true });
  at.get('/teams/:id/meetings/:meeting', 'signed-in', (visit) => showForm(visit), { forChanges: true });
  at.post('/teams/:id/meetings/:meeting', 'signed-in', move);
  at.post('/teams/:id/meetings/:meeting/cancellation', 'signed-in', cancel);
  at.post('/teams/:id/meetings/:meeting/answer', 'signed-in', press(answerForm, sayAnswer));
}

const hoursForm = z.object({ hours: idListField });

async function saveHours(visit: SignedInVisit, { hours }: z.output<typeof hoursForm>): Promise<Answer> {
  const { ctx, viewer, request } = visit;
  const { timeZone } = await zoneFor(visit);
  await stateHours(ctx, viewer.id, idIn(request), { timeZone, hours: hoursAmong(hours) });
  return `/teams/${idIn(request)}?said=hours#meetings`;
}

const answerForm = z.object({ said: z.enum(['yes', 'maybe', 'no']) });

async function sayAnswer(visit: SignedInVisit, { said }: z.output<typeof answerForm>): Promise<Answer> {
  const teamId = idIn(visit.request);
  const meeting = orNotFound(await meetingOf(visit, teamId), 'page');
  await answerMeeting(visit.ctx, visit.viewer.id, meeting.id, said);
  return `/teams/${teamId}?said=answered#meetings`;
}

/** The team, and the clock of the reader. */
async function zoneFor({ ctx, request, viewer }: SignedInVisit) {
  const team = orNotFound(await teams.find(ctx.db, idIn(request)), 'team');
  const programme = orNotFound(await programmes.find(ctx.db, team.programmeId), 'page');
  return { team, timeZone: zoneOf(await people.find(ctx.db, viewer.id), programme.timeZone) };
}

const lengths = ['30', '45', '60', '90', '120'] as const;
const meetingForm = z.object({
  date: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/, 'Choose a day.')
    .prefault(''),
  time: z
    .string()
    .regex(/^\d{2}:\d{2}$/, 'Write the time like 14:30.')
    .prefault(''),
  minutes: z.enum(lengths, { error: 'Choose how long it takes.' }).prefault('60').transform(Number),
  place: lineField(200, 'Write the place in at most 200 characters.').prefault(''),
  formKey: formKeyField.optional(),
  zone: z.string().max(64).optional(),
  seen: seenField,
});

const typedMeeting = ({ date, time, minutes, place }: z.output<typeof meetingForm>, timeZone: string) => ({
  startsAt: `${date}T${time}`,
  timeZone,
  minutes,
  place,
});

/** Plans a meeting: by the one press of the team's page, or by the form for another time. */
const plan = (visit: SignedInVisit) =>
  submit(visit, meetingForm, {
    act: async (values) => {
      const { timeZone } = await zoneFor(visit);
      const formKey = orNotFound(values.formKey, 'page');
      await planMeeting(visit.ctx, visit.viewer, idIn(visit.request), {
        ...typedMeeting(values, timeZone),
        formKey,
      });
      return `/teams/${idIn(visit.request)}?said=planned#meetings`;
    },
    again: (mistakes) => showForm(visit, mistakes),
    field: '',
  });

const meetingIn = ({ request }: SignedInVisit) => {
  const { meeting = '' } = request.params as { meeting?: string };
  return /^[1-9]\d{0,8}$/.test(meeting) ? Number(meeting) : null;
};

async function meetingOf(visit: SignedInVisit, teamId: number) {
  const id = meetingIn(visit);
  if (id === null) return null;
  const found = await meetings.find(visit.ctx.db, id);
  return orNotFound(found?.teamId === teamId && found.state === 'planned' ? found : null, 'page');
}

async function showForm(visit: SignedInVisit, mistakes = noMistakes): Promise<Answer> {
  const { viewer, words } = visit;
  const { t, tn } = words;
  const { team, timeZone: own } = await zoneFor(visit);
  orNotFound(worksOnTeam(viewer, team) ? team : null, 'page');
  const meeting = await meetingOf(visit, team.id);
  const timeZone = meeting?.timeZone ?? own;
  const stored = meeting && {
    date: meeting.startsAt.slice(0, 10),
    time: meeting.startsAt.slice(11),
    minutes: String(meeting.minutes),
    place: meeting.place,
  };
  const labels = { startsAt: t('Time'), minutes: t('How long'), place: t('Where') };
  return page(visit, 'teams/meetings/form', {
    title: meeting ? t('Move the meeting') : t('Plan a meeting'),
    tab: 'teams',
    team,
    meeting: meeting && meetingRow(words, meeting, timeZone),
    zone: zoneLabel(timeZone),
    lengths: lengths.map((value) => ({ value, label: tn(Number(value), '{n} minute', '{n} minutes') })),
    formKey: formKeyIn(mistakes),
    meanwhile: savedMeanwhile(mistakes, labels, (name, value) =>
      name === 'startsAt' ? momentWords(words, value) : value,
    ),
    ...mistakes,
    seen:
      mistakes === noMistakes
        ? meeting
          ? meetingRow(words, meeting, timeZone).seen
          : ''
        : (seenIn(mistakes) ?? ''),
    typed:
      mistakes === noMistakes
        ? (stored ?? { date: '', time: '', minutes: String(usualMinutes), place: '' })
        : mistakes.typed,
  });
}

const move = (visit: SignedInVisit) =>
  submit(visit, meetingForm, {
    act: async ({ seen, ...values }) => {
      const { team } = await zoneFor(visit);
      const meeting = orNotFound(await meetingOf(visit, team.id), 'page');
      const typed = typedMeeting({ ...values, seen }, meeting.timeZone);
      await moveMeeting(visit.ctx, visit.viewer, meeting.id, seen, typed);
      return `/teams/${team.id}?said=moved#meetings`;
    },
    again: (mistakes) => showForm(visit, mistakes),
    field: '',
  });

const cancel = (visit: SignedInVisit) =>
  submit(visit, noFields, {
    act: async () => {
      const teamId = idIn(visit.request);
      const meeting = orNotFound(await meetingOf(visit, teamId), 'page');
      await cancelMeeting(visit.ctx, visit.viewer, meeting.id);
      return `/teams/${teamId}?said=called-off#meetings`;
    },
    again: (mistakes) => showTeam(visit, mistakes),
    field: '',
  });
