// The card on top of a host's phone, in words.
import type { Words } from '../../words.ts';
import type { phoneOf } from './hosting-view.ts';

type Phone = Awaited<ReturnType<typeof phoneOf>>;

export interface HostCard {
  above: string;
  title: string;
  /** Heads the guests at the table; '' where they are not shown. */
  people: string;
  icon: string;
  next: { strong: string; text: string } | null;
}

const nothing: HostCard = { above: '', title: '', people: '', icon: 'next', next: null };

/** Returns the words of the card: the question to ask, who sits here and what comes next. */
export function hostCard(words: Words, phone: Phone): HostCard {
  const { evening, harvest } = phone;
  if (evening.phase === 'after') return over(words, phone);
  if (harvest) return inHarvest(words, phone, harvest);
  if (evening.kind === 'move' && phone.sendOn.length > 0) {
    const next = evening.ask ? { strong: words.t('Your next question:'), text: evening.ask } : null;
    return { ...nothing, title: words.t('You stay. Send your guests on.'), next };
  }
  return atTable(words, phone);
}

function atTable(words: Words, { evening, table, topic, colleagues, guests, opensLater }: Phone): HostCard {
  const { t } = words;
  const isBefore = evening.phase === 'before' || evening.kind !== 'talk';
  const title = evening.ask || topic || t('Listen, and note what matters');
  const ask = isBefore ? t('Your first question') : t('Ask your table');
  const here = isBefore ? t('Coming to you') : withWhom(words, colleagues);
  return {
    above: evening.ask ? ask : t('You talk about'),
    title,
    people: table > 0 && guests.length > 0 ? here : '',
    icon: isBefore ? 'people' : 'next',
    next: isBefore ? colleaguesLine(words, colleagues, opensLater) : movesLine(words, evening, table),
  };
}

const withWhom = ({ t }: Words, colleagues: string) =>
  colleagues === '' ? t('With you') : t('With you and {names}', { names: colleagues });

function colleaguesLine({ t }: Words, colleagues: string, opensLater: boolean) {
  const text = opensLater ? t('You can keep notes from an hour before the event.') : '';
  if (colleagues === '') return text ? { strong: '', text } : null;
  return { strong: t('With you: {names}.', { names: colleagues }), text };
}

function movesLine({ t }: Words, { next, upNext }: Phone['evening'], table: number) {
  if (table > 0 && next)
    return {
      strong: t('{time}, your guests move.', { time: next.at }),
      text: t('You stay at table {n}.', { n: table }),
    };
  return upNext && { strong: t('{time}, {block}.', { time: upNext.at, block: upNext.title }), text: '' };
}

function inHarvest(words: Words, phone: Phone, harvest: NonNullable<Phone['harvest']>): HostCard {
  const { t } = words;
  const { table, notes } = phone;
  const icon = 'screen';
  if (notes.length === 0)
    return {
      ...nothing,
      icon: 'bulb',
      above: table > 0 ? t('Your table has no notes yet. There’s time.') : t('No notes yet. There’s time.'),
      title: t('Ask each guest: “What will you try on Monday?”'),
      next: {
        strong: t('Type each answer below as one line.'),
        text: harvest.isLast && table > 0 ? t('Your table speaks last, so that you have a moment.') : '',
      },
    };
  const shown = {
    strong: t('Your note is on the screen while you speak.'),
    text:
      harvest.more > 0 ? words.tn(harvest.more, 'One more shows below it.', '{n} more show below it.') : '',
  };
  const above =
    harvest.ahead === '' ? t('Nobody after you') : t('Still to come: {tables}', { tables: harvest.ahead });
  return {
    ...nothing,
    icon,
    above,
    title: turnLine(words, table, harvest),
    next: harvest.hasSpoken ? null : shown,
  };
}

function turnLine({ t, tn }: Words, table: number, harvest: NonNullable<Phone['harvest']>): string {
  if (harvest.hasSpoken) return t('You have spoken. Thank you.');
  if (table === 0) return t('Say what the room should take with it.');
  if (harvest.isNow) return t('Table {n} speaks now. Two minutes are yours.', { n: table });
  if (harvest.isFirst) return t('Table {n} speaks first. Two minutes are yours.', { n: table });
  return tn(
    harvest.before,
    'Table {table} speaks after {n} other.',
    'Table {table} speaks after {n} others.',
    {
      table,
    },
  );
}

function over({ t }: Words, { table }: Phone): HostCard {
  const title = table > 0 ? t('Thank you for hosting table {n}', { n: table }) : t('Thank you for your part');
  return { ...nothing, above: '', title, next: null };
}
