import { z } from 'zod';
import { formatDay, isTimeZone, readDay, zoneName } from '../../domain/events/wall-time.ts';
import { addressProblem } from '../../domain/people/address.ts';
import {
  endsAfterItStarts,
  type GroundRule,
  linksAmong,
  type Material,
  moved,
  programmeLimits,
  type Readers,
  readerGroups,
  type SupportContact,
} from '../../domain/settings/programme.ts';
import { isLink } from '../../domain/trends/links.ts';
import type { ProgrammeSettings } from '../../store/events/programmes.ts';
import { type FieldError, lineField, textField } from '../../web/forms.ts';
import { localeOf, type Words } from '../../words.ts';

/** A list in the form: the columns of its rows, such as `rule-2`, and how many rows it may have. */
export const lists = {
  rule: { columns: ['rule', 'why'], most: programmeLimits.rules },
  contact: {
    columns: ['contact', 'contact-email', 'contact-phone', 'contact-readers'],
    most: programmeLimits.contacts,
  },
  material: { columns: ['material', 'material-url', 'material-readers'], most: programmeLimits.materials },
} as const;

export type ListName = keyof typeof lists;
export type Row = Record<string, string>;

const tooLong = 'Make this shorter: 200 characters at most';
const line = lineField(programmeLimits.line, tooLong).prefault('');
/** A line that may not stay empty. */
export const required = (missing: string) =>
  lineField(programmeLimits.line, tooLong)
    .refine((value) => value !== '', missing)
    .prefault('');
/** A day, or null where it is left open. */
export const day = z
  .string()
  .refine((text) => text === '' || isDay(text), 'Choose a day from the calendar, or leave it empty')
  .transform((text) => text || null)
  .prefault('');

const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text) && (readDay(text)?.year ?? 0) >= 2000;

const rowFields = Object.fromEntries(
  Object.values(lists).flatMap(({ columns, most }) =>
    columns.flatMap((column) => Array.from({ length: most }, (_, at) => [`${column}-${at + 1}`, line])),
  ),
);

/** All fields of the settings; the rows of its lists are read by `settingsOf`. */
export const programmeForm = z.object({
  ...(rowFields as object),
  organisation: required('Write the name of your organisation'),
  programme: required('Give the programme a name, such as Reverse mentoring 2026–2027'),
  from: day,
  until: day,
  zone: z.string().refine(isTimeZone, 'Choose a time zone from the list').transform(zoneName),
  purpose: textField(programmeLimits.purpose, 'Make this shorter: 240 characters at most').prefault(''),
  asksToAccept: z
    .literal('on')
    .optional()
    .transform((on) => on === 'on'),
  sponsor: line,
  sponsorTitle: line,
  sponsorWords: textField(programmeLimits.words, 'Make this shorter: 300 characters at most').prefault(''),
  seen: z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number),
  press: z.string().max(40).optional(),
});

type Typed = Record<string, unknown>;

/** Rows of a list as they were typed, empty ones too. */
export function rowsIn(typed: Typed, list: ListName): Row[] {
  const { columns, most } = lists[list];
  const places = Array.from({ length: most }, (_, at) => at + 1);
  const last = places.findLast((n) => columns.some((column) => typed[`${column}-${n}`] !== undefined)) ?? 0;
  return places
    .slice(0, last)
    .map((n) => Object.fromEntries(columns.map((column) => [column, String(typed[`${column}-${n}`] ?? '')])));
}

/** Rows after a press that only arranges them: `add-rule`, `up-rule-2`, `down-rule-1`, `drop-contact-3`. */
export function arranged(rows: Row[], list: ListName, press: string): Row[] {
  const [act, name, number] = press.split('-');
  if (name !== list) return rows;
  if (act === 'add') return [...rows, {}].slice(0, lists[list].most);
  const at = Number(number) - 1;
  if (act === 'drop') return rows.filter((_, place) => place !== at);
  return act === 'up' || act === 'down' ? moved(rows, at, act === 'up' ? -1 : 1) : rows;
}

/** True where a button only arranges the rows of a list, so that nothing is saved yet. */
export const isArranging = (typed: Typed) => typeof typed.press === 'string' && typed.press !== 'save';

const readers = (text = ''): Readers => readerGroups.find((group) => group === text) ?? 'all';
const isEmpty = (row: Row) =>
  Object.entries(row).every(([key, value]) => key.endsWith('readers') || value === '');

/** Finds a mistake in one row: the column, and the sentence there. */
type RowCheck = (row: Row) => [column: string, message: string] | null;

const checks: Record<ListName, RowCheck> = {
  rule: ({ rule }) => (rule === '' ? ['rule', 'Write the rule, or empty this line'] : null),
  contact: (row) => {
    if (row.contact === '') return ['contact', 'Write the name, or empty this line'];
    const { 'contact-email': email, 'contact-phone': phone } = row;
    if (email === '' && phone === '')
      return ['contact-email', 'Write an address or a phone number, so that people can reach them'];
    const isWrong = email !== '' && addressProblem(email!, { name: '' }) !== null;
    return isWrong ? ['contact-email', 'Write a whole address, such as ida.nordby@halden.example'] : null;
  },
  material: (row) => {
    if (!isLink(row['material-url'] ?? ''))
      return ['material-url', 'Write a whole link that starts with https://'];
    return row.material === '' ? ['material', 'Write what the link leads to, or empty this line'] : null;
  },
};

/** Checks what one field alone cannot say: the order of the days, and half-filled rows. */
export function mistakesIn(words: Words, values: z.output<typeof programmeForm>): FieldError[] {
  const { from, until } = values;
  const isBackwards = !endsAfterItStarts(from, until);
  return [
    ...(isBackwards
      ? [
          {
            field: 'until',
            message: 'Choose an end after {day}',
            params: { day: formatDay(from!, localeOf(words)) },
          },
        ]
      : []),
    ...(Object.keys(lists) as ListName[]).flatMap((list) =>
      rowsIn(values as Typed, list).flatMap((row, at) => {
        const wrong = isEmpty(row) ? null : checks[list](row);
        return wrong ? [{ field: `${wrong[0]}-${at + 1}`, message: wrong[1] }] : [];
      }),
    ),
  ];
}

/** The settings as they were typed, without empty rows; rules that are the usual ones again are not stored. */
export function settingsOf(
  values: z.output<typeof programmeForm>,
  usual: readonly GroundRule[],
): ProgrammeSettings {
  const filled = (list: ListName) => rowsIn(values as Typed, list).filter((row) => !isEmpty(row));
  const rules = filled('rule').map(({ rule, why }) => ({ rule: rule!, why: why! }));
  const isUsual = JSON.stringify(rules) === JSON.stringify(usual);
  return {
    organisation: values.organisation,
    name: values.programme,
    timeZone: values.zone,
    startsOn: values.from,
    endsOn: values.until,
    purpose: values.purpose,
    sponsorName: values.sponsor,
    sponsorTitle: values.sponsorTitle,
    sponsorWords: values.sponsorWords,
    groundRules: isUsual ? null : rules,
    asksToAccept: values.asksToAccept,
    contacts: filled('contact').map(contactOf),
    materials: filled('material').map(materialOf),
  };
}

const contactOf = (row: Row): SupportContact => ({
  name: row.contact!,
  email: row['contact-email']!,
  phone: row['contact-phone']!,
  readers: readers(row['contact-readers']),
});

const materialOf = (row: Row): Material => ({
  title: row.material!,
  url: new URL(row['material-url']!).href,
  readers: readers(row['material-readers']),
});

/** The settings as the fields of the form show them. */
export function asTypedSettings(settings: ProgrammeSettings, rules: readonly GroundRule[]): Typed {
  const { contacts } = settings;
  const materials = linksAmong(settings.materials);
  return {
    organisation: settings.organisation,
    programme: settings.name,
    from: settings.startsOn ?? '',
    until: settings.endsOn ?? '',
    zone: settings.timeZone,
    purpose: settings.purpose,
    sponsor: settings.sponsorName,
    sponsorTitle: settings.sponsorTitle,
    sponsorWords: settings.sponsorWords,
    ...(settings.asksToAccept && { asksToAccept: 'on' }),
    ...numbered(rules.map(({ rule, why }) => ({ rule, why }))),
    ...numbered(
      contacts.map(({ name, email, phone, readers }) => ({
        contact: name,
        'contact-email': email,
        'contact-phone': phone,
        'contact-readers': readers,
      })),
    ),
    ...numbered(
      materials.map(({ title, url, readers }) => ({
        material: title,
        'material-url': url,
        'material-readers': readers,
      })),
    ),
  };
}

const numbered = (rows: Row[]): Row =>
  Object.fromEntries(
    rows.flatMap((row, at) => Object.entries(row).map(([column, value]) => [`${column}-${at + 1}`, value])),
  );

/** Returns what was typed, with its rows arranged as a press asked. */
export function arrangedTyped(typed: Typed): Typed {
  const press = String(typed.press);
  const others = Object.entries(typed).filter(([name]) => !(name in rowFields));
  const rows = (Object.keys(lists) as ListName[]).map((list) => {
    const { columns } = lists[list];
    const whole = arranged(rowsIn(typed, list), list, press).map((row) =>
      Object.fromEntries(columns.map((column) => [column, row[column] ?? ''])),
    );
    return numbered(whole);
  });
  return Object.assign(Object.fromEntries(others), ...rows);
}
