// To people who put themselves forward: is this yours, the answer, and a free place in a team.
import type { OfferAnswerLetter, OfferConfirmLetter } from '../../domain/letters/programme-facts.ts';
import { greetingOf } from '../../domain/people/names.ts';
import type { Words } from '../../words.ts';
import { Link } from '../markup.ts';
import type { LetterView } from './letter-view.ts';

/** Asks to confirm an offer; says nothing of what is in it, since anybody can type an address. */
export function offerConfirm(facts: OfferConfirmLetter, { t }: Words): LetterView {
  const { organisation, programme, hours, offerUrl } = facts;
  return {
    template: 'programme/lines',
    subject: t('Please confirm your offer'),
    preheader: t('One press, within {hours} hours.', { hours }),
    kicker: programme,
    heading: t('Is this your offer?'),
    footer: t('Sent for {organisation}, because someone put themselves forward with this address.', {
      organisation,
    }),
    lines: [
      t('Someone put themselves forward with this address. Your offer counts once you’ve confirmed it.'),
      t('The link works for {hours} hours. If it wasn’t you, do nothing and we forget it.', { hours }),
    ],
    buttons: [{ label: t('See the offer'), link: new Link(offerUrl), primary: true }],
  };
}

/** Says yes, reserve list or no, and what comes next. */
export function offerAnswer(facts: OfferAnswerLetter, words: Words): LetterView {
  const { t } = words;
  const { recipient, organisation, organiser, programme, offerUrl } = facts;
  const name = greetingOf(recipient);
  const said = answersOf(facts, words, name)[facts.answer];
  return {
    template: 'programme/lines',
    kicker: programme,
    footer: t('Sent by {organiser} for {organisation}. Just reply to write back.', {
      organiser,
      organisation,
    }),
    ...said,
    buttons: [{ label: t('See your offer'), link: new Link(offerUrl), primary: true }],
  };
}

type Said = Pick<LetterView, 'subject' | 'preheader' | 'heading'> & { lines: string[] };

function answersOf(facts: OfferAnswerLetter, words: Words, name: string) {
  return {
    accepted: accepted(facts, words, name),
    reserve: onReserve(facts, words, name),
    declined: declined(words, name),
  };
}

function accepted({ side, organisation, team }: OfferAnswerLetter, { t }: Words, name: string): Said {
  const isTalent = side === 'talent';
  if (team)
    return {
      subject: t('You’re in: {team}', { team: team.name }),
      preheader: t('We’ve saved you a place in a team.'),
      heading: t('You’re in, {name}', { name }),
      lines: [
        t('You’re in {team}, which researches “{trend}”.', { team: team.name, trend: team.trend }),
        t('Sign in with this address: the team’s page says what comes next, and by when.'),
      ],
    };
  return {
    subject: t('You’re in'),
    preheader: t('We’ve saved you a place.'),
    heading: t('You’re in, {name}', { name }),
    lines: [
      isTalent
        ? t('We’ve saved you a place among the young talents of {organisation}.', { organisation })
        : t('We’ve saved you a place among the senior managers of {organisation}.', { organisation }),
      isTalent
        ? t('You can sign in with this address and say which trends you’d like to research.')
        : t('You can sign in with this address and say which trends you want to know about.'),
    ],
  };
}

function onReserve({ organiser }: OfferAnswerLetter, { t }: Words, name: string): Said {
  return {
    subject: t('You’re on the reserve list'),
    preheader: t('All places are taken for now.'),
    heading: t('{name}, you’re on the reserve list', { name }),
    lines: [
      t('All places are taken for now. When one becomes free, {organiser} asks in the order of the list.', {
        organiser,
      }),
      t('In the next wave your offer counts again, first in line. You can withdraw it at any time.'),
    ],
  };
}

function declined({ t }: Words, name: string): Said {
  return {
    subject: t('Not this time'),
    preheader: t('Thank you for your offer.'),
    heading: t('{name}, not this time', { name }),
    lines: [
      t('Thank you for your offer. We can’t take it up this season.'),
      t('It’s deleted when the season ends. You can delete it now with the link below.'),
    ],
  };
}
