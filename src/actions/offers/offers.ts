import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import {
  canChangeOffer,
  confirmBy,
  hoursToConfirm,
  mostTopics,
  type OfferSide,
  offerLinkWorks,
  takesOffers,
} from '../../domain/offers/offers.ts';
import { closed, DeadLink, orNotFound, Refusal, wrongLink } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import { erase as eraseOffers, letterKey, renameLetter } from '../../store/offers/erasing.ts';
import * as offers from '../../store/offers/offers.ts';
import * as rounds from '../../store/offers/rounds.ts';
import * as asks from '../../store/teams/place-asks.ts';
import { note } from '../audit/note.ts';
import { editionOf, refuseOutdated } from '../edition.ts';
import { offerToken } from '../letters/links.ts';
import { disableIn } from '../people/people.ts';
import { hashSecret, newSecret } from '../sign-in/secrets.ts';
import { passPlaceOn } from '../teams/place-asks.ts';
import { askToConfirm } from './letters.ts';
import { countOffer } from './limits.ts';

/** Everything a sender types, but for the address. */
export type OfferTyped = Pick<offers.Offer, 'name' | 'jobTitle' | 'department' | 'why' | 'other' | 'time'> & {
  topics: number[];
};

/** Origin of an offer: the secret in the login cookie, and the address of the network. */
interface Sender {
  browser: string;
  address: string;
}

const offersClosed = () => closed('Offers are closed', 'Offers for this season are closed.');

/**
 * Keeps an offer until its address is confirmed and e-mails the link for that. Nobody is looked up, so an address that is
 * in the programme, or has an offer already, is treated as any other. Sent twice it is one offer.
 */
export async function putForward(
  ctx: Context,
  sender: Sender,
  side: OfferSide,
  typed: OfferTyped & { email: string; formKey: string },
): Promise<void> {
  const programme = orNotFound(await programmes.current(ctx.db), 'page');
  const { topics, ...values } = typed;
  if (await offers.isSent(ctx.db, values.formKey)) return;
  await countOffer(ctx, { ...sender, email: values.email, timeZone: programme.timeZone });
  await ctx.db.transaction(async (tx) => {
    const now = ctx.now();
    const round = await rounds.find(tx, programme.id, side);
    if (!takesOffers(round, now, programme.timeZone)) throw offersClosed();
    const known = await offers.topicsToChoose(tx, programme.id, mostTopics);
    const offer = await offers.add(
      tx,
      {
        ...values,
        programmeId: programme.id,
        side,
        state: 'unconfirmed',
        number: newSecret(ctx, 16),
        browserHash: hashSecret(sender.browser),
        createdAt: now,
        updatedAt: now,
      },
      known.flatMap(({ id }) => (topics.includes(id) ? [id] : [])),
    );
    if (offer) await askToConfirm(ctx, tx, programme, offer);
  });
}

/** The last offer of this browser that waits for its address to be confirmed; null where there is none. */
export async function sentFrom(ctx: Context, browser: string): Promise<offers.Offer | null> {
  const since = ctx.now().subtract({ hours: hoursToConfirm });
  return offers.lastOfBrowser(ctx.db, hashSecret(browser), since);
}

/** Sends the link of this browser's last offer once more. Throws a Refusal ('too-many') after three in an hour. */
export async function sendAgain(ctx: Context, sender: Sender): Promise<void> {
  const programme = orNotFound(await programmes.current(ctx.db), 'page');
  const sent = await sentFrom(ctx, sender.browser);
  if (!sent) throw new Refusal('gone', 'Your offer is confirmed, or it was sent more than two days ago.');
  await countOffer(ctx, { ...sender, email: sent.email, timeZone: programme.timeZone });
  await ctx.db.transaction(async (tx) => {
    const offer = await offers.lock(tx, sent.id);
    if (offer?.state === 'unconfirmed') await askToConfirm(ctx, tx, programme, offer);
  });
}

/** Finds the offer of a link, with its season. Throws a DeadLink for one that opens nothing any more. */
export async function offerOfLink(ctx: Context, token: string) {
  const [id = ''] = token.split('-');
  const offer = /^[1-9]\d{0,8}$/.test(id) ? await offers.find(ctx.db, Number(id)) : null;
  if (!offer || token !== offerToken(ctx, offer.id, offer.number)) throw wrongLink();
  const programme = orNotFound(await programmes.find(ctx.db, offer.programmeId), 'page');
  if (offerLinkWorks(offer, programme, ctx.now())) return { offer, programme };
  const isLate = offer.state === 'unconfirmed';
  throw new DeadLink(
    'This link no longer works',
    isLate
      ? 'It worked for 48 hours. Put yourself forward again, and we’ll send you a new one.'
      : 'The season has ended, and all offers with it.',
    { next: isLate ? pageOfSide(offer.side) : '/' },
  );
}

/** Address of the open page of one side. */
export const pageOfSide = (side: OfferSide) => (side === 'talent' ? '/join-in' : '/join-in/seniors');

/** Locks the round first, as answers do, and then the offer. */
async function lockOffer(tx: Tx, { id, programmeId, side }: offers.Offer): Promise<offers.Offer> {
  await rounds.lock(tx, programmeId, side);
  return orNotFound(await offers.lock(tx, id), 'page');
}

/**
 * Makes an offer count: its address is proved. It takes the place of an earlier one of the same address, in the same
 * place of the line; where that one was accepted already, it stays and the new one goes.
 */
export async function confirmOffer(ctx: Context, token: string): Promise<void> {
  const { offer: found } = await offerOfLink(ctx, token);
  await ctx.db.transaction(async (tx) => {
    const offer = await lockOffer(tx, found);
    if (offer.state !== 'unconfirmed') return;
    const now = ctx.now();
    const before = await offers.ofAddress(tx, offer, offer.email);
    if (before?.state === 'accepted')
      throw new Refusal('conflict', 'You’re in already, with an earlier offer. There is nothing left to do.');
    if (before) {
      await takeAsksOver(tx, before, offer);
      await eraseOffers(tx, [before]);
    }
    const keepsPlace = before !== null && canChangeOffer(before.state);
    await offers.change(tx, offer.id, {
      state: keepsPlace ? before.state : 'waiting',
      confirmedAt: keepsPlace ? before.confirmedAt : now,
      updatedAt: now,
    });
  });
}

/** Makes an open question about a place in a team go on with the newer offer, also where its e-mail has not left. */
async function takeAsksOver(tx: Tx, before: offers.Offer, offer: offers.Offer): Promise<void> {
  if (await asks.openOfOffer(tx, before.id)) {
    const n = offer.letters + 1;
    await renameLetter(tx, letterKey(before.id, before.letters), letterKey(offer.id, n));
    await offers.change(tx, offer.id, { letters: n });
  }
  await asks.moveTo(tx, before.id, offer.id);
}

/** Fields that its sender can change. */
export function fieldsOfOffer(offer: offers.Offer, topics: readonly number[]) {
  const { name, jobTitle, department, why, other, time } = offer;
  return { name, jobTitle, department, why, other, time, topics: topics.toSorted((a, b) => a - b).join() };
}

/** Edition of an offer that a form shows. */
export const offerEdition = (offer: offers.Offer, topics: readonly number[]) =>
  editionOf(fieldsOfOffer(offer, topics));

/** Changes an offer that waits. Throws `StaleForm` where it was changed in another place since it was shown. */
export async function changeOffer(
  ctx: Context,
  token: string,
  seen: string | undefined,
  { topics, ...values }: OfferTyped,
): Promise<void> {
  const { offer: found } = await offerOfLink(ctx, token);
  await ctx.db.transaction(async (tx) => {
    const offer = await lockOffer(tx, found);
    if (!canChangeOffer(offer.state))
      throw new Refusal('conflict', 'Your offer has been answered, so it can’t be changed any more.');
    const before = (await offers.topicsOf(tx, [offer.id])).get(offer.id) ?? [];
    const chosen = before.map(({ id }) => id);
    refuseOutdated('your offer', seen, fieldsOfOffer(offer, chosen));
    const known = await offers.topicsToChoose(tx, offer.programmeId, mostTopics);
    // A trend that left the shortlist since is kept where it was chosen before.
    const may = new Set([...chosen, ...known.map(({ id }) => id)]);
    await offers.change(tx, offer.id, { ...values, updatedAt: ctx.now() });
    await offers.setTopics(
      tx,
      offer.id,
      topics.filter((id) => may.has(id)),
    );
  });
}

/**
 * Deletes an offer at once, with the e-mails about it; a place it was asked about is offered to the next person. Of an accepted one the person is deactivated where the offer made
 * them, so that their seats go to others; people who were here before stay.
 */
export async function withdrawOffer(ctx: Context, token: string): Promise<void> {
  const { offer: found, programme } = await offerOfLink(ctx, token);
  await ctx.db.transaction(async (tx) => {
    const made = found.state === 'accepted' && found.undo?.addedPerson ? found.personId : null;
    // Their events come first: they are the first lock everywhere.
    if (made !== null) await disableIn(ctx, tx, 'program', made);
    await passPlaceOn(ctx, tx, found);
    const offer = await lockOffer(tx, found);
    if (offer.state !== found.state)
      throw new Refusal('conflict', 'Your offer was answered at this very moment. Reload the page.');
    await eraseOffers(tx, [offer]);
    if (offer.state !== 'unconfirmed')
      await note(ctx, tx, { by: 'stranger', act: 'withdrew-offer', about: programme.name });
  });
}

/** Says until when an offer can be confirmed. */
export const offerExpires = (offer: Pick<offers.Offer, 'createdAt'>) => confirmBy(offer.createdAt);
