// E-mails that let a person in: a link for the browser that asked and a code for any other, a fresh code, a new address.
import type { AddressChangedLetter, SignInLetter } from '../../domain/letters/facts.ts';
import { greetingOf } from '../../domain/people/names.ts';
import { listed, type Words } from '../../words.ts';
import { Link } from '../markup.ts';
import type { LetterView } from './letter-view.ts';

/** Brings the link and the code to sign in, and nothing else to press. */
export function signIn(facts: SignInLetter, words: Words): LetterView {
  if (facts.confirms) return freshCode(facts, words);
  const { recipient, organisation, link, code, minutes, names } = facts;
  const { t } = words;
  return {
    subject: t('Your link and code to sign in'),
    preheader: t('They work once, for {minutes} minutes.', { minutes }),
    kicker: organisation,
    heading: t('{name}, here is your way in', { name: listed(names ?? [greetingOf(recipient)], words) }),
    footer: t('Sent for {organisation}, because someone asked to sign in with this address.', {
      organisation,
    }),
    buttons: [{ label: t('Sign in'), link: new Link(link), primary: true }],
    code,
    minutes,
  };
}

function freshCode({ recipient, organisation, code, minutes }: SignInLetter, { t }: Words): LetterView {
  return {
    subject: t('Your code to confirm it’s you'),
    preheader: t('It works once, for {minutes} minutes.', { minutes }),
    kicker: organisation,
    heading: t('{name}, here is your code', { name: greetingOf(recipient) }),
    footer: t('Sent for {organisation}, because a change there needs a fresh code.', { organisation }),
    buttons: [],
    code,
    minutes,
    confirms: true,
  };
}

/** Says that the address changed, who changed it, and how to sign in with the new one. */
export function addressChanged(facts: AddressChangedLetter, { t }: Words): LetterView {
  const { recipient, organisation, organiser, before, after, to, signInUrl } = facts;
  const isNew = to === 'after';
  return {
    subject: t('Your e-mail address for {organisation} has changed', { organisation }),
    preheader: t('{organiser} changed it.', { organiser }),
    kicker: organisation,
    heading: isNew
      ? t('{name}, your e-mails come here now', { name: greetingOf(recipient) })
      : t('{name}, your e-mails no longer come here', { name: greetingOf(recipient) }),
    footer: t('Sent for {organisation} to both addresses, so that nobody’s address changes unnoticed.', {
      organisation,
    }),
    buttons: isNew ? [{ label: t('Sign in'), link: new Link(signInUrl), primary: true }] : [],
    organiser,
    before,
    after,
    isNew,
  };
}
