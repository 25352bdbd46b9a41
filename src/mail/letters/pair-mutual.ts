// Two people who each named the other after an event: both hear of it, at the same noon.
import type { PairMutualLetter } from '../../domain/letters/programme-facts.ts';
import { greetingOf } from '../../domain/people/names.ts';
import { localeOf, type Words } from '../../words.ts';
import type { LetterView } from './letter-view.ts';

/** Says who it is, and how to write to them; each partner reads the same of the reader. */
export function pairMutual(facts: PairMutualLetter, words: Words): LetterView {
  const { t } = words;
  const { recipient, organisation, organiser, programme, partners } = facts;
  const who = new Intl.ListFormat(localeOf(words)).format(partners.map(({ name }) => name));
  return {
    template: 'programme/lines',
    subject: t('You and {who} would both like to go on talking', { who }),
    preheader: t('You named each other.'),
    kicker: programme,
    heading: t('{name}, it is mutual', { name: greetingOf(recipient) }),
    footer: t('Sent by {organiser} for {organisation}. Just reply to write back.', {
      organiser,
      organisation,
    }),
    lines: [
      t('You and {who} named each other after an event.', { who }),
      t('Write to {addresses} whenever you like. When we match pairs, we take it into account.', {
        addresses: partners.map(({ email }) => email).join(', '),
      }),
      t('Nobody hears of names that only one of two gave.'),
    ],
    buttons: [],
  };
}
