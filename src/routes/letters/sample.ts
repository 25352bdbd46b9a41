import type { Context } from '../../context.ts';
import { minutesOf } from '../../domain/events/times.ts';
import type { LetterEvent } from '../../domain/letters/facts.ts';
import type { WordedKind } from '../../domain/letters/words.ts';
import type { FormatContent } from '../../domain/run-of-show/format.ts';
import type { Words } from '../../words.ts';

/** A letter to an invented guest about an invented event of this format, three weeks ahead. */
export function sampleLetter(
  words: Words,
  ctx: Pick<Context, 'now' | 'baseUrl'>,
  format: FormatContent,
  kind: WordedKind,
  { organisation, organiser }: { organisation: string; organiser: string },
) {
  const { t } = words;
  const day = ctx.now().toZonedDateTimeISO('UTC').toPlainDate().add({ days: 21 });
  const event = {
    name: t('Winter round'),
    start: `${day}T${format.defaults.startsAt}`,
    minutes: minutesOf(format.blocks),
    timeZone: 'Europe/Oslo',
    place: t('The Atrium, level 9'),
    online: false,
  };
  const recipient = { name: 'Margareta Lindqvist' };
  const personalUrl = `${ctx.baseUrl}/i/preview`;
  const about = { recipient, organisation, organiser, event, personalUrl };
  return { ...about, kind, ...particulars(words, format, day, event, personalUrl)[kind] };
}

function particulars(
  { t }: Words,
  format: FormatContent,
  day: Temporal.PlainDate,
  event: LetterEvent,
  personalUrl: string,
) {
  const answerBy = day.subtract({ days: format.deadlines.answers }).toString();
  const { headline, lede, shape } = format;
  const before = { ...event, start: `${day.subtract({ days: 7 })}T${format.defaults.startsAt}` };
  return {
    invitation: { headline, lede, coming: { names: [], count: 0 }, answerBy, topQuestion: '' },
    'invitation-host': {
      shape,
      trend: t('Agents doing office work'),
      team: t('Team One'),
      table: 1,
      answerBy,
    },
    moved: { before, answer: 'coming' },
    reminder: { answer: 'invited', answerBy, stopUrl: `${personalUrl}/reminders` },
    cancelled: { reason: t('The building is closed that week.') },
  } as const;
}
