import { commitmentSince } from '../../actions/guests/commitment.ts';
import { daysAround, isOver } from '../../domain/events/times.ts';
import { formatDay } from '../../domain/events/wall-time.ts';
import { countOutcomes, type Outcome, outcomeOf } from '../../domain/guests/commitment.ts';
import { showsTime } from '../../domain/guests/moments.ts';
import * as answers from '../../store/guests/answers.ts';
import * as commitment from '../../store/guests/commitment.ts';
import { addressWith, pageOf, pagerFor } from '../../web/paging.ts';
import type { Visit } from '../../web/visit.ts';
import { localeOf, type Words } from '../../words.ts';
import { outcomeWords, reasonWords } from '../guests/answer-words.ts';
import { guestMoment } from '../guests/moments.ts';

/** Events on one page of somebody's record. */
const pageSize = 20;

/** Shows a person’s answers and what became of them, event by event, for organisers; nothing older than 24 months. */
export async function recordFor({ ctx, words }: Visit, personId: number, asked: number) {
  const now = ctx.now();
  const since = commitmentSince(now).toString();
  const kinds = await commitment.invitationKinds(ctx.db, personId, since, daysAround(now));
  const total = kinds.reduce((sum, { n }) => sum + n, 0);
  const at = pageOf(asked, total, pageSize);
  const invitations = await commitment.invitationsOf(ctx.db, personId, since, at);
  const ids = invitations.map(({ eventId }) => eventId);
  const said = Map.groupBy(await answers.ofPersonAtEach(ctx.db, ids, personId), ({ eventId }) => eventId);
  const outcomes = outcomeWords(words);
  const counts = countOutcomes(kinds.map((kind) => ({ outcome: outcomeOfKind(kind, now), n: kind.n })));
  return {
    rows: invitations.map((one) => rowOf(words, one, said.get(one.eventId) ?? [], now)),
    pager: pagerFor(at, (page) => `${addressWith(`/people/${personId}`, { page })}#record-title`),
    daysOnly: kinds.some((kind) => !showsTime(kind)),
    sums: [...counts].map(([outcome, n]) => ({ text: outcomes[outcome].text, n })),
  };
}

function outcomeOfKind(kind: commitment.InvitationKind, now: Temporal.Instant): Outcome {
  const { startsAt, timeZone, minutes, lastSaid, lastWasLate } = kind;
  const isNear = startsAt !== null && timeZone !== null && minutes !== null;
  return outcomeOf({
    ...kind,
    answers: [
      ...(kind.saidYes ? [{ said: 'yes', late: false } as const] : []),
      ...(lastSaid ? [{ said: lastSaid, late: lastWasLate === true }] : []),
    ],
    isOver: isNear ? isOver({ startsAt, timeZone, minutes }, now) : kind.isBehind,
    isCancelled: kind.eventState === 'cancelled',
  });
}

type Invitation = Awaited<ReturnType<typeof commitment.invitationsOf>>[number];

function rowOf(words: Words, one: Invitation, list: answers.Answered[], now: Temporal.Instant) {
  const outcome = outcomeOf({
    state: one.state,
    answers: list,
    came: one.cameAt !== null,
    isOver: isOver(one, now),
    isCancelled: one.eventState === 'cancelled',
    doorWasKept: one.doorWasKept,
  });
  return {
    eventId: one.eventId,
    event: one.event,
    day: formatDay(one.startsAt, localeOf(words)),
    outcome,
    ...outcomeWords(words)[outcome],
    reason: reasonWords(words, one.because),
    answers: list.map((each) => answerWords(words, each, one, now)).join('; '),
  };
}

function answerWords(
  words: Words,
  { said, late, at }: answers.Answered,
  event: { timeZone: string; namelessAsking: boolean },
  now: Temporal.Instant,
): string {
  const { t } = words;
  const verbs = {
    yes: t('yes'),
    maybe: t('not sure'),
    no: late ? t('no, late') : t('no'),
    substitute: t('named a substitute'),
  };
  return t('{answer} {moment}', {
    answer: verbs[said],
    moment: guestMoment(words, at, event, now, { late }),
  });
}
