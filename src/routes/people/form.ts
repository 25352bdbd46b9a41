import { z } from 'zod';
import { formatDay } from '../../domain/events/wall-time.ts';
import { addressProblem, bareAddress } from '../../domain/people/address.ts';
import { longest } from '../../domain/people/rows.ts';
import { languageName, languages } from '../../domain/people/words.ts';
import type { Person } from '../../store/people/people.ts';
import { lineField } from '../../web/forms.ts';
import { type Mistakes, savedMeanwhile } from '../../web/submit.ts';
import { localeOf, type Words } from '../../words.ts';
import { day as dayField } from '../settings/programme-form.ts';

/** One address that mail can be sent to. */
export const emailField = lineField(1000, 'Shorten the address.')
  .transform(bareAddress)
  .superRefine((email, issues) => {
    const problem =
      email === ''
        ? { sentence: 'Write the e-mail address.', params: {} }
        : addressProblem(email, { name: '' });
    if (problem) issues.addIssue({ code: 'custom', message: problem.sentence, params: problem.params });
  });

/** Fields about a person, on the page of an existing or a new one. */
export const personForm = z.object({
  name: lineField(longest.name, 'Shorten the name to 200 characters.')
    .refine((name) => name !== '', 'Write the first and the last name.')
    .prefault(''),
  greeting: lineField(longest.greeting, 'Shorten the greeting to 60 characters.').prefault(''),
  email: emailField.prefault(''),
  side: z.enum(['talent', 'senior', 'neither'], { error: 'Choose young talent or senior manager.' }),
  department: lineField(longest.department, 'Shorten the department to 100 characters.').prefault(''),
  jobTitle: lineField(longest.jobTitle, 'Shorten the title to 200 characters.').prefault(''),
  language: z.enum(['', ...languages], { error: 'Choose a language from the list.' }).prefault(''),
  manager: lineField(254, 'Write the manager’s address or name, or leave it empty.').prefault(''),
  endsOn: dayField,
  isOrganiser: z
    .literal('on')
    .optional()
    .transform((on) => on === 'on'),
});

/** The button of a form that comes back: two people are behind the address. */
export const isSharedField = z
  .literal('on')
  .optional()
  .transform((on) => on === 'on');

/** The person as the actions take it: organisers alone can be on neither side. */
export function personOf({ side, ...values }: Omit<z.output<typeof personForm>, 'seen'>) {
  const onlyOrganises = side === 'neither';
  return { ...values, side: onlyOrganises ? ('senior' as const) : side, onlyOrganises };
}

/** Finds what one field alone cannot say. */
export function sideMistakes({
  side,
  isOrganiser,
}: Pick<z.output<typeof personForm>, 'side' | 'isOrganiser'>) {
  if (side !== 'neither' || isOrganiser) return [];
  return [{ field: 'side', message: 'Only organisers can take part on neither side. Choose a side.' }];
}

/** With the moment up to which the editor had seen the person, in milliseconds. */
export const editForm = personForm.extend({
  seen: z
    .string()
    .regex(/^\d{1,15}$/)
    .transform((text) => Temporal.Instant.fromEpochMilliseconds(Number(text))),
});

export type TypedPerson = Record<string, unknown>;

/** A person as the fields of the form show them. */
export function asTyped(person: Person, manager: Person | null): TypedPerson {
  const { name, greeting, email, department, jobTitle, language } = person;
  const side = person.onlyOrganises ? 'neither' : person.side;
  const endsOn = person.endsOn ?? '';
  const fields = {
    name,
    greeting,
    email,
    side,
    endsOn,
    department,
    jobTitle,
    language,
    manager: manager?.email ?? '',
  };
  return { ...fields, ...(person.isOrganiser ? { isOrganiser: 'on' } : {}) };
}

export function languageChoices({ t }: Words): { value: string; label: string }[] {
  return [
    { value: '', label: t('Not known') },
    ...languages.map((value) => ({ value, label: t(languageName(value)) })),
  ];
}

export const sideWords = ({ t }: Words) => ({
  talent: t('Young talent'),
  senior: t('Senior manager'),
  neither: t('Organises only'),
});

/** Lists what is stored now where it differs from what was typed. */
export function differences(words: Words, mistakes: Mistakes, stored: TypedPerson) {
  return savedMeanwhile({ ...mistakes, stored }, fieldLabels(words), (key, value) =>
    inWords(words, key, value),
  );
}

function fieldLabels({ t }: Words) {
  return {
    name: t('Name'),
    greeting: t('Greeting'),
    email: t('E-mail address'),
    side: t('Side'),
    department: t('Department'),
    jobTitle: t('Title'),
    manager: t('Reports to'),
    language: t('Language'),
    endsOn: t('Last day'),
    isOrganiser: t('Organiser'),
  };
}

function inWords(words: Words, key: string, value: string): string {
  const { t } = words;
  if (key === 'isOrganiser') return value === 'on' ? t('yes') : t('no');
  if (value === '') return t('nothing');
  if (key === 'endsOn') return formatDay(value, localeOf(words));
  if (key === 'side') return sideWords(words)[value as 'talent' | 'senior' | 'neither'];
  return key === 'language' ? t(languageName(value)) : value;
}
