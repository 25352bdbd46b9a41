import { commitmentSince } from '../../actions/guests/commitment.ts';
import { isOver } from '../../domain/events/times.ts';
import { formatDay } from '../../domain/events/wall-time.ts';
import { countOutcomes, outcomeOf } from '../../domain/guests/commitment.ts';
import { showsTime } from '../../domain/guests/moments.ts';
import * as answers from '../../store/guests/answers.ts';
import { invitationsOf } from '../../store/guests/commitment.ts';
import { addressWith, pageOf, pagerFor, rowsOn } from '../../web/paging.ts';
import type { Visit } from '../../web/visit.ts';
import { localeOf, type Words } from '../../words.ts';
import { outcomeWords, reasonWords } from '../guests/answer-words.ts';
import { guestMoment } from '../guests/moments.ts';

/** Events on one page of somebody's record. */
const pageSize = 20;

/** Shows a person’s answers and what became of them, event by event, for organisers; nothing older than 24 months. */
export async function recordFor({ ctx, words }: Visit, personId: number, asked: number) {
  const now = ctx.now();
  const invitations = await invitationsOf(ctx.db, personId, commitmentSince(now).toString());
  const said = Map.groupBy(await answers.ofPerson(ctx.db, personId), ({ eventId }) => eventId);
  const outcomes = outcomeWords(words);
  const rows = invitations.map((one) => {
    const list = said.get(one.eventId) ?? [];
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
      ...outcomes[outcome],
      reason: reasonWords(words, one.because),
      answers: list.map((each) => answerWords(words, each, one, now)).join('; '),
    };
  });
  const counts = countOutcomes(rows.map(({ outcome }) => outcome));
  const daysOnly = invitations.some((one) => !showsTime(one));
  const at = pageOf(asked, rows.length, pageSize);
  const pager = pagerFor(at, (page) => `${addressWith(`/people/${personId}`, { page })}#record-title`);
  return {
    rows: rowsOn(rows, at),
    pager,
    daysOnly,
    sums: [...counts].map(([outcome, n]) => ({ text: outcomes[outcome].text, n })),
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
