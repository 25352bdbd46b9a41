// To the organiser, as something happens that may need a hand.
import type { OrganiserNewsLetter } from '../../domain/letters/facts.ts';
import type { News } from '../../domain/letters/organiser-news.ts';
import { listed, type Words } from '../../words.ts';
import { Link } from '../markup.ts';
import { aboutAnEvent } from './about-event.ts';
import type { LetterView } from './letter-view.ts';

/** Tells what happened in a line or two, with the way to the event's page. */
export function organiserNews(facts: OrganiserNewsLetter, words: Words): LetterView {
  const { t } = words;
  const { title, lines } = told(facts.news, words);
  return {
    ...aboutAnEvent(facts, words, title, title),
    footer: t(
      'You get this because you organise the event. On your account page you choose what you hear of.',
    ),
    template: 'lines',
    lines,
    buttons: [{ label: t('See the event'), link: new Link(facts.personalUrl), primary: true }],
  };
}

function told(news: News, words: Words): { title: string; lines: string[] } {
  const { t, tn } = words;
  switch (news.what) {
    case 'late-no': {
      const lines = [reasonLine(news.because, words), seatLine(news, words)];
      return { title: t('{who} gave a seat back', { who: news.who }), lines };
    }
    case 'filled-up': {
      const line = tn(
        news.seats,
        'The one seat is taken.',
        'All {n} seats are taken. People who accept now go on the waiting list.',
      );
      return { title: t('Every seat is taken'), lines: [line] };
    }
    case 'quorum-lost':
      return { title: t('Too few are coming now'), lines: quorumLines(news, words) };
    case 'host-left':
      return { title: t('{who} can’t host', { who: news.who }), lines: hostLines(news, words) };
  }
}

function quorumLines({ seniors, talents }: Extract<News, { what: 'quorum-lost' }>, { t }: Words): string[] {
  return [
    t('You confirmed this event. Now fewer people are coming than you wanted.'),
    t('Senior managers: {n} are coming, you wanted at least {least}.', { ...seniors }),
    t('Young talents: {n} are coming, you wanted at least {least}.', { ...talents }),
  ];
}

function hostLines(
  { who, table, trend, instead }: Extract<News, { what: 'host-left' }>,
  { t }: Words,
): string[] {
  return [
    table === null
      ? t('{who} was to be one of the hosts.', { who })
      : t('{who} was to host table {table}.', { who, table }),
    ...(instead ? [t('{name} is asked to come instead.', { name: instead })] : []),
    ...(trend ? [t('The trend: {trend}', { trend })] : []),
  ];
}

function seatLine({ movedUp, asked }: Extract<News, { what: 'late-no' }>, words: Words): string {
  const { t, tn } = words;
  if (movedUp.length > 0)
    return t('{names} moved up from the waiting list.', { names: listed(movedUp, words) });
  if (asked === 0) return t('Nobody is on the waiting list.');
  return tn(
    asked,
    'We asked {n} person on the waiting list.',
    'We asked {n} people on the waiting list. The first to press has the seat.',
  );
}

function reasonLine(because: string, { t }: Words): string {
  const reasons: Record<string, string> = {
    meeting: t('The reason given: another meeting.'),
    away: t('The reason given: away or on leave.'),
    unwell: t('The reason given: unwell.'),
    topic: t('The reason given: not their topic.'),
    other: t('The reason given: something else.'),
    maybe: t('The answer is “Not sure yet” now.'),
  };
  return reasons[because] ?? t('No reason was given.');
}
