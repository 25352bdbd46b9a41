// To the organiser, on the day it is decided: do enough come.
import type { GoNoGoLetter } from '../../domain/letters/facts.ts';
import type { Words } from '../../words.ts';
import { Link } from '../markup.ts';
import { aboutAnEvent, greeted } from './about-event.ts';
import type { LetterView } from './letter-view.ts';

/** How many of each side come and how many there should be; the page it leads to asks for the one press that counts. */
export function goNoGo(facts: GoNoGoLetter, words: Words): LetterView {
  const { t } = words;
  const heading = facts.isReached
    ? t('{name}, enough people come. Say go', greeted(facts))
    : t('{name}, too few people come so far', greeted(facts));
  return {
    ...aboutAnEvent(facts, words, t('Go or no go'), heading),
    footer: t('You get this because you organise the event.'),
    sides: [
      facts.seniors.least > 0
        ? t('Senior managers: {n} come, at least {least} were wanted.', facts.seniors)
        : t('Senior managers: {n} come.', facts.seniors),
      facts.talents.least > 0
        ? t('Young talents: {n} come, at least {least} were wanted.', facts.talents)
        : t('Young talents: {n} come.', facts.talents),
    ],
    buttons: [{ label: t('Go, move or call off'), link: new Link(facts.personalUrl), primary: true }],
  };
}
