// Asks somebody to accept the ground rules of the programme.
import type { GroundRulesLetter } from '../../domain/letters/programme-facts.ts';
import { greetingOf } from '../../domain/people/names.ts';
import { usualRules } from '../../domain/settings/programme.ts';
import type { Words } from '../../words.ts';
import { Link } from '../markup.ts';
import type { LetterView } from './letter-view.ts';

/** Lists the rules in full, with one link to a page with one button. */
export function groundRules(facts: GroundRulesLetter, words: Words): LetterView {
  const { t, tn } = words;
  const { recipient, organisation, organiser, programme } = facts;
  const rules = facts.rules ?? usualRules.map(({ rule, why }) => ({ rule: t(rule), why: t(why) }));
  return {
    template: 'programme/ground-rules',
    subject: t('The ground rules of {programme}', { programme }),
    preheader: t('One press says that they’re fine with you.'),
    kicker: programme,
    heading: tn(rules.length, '{name}, one rule for the table', '{name}, {n} rules for the table', {
      name: greetingOf(recipient),
    }),
    footer: t('Sent by {organiser} for {organisation}. Just reply to write back.', {
      organiser,
      organisation,
    }),
    rules,
    buttons: [{ label: t('Read and accept'), link: new Link(facts.rulesUrl), primary: true }],
  };
}
