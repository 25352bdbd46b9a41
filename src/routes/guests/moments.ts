import { showsTime } from '../../domain/guests/moments.ts';
import type { Words } from '../../words.ts';
import { momentWords } from '../events/lead.ts';

interface Held {
  timeZone: string;
  namelessAsking: boolean;
}

/** When a guest did something, for organisers: 'today' or '10 Nov', with the time where `showsTime` allows it. */
export function guestMoment(
  words: Words,
  at: Temporal.Instant | null,
  event: Held,
  now: Temporal.Instant,
  act: { late?: boolean } = {},
): string {
  if (at === null) return '';
  const moment = momentWords(words, at, event.timeZone, now);
  if (showsTime(event, act)) return moment;
  const [then, today] = [at, now].map((one) => one.toZonedDateTimeISO(event.timeZone).toPlainDate());
  return then!.equals(today!) ? words.t('today') : moment;
}

/** The sentence on pages where only days are shown; empty where times are. */
export function daysOnlySentence({ t }: Words, event: { namelessAsking: boolean }): string {
  return showsTime(event)
    ? ''
    : t(
        'Because guests can ask without their name here, you see the day of an answer, not the time. Cancellations within 48 hours of the event and arrivals at the door keep their time.',
      );
}
