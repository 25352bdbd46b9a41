import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { undoEnds } from '../../domain/letters/timing.ts';
import { canAnswer, freePlaces, type OfferSide } from '../../domain/offers/offers.ts';
import { canBeGiven } from '../../domain/trends/trend.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import { letterKey, removeHeldLetters } from '../../store/offers/erasing.ts';
import * as offers from '../../store/offers/offers.ts';
import * as rounds from '../../store/offers/rounds.ts';
import * as people from '../../store/people/people.ts';
import * as interests from '../../store/trends/interests.ts';
import * as trends from '../../store/trends/trends.ts';
import { note } from '../audit/note.ts';
import { answerOffer } from './letters.ts';

/** One press of an organiser: what it needs of the season, and how it is undone. */
export interface Press {
  programme: programmes.Programme;
  organiser: people.Person;
  name: string;
  until: Temporal.Instant;
  /** Places free; null where there is no limit. */
  free: number | null;
  /** The team that whom it accepts is placed in. */
  team?: { name: string; trend: string };
}

async function openPress(ctx: Context, tx: Tx, by: number, side: OfferSide): Promise<Press> {
  const programme = orNotFound(await programmes.current(tx), 'page');
  const round = orNotFound(await rounds.lock(tx, programme.id, side), 'page');
  const organiser = orNotFound(await people.find(tx, by), 'person');
  const now = ctx.now();
  const { accepted } = await offers.counts(tx, { programmeId: programme.id, side }, now);
  const name = `${by}-${now.epochMilliseconds}-${ctx.random(6).toString('hex')}`;
  return { programme, organiser, name, until: undoEnds(now), free: freePlaces(round, accepted) };
}

/** Answers that can be given by one press. */
export type OfferAnswer = 'accepted' | 'reserve' | 'declined';

/**
 * Answers one offer; the e-mail waits ten seconds. Throws a Refusal ('conflict') where it was answered meanwhile, where all
 * places are taken, or where its sender was deactivated.
 */
export async function answerOne(
  ctx: Context,
  by: number,
  offerId: number,
  answer: OfferAnswer,
): Promise<offers.Offer> {
  const seen = orNotFound(await offers.find(ctx.db, offerId), 'page');
  return ctx.db.transaction(async (tx) => {
    const press = await openPress(ctx, tx, by, seen.side);
    const offer = orNotFound(await offers.lock(tx, offerId), 'page');
    if (offer.programmeId !== press.programme.id) throw new Refusal('conflict', 'This season has ended.');
    if (!canAnswer(offer.state, answer))
      throw new Refusal('conflict', 'The offer of {name} has been answered meanwhile.', { name: offer.name });
    if (answer === 'accepted') {
      if (press.free === 0) throw noPlace(offer);
      const about = await accept(ctx, tx, press, offer);
      await note(ctx, tx, { by, act: 'accepted-offer', about });
    } else {
      await setAside(ctx, tx, press, offer, answer);
      await note(ctx, tx, { by, act: answerActs[answer], about: press.programme.name });
    }
    return offer;
  });
}

/** Without a name: the log is kept for longer than people who are not taken. */
const answerActs = { reserve: 'reserved-offer', declined: 'declined-offer' } as const;

const noPlace = ({ name }: offers.Offer) =>
  new Refusal(
    'conflict',
    'All places are taken. Open more places first, or put {name} on the reserve list.',
    { name },
  );

/**
 * Accepts every offer of one side that waits, `seen` of them; the e-mails wait ten seconds. Throws a Refusal ('conflict')
 * where another one came in since, or where there are more than places.
 */
export async function acceptAll(ctx: Context, by: number, side: OfferSide, seen: number): Promise<number> {
  return ctx.db.transaction(async (tx) => {
    const press = await openPress(ctx, tx, by, side);
    const { programme, free } = press;
    const waiting = await offers.lockAll(tx, { programmeId: programme.id, side }, 'waiting');
    if (waiting.length !== seen)
      throw new Refusal('conflict', 'The list has changed meanwhile. Look at it, then accept all again.');
    if (free !== null && waiting.length > free)
      throw new Refusal('conflict', 'There are more offers than places. Choose some, or open more places.');
    for (const offer of waiting) await accept(ctx, tx, press, offer);
    await note(ctx, tx, { by, act: 'accepted-offers', about: programme.name, numbers: { n: seen } });
    return waiting.length;
  });
}

const isSameName = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

/** Makes a person of an offer, or joins the one who has its address, and says what they can tell or want to know. */
export async function accept(
  ctx: Context,
  tx: Tx,
  press: Press,
  offer: offers.Offer,
): Promise<people.Person> {
  const behind = await people.allWithEmail(tx, offer.email);
  const known = behind.find((one) => isSameName(one.name, offer.name)) ?? behind[0];
  if (known && known.disabledAt !== null)
    throw new Refusal(
      'conflict',
      '{name} has been deactivated. Reactivate them first, then accept the offer.',
      {
        name: known.name,
      },
    );
  const { name, email, side, department, jobTitle } = offer;
  const now = ctx.now();
  const person =
    known ??
    (await people.add(tx, { name, email, side, department, jobTitle, createdAt: now, updatedAt: now }));
  const before = known ? await join(ctx, tx, known, offer) : {};
  const added = await addInterests(tx, offer, person.id);
  const undo = { state: stateBefore(offer), addedPerson: !known, before, interests: added };
  await close(ctx, tx, press, offer, { answer: 'accepted', personId: person.id, undo });
  return person;
}

const stateBefore = ({ state }: offers.Offer) => state as 'waiting' | 'reserve' | 'declined';

/** Fills what is empty about a person who is here already, and gives a side to one who only organised; nothing else changes. */
async function join(
  ctx: Context,
  tx: Tx,
  person: people.Person,
  { side, department, jobTitle }: offers.Offer,
): Promise<NonNullable<offers.Offer['undo']>['before']> {
  const values = {
    ...(person.department === '' && department !== '' && { department }),
    ...(person.jobTitle === '' && jobTitle !== '' && { jobTitle }),
    ...(person.onlyOrganises && { side, onlyOrganises: false }),
  };
  if (Object.keys(values).length === 0) return {};
  const saved = await people.change(tx, person.id, person.updatedAt, { ...values, updatedAt: ctx.now() });
  if (!saved)
    throw new Refusal('conflict', '{name} was edited at this very moment. Try again.', {
      name: person.name,
    });
  return {
    ...('department' in values && { department: person.department }),
    ...('jobTitle' in values && { jobTitle: person.jobTitle }),
    ...('side' in values && { side: person.side, onlyOrganises: true }),
  };
}

const kindOf = (side: OfferSide) => (side === 'talent' ? ('can-tell' as const) : ('want-to-know' as const));

/** Says for the person what they ticked, of trends that are still open; returns those that were not said before. */
async function addInterests(tx: Tx, offer: offers.Offer, personId: number): Promise<number[]> {
  const ticked = ((await offers.topicsOf(tx, [offer.id])).get(offer.id) ?? []).map(({ id }) => id);
  if (ticked.length === 0) return [];
  const kind = kindOf(offer.side);
  const said = await interests.ofPerson(tx, personId, offer.programmeId);
  const open = (await trends.lock(tx, ticked)).filter(canBeGiven);
  const added = open.flatMap(({ id }) => (said.get(id)?.has(kind) ? [] : [id]));
  for (const id of added) await interests.add(tx, id, personId, kind);
  return added;
}

async function setAside(
  ctx: Context,
  tx: Tx,
  press: Press,
  offer: offers.Offer,
  answer: 'reserve' | 'declined',
): Promise<void> {
  const undo = { state: stateBefore(offer), addedPerson: false, before: {}, interests: [] };
  await close(ctx, tx, press, offer, { answer, undo });
}

interface Closing {
  answer: OfferAnswer;
  personId?: number;
  undo: NonNullable<offers.Offer['undo']>;
}

async function close(
  ctx: Context,
  tx: Tx,
  { programme, organiser, name, until, team }: Press,
  offer: offers.Offer,
  { answer, personId, undo }: Closing,
): Promise<void> {
  const written = { programme, organiser, answer, until, team, ...(personId !== undefined && { personId }) };
  const letters = await answerOffer(ctx, tx, offer, written);
  await offers.change(tx, offer.id, {
    state: answer,
    personId: personId ?? null,
    letters,
    press: name,
    pressEnds: until,
    undo,
    updatedAt: ctx.now(),
  });
}

/**
 * Takes the answers of one press back while their e-mails wait: offers wait as before, and people whom it made are gone.
 * Throws a Refusal ('conflict') once they are on their way, or where such a person was edited or invited meanwhile.
 */
export async function takeBackAnswers(
  ctx: Context,
  by: number,
  side: OfferSide,
  press: string,
): Promise<number> {
  return ctx.db.transaction(async (tx) => {
    const programme = orNotFound(await programmes.current(tx), 'page');
    await rounds.lock(tx, programme.id, side);
    const answered = await offers.lockPress(tx, { programmeId: programme.id, side }, press);
    if (answered.length === 0) return 0;
    const keys = answered.map(({ id, letters }) => letterKey(id, letters));
    if ((await removeHeldLetters(tx, keys, ctx.now())) < keys.length)
      throw new Refusal('conflict', 'The ten seconds are over and the e-mails are on their way.');
    for (const offer of answered) await restore(ctx, tx, offer);
    const numbers = { n: answered.length };
    await note(ctx, tx, { by, act: 'took-back-offers', about: programme.name, numbers });
    return answered.length;
  });
}

/** Makes an offer wait as it did before its answer, and takes back what accepting it had made. */
export async function restore(ctx: Context, tx: Tx, offer: offers.Offer): Promise<void> {
  const { undo, personId } = offer;
  const now = ctx.now();
  await offers.change(tx, offer.id, {
    state: undo?.state ?? 'waiting',
    personId: null,
    press: null,
    pressEnds: null,
    undo: null,
    updatedAt: now,
  });
  if (!undo || personId === null) return;
  for (const id of undo.interests) await interests.remove(tx, id, personId, kindOf(offer.side));
  if (undo.addedPerson) {
    if (await people.removeUntouched(tx, personId)) return;
    throw new Refusal(
      'conflict',
      '{name} was edited, invited or placed meanwhile, so this can’t be undone.',
      {
        name: offer.name,
      },
    );
  }
  const person = await people.find(tx, personId);
  if (person && Object.keys(undo.before).length > 0)
    await people.change(tx, personId, person.updatedAt, { ...undo.before, updatedAt: now });
}
