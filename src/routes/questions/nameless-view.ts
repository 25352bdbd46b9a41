import { keyFingerprint } from '../../actions/questions/slip-signatures.ts';
import type { Context } from '../../context.ts';
import { endOf, startOf } from '../../domain/events/times.ts';
import {
  fewestTogether,
  isLive,
  publishingHours,
  slipsEach,
  type WhyOff,
  whyOff,
} from '../../domain/questions/nameless.ts';
import { mayStandAlone, promise, promiseOnTheEvening } from '../../domain/questions/promise.ts';
import type { SharedPage } from '../../store/events/page.ts';
import { cached } from '../../web/kept.ts';
import { listed, type Words } from '../../words.ts';

/** Returns what an event's pages say about asking without a name, by its settings; the same for everyone. */
export function namelessOf(
  words: Words,
  shared: SharedPage,
  now: Temporal.Instant,
  { serverKeeps }: Pick<Context, 'serverKeeps'>,
) {
  const { start, end } = cached(shared, 'first and last', () => ({
    start: startOf(shared.event),
    end: endOf(shared.event),
  }));
  const live = isLive({ start, end }, now);
  const keeps = serverKeeps?.words ? 'words' : serverKeeps?.moments ? 'moments' : '';
  return cached(shared, `nameless ${live} ${keeps} ${words.language}`, () => ({
    ...facts(words, shared, live),
    keeps,
  }));
}

/** Switched off although nobody pressed: the keys were lost with the secret they were encrypted with. */
function whyOffOnPage({ event, invitees, slipKeys, slipKeysGone }: SharedPage): WhyOff | null {
  const why = whyOff(event, invitees.length, slipKeys.length);
  return why === 'switched-off' && slipKeysGone ? 'lost-keys' : why;
}

function facts(words: Words, shared: SharedPage, live: boolean) {
  const { t } = words;
  const { event, invitees, slipKeys } = shared;
  return {
    off: whyOffOnPage(shared),
    missing: Math.max(0, fewestTogether - invitees.length),
    live,
    fingerprint: slipKeys.length === 0 ? '' : keyFingerprint(slipKeys.map((key) => Buffer.from(key, 'hex'))),
    hours: listed(
      publishingHours.map((hour) => `${hour}:00`),
      words,
    ),
    zone: t('{zone} time', { zone: event.timeZone.replaceAll('_', ' ') }),
    enough: fewestTogether,
    each: slipsEach,
    together: event.namelessTogether,
    promise: t(live ? promiseOnTheEvening : promise),
    mayStandAlone: t(mayStandAlone),
  };
}
