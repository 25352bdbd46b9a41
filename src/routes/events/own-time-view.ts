// The times of an event where its reader is: by the zone they set, else by their browser's, which a script asks.
import { cityOf, timesIn } from '../../domain/events/own-time.ts';
import { lengthOf } from '../../domain/events/times.ts';
import type { SharedPage } from '../../store/events/page.ts';
import { cached } from '../../web/fragments.ts';
import { localeOf, type Words } from '../../words.ts';
import { timesOf } from './page-view.ts';

/** A sentence, or what a script makes one of; `text` is empty where the reader's clock shows the same. */
export interface OwnTime {
  text: string;
  ask: { start: string; end: string; timeZone: string; sentence: string } | null;
}

/** Puts an event's times into the reader's zone; `timeZone`: '' where they set none. */
export const ownTimeOf = (words: Words, shared: SharedPage, timeZone: string): OwnTime =>
  madeFor(shared, { timeZone }, words);

const madeFor = cached((shared: SharedPage, { timeZone }: { timeZone: string }, words: Words): OwnTime => {
  const { event } = shared;
  const sentence = (times: string, city: string) => words.t('In {city}: {times}', { city, times });
  if (timeZone === '') {
    const { start, end } = timesOf(shared);
    const blank = sentence('{times}', '{city}');
    const ask = {
      start: start.toString(),
      end: end.toString(),
      timeZone: event.timeZone,
      sentence: blank,
    };
    return { text: '', ask };
  }
  const when = { start: event.startsAt, minutes: lengthOf(event), timeZone: event.timeZone };
  const times = timesIn(when, timeZone, localeOf(words));
  return { text: times === null ? '' : sentence(times, cityOf(timeZone)), ask: null };
});
