import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { isOver } from '../../domain/events/times.ts';
import { canKeepSentence } from '../../domain/notes/own-sentence.ts';
import { closed, orNotFound, Refusal } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import * as stored from '../../store/notes/own-sentences.ts';
import { unwrap, wrap } from '../sign-in/secret-keys.ts';

/** The label under which one guest's sentence is encrypted: it opens in no other row's place. */
const labelOf = (eventId: number, personId: number) => `own-sentence ${eventId} ${personId}`;

/**
 * Keeps one sentence of a guest for themselves, in the place of the one before; an empty one takes it away. It is encrypted
 * under the secret. Refused outside its days.
 */
export async function keepSentence(
  ctx: Context,
  eventId: number,
  personId: number,
  text: string,
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const event = orNotFound(await events.lock(tx, eventId), 'event');
    const mine = await rsvps.find(tx, event.id, personId);
    if (event.state !== 'published' || mine?.state !== 'coming')
      throw new Refusal('not-found', 'There is no such event, or it is not open to you.');
    if (!canKeepSentence(event, ctx.now())) {
      if (isOver(event, ctx.now()))
        throw closed('This event is over', 'Sentences for yourself are kept until a week after it.');
      throw new Refusal('conflict', 'You can keep a sentence once the event has begun.');
    }
    if (text === '') return stored.removeSentence(tx, event.id, personId);
    const sealed = wrap(ctx, labelOf(event.id, personId), Buffer.from(text));
    return stored.setSentence(tx, event.id, personId, sealed);
  });
}

/** Returns the sentence this guest keeps, for them alone: on their page and in the e-mails to them; null where there is none. */
export async function sentenceOf(
  ctx: Pick<Context, 'db' | 'secret'>,
  eventId: number,
  personId: number,
): Promise<string | null> {
  const sealed = await stored.sealedSentence(ctx.db, eventId, personId);
  return sealed && (unwrap(ctx, labelOf(eventId, personId), sealed)?.toString() ?? null);
}

/** Encrypts all sentences under a new secret; without the one before they are lost, and go. */
export async function sealSentencesAgain(now: Context, tx: Tx, before: Buffer | null): Promise<void> {
  for (let after = { eventId: 0, personId: 0 }; ; ) {
    const some = await stored.sentencesAfter(tx, after);
    if (some.length === 0) return;
    for (const { eventId, personId, sealed } of some) {
      const label = labelOf(eventId, personId);
      const opened = before && unwrap({ secret: before }, label, sealed);
      if (opened) await stored.setSentence(tx, eventId, personId, wrap(now, label, opened));
      else await stored.removeSentence(tx, eventId, personId);
    }
    after = some.at(-1)!;
  }
}
