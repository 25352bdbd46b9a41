import {
  autumnAnswer,
  autumnGuests,
  autumnRound,
  type DemoAnswer,
  type DemoEvent,
  heatGuests,
  heatOnSite,
  winterAnswer,
  winterRound,
} from '../../domain/demo/events.ts';
import { demoOrganiser, demoSeniors } from '../../domain/demo/people.ts';
import { autumnTeams, type DemoTeam, winterTeams } from '../../domain/demo/trends.ts';
import { builtInFormat } from '../../domain/run-of-show/built-in-formats.ts';
import * as content from '../../store/demo/content.ts';
import * as events from '../../store/events/events.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import { draft } from '../events/events.ts';
import { skipDue } from '../letters/reminders.ts';
import { contextAt, type DemoProgress, daysBefore, idByName } from './filling.ts';
import { writeConfirmations, writeInvitations } from './letters.ts';

interface Planned {
  event: DemoEvent;
  teams: readonly DemoTeam[];
  guests: readonly string[];
  startsAt: string;
  answerBy: string;
  madeAt: Temporal.Instant;
  formKey: string;
}

async function plan(filling: DemoProgress, programmeId: number, planned: Planned): Promise<events.Event> {
  const format = builtInFormat(planned.event.format)!;
  const { seniors, talents, ...texts } = planned.event;
  return draft(contextAt(filling, planned.madeAt), {
    ...texts,
    shape: format.shape,
    blocks: format.blocks,
    startsAt: planned.startsAt,
    answerBy: planned.answerBy,
    timeZone: filling.dates.timeZone,
    joinUrl: '',
    seniorCapacity: seniors,
    talentCapacity: talents,
    guestListShown: true,
    topics: planned.teams.map(({ name, trend }) => ({
      trendId: idByName(filling.trends, trend),
      teamId: idByName(filling.teams, name),
    })),
    formKey: planned.formKey,
    programmeId,
    organiserId: idByName(filling.people, demoOrganiser.name),
    guestIds: planned.guests.map((name) => idByName(filling.people, name)),
  });
}

/** Talents said yes at once; seniors one after the other until `lastAt`, five hours between two. */
async function answer(
  filling: DemoProgress,
  event: events.Event,
  lastAt: Temporal.Instant,
  said: (name: string) => DemoAnswer,
): Promise<void> {
  const names = new Map([...filling.people].map(([name, id]) => [id, name]));
  const invitees = await rsvps.invitees(filling.tx, event.id);
  const answers = invitees.flatMap(({ personId, side }, index) => {
    const state = side === 'talent' ? 'coming' : said(names.get(personId)!);
    return state === 'invited'
      ? []
      : [{ personId, state, answeredAt: lastAt.subtract({ hours: index * 5 }) }];
  });
  await content.setAnswers(filling.tx, event.id, answers);
}

/** The event that was held, with invitations, answers and their letters. */
export async function fillAutumn(filling: DemoProgress, programmeId: number): Promise<events.Event> {
  const { autumn, autumnAnswersUntil, autumnInvitedAt } = filling.dates;
  const event = await plan(filling, programmeId, {
    event: autumnRound,
    teams: autumnTeams,
    guests: autumnGuests,
    startsAt: autumn,
    answerBy: autumnAnswersUntil,
    madeAt: daysBefore(autumnInvitedAt, 12),
    formKey: '00000000-0000-4000-8000-00000000a000',
  });
  const lastAnswer = autumnInvitedAt.add({ hours: 9 * 24 });
  return inviteAndAnswer(filling, event, autumnInvitedAt, lastAnswer, autumnAnswer);
}

/** The coming event, with invitations, what was answered so far, and their letters. */
export async function fillWinter(filling: DemoProgress, programmeId: number): Promise<events.Event> {
  const { winter, winterAnswersUntil, winterInvitedAt } = filling.dates;
  const event = await plan(filling, programmeId, {
    event: winterRound,
    teams: winterTeams,
    guests: demoSeniors.map(({ name }) => name),
    startsAt: winter,
    answerBy: winterAnswersUntil,
    madeAt: daysBefore(winterInvitedAt, 15),
    formKey: '00000000-0000-4000-8000-00000000b000',
  });
  const lastAnswer = filling.now.subtract({ hours: 3 });
  return inviteAndAnswer(filling, event, winterInvitedAt, lastAnswer, winterAnswer);
}

async function inviteAndAnswer(
  filling: DemoProgress,
  drafted: events.Event,
  at: Temporal.Instant,
  lastAnswer: Temporal.Instant,
  said: (name: string) => DemoAnswer,
): Promise<events.Event> {
  const { tx } = filling;
  await rsvps.markInvited(tx, drafted.id, at);
  const published = { state: 'published', publishedAt: at, revisedAt: at } as const;
  const event = await events.change(tx, drafted.id, published);
  await writeInvitations(filling, event, at);
  await answer(filling, event, lastAnswer, said);
  await writeConfirmations(filling, event);
  // Planned letters that would have gone out until now are past as well.
  await skipDue(tx, event, filling.now);
  return event;
}

/** The event nobody has been invited to yet. */
export async function fillHeatOnSite(filling: DemoProgress, programmeId: number): Promise<void> {
  await plan(filling, programmeId, {
    event: heatOnSite,
    teams: winterTeams.slice(2, 3),
    guests: heatGuests,
    startsAt: filling.dates.heatOnSite,
    answerBy: filling.dates.heatAnswersUntil,
    madeAt: daysBefore(filling.now, 2),
    formKey: '00000000-0000-4000-8000-00000000c000',
  });
}
