import type { Context } from '../../context.ts';
import type { Db } from '../../database/open.ts';
import { reminderLeaves } from '../../domain/letters/asking.ts';
import type { RankTrendsLetter } from '../../domain/letters/programme-facts.ts';
import { undoEnds } from '../../domain/letters/timing.ts';
import { isRankingOpen } from '../../domain/teams/ranking.ts';
import { mayRemind } from '../../domain/teams/ranking-reminders.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import { askedSince } from '../../store/letters/asked.ts';
import * as people from '../../store/people/people.ts';
import * as rounds from '../../store/teams/rounds.ts';
import * as toPlace from '../../store/teams/to-place.ts';
import { note } from '../audit/note.ts';
import { holderOfSeasonLink, seasonFacts } from '../letters/about-season.ts';
import { daysOffFrom } from '../letters/planned.ts';
import type { ReminderPress } from '../letters/reminder-presses.ts';
import { sendLetter } from '../letters/send.ts';

/**
 * Writes an e-mail with a link of their own to each who has not ranked and may be reminded; they leave after ten seconds,
 * or on the next working day. Throws a Refusal ('conflict') where there is nobody to remind.
 */
export async function remindToRank(ctx: Context, by: number): Promise<ReminderPress> {
  return ctx.db.transaction(async (tx) => {
    const programme = orNotFound(await programmes.current(tx), 'page');
    const round = await rounds.lock(tx, programme.id);
    const now = ctx.now();
    if (!isRankingOpen(round.rankingClosesOn, now, programme.timeZone))
      throw new Refusal('conflict', 'Ranking has closed. Choose a later last day first, then remind people.');
    const asked = await toRemind(tx, programme, now);
    if (asked.length === 0)
      throw new Refusal(
        'conflict',
        'Nobody is left to remind: one person is asked twice at most, two days apart.',
      );
    const organiser = orNotFound(await people.find(tx, by), 'person');
    const press = `rank-trends:${programme.id}:${now.epochMilliseconds}`;
    const ids = asked.map(({ id }) => id);
    const today = now.toZonedDateTimeISO(programme.timeZone).startOfDay().toInstant();
    const askedToday = await askedSince(tx, ids, today);
    const isOff = await daysOffFrom(now, programme.timeZone);
    const undoable = undoEnds(now);
    for (const person of asked) {
      const leaves = reminderLeaves(now, programme.timeZone, {
        askedToday: askedToday.has(person.id),
        isOff,
      });
      const until = Temporal.Instant.compare(leaves, undoable) > 0 ? leaves : undoable;
      await sendLetter(ctx, tx, {
        key: `${press}:${person.id}`,
        kind: 'rank-trends',
        to: person,
        hold: { id: null, until },
        facts: { ...factsFor(programme, organiser, person.name, round) },
      });
    }
    await note(ctx, tx, { by, act: 'reminded-to-rank', about: programme.name, numbers: { n: asked.length } });
    return { press, count: asked.length };
  });
}

/** Talents without an order who may be reminded now. */
export async function toRemind(tx: Db, programme: programmes.Programme, now: Temporal.Instant) {
  const missing = await toPlace.withoutRanking(tx, programme.id, programme.createdAt);
  const ids = missing.map(({ id }) => id);
  const before = await toPlace.rankingReminders(tx, ids, programme.createdAt);
  return missing.filter(({ id }) => mayRemind(before.get(id) ?? [], now));
}

function factsFor(
  programme: programmes.Programme,
  organiser: people.Person,
  name: string,
  { rankingClosesOn }: rounds.Round,
): Omit<RankTrendsLetter, 'rankUrl'> {
  return {
    kind: 'rank-trends',
    ...seasonFacts(programme, organiser, name),
    programmeId: programme.id,
    closesOn: rankingClosesOn,
  };
}

/** Finds whose link this is. Throws a Refusal ('not-found') for any other, and 'gone' 14 days after it was sent. */
export async function holderOfRankingLink(ctx: Context, token: string) {
  const link = await holderOfSeasonLink(ctx, 'rank-trends', token);
  if (!link) throw new Refusal('not-found', 'This link no longer works. Sign in to rank the trends.');
  if (!link.works)
    throw new Refusal('gone', 'This link ended 14 days after it was sent. Sign in to rank the trends.');
  return link;
}
