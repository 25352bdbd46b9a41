import { randomUUID } from 'node:crypto';
import { draft, publish } from '../../src/actions/events/events.ts';
import { answer } from '../../src/actions/guests/answer.ts';
import { appoint } from '../../src/actions/guests/facilitators.ts';
import { noteNeeds } from '../../src/actions/guests/needs.ts';
import { prepare } from '../../src/actions/questions/answers.ts';
import { ask, decideQuestion, wonder } from '../../src/actions/questions/ask.ts';
import type { Context } from '../../src/context.ts';
import { noNeeds } from '../../src/domain/guests/needs.ts';
import { builtInFormat } from '../../src/domain/run-of-show/built-in-formats.ts';
import { everyQuestionOf } from '../../src/store/questions/wall.ts';
import type { WithTeams } from './filled.ts';
import { addNamelessQuestions } from './questions.ts';

export const range = (first: number, count: number) => Array.from({ length: count }, (_, n) => first + n);

/** Rotating seniors and teams of a copied event; the readers are at every one. */
export const perEvent = { seniors: 10, teams: 4 };
const asked = 16;

/** One event as people make it: drafted, published, answered, asked at. 40 days ago, for the day before yesterday. */
export async function addPattern(filled: WithTeams): Promise<number> {
  const { readers, seniors, teams, talents } = filled;
  const then = filled.ctx.now().subtract({ hours: 24 * 40 });
  const ctx: Context = { ...filled.ctx, now: () => then };
  const { id } = await draftEvent(filled, ctx, 'Winter round', 38, {
    guests: range(seniors.first, perEvent.seniors),
    teams: range(teams.first, perEvent.teams),
  });
  await publish(ctx, id);
  const coming = [readers.guest, readers.talent, ...range(talents.first, 7), ...range(seniors.first + 1, 2)];
  for (const personId of coming) await answer(ctx, id, personId, 'yes');
  await answer(ctx, id, seniors.first, 'no');
  await noteNeeds(ctx, id, readers.guest, { ...noNeeds, diet: 'vegan' });
  await appoint(ctx, id, readers.facilitator, true, readers.organiser);
  await askAndAnswer(filled, ctx, id);
  return id;
}

async function askAndAnswer({ readers, seniors }: WithTeams, ctx: Context, eventId: number): Promise<void> {
  for (let n = 0; n < asked; n++) {
    const authorId = n < 2 ? readers.guest : seniors.first + (n % perEvent.seniors);
    const text = `Question ${n}: what do we get wrong about the thing that everybody talks about?`;
    await ask(ctx, { eventId, authorId, topicId: null, text, formKey: randomUUID() });
  }
  await addNamelessQuestions(ctx, eventId, 5);
  const all = await everyQuestionOf(ctx.db, eventId);
  for (const { id } of all.slice(0, 6)) await wonder(ctx, eventId, id, seniors.first + 1, true);
  const handling = { eventId, questionId: all[0]!.id, personId: readers.talent };
  await prepare(ctx, handling, 'We ask the people who do the work.');
  await decideQuestion(ctx, eventId, all[0]!.id, 'answered', '');
  await decideQuestion(ctx, eventId, all[1]!.id, 'parked', 'For next time.');
}

/** A Perspective Challenger of the readers and these, in so many days. */
export async function draftEvent(
  { programme, readers, busy, teams, trends }: WithTeams,
  ctx: Context,
  name: string,
  inDays: number,
  who: { guests: number[]; teams: number[] },
) {
  const format = builtInFormat('perspective-challenger')!;
  const day = ctx.now().toZonedDateTimeISO(programme.timeZone).toPlainDate().add({ days: inDays });
  const trendOf = (teamId: number) => trends.first + (teamId - teams.first);
  return draft(ctx, {
    formKey: randomUUID(),
    programmeId: programme.id,
    organiserId: readers.organiser,
    format: format.slug,
    shape: format.shape,
    blocks: format.blocks,
    name,
    headline: format.headline,
    lede: format.lede,
    startsAt: `${day}T16:00`,
    timeZone: programme.timeZone,
    place: 'The Atrium',
    joinUrl: '',
    access: '',
    seniorCapacity: Math.max(22, who.guests.length + 2),
    talentCapacity: Math.max(12, 2 * who.teams.length + 2),
    answerBy: null,
    guestListShown: true,
    topics: [
      { trendId: busy.trend, teamId: busy.team },
      ...who.teams.map((teamId) => ({ trendId: trendOf(teamId), teamId })),
    ],
    guestIds: [readers.guest, ...who.guests],
  });
}
