// The letter that lets somebody in: a link for the browser that asked, a code for any other.
import type { SignInLetter } from '../../domain/letter-facts.ts';
import type { Words } from '../../words.ts';
import { Link } from '../markup.ts';
import { greetingName } from '../plain-text.ts';
import type { LetterView } from './view.ts';

/** The way in, with the code spelled out and nothing else to press. */
export function signIn(
  { recipient, organisation, link, code, minutes }: SignInLetter,
  { t }: Words,
): LetterView {
  return {
    subject: t('Your link and code to sign in'),
    preheader: t('They work once, for {minutes} minutes.', { minutes }),
    kicker: organisation,
    heading: t('{name}, here is your way in', { name: greetingName(recipient.name) }),
    footer: t('Sent for {organisation}, because somebody asked to sign in with this address.', {
      organisation,
    }),
    buttons: [{ label: t('Sign in'), link: new Link(link), primary: true }],
    code,
    minutes,
  };
}
