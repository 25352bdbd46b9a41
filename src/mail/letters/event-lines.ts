// The lines that letters about an event share: when, where, who is coming, what changed, what one can press.

import { cityOf, timesIn } from '../../domain/events/own-time.ts';
import { formatRange, formatTimes, zoneLabel } from '../../domain/events/wall-time.ts';
import type { BeforeTheChange, InvitationLetter, LetterEvent } from '../../domain/letters/facts.ts';
import { greetingName } from '../../domain/people/names.ts';
import { localeOf, type Words } from '../../words.ts';
import { Link } from '../markup.ts';

export interface Button {
  label: string;
  link: Link;
  primary: boolean;
}

export interface Change {
  kind: 'name' | 'time' | 'place';
  what: string;
  before: string;
  after: string;
}

/** When and where, as lines, the times in the reader's own zone too; an address on the web is left to the personal page. */
export function whenAndWhere(event: LetterEvent, words: Words, ownZone?: string) {
  const times = formatTimes(event, localeOf(words));
  const own = ownZone ? timesIn(event, ownZone, localeOf(words)) : null;
  const lines = own ? [words.t('In {city}: {times}', { city: cityOf(ownZone!), times: own })] : [];
  return { times, zone: zoneLabel(event.timeZone), places: [...lines, ...placeLines(event, words)] };
}

function placeLines(event: Pick<LetterEvent, 'place' | 'online'>, words: Words): string[] {
  const address = /:\/\//.test(event.place);
  const lines = event.place && !address ? [event.place] : [];
  return address || event.online ? [...lines, words.t('Online: the link to join is on your page')] : lines;
}

/** 'Claire, Rolf, Ingrid and 12 others have said yes.', or empty where nobody has or the list is off. */
export function comingSentence({ names, count }: InvitationLetter['coming'], { t, tn }: Words): string {
  const [first, second, third] = names.slice(0, 3).map(greetingName);
  const shown = Math.min(names.length, 3);
  if (count < 1) return '';
  if (!first) return tn(count, '{n} person has said yes.', '{n} people have said yes.');
  if (count > shown) {
    const list = [first, second, third].filter(Boolean).join(', ');
    const one = '{names} and {n} other have said yes.';
    return tn(count - shown, one, '{names} and {n} others have said yes.', { names: list });
  }
  if (third && second) return t('{first}, {second} and {third} have said yes.', { first, second, third });
  if (second) return t('{first} and {second} have said yes.', { first, second });
  return t('{first} has said yes.', { first });
}

/** Lists what is different now, old and new side by side; empty where guests would see no difference. */
export function changesBetween(before: BeforeTheChange, after: LetterEvent, words: Words): Change[] {
  const { t } = words;
  const [range, place] = [
    (event: BeforeTheChange) => formatRange(event, localeOf(words)),
    (event: BeforeTheChange) =>
      placeLines({ place: event.place, online: event.online ?? after.online }, words).join(', ') ||
      t('Not yet known'),
  ];
  const all: Change[] = [
    { kind: 'name', what: t('Name'), before: before.name, after: after.name },
    { kind: 'time', what: t('Time'), before: range(before), after: range(after) },
    { kind: 'place', what: t('Place'), before: place(before), after: place(after) },
  ];
  return all.filter((change) => change.before !== change.after);
}

/** The two answers, as links that only open the personal page: the page asks for the one press that counts. */
export function answerButtons({ personalUrl }: { personalUrl: string }, { t }: Words): [Button, Button] {
  return [
    { label: t('I’ll be there'), link: withHint(personalUrl, 'yes'), primary: true },
    { label: t('I can’t come'), link: withHint(personalUrl, 'no'), primary: false },
  ];
}

/** Returns the links to look at the event, at one's own table once tables are published, and to give the seat back. */
export function seatButtons(
  { personalUrl, hasTables }: { personalUrl: string; hasTables?: true },
  { t }: Words,
): Button[] {
  const table = { label: t('My table'), link: new Link(`${personalUrl}/seat`), primary: false };
  return [
    { label: t('See the event'), link: new Link(personalUrl), primary: true },
    ...(hasTables ? [table] : []),
    { label: t('I can’t come'), link: withHint(personalUrl, 'no'), primary: false },
  ];
}

function withHint(personalUrl: string, answer: 'yes' | 'no'): Link {
  const url = new URL(personalUrl);
  url.searchParams.set('answer', answer);
  return new Link(url);
}
