import type { Context } from '../../context.ts';
import { tablesHosted } from '../../domain/notes/hosting.ts';
import { wholeRoom } from '../../domain/notes/notes.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import { hostingOf } from '../../store/notes/hosting.ts';
import * as questions from '../../store/questions/questions.ts';
import * as work from '../../store/questions/work.ts';

/** Notes in which round a host's table talked about a question, or that it did not after all (null). */
export async function talkedAbout(
  ctx: Context,
  eventId: number,
  personId: number,
  { question: id, round }: { question: questions.QuestionId; round: number | null },
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const event = orNotFound(await events.lock(tx, eventId), 'event');
    const hosting = orNotFound(await hostingOf(tx, event.id, personId), 'event');
    const tables = tablesHosted(hosting.person, hosting.event);
    const question = orNotFound(await questions.findAny(tx, event.id, id), 'question');
    const topic = (await events.topicsOf(tx, event.id)).find((one) => one.id === question.topicId);
    const isOurs = tables.includes(wholeRoom) || (topic !== undefined && tables.includes(topic.number));
    if (!isOurs || (question.state !== 'wall' && question.state !== 'table'))
      throw new Refusal('not-found', 'There is no such question.');
    await work.note(tx, event.id, question.id, { talkedInRound: round });
  });
}
