import { and, eq, sql } from 'drizzle-orm';
import type { Db, Tx } from '../database/open.ts';
import { prepared } from './prepared.ts';
import { idOf, type QuestionId, setState } from './questions.ts';
import { eventRevisions, namelessQuestions, questions } from './schema.ts';

const revision = prepared((db) =>
  db
    .select({ id: eventRevisions.eventId, revision: eventRevisions.revision })
    .from(eventRevisions)
    .where(eq(eventRevisions.eventId, sql.placeholder('eventId')))
    .prepare('event_revision'),
);

/** Where an event stands, or null where there is none. */
export async function revisionOf(db: Db, eventId: number) {
  const [row] = await revision(db).execute({ eventId });
  return row ?? null;
}

/** Puts whatever is on the table at this event back on the wall, but for one. */
export async function clearTable(tx: Tx, eventId: number, but: QuestionId): Promise<void> {
  const named = await tx
    .select({ id: questions.id, note: questions.note })
    .from(questions)
    .where(and(eq(questions.eventId, eventId), eq(questions.state, 'table')));
  const nameless = await tx
    .select({ id: namelessQuestions.id, note: namelessQuestions.note })
    .from(namelessQuestions)
    .where(and(eq(namelessQuestions.eventId, eventId), eq(namelessQuestions.state, 'table')));
  for (const { id, note } of [...named, ...nameless.map((one) => ({ ...one, id: idOf(one.id) }))])
    if (id !== but) await setState(tx, id, 'wall', note);
}
