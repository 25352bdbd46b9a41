// Somebody of the reserve list comes into a team: their offer is accepted with it.
import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { canAnswer, freePlaces } from '../../domain/offers/offers.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import type { Programme } from '../../store/events/programmes.ts';
import { letterKey, removeHeldLetters } from '../../store/offers/erasing.ts';
import * as offers from '../../store/offers/offers.ts';
import * as rounds from '../../store/offers/rounds.ts';
import type * as people from '../../store/people/people.ts';
import { accept, restore } from './answers.ts';

/** One acceptance: by whose press, until when it can be undone, and the team it is for. */
export interface IntoTeam {
  programme: Programme;
  organiser: people.Person;
  name: string;
  until: Temporal.Instant;
  team: { name: string; trend: string };
}

/** A person made of an offer, and the places of its round where one more was opened for them. */
export interface Accepted {
  person: people.Person;
  places: number | null;
}

/**
 * Accepts the offer of somebody on the reserve list for a team, and opens one more place where all are taken. Throws a
 * Refusal ('conflict') where it was answered or withdrawn meanwhile.
 */
export async function acceptIntoTeam(
  ctx: Context,
  tx: Tx,
  offerId: number,
  into: IntoTeam,
): Promise<Accepted> {
  const seen = orNotFound(await offers.find(tx, offerId), 'page');
  const { programme } = into;
  const round = orNotFound(await rounds.lock(tx, programme.id, seen.side), 'page');
  const offer = orNotFound(await offers.lock(tx, offerId), 'page');
  if (offer.side !== 'talent' || offer.programmeId !== programme.id || !canAnswer(offer.state, 'accepted'))
    throw new Refusal('conflict', 'The offer of {name} has been answered meanwhile.', { name: offer.name });
  const { accepted } = await offers.counts(tx, { programmeId: programme.id, side: 'talent' }, ctx.now());
  const isFull = freePlaces(round, accepted) === 0;
  if (isFull) await rounds.change(tx, round, { places: accepted + 1 });
  const person = await accept(ctx, tx, { ...into, free: null }, offer);
  return { person, places: isFull ? round.places : null };
}

/** Puts such an offer back on the reserve list. Throws a Refusal ('conflict') once its e-mail is on its way. */
export async function returnToReserve(ctx: Context, tx: Tx, offerId: number, places: number | null) {
  const seen = orNotFound(await offers.find(tx, offerId), 'page');
  const round = orNotFound(await rounds.lock(tx, seen.programmeId, seen.side), 'page');
  const offer = orNotFound(await offers.lock(tx, offerId), 'page');
  if ((await removeHeldLetters(tx, [letterKey(offer.id, offer.letters)], ctx.now())) === 0)
    throw new Refusal('conflict', 'The ten seconds are over and the e-mails are on their way.');
  await restore(ctx, tx, offer);
  if (places !== null) await rounds.change(tx, round, { places });
}
