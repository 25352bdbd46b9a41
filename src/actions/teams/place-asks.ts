// A free place in a team is offered to the reserve list: one person after the other has two working days to answer.
import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { wallTimeOf } from '../../domain/events/wall-time.ts';
import type { PlaceOfferedLetter } from '../../domain/letters/programme-facts.ts';
import { roomIn } from '../../domain/teams/late-places.ts';
import { asksAt, canTakePlace, type IsWorkday, placeKeptUntil } from '../../domain/teams/place-asks.ts';
import { publicHolidayOn } from '../../planning/dates/holidays.ts';
import { DeadLink, orNotFound, Refusal, wrongLink } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import { letterKey, removeHeldLetters } from '../../store/offers/erasing.ts';
import * as offers from '../../store/offers/offers.ts';
import * as offerRounds from '../../store/offers/rounds.ts';
import * as people from '../../store/people/people.ts';
import * as latePlaces from '../../store/teams/late-places.ts';
import * as asks from '../../store/teams/place-asks.ts';
import * as rounds from '../../store/teams/rounds.ts';
import * as teams from '../../store/teams/teams.ts';
import { note } from '../audit/note.ts';
import { seasonFacts } from '../letters/about-season.ts';
import { placeToken } from '../letters/links.ts';
import { sendLetter } from '../letters/send.ts';
import { newSecret } from '../sign-in/secrets.ts';
import { sendNews } from './late-letters.ts';
import { closeRoundOfPlaces, openPlacing, placeOne, todayIn } from './late-places.ts';

/** Days around a moment of which it is asked whether they are working days. */
const daysAhead = 60;

/** Reads which days are working days there, from this moment on. */
export async function workdaysFrom(now: Temporal.Instant, timeZone: string): Promise<IsWorkday> {
  const first = now.toZonedDateTimeISO(timeZone).toPlainDate();
  const holidays = new Set<string>();
  for (let n = 0; n < daysAhead; n++) {
    const day = first.add({ days: n }).toString();
    if (await publicHolidayOn(day, timeZone)) holidays.add(day);
  }
  return (day) => day.dayOfWeek <= 5 && !holidays.has(day.toString());
}

/**
 * Asks the first person of the reserve list whether they take a place in this team. Throws a Refusal ('conflict') where it
 * has no place, somebody is asked already, or nobody is left to ask.
 */
export async function offerPlace(ctx: Context, by: number, teamId: number): Promise<string> {
  return ctx.db.transaction(async (tx) => {
    const programme = orNotFound(await programmes.current(tx), 'page');
    const organiser = orNotFound(await people.find(tx, by), 'person');
    await rounds.lock(tx, programme.id);
    await teams.lock(tx, teamId);
    const team = await latePlaces.teamAtWork(tx, teamId, todayIn(programme, ctx.now()));
    if (!team || roomIn(team) === 0)
      throw new Refusal('conflict', 'There is no free place in this team any more.');
    const name = await askNext(ctx, tx, { programme, organiser, team });
    if (name === null)
      throw new Refusal(
        'conflict',
        'Everyone on the reserve list has been asked. Place someone without a team.',
      );
    await note(ctx, tx, { by, act: 'offered-place', about: programme.name });
    return name;
  });
}

interface Asking {
  programme: programmes.Programme;
  organiser: people.Person;
  team: latePlaces.NamedTeam;
}

/** Asks the next person in line; returns their name, or null where nobody is left. */
async function askNext(ctx: Context, tx: Tx, { programme, organiser, team }: Asking): Promise<string | null> {
  const next = await asks.nextInLine(tx, programme.id, team.id);
  const offer = next && (await offers.lock(tx, next.id));
  if (offer?.state !== 'reserve') return null;
  const { timeZone } = programme;
  const isWorkday = await workdaysFrom(ctx.now(), timeZone);
  const dueAt = asksAt(ctx.now(), timeZone, isWorkday);
  const answerBy = placeKeptUntil(dueAt, timeZone, isWorkday);
  const number = newSecret(ctx, 16);
  const asked = { teamId: team.id, offerId: offer.id, number, askedById: organiser.id, answerBy };
  const ask = await asks.add(tx, { ...asked, state: 'asked', askedAt: dueAt });
  if (!ask) throw new Refusal('conflict', 'Someone is being asked about this place already.');
  const facts: Omit<PlaceOfferedLetter, 'placeUrl'> = {
    kind: 'place-offered',
    ...seasonFacts(programme, organiser, offer.name),
    trend: team.trend,
    members: team.memberIds.length,
    until: wallTimeOf(answerBy, timeZone),
    askId: ask.id,
  };
  const n = offer.letters + 1;
  await offers.change(tx, offer.id, { letters: n });
  await sendLetter(ctx, tx, {
    key: letterKey(offer.id, n),
    kind: 'place-offered',
    to: { id: null, name: offer.name, email: offer.email },
    facts: { ...facts, number },
    ...(Temporal.Instant.compare(dueAt, ctx.now()) > 0 && { dueAt }),
  });
  return offer.name;
}

/** Stops asking about a place, so that somebody else can be placed; the person asked stays on the reserve list. */
export async function stopAsking(ctx: Context, teamId: number): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const open = await asks.openOf(tx, teamId);
    const ask = open && (await asks.lock(tx, open.id));
    if (ask?.state !== 'asked') return;
    await asks.change(tx, ask.id, { state: 'stopped', answeredAt: ctx.now() });
    const offer = await offers.lock(tx, ask.offerId);
    if (offer) await removeHeldLetters(tx, [letterKey(offer.id, offer.letters)], ctx.now());
  });
}

/** Finds what a link asks, with its offer, team and season. Throws a DeadLink for one that opens nothing any more. */
export async function askOfLink(ctx: Context, token: string) {
  const [id = ''] = token.split('-');
  const ask = /^[1-9]\d{0,8}$/.test(id) ? await asks.find(ctx.db, Number(id)) : null;
  if (!ask || token !== placeToken(ctx, ask.id, ask.number)) throw wrongLink();
  const offer = orNotFound(await offers.find(ctx.db, ask.offerId), 'page');
  const programme = orNotFound(await programmes.find(ctx.db, offer.programmeId), 'page');
  const team = await latePlaces.teamAtWork(ctx.db, ask.teamId, todayIn(programme, ctx.now()));
  if (ask.state === 'asked' && programme.endedAt === null && (!team || !canTakePlace(ask, ctx.now())))
    throw placeGone();
  const isElsewhere = ask.state === 'asked' && offer.state !== 'reserve';
  if (ask.state === 'stopped' || ask.state === 'late' || isElsewhere || programme.endedAt !== null)
    throw placeGone();
  return { ask, offer, programme, team };
}

const placeGone = () =>
  new DeadLink(
    'This place is no longer free',
    'It was kept for two working days. You’re still on the reserve list, and we’ll ask you again when another one is free.',
    { next: '/' },
  );

/**
 * Takes the place that a link offers: the offer is accepted, and the team and the organiser hear. Pressed twice it does so
 * once. Throws a Refusal ('conflict') where the team takes nobody in any more.
 */
export async function takePlace(ctx: Context, token: string): Promise<void> {
  const { ask: seen, programme } = await askOfLink(ctx, token);
  await ctx.db.transaction(async (tx) => {
    const organiser = await organiserOf(tx, seen);
    const placing = await openPlacing(ctx, tx, organiser, ctx.now());
    const ask = orNotFound(await asks.lock(tx, seen.id), 'page');
    if (ask.state === 'yes') return;
    if (!canTakePlace(ask, ctx.now())) throw placeGone();
    await asks.change(tx, ask.id, { state: 'yes', answeredAt: ctx.now() });
    const person = await placeOne(ctx, tx, placing, ask.teamId, { offerId: ask.offerId });
    await closeRoundOfPlaces(tx, placing);
    const team = orNotFound(await teams.find(tx, ask.teamId), 'team');
    const members = team.members.length;
    const news = {
      kind: 'joined' as const,
      team: team.name,
      who: person.name,
      members,
      isForOrganiser: true,
    };
    const key = `${placing.press}:organiser`;
    await sendNews(ctx, tx, placing, { to: organiser, news, teamId: team.id, key });
    await note(ctx, tx, { by: 'stranger', act: 'took-offered-place', about: programme.name });
  });
}

/** Leaves the place to the next person in line; its reader stays on the reserve list. */
export async function leavePlace(ctx: Context, token: string): Promise<void> {
  const { ask: seen } = await askOfLink(ctx, token);
  await ctx.db.transaction((tx) => close(ctx, tx, seen.id, 'no'));
}

/** Asks the next person for every place that nobody took in time, or whose person an organiser has answered otherwise. */
export async function askTheNext(ctx: Context): Promise<void> {
  for (const { id } of await asks.overdue(ctx.db, ctx.now()))
    await ctx.db.transaction((tx) => close(ctx, tx, id, 'late'));
  for (const { id } of await asks.answeredOtherwise(ctx.db, ctx.now()))
    await ctx.db.transaction((tx) => close(ctx, tx, id, 'stopped'));
}

/** Asks the next person for the place that was offered to somebody who withdraws, before their offer is deleted. */
export async function passPlaceOn(ctx: Context, tx: Tx, offer: offers.Offer): Promise<void> {
  const open = await asks.openOfOffer(tx, offer.id);
  if (!open) return;
  await rounds.lock(tx, offer.programmeId);
  await offerRounds.lock(tx, offer.programmeId, offer.side);
  await close(ctx, tx, open.id, 'no');
}

/** Closes an ask and asks the next person; where nobody is left the organiser who began hears. */
async function close(ctx: Context, tx: Tx, askId: number, state: 'no' | 'late' | 'stopped'): Promise<void> {
  const programme = await programmes.current(tx);
  if (programme) await rounds.lock(tx, programme.id);
  const ask = await asks.lock(tx, askId);
  if (ask?.state !== 'asked') return;
  await asks.change(tx, ask.id, { state, answeredAt: ctx.now() });
  await teams.lock(tx, ask.teamId);
  const team = programme && (await latePlaces.teamAtWork(tx, ask.teamId, todayIn(programme, ctx.now())));
  if (!programme || !team || roomIn(team) === 0) return;
  const organiser = await organiserOf(tx, ask);
  if ((await askNext(ctx, tx, { programme, organiser, team })) !== null) return;
  const asked = (await asks.ofTeam(tx, team.id, 1000)).length;
  const news = { kind: 'unanswered' as const, team: team.name, asked };
  const key = `place-unanswered:${ask.id}`;
  await sendNews(ctx, tx, { programme, organiser }, { to: organiser, news, teamId: team.id, key });
}

/** The organiser who began to ask, or the first one where they are gone. */
async function organiserOf(tx: Tx, { askedById }: asks.Ask): Promise<people.Person> {
  const own = askedById === null ? null : await people.find(tx, askedById);
  const able = own && own.disabledAt === null && own.isOrganiser ? own : null;
  return able ?? orNotFound(await people.firstOrganiser(tx, 0), 'person');
}
