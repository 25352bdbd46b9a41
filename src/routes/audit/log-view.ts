import { type Act, type AuditFilter, type AuditKind, acts, auditFilters } from '../../domain/audit/acts.ts';
import { formatDay } from '../../domain/events/wall-time.ts';
import { nearestAmong } from '../../domain/people/nearest.ts';
import type { Entry, LogFilter } from '../../store/audit/log.ts';
import { addressWith, type Page, pagerFor } from '../../web/paging.ts';
import { localeOf, type Words } from '../../words.ts';
import { subjectInWords } from './subjects.ts';

export type LogQuery = LogFilter & { page: number };

/** The address of the log with these filters; what is as usual is left out. */
export function address(query: LogQuery, path = '/settings/audit-log'): string {
  const { page: at, find, from, until, only } = query;
  return addressWith(path, { find, from, until, only, page: at });
}

const filterWords = ({ t }: Words): Record<AuditFilter, string> => ({
  refused: t('Refused'),
  'sign-ins': t('Sign-ins'),
  access: t('Access'),
  people: t('People and addresses'),
  files: t('Imports and exports'),
  settings: t('Settings'),
  deleted: t('Deleted'),
});

export function chipsFor(words: Words, query: LogQuery, counts: Map<AuditKind, number>) {
  const { t } = words;
  const sum = (kinds: Iterable<AuditKind>) => [...kinds].reduce((n, kind) => n + (counts.get(kind) ?? 0), 0);
  const chip = (only: LogQuery['only'], text: string, kinds: Iterable<AuditKind>) => ({
    text,
    href: address({ ...query, only, page: 1 }),
    current: query.only === only,
    count: sum(kinds),
  });
  const names = Object.entries(filterWords(words)) as [AuditFilter, string][];
  return [
    chip('', t('All'), counts.keys()),
    ...names.map(([only, text]) => chip(only, text, auditFilters[only])),
  ];
}

const kindWords = ({ t }: Words): Record<AuditKind, { text: string; icon: string }> => ({
  refused: { text: t('Refused'), icon: 'alert' },
  'sign-in': { text: t('Sign-in'), icon: 'sign-in' },
  access: { text: t('Access'), icon: 'people' },
  person: { text: t('Person'), icon: 'people' },
  address: { text: t('Address'), icon: 'mail' },
  import: { text: t('Import'), icon: 'upload' },
  export: { text: t('Export'), icon: 'download' },
  settings: { text: t('Settings'), icon: 'edit' },
  deleted: { text: t('Deleted'), icon: 'cross' },
});

/** Entries under their days, the newest first. */
export function daysOf(words: Words, entries: readonly Entry[]) {
  const kinds = kindWords(words);
  return [...Map.groupBy(entries, ({ day }) => day)].map(([day, list]) => ({
    day: formatDay(day, localeOf(words)),
    entries: list.map((entry) => ({
      kind: entry.kind,
      label: kinds[entry.kind],
      by: entry.by,
      who: actorOf(words, entry),
      side: entry.side ?? undefined,
      ...sentenceOf(words, entry),
    })),
  }));
}

function actorOf({ t }: Words, { by, actor }: Entry): string {
  if (by === 'program') return 'Flipside';
  return by === 'stranger' ? t('Unknown browser') : actor;
}

const knownAct = (name: string): Act | undefined => (acts as Record<string, Act>)[name];

/** Stands for the subject while the sentence around it is made. */
const mark = '\u0001';

/** The sentence in front of the subject and behind it, and a second line where there is one. */
function sentenceOf(words: Words, { act: name, subject, times, numbers }: Entry) {
  const { t, tn } = words;
  const act = knownAct(name) ?? { says: name };
  const [before = '', after = ''] = t(act.says, { subject: mark }).split(mark);
  return {
    before,
    subject: act.says.includes('{subject}') ? subjectInWords(words, name, subject) : '',
    after,
    times: times > 1 ? tn(times, '{n} time', '{n} times') : '',
    detail: 'detail' in act && act.detail ? detailOf(words, act.detail, numbers) : '',
  };
}

function detailOf({ t, tn }: Words, detail: NonNullable<Act['detail']>, numbers: Entry['numbers']): string {
  if (typeof detail !== 'string') return tn(numbers.n ?? 0, ...detail);
  const isFilled = [...detail.matchAll(/\{(\w+)\}/g)].every(([, name]) => name! in numbers);
  return isFilled ? t(detail, numbers) : '';
}

export const headerCells = ({ t }: Words) => [
  t('Day'),
  t('Kind'),
  t('Who'),
  t('What'),
  t('About'),
  t('Detail'),
  t('Times'),
];

export function asCells(words: Words, entry: Entry): string[] {
  const { before, subject, after, detail } = sentenceOf(words, entry);
  const sentence = `${before}${subject}${after}`;
  const kind = kindWords(words)[entry.kind].text;
  return [entry.day, kind, actorOf(words, entry), sentence, subject, detail, String(entry.times)];
}

export function pagerOf({ t, tn }: Words, query: LogQuery, at: Page) {
  const isLong = at.total > at.limit;
  const range = { text: '{first} to {last} of {n}, newest day first' };
  const { text, values, back = '', next = '' } = pagerFor(at, (page) => address({ ...query, page }), range);
  return {
    text: isLong ? t(text, values) : tn(at.total, '{n} entry', '{n} entries, newest day first'),
    newer: back,
    older: next,
    isLong,
  };
}

/** The empty state: a name that is close, or a way out of the filters. */
export function nothingFound({ t }: Words, query: LogQuery, names: string[]) {
  const isFiltered = query.find !== '' || query.from !== '' || query.until !== '' || query.only !== '';
  if (!isFiltered) return { isFirst: true as const };
  const close = query.find === '' ? null : nearestAmong(names)(query.find);
  const isDated = query.from !== '' || query.until !== '';
  return {
    isFirst: false as const,
    title: query.find === '' ? t('Nothing of this kind') : t('Nothing about “{find}”', { find: query.find }),
    text:
      close === null
        ? t('Try a part of the name, or other days.')
        : t('One name is close: {name}.', { name: close }),
    actions: [
      ...(close === null
        ? []
        : [
            {
              href: address({ ...query, find: close, only: '', page: 1 }),
              label: t('Show {name}', { name: close }),
            },
          ]),
      ...(isDated
        ? [{ href: address({ ...query, from: '', until: '', page: 1 }), label: t('Look at the whole year') }]
        : []),
      { href: '/settings/audit-log', label: t('Show everything') },
    ],
  };
}
