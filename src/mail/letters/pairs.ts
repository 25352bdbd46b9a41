// E-mails about one-to-one pairs: what somebody wishes, who their partner would be, and what became of it.
import { formatNearDay } from '../../domain/events/coming.ts';
import type {
  PairNewsLetter,
  PairProposedLetter,
  PairWishesLetter,
  SeasonLetter,
} from '../../domain/letters/programme-facts.ts';
import { greetingOf } from '../../domain/people/names.ts';
import { localeOf, type Words } from '../../words.ts';
import { Link } from '../markup.ts';
import type { LetterView } from './letter-view.ts';

/** Wall times as a list: 'Tuesday 8 December, 10:00'. */
const timesIn = (times: readonly string[], locale: string) =>
  times.map((wall) => nearMoment(wall, locale)).join(' · ');

const footerOf = ({ organiser, organisation }: SeasonLetter, { t }: Words) =>
  t('Sent by {organiser} for {organisation}. Just reply to write back.', { organiser, organisation });

const manyMeetings = (
  { meetings, minutes, months }: PairWishesLetter | PairProposedLetter,
  { t, tn }: Words,
) =>
  t('{meetings} of {minutes} minutes in {months}', {
    meetings: tn(meetings, 'One meeting', '{n} meetings'),
    minutes,
    months: tn(months, 'one month', '{n} months'),
  });

/** Asks for topics and how the reader likes to work: a minute on a phone. */
export function pairWishes(facts: PairWishesLetter, words: Words): LetterView {
  const { t } = words;
  const { recipient, programme, side, until, why, wishesUrl } = facts;
  const day = formatNearDay(until, localeOf(words));
  const name = greetingOf(recipient);
  return {
    template: 'programme/lines',
    subject:
      why === 'first' ? t('Whom would you like to meet?') : t('Still time: whom would you like to meet?'),
    preheader: t('A minute on your phone, until {day}.', { day }),
    kicker: programme,
    heading:
      side === 'senior'
        ? t('{name}, what do you want to know?', { name })
        : t('{name}, what can you tell about?', { name }),
    footer: footerOf(facts, words),
    lines: [
      side === 'senior'
        ? t('We match each senior manager with a young talent: {plan}, for the two of you.', {
            plan: manyMeetings(facts, words),
          })
        : t('We match each young talent with a senior manager: {plan}, for the two of you.', {
            plan: manyMeetings(facts, words),
          }),
      t('Name up to three topics by {day}. It takes a minute, and “not this time” is fine.', { day }),
    ],
    buttons: [{ label: t('Say what you wish'), link: new Link(wishesUrl), primary: true }],
  };
}

/** Says who it is, why, and what comes next. Names nobody but the pair. */
export function pairProposed(facts: PairProposedLetter, words: Words): LetterView {
  const { t } = words;
  const { recipient, programme, partners, topics, isMutual, until, startsOn, pairUrl, times = [] } = facts;
  const locale = localeOf(words);
  const who = listOf(
    partners.map(({ name }) => name),
    locale,
  );
  const departments = partners
    .map(({ name, department }) => (department ? t('{name}, {department}', { name, department }) : name))
    .join(' · ');
  return {
    template: 'programme/lines',
    subject: t('Would you like to meet {who}?', { who }),
    preheader: t('Answer by {day}.', { day: nearMoment(until, locale) }),
    kicker: programme,
    heading: t('{name}, this would be your partner', { name: greetingOf(recipient) }),
    footer: footerOf(facts, words),
    lines: [
      departments,
      ...(isMutual ? [t('You both said that you would like to go on talking.')] : []),
      topics.length > 0
        ? t('You both want to talk about: {topics}.', {
            topics: topics.map((topic) => `“${topic}”`).join(', '),
          })
        : t('You two named no topic in common. You begin with what is on your minds.'),
      t('{plan}, from {day}.', { plan: manyMeetings(facts, words), day: formatNearDay(startsOn, locale) }),
      ...firstTimes(times, words),
      t('Please answer by {day}. No thank you needs no reason, and nobody asks for one.', {
        day: nearMoment(until, locale),
      }),
    ],
    buttons: [
      { label: t('Yes, I’d like that'), link: new Link(pairUrl), primary: true },
      { label: t('No thank you'), link: new Link(`${pairUrl}?answer=no`) },
    ],
  };
}

function firstTimes(times: readonly string[], words: Words): string[] {
  if (times.length === 0) return [];
  return [
    words.t(
      'You could both make these times for the first meeting: {times}. You choose one once everyone has said yes.',
      { times: timesIn(times, localeOf(words)) },
    ),
  ];
}

/** 'Friday 4 December, 18:00', of a wall time. */
const nearMoment = (wall: string, locale: string) => `${formatNearDay(wall, locale)}, ${wall.slice(11, 16)}`;

const listOf = (names: string[], locale: string) => new Intl.ListFormat(locale).format(names);

/** Both said yes, or it did not come about; why is said to nobody. */
export function pairNews(facts: PairNewsLetter, words: Words): LetterView {
  const { t } = words;
  const { recipient, programme, news, partners, pairUrl, times = [] } = facts;
  const who = listOf(
    partners.map(({ name }) => name),
    localeOf(words),
  );
  const name = greetingOf(recipient);
  const isOn = news === 'running';
  return {
    template: 'programme/lines',
    subject: isOn ? t('You meet {who}', { who }) : t('Your pair did not come about'),
    preheader: isOn ? t('Everyone said yes.') : t('We look for the next partner.'),
    kicker: programme,
    heading: isOn
      ? t('{name}, you meet {who}', { name, who })
      : t('{name}, your pair with {who} did not come about', { name, who }),
    footer: footerOf(facts, words),
    lines: isOn
      ? [
          times.length > 0
            ? t(
                'Everyone said yes. You can both make these times for the first meeting: {times}. Press one, and it is in your calendars.',
                {
                  times: timesIn(times, localeOf(words)),
                },
              )
            : t('Everyone said yes. Choose a day for the first meeting, or write to {addresses}.', {
                addresses: partners.map(({ email }) => email).join(', '),
              }),
        ]
      : [t('This says nothing about you. You come first when the next partner is free.')],
    buttons: isOn ? [{ label: t('Open your pair'), link: new Link(pairUrl), primary: true }] : [],
  };
}
