// Taking a seat that was offered: the first to press has it.
import type { Context } from '../../context.ts';
import { isOffered } from '../../domain/guests/seat-offers.ts';
import { Refusal } from '../../refusal.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import * as letters from '../../store/letters/letters.ts';
import { factsOf, sendEventLetter } from '../letters/about-event.ts';
import { followAnswers } from '../tables/publish.ts';
import { lockAnswer, noteAnswer, refuseTooLate } from './answer.ts';
import { tellIfFull } from './organiser-news.ts';
import { freeBySide, offerSeats } from './seat-offers.ts';

/**
 * Takes a seat that was offered: the first to press has it, and pressed again it is theirs already. Refused ('conflict') where
 * it is gone or nobody asked them.
 */
export async function takeOfferedSeat(
  ctx: Context,
  eventId: number,
  personId: number,
): Promise<rsvps.Invitee> {
  return ctx.db.transaction(async (tx) => {
    const { event, invitees, mine } = await lockAnswer(tx, eventId, personId);
    const facts = await factsOf(tx, event);
    refuseTooLate(facts, ctx.now());
    if (mine.state === 'coming') return mine;
    const isFree = freeBySide(event, invitees)[mine.side] > 0;
    if (!isFree || !isOffered(event, mine, ctx.now()))
      throw new Refusal(
        'conflict',
        'Someone else was first, so this seat is gone.',
        {},
        '',
        'The seat is gone',
      );
    await noteAnswer(tx, event, mine, 'yes', { way: 'page' }, ctx.now());
    await letters.cancelUnsent(tx, eventId, ['seat-offer'], personId);
    const row = await rsvps.setState(tx, mine.id, 'coming', {});
    const changed = { ...mine, ...row };
    await sendEventLetter(ctx, tx, facts, changed, { kind: 'confirmed' });
    await offerSeats(ctx, tx, facts);
    await tellIfFull(ctx, tx, facts, invitees);
    await followAnswers(tx, event, ctx.now());
    return changed;
  });
}
