// The card on top of a guest's phone, in words.
import type { Words } from '../../words.ts';
import type { OwnRound } from '../tables/seat-view.ts';
import type { Evening } from './evening-view.ts';

export interface GuestCard {
  /** The table to be at, large; null where there is none. */
  table: number | null;
  title: string;
  text: string;
  /** The question of the round, with the words above it. */
  ask: { above: string; text: string } | null;
  next: { strong: string; text: string } | null;
  people: OwnRound['people'];
  peopleTitle: string;
}

interface Given {
  evening: Evening;
  rounds: readonly OwnRound[] | null;
  event: { shape: string; name: string };
  /** The table that speaks in the harvest. */
  speaker: number | null;
}

const nothing: GuestCard = {
  table: null,
  title: '',
  text: '',
  ask: null,
  next: null,
  people: [],
  peopleTitle: '',
};

/** Returns the words of the card: where to be, what is talked about, and when to move. */
export function guestCard(words: Words, given: Given): GuestCard {
  const { evening, event } = given;
  if (evening.phase === 'after') return { ...nothing, title: words.t('Thanks for coming') };
  if (evening.kind === 'harvest') return inHarvest(words, given);
  if (event.shape !== 'tables' || !given.rounds) return inRoom(words, given);
  const isThere = evening.phase === 'on' && evening.kind === 'talk';
  return isThere ? atTable(words, given) : onTheWay(words, given);
}

const roundAt = ({ rounds }: Given, number: number) => {
  const round = rounds?.find((one) => one.number === number);
  return round && round.table > 0 ? round : null;
};

const about = ({ topic, hosts }: OwnRound) => [topic && `${topic}.`, hosts].filter(Boolean).join(' ');

function atTable(words: Words, given: Given): GuestCard {
  const { t } = words;
  const { evening } = given;
  const here = roundAt(given, evening.round);
  const people = { people: here?.people ?? [], peopleTitle: t('With you') };
  const ask = askOf(evening, here ? t('Your table talks about') : t('The tables talk about'));
  const next = nextLine(words, given);
  if (!here) return { ...nothing, title: t('You have no table in this round'), ask, next };
  return {
    ...nothing,
    ...people,
    table: here.table,
    title: t('You’re at table {n}', { n: here.table }),
    text: about(here),
    ask,
    next,
  };
}

function onTheWay(words: Words, given: Given): GuestCard {
  const { t } = words;
  const { evening } = given;
  const to = evening.next ?? (evening.phase === 'before' ? { round: 1, at: '' } : null);
  const there = to && roundAt(given, to.round);
  if (!to || !there) return inRoom(words, given);
  const isFirst = to.round === 1 || evening.kind !== 'move';
  const isSame = roundAt(given, evening.round)?.table === there.table && !isFirst;
  const title = isSame
    ? t('Stay at table {n}', { n: there.table })
    : isFirst
      ? t('Start at table {n}', { n: there.table })
      : t('Go to table {n}', { n: there.table });
  return {
    ...nothing,
    table: there.table,
    title,
    text: about(there),
    ask: askOf(evening, t('You’ll talk about')),
    people: there.people,
    peopleTitle: t('You’ll sit with'),
  };
}

/** No word of tables: in one room everybody stays where they are. */
function inRoom({ t }: Words, { evening }: Given): GuestCard {
  const { upNext } = evening;
  return {
    ...nothing,
    title: evening.ask || evening.heading,
    next: upNext && { strong: t('{time}, {block}.', { time: upNext.at, block: upNext.title }), text: '' },
  };
}

function inHarvest({ t }: Words, { evening, speaker }: Given): GuestCard {
  const { upNext } = evening;
  return {
    ...nothing,
    text: speaker ? t('Table {n} is speaking', { n: speaker }) : '',
    title: t('The screen shows what was found'),
    next: upNext && { strong: t('{block} at {time}.', { block: upNext.title, time: upNext.at }), text: '' },
  };
}

const askOf = ({ ask }: Evening, above: string) => (ask === '' ? null : { above, text: ask });

function nextLine(words: Words, given: Given): GuestCard['next'] {
  const { t } = words;
  const { next, upNext, round } = given.evening;
  if (!next)
    return upNext && { strong: t('{time}, {block}.', { time: upNext.at, block: upNext.title }), text: '' };
  const there = roundAt(given, next.round);
  if (!there) return { strong: t('At {time} you leave this table.', { time: next.at }), text: '' };
  const isSame = roundAt(given, round)?.table === there.table;
  const strong = isSame
    ? t('At {time} you stay here.', { time: next.at })
    : t('At {time} you move to table {n}.', { time: next.at, n: there.table });
  return { strong, text: isSame ? '' : t('This page shows when.') };
}
