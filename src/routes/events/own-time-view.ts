// The times of an event where its reader is: by the zone they set, else by their browser's, which a script asks.
import { cityOf, timesIn } from '../../domain/events/own-time.ts';
import { endOf, lengthOf, startOf, type Timed } from '../../domain/events/times.ts';
import { localeOf, type Words } from '../../words.ts';

/** A sentence, or what a script makes one of; `text` is empty where the reader's clock shows the same. */
export interface OwnTime {
  text: string;
  ask: { start: string; end: string; timeZone: string; sentence: string } | null;
}

/** Puts an event's times into the reader's zone; `timeZone`: '' where they set none. */
export function ownTimeOf(words: Words, event: Timed, timeZone: string): OwnTime {
  const when = { start: event.startsAt, minutes: lengthOf(event), timeZone: event.timeZone };
  const sentence = (times: string, city: string) => words.t('In {city}: {times}', { city, times });
  if (timeZone === '') {
    const [start, end] = [startOf(event).toString(), endOf(event).toString()];
    const blank = sentence('{times}', '{city}');
    return { text: '', ask: { start, end, timeZone: event.timeZone, sentence: blank } };
  }
  const times = timesIn(when, timeZone, localeOf(words));
  return { text: times === null ? '' : sentence(times, cityOf(timeZone)), ask: null };
}
