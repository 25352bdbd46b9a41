import type { Context } from '../../context.ts';
import { type OfferSide, roundMistake } from '../../domain/offers/offers.ts';
import { orNotFound, Refusal, StaleForm } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as offers from '../../store/offers/offers.ts';
import * as rounds from '../../store/offers/rounds.ts';
import { note } from '../audit/note.ts';

/** Form of an organiser; `nextWave`: the reserve list waits again, first in line. */
export interface RoundForm {
  seen: number;
  values: rounds.RoundValues;
  nextWave: boolean;
}

/**
 * Opens the page of one side, or opens it again with other days. Throws `StaleForm` where another organiser changed it
 * since, and a Refusal at its field for days that do not fit.
 */
export async function openRound(
  ctx: Context,
  by: number,
  side: OfferSide,
  { seen, values, nextWave }: RoundForm,
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const programme = orNotFound(await programmes.lockCurrent(tx), 'page');
    const of = { programmeId: programme.id, side };
    const now = ctx.now();
    const round = await rounds.lock(tx, programme.id, side);
    if ((round?.revision ?? -1) !== seen) throw new StaleForm('these days', { ...round });
    const { accepted } = await offers.counts(tx, of, now);
    const today = now.toZonedDateTimeISO(programme.timeZone).toPlainDate().toString();
    const wrong = roundMistake(values, { today, endsOn: programme.endsOn, accepted });
    if (wrong) throw new Refusal('invalid', wrong.sentence, wrong.params, wrong.field);
    const opened = { ...values, closedAt: null, openedById: by };
    if (round) await rounds.change(tx, round, opened);
    else await rounds.add(tx, { ...of, ...opened });
    if (nextWave) await offers.waitAgain(tx, of, now);
    await note(ctx, tx, { by, act: actOf[side], about: programme.name });
  });
}

const actOf = { talent: 'opened-offers', senior: 'opened-senior-offers' } as const;

/** Closes the page of one side before its last day; offers on their way can still be confirmed. */
export async function closeRound(ctx: Context, by: number, side: OfferSide): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const programme = orNotFound(await programmes.current(tx), 'page');
    const round = orNotFound(await rounds.lock(tx, programme.id, side), 'page');
    if (round.closedAt !== null) return;
    await rounds.change(tx, round, { closedAt: ctx.now() });
    await note(ctx, tx, { by, act: 'closed-offers', about: programme.name });
  });
}
