import { z } from 'zod';
import { editionOf, seenIn } from '../../actions/edition.ts';
import { answerInWriting, prepare, takeQuestion } from '../../actions/questions/answers.ts';
import { worksOnTeam } from '../../domain/access.ts';
import { orNotFound } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import { everyQuestionOf, type WallQuestion } from '../../store/questions/wall.ts';
import * as teams from '../../store/teams/teams.ts';
import * as trendEvents from '../../store/trends/events.ts';
import { idIn, messageFor, readQuery, seenField, textField } from '../../web/forms.ts';
import { renderMarkdown } from '../../web/markdown.ts';
import { page } from '../../web/pages.ts';
import { pageOf, pagerFor, rowsOn } from '../../web/paging.ts';
import { noMistakes, press, savedMeanwhile, submit } from '../../web/submit.ts';
import type { Pages, SignedInVisit } from '../../web/visit.ts';

/** A team takes questions that wait for its table and prepares the answers. */
export function teamQuestionRoutes(at: Pages): void {
  const question = '/teams/:id/events/:event/questions/:question';
  at.get(question, 'signed-in', show, { forChanges: true });
  at.post(question, 'signed-in', save);
  at.post(`${question}/taking`, 'signed-in', press(taking, takeIt));
}

const isFor = (team: { id: number }) => (question: WallQuestion) =>
  question.teamId === team.id || question.topicId === null;

const isOpen = ({ state }: WallQuestion) => state === 'wall' || state === 'table';

/** How many wait on the team's page at first, and on each page of all that wait. */
const few = 5;
const pageSize = 20;
const waitingQuery = z.object({
  waiting: z
    .union([z.coerce.number().int().min(1).max(100_000), z.literal('few')])
    .default('few')
    .catch('few'),
});

/** Lists what waits for a team at an event, the most wanted first: questions for its table, and those for any table. */
export async function waitingData(
  { ctx, request, viewer }: SignedInVisit,
  team: teams.TeamWithMembers,
  place: { eventId: number; state: string } | null,
) {
  const at = place?.state === 'published' && worksOnTeam(viewer, team) ? place.eventId : null;
  const all = at === null ? [] : await everyQuestionOf(ctx.db, at);
  const waiting = all.filter(isOpen).filter(isFor(team));
  const { waiting: asked } = readQuery(request, waitingQuery);
  const shown = pageOf(asked === 'few' ? 1 : asked, waiting.length, asked === 'few' ? few : pageSize);
  const address = (number: number) => `/teams/${team.id}?waiting=${number}#waiting-panel`;
  return {
    at,
    waiting: rowsOn(waiting, shown),
    waitingTotal: waiting.length,
    moreHref: asked === 'few' && waiting.length > few ? address(1) : '',
    waitingPager: asked === 'few' ? null : pagerFor(shown, address),
  };
}

/** Finds the question of this address for the people who work on it; everybody else finds none. */
async function loaded({ ctx, request, viewer }: SignedInVisit) {
  const team = orNotFound(await teams.find(ctx.db, idIn(request)), 'team');
  const eventId = idIn(request, 'event');
  const table = await trendEvents.tableOf(ctx.db, team.id, eventId);
  const isTheirs = worksOnTeam(viewer, team) && table?.state === 'published';
  const event = orNotFound(isTheirs ? await events.find(ctx.db, eventId) : null, 'question');
  const { question: key } = request.params as { question: string };
  const found = (await everyQuestionOf(ctx.db, eventId)).find(({ id }) => String(id) === key);
  const isOut = found && found.state !== 'new' && found.state !== 'refused' && isFor(team)(found);
  return { team, event, question: orNotFound(isOut ? found : null, 'question') };
}

async function show(visit: SignedInVisit, mistakes = noMistakes) {
  const { team, event, question } = await loaded(visit);
  const { answer } = question.work;
  return page(visit, 'teams/prepare', {
    title: visit.words.t('Prepare an answer'),
    tab: 'teams',
    team,
    event,
    question,
    seen: seenIn(mistakes) ?? editionOf({ answer }),
    meanwhile: savedMeanwhile(mistakes, { answer: visit.words.t('Your answer, in Markdown') }),
    preview: answer === '' ? null : renderMarkdown(answer, { under: 2 }),
    message: messageFor(visit, {
      saved: 'Saved. Guests read it once the question is answered.',
      answered: 'Answered. Everyone who was invited can read it.',
    }),
    ...mistakes,
  });
}

const answerForm = z.object({
  answer: textField(4000, 'An answer has at most 4,000 characters. Make it shorter.'),
  publish: z.literal('yes').optional(),
  seen: seenField,
});

async function save(visit: SignedInVisit) {
  const { team, event, question } = await loaded(visit);
  const handling = { eventId: event.id, questionId: question.id, personId: visit.viewer.id };
  return submit(visit, answerForm, {
    act: async ({ answer, publish, seen }) => {
      const isPublished = publish === 'yes';
      if (isPublished && answer === '') return [{ field: 'answer', message: 'Write the answer first.' }];
      await (isPublished ? answerInWriting : prepare)(visit.ctx, handling, answer, seen);
      const said = isPublished ? 'answered' : 'saved';
      return `/teams/${team.id}/events/${event.id}/questions/${question.id}?said=${said}`;
    },
    again: (mistakes) => show(visit, mistakes),
  });
}

const taking = z.object({ on: z.enum(['yes', 'no']) });

async function takeIt(visit: SignedInVisit, values: z.output<typeof taking>) {
  const { team, event, question } = await loaded(visit);
  const on = values.on === 'yes';
  const handling = { eventId: event.id, questionId: question.id, personId: visit.viewer.id };
  await takeQuestion(visit.ctx, handling, on);
  return `/teams/${team.id}?said=${on ? 'taken' : 'given-back'}#question-${question.id}`;
}
