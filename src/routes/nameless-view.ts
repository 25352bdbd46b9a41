import { fingerprintOf } from '../actions/slip-signatures.ts';
import { enough, isLive, publishingHours, slipsEach, whyOff } from '../domain/nameless.ts';
import { mayStandAlone, promise, promiseOnTheEvening } from '../domain/questions/promise.ts';
import type { SharedPage } from '../store/event-page.ts';
import { kept } from '../web/kept.ts';
import { english } from '../words.ts';
import { timesOf } from './event-guest.ts';

const { t } = english;

/** What an event's pages say about asking without a name, made from its settings; the same for everyone. */
export function namelessOf(shared: SharedPage, now: Temporal.Instant) {
  const { start, end } = kept(shared, 'first and last', () => {
    const times = timesOf(shared);
    return { start: times.start.toInstant(), end: times.end.toInstant() };
  });
  const live = isLive({ start, end }, now);
  return kept(shared, `nameless ${live}`, () => facts(shared, live));
}

function facts({ event, slipHolders, slipKeys }: SharedPage, live: boolean) {
  return {
    off: whyOff(event, slipHolders, slipKeys.length),
    missing: Math.max(0, enough - slipHolders),
    live,
    fingerprint: slipKeys.length === 0 ? '' : fingerprintOf(slipKeys.map((key) => Buffer.from(key, 'hex'))),
    hours: listed.format(publishingHours.map((hour) => `${hour}:00`)),
    zone: t('{zone} time', { zone: event.timeZone.replaceAll('_', ' ') }),
    enough,
    each: slipsEach.ask,
    promise: t(live ? promiseOnTheEvening : promise),
    mayStandAlone: t(mayStandAlone),
  };
}

const listed = new Intl.ListFormat('en-GB', { type: 'conjunction' });
