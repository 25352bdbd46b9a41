// E-mails that ask what somebody wishes of a partner, with a link of their own.
import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import type { PairWishesLetter } from '../../domain/letters/programme-facts.ts';
import { undoEnds } from '../../domain/letters/timing.ts';
import { daysBeforeReminder } from '../../domain/pairs/wishes.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import { peopleOfPress } from '../../store/letters/presses.ts';
import * as rounds from '../../store/pairs/rounds.ts';
import * as wishes from '../../store/pairs/wishes.ts';
import * as people from '../../store/people/people.ts';
import { note } from '../audit/note.ts';
import { holderOfSeasonLink, seasonFacts } from '../letters/about-season.ts';
import { takeBackPressIn } from '../letters/reminder-presses.ts';
import { sendLetter } from '../letters/send.ts';
import { lockRound } from './rounds.ts';

/**
 * Asks everyone of the round who was not asked, or reminds once who has not answered two days after. The e-mails can be
 * taken back for ten seconds. Throws a Refusal ('conflict') where there is nobody to ask.
 */
export async function askForWishes(
  ctx: Context,
  by: number,
  roundId: number,
  seen: number,
  why: 'first' | 'again',
): Promise<{ press: string; count: number }> {
  return ctx.db.transaction(async (tx) => {
    const round = await lockRound(tx, roundId, seen);
    const programme = orNotFound(await programmes.current(tx), 'page');
    const today = ctx.now().toZonedDateTimeISO(programme.timeZone).toPlainDate();
    if (Temporal.PlainDate.compare(round.wishesUntil, today) < 0)
      throw new Refusal('conflict', 'The last day of wishes has passed. Choose a later one first.');
    const missing = await wishes.list(tx, round.id, { missing: true });
    const asked = missing.filter((one) =>
      why === 'first' ? one.askedOn === null : mayBeReminded(one, today),
    );
    if (asked.length === 0)
      throw new Refusal(
        'conflict',
        why === 'first'
          ? 'Everyone in this round was asked already.'
          : 'Nobody is left to remind: one person is reminded once, two days after the first e-mail.',
      );
    const organiser = orNotFound(await people.find(tx, by), 'person');
    const press = `pair-wishes:${round.id}:${ctx.now().epochMilliseconds}`;
    await write(ctx, tx, { programme, round, organiser, asked, press, why });
    const ids = asked.map(({ id }) => id);
    const column = why === 'first' ? 'askedOn' : 'remindedOn';
    await wishes.change(tx, round.id, ids, { [column]: today.toString() });
    await rounds.change(tx, round.id, { changedById: by });
    await note(ctx, tx, { by, act: 'asked-for-wishes', about: programme.name, numbers: { n: asked.length } });
    return { press, count: asked.length };
  });
}

function mayBeReminded({ askedOn, remindedOn }: wishes.Asked, today: Temporal.PlainDate): boolean {
  if (askedOn === null || remindedOn !== null) return false;
  return today.since(askedOn, { largestUnit: 'days' }).days >= daysBeforeReminder;
}

interface Asking {
  programme: programmes.Programme;
  round: rounds.Round;
  organiser: people.Person;
  asked: readonly wishes.Asked[];
  press: string;
  why: 'first' | 'again';
}

async function write(ctx: Context, tx: Tx, { programme, round, organiser, asked, press, why }: Asking) {
  const hold = { id: null, until: undoEnds(ctx.now()) };
  for (const person of asked) {
    const facts: Omit<PairWishesLetter, 'wishesUrl'> = {
      kind: 'pair-wishes',
      ...seasonFacts(programme, organiser, person.name),
      programmeId: programme.id,
      side: person.side,
      until: round.wishesUntil,
      meetings: round.meetings,
      minutes: round.minutes,
      months: round.months,
      why,
    };
    await sendLetter(ctx, tx, {
      key: `${press}:${person.id}`,
      kind: 'pair-wishes',
      to: person,
      hold,
      facts: { ...facts },
    });
  }
}

/** Finds whose link this is. Throws a Refusal ('not-found') for any other, and 'gone' 14 days after it was sent. */
export async function holderOfWishesLink(ctx: Context, token: string) {
  const link = await holderOfSeasonLink(ctx, 'pair-wishes', token);
  if (!link) throw new Refusal('not-found', 'This link no longer works. Sign in to say what you wish.');
  if (!link.works)
    throw new Refusal('gone', 'This link ended 14 days after it was sent. Sign in to say what you wish.');
  return link;
}

/** Takes the asking of one press back within its ten seconds: nobody was asked. Throws a Refusal ('conflict') later. */
export async function takeBackAsking(ctx: Context, press: string): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const roundId = Number(press.split(':')[1]);
    const ids = await peopleOfPress(tx, 'pair-wishes', press);
    await takeBackPressIn(ctx, tx, 'pair-wishes', press);
    const rows = await wishes.list(tx, roundId);
    const again = rows
      .filter(({ id, remindedOn }) => ids.includes(id) && remindedOn !== null)
      .map(({ id }) => id);
    const first = ids.filter((id) => !again.includes(id));
    if (again.length > 0) await wishes.change(tx, roundId, again, { remindedOn: null });
    if (first.length > 0) await wishes.change(tx, roundId, first, { askedOn: null });
  });
}
