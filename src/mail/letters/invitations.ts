// The first letter: to a guest a seat is kept, to a talent who hosts a task is given.

import { formatDay, formatTimes } from '../../domain/events/wall-time.ts';
import type { HostInvitationLetter, InvitationLetter } from '../../domain/letters/facts.ts';
import { promise } from '../../domain/questions/promise.ts';
import { shorten } from '../../domain/visible-text.ts';
import { localeOf, type Words } from '../../words.ts';
import { Link } from '../markup.ts';
import { paragraphs } from '../plain-text.ts';
import { aboutAnEvent, headingValues } from './about-event.ts';
import { answerButtons, comingSentence } from './event-lines.ts';
import type { LetterView } from './letter-view.ts';

/** Invites a guest: what to expect, who said yes, what others want to ask. */
export function invitation(facts: InvitationLetter, words: Words): LetterView {
  const { t } = words;
  const nothingToPrepare = t('Nothing to prepare, and nothing to catch up on.');
  const [title, heading] = facts.inOrderOfAnswers
    ? [t('You’re invited'), t('{name}, you’re invited', headingValues(facts))]
    : [t('A seat is kept for you'), t('{name}, a seat is kept for you', headingValues(facts))];
  return {
    ...aboutAnEvent(facts, words, title, heading),
    preheader: `${formatTimes(facts.event, localeOf(words))}. ${nothingToPrepare}`,
    headline: facts.headline === facts.event.name ? '' : facts.headline,
    lede: facts.lede ? paragraphs(facts.lede) : [nothingToPrepare],
    about: [facts.purpose ?? '', sponsorSentence(facts, words)].filter(Boolean).join(' '),
    coming: comingSentence(facts.coming, words),
    answerBy: [
      facts.keptFor ? keptSentence(facts.keptFor, words) : answerBySentence(facts.answerBy, words),
      facts.inOrderOfAnswers ? t('Seats go in the order of answers.') : '',
    ]
      .filter(Boolean)
      .join(' '),
    topQuestion: shorten(facts.topQuestion, 300),
    askLink: new Link(`${facts.personalUrl}#ask`),
    ...withoutName(facts.namelessKey, words),
    stop: stopInvitations(facts, words),
    buttons: answerButtons(facts, words),
  };
}

function sponsorSentence({ sponsor }: InvitationLetter, { t }: Words): string {
  if (!sponsor) return '';
  return sponsor.title ? t('Our sponsor: {name}, {title}.', sponsor) : t('Our sponsor: {name}.', sponsor);
}

function keptSentence({ by, until }: NonNullable<InvitationLetter['keptFor']>, words: Words): string {
  return words.t('{by} cannot come and named you. The seat is kept for you until {day}, {time}.', {
    by,
    day: formatDay(until, localeOf(words)),
    time: until.slice(11),
  });
}

/** Invites a talent to host; the task depends on the shape of the format. */
export function hostInvitation(facts: HostInvitationLetter, words: Words): LetterView {
  const { t } = words;
  const task = taskOf(facts, words);
  const { trend, team, table } = facts;
  const details = [
    ...(trend ? [t('Your trend: {trend}', { trend })] : []),
    ...(team ? [t('Your team: {team}', { team })] : []),
    ...(table === null ? [] : [t('Your table: number {table}', { table })]),
  ];
  return {
    ...aboutAnEvent(facts, words, task.title, task.heading),
    details,
    task: task.sentence,
    answerBy: answerBySentence(facts.answerBy, words),
    ...withoutName(facts.namelessKey, words),
    stop: stopInvitations(facts, words),
    buttons: answerButtons(facts, words),
  };
}

function stopInvitations({ stopUrl }: { stopUrl?: string }, { t }: Words) {
  return stopUrl ? { label: t('No more invitations from this programme'), link: new Link(stopUrl) } : null;
}

/** Printed for everyone alike, so that nobody can be given a key of their own unnoticed. */
function withoutName(key: string | undefined, { t }: Words): { nameless: string; promise: string[] } {
  if (key === undefined) return { nameless: '', promise: [] };
  return {
    nameless: t('You can ask without your name: nobody can look up which question is yours.'),
    promise: [
      t('About asking without your name: {promise}', { promise: t(promise) }),
      t('The key for it is {key}, the same in everyone’s e-mail and on the event’s page.', { key }),
    ],
  };
}

function taskOf(facts: HostInvitationLetter, { t }: Words) {
  const tasks = {
    tables: {
      title: t('You host a table'),
      heading: t('{name}, you host a table', headingValues(facts)),
      sentence: t('The seniors move from table to table. You stay at yours, and they ask you.'),
    },
    room: {
      title: t('You report to the room'),
      heading: t('{name}, you report to the room', headingValues(facts)),
      sentence: t('Your team says what it found out, and then the room asks.'),
    },
    panel: {
      title: t('You are on the panel'),
      heading: t('{name}, you are on the panel', headingValues(facts)),
      sentence: t('The questions are collected ahead, so you can prepare what you answer.'),
    },
    pair: {
      title: t('You are the mentor'),
      heading: t('{name}, you are the mentor', headingValues(facts)),
      sentence: t('One senior and you: they ask, you explain.'),
    },
  };
  return tasks[facts.shape];
}

function answerBySentence(answerBy: string | null, words: Words): string {
  return answerBy ? words.t('Please answer by {day}.', { day: formatDay(answerBy, localeOf(words)) }) : '';
}
