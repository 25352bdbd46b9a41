// Times at which everyone of a pair can meet, by what Flipside knows of them.
import type { Context } from '../../context.ts';
import type { Db } from '../../database/open.ts';
import { begunEverywhereBefore } from '../../domain/events/coming.ts';
import { instantOf } from '../../domain/events/wall-time.ts';
import {
  firstDayFor,
  isFreeForAll,
  type MeetingPerson,
  type TimesWanted,
  timesForAll,
  timesOffered,
} from '../../domain/pairs/meetings.ts';
import type { Programme } from '../../store/events/programmes.ts';
import * as meetings from '../../store/pairs/meetings.ts';
import type { Pair } from '../../store/pairs/pairs.ts';
import type { Round } from '../../store/pairs/rounds.ts';
import { daysOffFrom } from '../letters/planned.ts';

/** A round with its programme, whose zone a pair's times are in. */
export interface Season {
  programme: Programme;
  round: Round;
}

type Members = Pick<Pair, 'seniorId' | 'talentId' | 'secondTalentId'>;

/** Ids of everyone of a pair, the senior first. */
export const idsOf = ({ seniorId, talentId, secondTalentId }: Members): number[] =>
  [seniorId, talentId, secondTalentId].flatMap((id) => (id === null ? [] : [id]));

/** Reads what is known of each: stated days, clock, and other dates, those of one meeting left out. */
async function diariesOf(
  ctx: Pick<Context, 'now'>,
  db: Db,
  { programme, round }: Season,
  ids: readonly number[],
  but: number | null,
): Promise<Map<number, MeetingPerson>> {
  const clocks = await meetings.clocksOf(db, round.id, ids);
  const taken = await meetings.takenBy(db, ids, begunEverywhereBefore(ctx.now()));
  const busy = Map.groupBy(
    taken.filter(({ meetingId }) => but === null || meetingId !== but),
    ({ personId }) => personId,
  );
  return new Map(
    clocks.map(({ id, timeZone, days }) => [
      id,
      {
        days: days ?? [],
        timeZone: timeZone || programme.timeZone,
        busy: (busy.get(id) ?? []).map((one) => {
          const from = instantOf(one.startsAt, one.timeZone);
          return { from, to: from.add({ minutes: one.minutes }) };
        }),
      },
    ]),
  );
}

const todayIn = (ctx: Pick<Context, 'now'>, { programme }: Season) =>
  ctx.now().toZonedDateTimeISO(programme.timeZone).toPlainDate();

/** Finds three times for the first meeting of each of these pairs. */
export async function firstTimesOf(
  ctx: Pick<Context, 'now'>,
  db: Db,
  season: Season,
  pairs: readonly Members[],
): Promise<string[][]> {
  const diaries = await diariesOf(ctx, db, season, [...new Set(pairs.flatMap(idsOf))], null);
  const from = firstDayFor(season.round, { place: 1, today: todayIn(ctx, season), before: '' });
  const wanted = await wantedOf(ctx, season, from);
  return pairs.map((pair) =>
    timesForAll(
      idsOf(pair).flatMap((id) => diaries.get(id) ?? []),
      wanted,
    ),
  );
}

/** A meeting among all of its pair. */
export interface MeetingOfPair {
  pair: Members & Pick<Pair, 'firstTimes'>;
  meeting: Pick<meetings.Meeting, 'id' | 'number' | 'startsAt' | 'minutes'>;
  all: readonly meetings.Meeting[];
}

/**
 * Finds three times for a meeting of a pair: near its place in the arrangement, or near the date it has; for the first one
 * those that its e-mail named, as long as all can.
 */
export async function timesFor(
  ctx: Pick<Context, 'now'>,
  db: Db,
  season: Season,
  { pair, meeting, all }: MeetingOfPair,
): Promise<string[]> {
  const diaries = await diariesOf(ctx, db, season, idsOf(pair), meeting.id);
  const people = [...diaries.values()];
  const before = all.filter((one) => one.number < meeting.number && one.startsAt !== '').at(-1)?.startsAt;
  const today = todayIn(ctx, season);
  const near = firstDayFor(season.round, { place: meeting.number, today, before: before ?? '' });
  const from = meeting.startsAt === '' ? near : dayBeside(meeting.startsAt, today);
  const wanted = { ...(await wantedOf(ctx, season, from)), minutes: meeting.minutes };
  const isFirst = meeting.number === 1 && meeting.startsAt === '';
  const named = isFirst ? pair.firstTimes.filter((wall) => isFreeForAll(people, wall, wanted)) : [];
  if (named.length === timesOffered) return named;
  const more = timesForAll(people, { ...wanted, but: [meeting.startsAt, ...named] });
  return [...named, ...more].slice(0, timesOffered).toSorted();
}

/** A meeting that has a date is moved to a day near it, never to one that is over. */
function dayBeside(startsAt: string, today: Temporal.PlainDate): Temporal.PlainDate {
  const day = Temporal.PlainDateTime.from(startsAt).toPlainDate();
  const soonest = today.add({ days: 1 });
  return Temporal.PlainDate.compare(day, soonest) > 0 ? day : soonest;
}

async function wantedOf(
  ctx: Pick<Context, 'now'>,
  { programme, round }: Season,
  from: Temporal.PlainDate,
): Promise<TimesWanted> {
  const { timeZone } = programme;
  const isOff = await daysOffFrom(from.toZonedDateTime(timeZone).toInstant(), timeZone);
  return { from, minutes: round.minutes, timeZone, isOff, after: ctx.now() };
}
