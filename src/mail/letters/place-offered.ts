// Asks a person of the reserve list whether they take a free place in a team.
import { formatDay } from '../../domain/events/wall-time.ts';
import type { PlaceOfferedLetter } from '../../domain/letters/programme-facts.ts';
import { greetingOf } from '../../domain/people/names.ts';
import { localeOf, type Words } from '../../words.ts';
import { Link } from '../markup.ts';
import type { LetterView } from './letter-view.ts';

/** Says which trend it is and until when the place is kept; nobody of the team is named. */
export function placeOffered(facts: PlaceOfferedLetter, words: Words): LetterView {
  const { t, tn } = words;
  const { recipient, organisation, organiser, programme, trend, members, until, placeUrl } = facts;
  const by = t('{day}, {time}', { day: formatDay(until, localeOf(words)), time: until.slice(11) });
  return {
    template: 'programme/lines',
    subject: t('A place is free for you'),
    preheader: t('It’s yours until {moment}.', { moment: by }),
    kicker: programme,
    heading: t('{name}, would you like to join a team?', { name: greetingOf(recipient) }),
    footer: t('Sent by {organiser} for {organisation}. Just reply to write back.', {
      organiser,
      organisation,
    }),
    lines: [
      t('You’re on the reserve list, and a place is free in a team that researches “{trend}”.', { trend }),
      tn(members, '{n} person is in the team.', '{n} people are in the team.'),
      t('We keep it for you until {moment}. After that we ask the next person.', { moment: by }),
    ],
    buttons: [{ label: t('Look at the place'), link: new Link(placeUrl), primary: true }],
  };
}
