import { countedOf, isMeetingOver, mayPressAnother } from '../../actions/pairs/meetings.ts';
import { type Season, timesFor } from '../../actions/pairs/meetings-times.ts';
import { formatNearDay } from '../../domain/events/coming.ts';
import { wallTimeOf } from '../../domain/events/wall-time.ts';
import { countsOf, isDone, ledgerState, placeLength, talkOf } from '../../domain/pairs/meetings.ts';
import { orNotFound } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as meetings from '../../store/pairs/meetings.ts';
import type { NamedPair } from '../../store/pairs/pairs.ts';
import * as rounds from '../../store/pairs/rounds.ts';
import type { Mistakes } from '../../web/submit.ts';
import type { Visit } from '../../web/visit.ts';
import { localeOf, type Words } from '../../words.ts';

const momentOf = (wall: string, locale: string) => `${formatNearDay(wall, locale)}, ${wall.slice(11, 16)}`;

/** Meetings of a pair for its page; `panel` null while it has none, and at the link of an e-mail, which asks one thing. */
export async function meetingsData(
  { ctx, words }: Visit,
  at: { found: NamedPair; readerId: number | null; isAtLink: boolean; mistakes: Mistakes },
) {
  const { readerId, isAtLink, mistakes } = at;
  const { pair } = at.found;
  const shown = { errors: mistakes.errors, typed: mistakes.typed };
  if (pair.state !== 'running' || isAtLink) return { panel: null, ...shown };
  const all = await meetings.ofPair(ctx.db, pair.id);
  if (all.length === 0) return { panel: null, ...shown };
  const round = orNotFound(await rounds.find(ctx.db, pair.roundId), 'page');
  const programme = orNotFound(await programmes.find(ctx.db, round.programmeId), 'page');
  const now = ctx.now();
  const next = all.find(
    (one) => one.state !== 'cancelled' && one.state !== 'missed' && !isMeetingOver(one, now),
  );
  const said = await meetings.agreementsOf(ctx.db, pair.id);
  const mine = said.find(({ personId }) => personId === readerId);
  const own = readerId !== null;
  const card =
    next && own
      ? await nextCard({ ctx, words }, { pair, all, meeting: next, round, programme }, readerId)
      : null;
  const panel = {
    pairId: pair.id,
    isOwn: own,
    next: card,
    summary: summaryOf(countsOf(countedOf(all, now)), words),
    rows: rowsOf(all, now, words, next?.id),
    agreed: own && mine?.agreedOn != null,
    everyoneAgreed:
      said.filter(({ agreedOn }) => agreedOn !== null).length === (pair.secondTalentId === null ? 2 : 3),
    isDone: isDone(countedOf(all, now)),
    atTheEnd: mine?.atTheEnd ?? '',
    placeLength,
  };
  return { panel, ...shown };
}

type MeetingAtHand = Season & Parameters<typeof timesFor>[3] & { meeting: meetings.Meeting };

/** The next meeting: its date, times in its place, and what the other chose. */
async function nextCard({ ctx, words }: Pick<Visit, 'ctx' | 'words'>, at: MeetingAtHand, readerId: number) {
  const { meeting } = at;
  const locale = localeOf(words);
  const offers = await timesFor(ctx, ctx.db, at, at);
  const mayAnswer = mayPressAnother(meeting, readerId, ctx.now());
  const { otherTimes, startsAt, timeZone } = meeting;
  const inWords = (wall: string) => ({
    value: wall,
    day: formatNearDay(wall, locale),
    time: wall.slice(11, 16),
  });
  const until = otherTimes && wallTimeOf(Temporal.Instant.from(otherTimes.until), timeZone);
  return {
    id: meeting.id,
    when: startsAt && momentOf(startsAt, locale),
    day: startsAt.slice(0, 10),
    time: startsAt.slice(11, 16),
    place: meeting.place,
    times: offers.map(inWords),
    others: mayAnswer ? otherTimes!.starts.map(inWords) : [],
    mayAnswer,
    until: mayAnswer ? momentOf(until!, locale) : '',
  };
}

function summaryOf({ held, moved, missed, cancelled, ahead }: ReturnType<typeof countsOf>, { t, tn }: Words) {
  return [
    held === 0 ? '' : tn(held, '{n} held.', '{n} held.'),
    moved === 0 ? '' : tn(moved, '{n} of them moved first.', '{n} of them moved first.'),
    missed === 0 ? '' : tn(missed, '{n} did not take place.', '{n} did not take place.'),
    cancelled === 0 ? '' : tn(cancelled, '{n} left out.', '{n} left out.'),
    tn(ahead, '{n} ahead.', '{n} ahead.'),
    t('A meeting counts as held unless one of you says otherwise.'),
  ].filter(Boolean);
}

/** Each meeting as a row of the ledger. */
function rowsOf(all: readonly meetings.Meeting[], now: Temporal.Instant, words: Words, nextId?: number) {
  const { t } = words;
  const locale = localeOf(words);
  const kept = all.filter(({ state }) => state !== 'cancelled');
  const talks = {
    first: t('First talk: what each of you hopes for, and how you want to work.'),
    middle: t('Halfway talk: does it still suit you both? What would you change?'),
    closing: t('Closing talk: what did you learn, and what will each of you do with it?'),
  };
  const names = {
    held: t('Held'),
    moved: t('Moved, held'),
    missed: t('Did not take place'),
    cancelled: t('Left out'),
    ahead: t('In your calendars'),
    open: t('No date yet'),
  };
  const tones = { held: 'go', missed: 'stop', cancelled: '', ahead: '', open: 'wait' };
  return countedOf(all, now).map((one) => {
    const state = ledgerState(one);
    const talk = talkOf(kept.findIndex(({ id }) => id === one.id) + 1, kept.length);
    return {
      id: one.id,
      when: one.startsAt ? momentOf(one.startsAt, locale) : t('Meeting {n}', { n: one.number }),
      talk: talk && state !== 'cancelled' ? talks[talk] : '',
      place: one.place,
      state,
      tag: state === 'held' && one.isMoved ? names.moved : names[state],
      tone: tones[state],
      isNext: one.id === nextId,
      isOver: one.isOver && state !== 'cancelled',
    };
  });
}
