import type { Context } from '../../context.ts';
import { isPollOpen } from '../../domain/dates/offer.ts';
import type { Said } from '../../domain/dates/tally.ts';
import { seasonLinkWorks } from '../../domain/letters/season-links.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as polls from '../../store/dates/polls.ts';
import * as events from '../../store/events/events.ts';
import { refuseOutdated } from '../edition.ts';
import { datesToken } from '../letters/links.ts';

/** Answers of one person given at once: to some dates, or to all that are left; and another time that would do. */
export interface Saying {
  said: ReadonlyMap<number, Said>;
  /** Every date they have said nothing of is a no. */
  noneElse?: boolean | undefined;
  otherTime?: string | undefined;
  /** Edition of the answers that the page showed. */
  seen?: string | undefined;
}

/** Answers as the fields of their form, to tell their editions apart. */
export const answerFields = (said: ReadonlyMap<number, Said>) =>
  Object.fromEntries([...said].map(([id, one]) => [`date${id}`, one]));

/**
 * Saves what somebody says of the dates of an event; a date that was withdrawn meanwhile is passed over.
 * Throws a Refusal ('conflict') where the page showed other answers than are stored, once the date is fixed or the last day is over, and 'not-found' for who was not asked.
 */
export async function sayWhen(
  ctx: Context,
  eventId: number,
  personId: number,
  { said, noneElse = false, otherTime, seen }: Saying,
  { byOrganiser = false } = {},
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const event = orNotFound(await events.lock(tx, eventId), 'event');
    const poll = orNotFound(await polls.find(tx, eventId), 'page');
    orNotFound(await polls.askedPerson(tx, eventId, personId), 'page');
    if (event.state !== 'draft') throw new Refusal('conflict', 'The date is fixed by now.');
    if (!byOrganiser && !isPollOpen(poll.answerBy, event.timeZone, ctx.now()))
      throw new Refusal('conflict', 'The day to answer is over. Write to your organiser.');
    const dates = (await polls.datesOf(tx, eventId)).map(({ id }) => id);
    const own = await polls.answers(tx, eventId, personId);
    const before = new Map(own.map((one) => [one.dateId, one.said]));
    refuseOutdated('these dates', seen, answerFields(before));
    const all = new Map(dates.flatMap((id) => (said.has(id) ? [[id, said.get(id)!] as const] : [])));
    if (noneElse) for (const id of dates) if (!all.has(id) && !before.has(id)) all.set(id, 'no');
    await polls.answer(tx, eventId, personId, all, { saidAt: ctx.now(), otherTime });
  });
}

/** Finds whose link this is, and whether it still works; throws a Refusal ('not-found', 'gone') for any other. */
export async function holderOfDatesLink(ctx: Context, token: string) {
  const [event = '', person = '', day = ''] = token.split('-');
  const numbers = [event, person, day].map(Number);
  const isToken = [event, person, day].every((part) => /^\d{1,9}$/.test(part));
  const [eventId, personId, writtenOn] = numbers as [number, number, number];
  if (!isToken || token !== datesToken(ctx, eventId, personId, writtenOn))
    throw new Refusal('not-found', 'This link is not complete. Open it again from the e-mail.');
  const found = orNotFound(await events.find(ctx.db, eventId), 'event');
  const holder = await polls.askedPerson(ctx.db, eventId, personId);
  if (!holder || holder.disabledAt !== null)
    throw new Refusal('not-found', 'This link no longer works. Write to your organiser.');
  if (!seasonLinkWorks(writtenOn, ctx.now()))
    throw new Refusal('gone', 'This link ended 14 days after it was sent. Write to your organiser.');
  return { event: found, holder };
}
