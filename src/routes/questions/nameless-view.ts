import { keyFingerprint } from '../../actions/questions/slip-signatures.ts';
import type { Context } from '../../context.ts';
import {
  fewestTogether,
  isLive,
  publishingHours,
  slipsEach,
  type WhyOff,
  whyOff,
} from '../../domain/questions/nameless.ts';
import { mayStandAlone, promise, promiseOnTheEvening } from '../../domain/questions/promise.ts';
import { isTableNew } from '../../domain/questions/publishing.ts';
import type { SharedPage } from '../../store/events/page.ts';
import { cached } from '../../web/fragments.ts';
import { listed, type Words } from '../../words.ts';
import { timesOf } from '../events/page-view.ts';

/** Declares which copy of the pages' words about asking without a name is shown now. */
export type NamelessAt = { live: boolean; keeps: 'words' | 'moments' | '' };

export function namelessAt(
  shared: SharedPage,
  { now, serverKeeps }: Pick<Context, 'now' | 'serverKeeps'>,
): NamelessAt {
  const keeps = serverKeeps?.words ? 'words' : serverKeeps?.moments ? 'moments' : '';
  return { live: isLive(timesOf(shared), now()), keeps };
}

/** Switched off although nobody pressed: the keys were lost with the secret they were encrypted with. */
function whyOffOnPage({ event, invitees, slipKeys, slipKeysGone }: SharedPage): WhyOff | null {
  const why = whyOff(event, invitees.length, slipKeys.length);
  return why === 'switched-off' && slipKeysGone ? 'lost-keys' : why;
}

/** Sentences in place of the form, by the reason why asking without a name is off; keys of the catalogue. */
const whyOffSentences: Record<WhyOff, string> = {
  few: 'You can ask without your name once five people are invited: among fewer, yours could be guessed.',
  'lost-keys':
    'Asking without a name has ended for this event: its keys were lost when Flipside was restored from a backup. What was published stays.',
  'no-keys': 'The organiser turned off asking without a name for this event.',
  'switched-off': 'The organiser turned off asking without a name for this event.',
};

/** Returns what an event's pages say about asking without a name, by its settings; the same for everyone. */
export const namelessIn = cached((shared: SharedPage, { live, keeps }: NamelessAt, words: Words) => {
  const { t } = words;
  const { event, topics, invitees, slipKeys } = shared;
  const off = whyOffOnPage(shared);
  return {
    off,
    whyOff: off === null ? '' : t(whyOffSentences[off]),
    missing: Math.max(0, fewestTogether - invitees.length),
    live,
    keeps,
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
    newTables: live
      ? []
      : topics
          .filter(({ shownAt }) =>
            isTableNew(shownAt === null ? null : Temporal.Instant.from(shownAt), event),
          )
          .map(({ number }) => number),
  };
});
