import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import type { OfferAnswerLetter, OfferConfirmLetter } from '../../domain/letters/programme-facts.ts';
import { hoursToConfirm } from '../../domain/offers/offers.ts';
import type { Programme } from '../../store/events/programmes.ts';
import { letterKey } from '../../store/offers/erasing.ts';
import * as offers from '../../store/offers/offers.ts';
import type * as people from '../../store/people/people.ts';
import { seasonFacts } from '../letters/about-season.ts';
import { sendLetter } from '../letters/send.ts';

/** Writes the e-mail that asks whether an offer is the reader's; the same to an address we know and to any other. */
export async function askToConfirm(
  ctx: Context,
  tx: Tx,
  programme: Programme,
  offer: offers.Offer,
): Promise<void> {
  const facts: Omit<OfferConfirmLetter, 'offerUrl'> = {
    kind: 'offer-confirm',
    recipient: { name: offer.email },
    organisation: programme.organisation,
    programme: programme.name,
    hours: hoursToConfirm,
    offerId: offer.id,
  };
  const n = offer.letters + 1;
  await offers.change(tx, offer.id, { letters: n });
  await sendLetter(ctx, tx, {
    key: letterKey(offer.id, n),
    kind: 'offer-confirm',
    to: { id: null, name: offer.email, email: offer.email },
    facts: { ...facts, number: offer.number },
  });
}

interface Answer {
  programme: Programme;
  organiser: people.Person;
  answer: OfferAnswerLetter['answer'];
  /** The person it was made into. */
  personId?: number;
  team?: OfferAnswerLetter['team'] | undefined;
  until: Temporal.Instant;
}

/** Writes the answer to an offer; it waits until it can no longer be undone. Returns the number of the e-mail. */
export async function answerOffer(
  ctx: Context,
  tx: Tx,
  offer: offers.Offer,
  { programme, organiser, answer, personId, team, until }: Answer,
): Promise<number> {
  const facts: Omit<OfferAnswerLetter, 'offerUrl'> = {
    kind: 'offer-answer',
    ...seasonFacts(programme, organiser, offer.name),
    side: offer.side,
    answer,
    ...(team && { team }),
    offerId: offer.id,
  };
  const n = offer.letters + 1;
  await sendLetter(ctx, tx, {
    key: letterKey(offer.id, n),
    kind: 'offer-answer',
    to: { id: personId ?? null, name: offer.name, email: offer.email },
    facts: { ...facts, number: offer.number },
    hold: { id: null, until },
  });
  return n;
}
