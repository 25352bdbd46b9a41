import { laterTurns } from '../../actions/letters/turns.ts';
import { formatNearDay } from '../../domain/events/coming.ts';
import { wallTimeOf } from '../../domain/events/wall-time.ts';
import type { Visit } from '../../web/visit.ts';
import { localeOf } from '../../words.ts';

/** The same for people who are looked up; nobody is where nothing leaves by e-mail. */
export const laterSentenceFor = async (
  visit: Visit,
  lookUp: () => Promise<readonly { id: number }[]>,
  timeZone: string,
): Promise<string> =>
  visit.ctx.mail.configured
    ? laterSentence(
        visit,
        (await lookUp()).map(({ id }) => id),
        timeZone,
      )
    : '';

/** Says how many of these people hear later if they are asked now, and from which day on; '' where all hear at once. */
export async function laterSentence(
  { ctx, words }: Visit,
  personIds: readonly number[],
  timeZone: string,
): Promise<string> {
  const { n, from } = await laterTurns(ctx, personIds);
  if (!from) return '';
  return words.tn(
    n,
    '{n} of {all} hears on {day}: we ask one person once a day and three times a week at most, and on working days.',
    '{n} of {all} hear on {day} or later: we ask one person once a day and three times a week at most, and on working days.',
    { all: personIds.length, day: formatNearDay(wallTimeOf(from, timeZone), localeOf(words)) },
  );
}
