// To the organiser, on the day it is decided: do enough come.
import type { GoNoGoLetter } from '../../domain/letters/facts.ts';
import type { Words } from '../../words.ts';
import { Link } from '../markup.ts';
import { aboutAnEvent, headingValues } from './about-event.ts';
import type { LetterView } from './letter-view.ts';

/** Tells the organiser how many of each side come and how many should; the page it leads to asks for the decision. */
export function goNoGo(facts: GoNoGoLetter, words: Words): LetterView {
  const { t } = words;
  const heading = facts.isReached
    ? t('{name}, enough people are coming', headingValues(facts))
    : t('{name}, too few people are coming so far', headingValues(facts));
  return {
    ...aboutAnEvent(facts, words, t('Go or no go'), heading),
    footer: t('You get this because you organise the event.'),
    sides: [
      facts.seniors.least > 0
        ? t('Senior managers: {n} are coming, you wanted at least {least}.', facts.seniors)
        : t('Senior managers: {n} are coming.', facts.seniors),
      facts.talents.least > 0
        ? t('Young talents: {n} are coming, you wanted at least {least}.', facts.talents)
        : t('Young talents: {n} are coming.', facts.talents),
    ],
    buttons: [{ label: t('Confirm, move or cancel'), link: new Link(facts.personalUrl), primary: true }],
  };
}
