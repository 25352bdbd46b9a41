// To an organiser, once a day: what happened at their events.
import { formatNearDay } from '../../domain/events/coming.ts';
import type { EventDay, OrganiserDayLetter } from '../../domain/letters/organiser-day.ts';
import { greetingOf } from '../../domain/people/names.ts';
import { shorten } from '../../domain/visible-text.ts';
import { listed, localeOf, type Words } from '../../words.ts';
import { Link } from '../markup.ts';
import type { LetterView } from './letter-view.ts';

/** Names shown of a list; the rest are counted. */
const mostNames = 12;

/** One part for each event, then what concerns the whole programme. */
export function organiserDay(facts: OrganiserDayLetter, words: Words): LetterView {
  const { t } = words;
  const when = whenText(facts, words);
  return {
    template: 'programme/organiser-day',
    subject: t('News from {when}', { when }),
    preheader: shorten(facts.events.map(({ name }) => name).join(', '), 120),
    kicker: facts.organisation,
    heading: t('{name}, this is the news from {when}', { name: greetingOf(facts.recipient), when }),
    footer: t(
      'We send this at most once a day, and never at weekends. On your account page you choose what you hear of.',
    ),
    parts: [...facts.events.map((one) => eventPart(one, words)), ...ofProgramme(facts, words)],
    buttons: [{ label: t('See all events'), link: new Link(facts.eventsUrl), primary: true }],
  };
}

function whenText({ from, until }: OrganiserDayLetter, words: Words): string {
  const [first, last] = [from, until].map((day) => formatNearDay(day, localeOf(words)));
  return from === until ? last! : words.t('{first} to {last}', { first: first!, last: last! });
}

function eventPart(event: EventDay, words: Words) {
  const { t } = words;
  const line = (sentence: string, names: string[]) =>
    names.length > 0 ? [t(sentence, { names: namesIn(names, words) })] : [];
  return {
    title: event.name,
    lines: [
      ...line('Coming: {names}', event.yes),
      ...line('On the waiting list: {names}', event.waiting),
      ...line('Not sure yet: {names}', event.maybe),
      ...line('Can’t come: {names}', event.no),
      ...line('Can’t come after all: {names}', event.after),
      ...event.substitutes.map((one) => t('{who} sends {instead} instead.', { ...one })),
      ...line('Moved up from the waiting list: {names}', event.movedUp),
      ...(event.seats ? [seatsText(event.seats, words)] : []),
    ],
    links: [{ label: t('See the event'), link: new Link(event.url) }],
  };
}

function seatsText({ free, waiting }: NonNullable<EventDay['seats']>, { t, tn }: Words): string {
  const seats = free === 0 ? t('Every seat is taken.') : tn(free, '{n} seat is free.', '{n} seats are free.');
  if (waiting === 0) return seats;
  const line = tn(waiting, '{n} person is on the waiting list.', '{n} people are on the waiting list.');
  return `${seats} ${line}`;
}

function ofProgramme({ stops, offers, putAside }: OrganiserDayLetter, words: Words) {
  const { t, tn } = words;
  const senders = [...new Set(putAside.senders.filter(Boolean))];
  return [
    ...(stops.length > 0
      ? [
          {
            title: t('No more invitations'),
            lines: [
              t('{names} asked for no more invitations. We leave them out when you invite people.', {
                names: namesIn(stops, words),
              }),
            ],
            links: [],
          },
        ]
      : []),
    ...newOffers(offers, words),
    ...(putAside.senders.length > 0
      ? [
          {
            title: t('Mail put aside'),
            lines: [
              tn(
                putAside.senders.length,
                '{n} message in the reply mailbox needs a look.',
                '{n} messages in the reply mailbox need a look.',
              ),
              ...(senders.length > 0 ? [t('From: {names}', { names: namesIn(senders, words) })] : []),
            ],
            links: [{ label: t('Mail put aside'), link: new Link(putAside.url) }],
          },
        ]
      : []),
  ];
}

function newOffers(offers: OrganiserDayLetter['offers'], words: Words) {
  const { t } = words;
  if (!offers || offers.names.length === 0) return [];
  return [
    {
      title: t('New offers'),
      lines: [t('{names} put themselves forward.', { names: namesIn(offers.names, words) })],
      links: [{ label: t('Answer the offers'), link: new Link(offers.url) }],
    },
  ];
}

function namesIn(names: readonly string[], words: Words): string {
  const rest = names.length - mostNames;
  if (rest <= 1) return listed(names, words);
  return listed([...names.slice(0, mostNames), words.tn(rest, '{n} other', '{n} others')], words);
}
