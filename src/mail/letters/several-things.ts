// Everything that waited to be asked, in one e-mail.
import type { LetterFacts } from '../../domain/letters/facts.ts';
import type { SeveralThingsLetter } from '../../domain/letters/several-facts.ts';
import { greetingOf } from '../../domain/people/names.ts';
import { listed, type Words } from '../../words.ts';
import type { Link } from '../markup.ts';
import type { LetterView } from './letter-view.ts';

interface Button {
  label: string;
  link: Link;
  primary?: boolean;
}

/** Lists the things, each with one link and in the words of its own e-mail, which `viewOf` gives. */
export function severalThings(
  facts: SeveralThingsLetter,
  words: Words,
  viewOf: (facts: LetterFacts, words: Words) => LetterView,
): LetterView {
  const { t, tn } = words;
  const { recipient, organisation, organiser, things } = facts;
  const views = things.map((thing) => viewOf(thing as unknown as LetterFacts, words));
  const subject =
    things.length === 2
      ? t('Two things, one minute')
      : tn(things.length, 'One thing, one minute', '{n} things, a few minutes');
  return {
    template: 'programme/several-things',
    subject,
    preheader: listed(
      views.map((view) => view.subject),
      words,
    ),
    kicker: organisation,
    heading: t('{name}, {things}', { name: greetingOf(recipient), things: subject }),
    footer: t('Sent by {organiser} for {organisation}. Just reply to write back.', {
      organiser,
      organisation,
    }),
    opening: t('We put what waits for you into one e-mail. Each link opens one thing and nothing else.'),
    things: views.map(thingOf),
  };
}

/** Says one thing: its subject, its own words or the line lists of mails show, and the button that answers. */
function thingOf(view: LetterView) {
  const own = view.own as string[];
  const buttons = view.buttons as Button[];
  const button = buttons.find(({ primary }) => primary) ?? buttons[0]!;
  const lines = [...(own.length > 0 ? own : [view.preheader]), view.answerBy, view.bothCount];
  return {
    title: view.subject,
    lines: lines.filter((line) => typeof line === 'string' && line !== ''),
    button: { label: button.label, link: button.link, primary: true },
    stop: view.stop,
  };
}
