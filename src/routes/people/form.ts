import { z } from 'zod';
import { addressProblem, bareAddress } from '../../domain/people/address.ts';
import { longest } from '../../domain/people/rows.ts';
import { languageName, languages } from '../../domain/people/words.ts';
import type { Person } from '../../store/people/people.ts';
import { lineField } from '../../web/forms.ts';
import type { Words } from '../../words.ts';

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
  email: emailField.prefault(''),
  side: z.enum(['talent', 'senior'], { error: 'Choose young talent or senior manager.' }),
  department: lineField(longest.department, 'Shorten the department to 100 characters.').prefault(''),
  jobTitle: lineField(longest.jobTitle, 'Shorten the title to 200 characters.').prefault(''),
  language: z.enum(['', ...languages], { error: 'Choose a language from the list.' }).prefault(''),
  manager: lineField(254, 'Write the manager’s address or name, or leave it empty.').prefault(''),
  isOrganiser: z
    .literal('on')
    .optional()
    .transform((on) => on === 'on'),
});

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
  const { name, email, side, department, jobTitle, language } = person;
  const fields = { name, email, side, department, jobTitle, language, manager: manager?.email ?? '' };
  return { ...fields, ...(person.isOrganiser ? { isOrganiser: 'on' } : {}) };
}

export function languageChoices({ t }: Words): { value: string; label: string }[] {
  return [
    { value: '', label: t('Not known') },
    ...languages.map((value) => ({ value, label: t(languageName(value)) })),
  ];
}

export const sideWords = ({ t }: Words) => ({ talent: t('Young talent'), senior: t('Senior manager') });

/** Lists what is stored now where it differs from what was typed. */
export function differences(
  words: Words,
  stored: TypedPerson,
  typed: TypedPerson,
): { label: string; text: string }[] {
  const labels = fieldLabels(words);
  const keys = Object.keys(labels) as (keyof typeof labels)[];
  return keys
    .filter((key) => String(stored[key] ?? '') !== String(typed[key] ?? '').trim())
    .map((key) => ({ label: labels[key], text: inWords(words, key, String(stored[key] ?? '')) }));
}

function fieldLabels({ t }: Words) {
  return {
    name: t('Name'),
    email: t('E-mail address'),
    side: t('Side'),
    department: t('Department'),
    jobTitle: t('Title'),
    manager: t('Reports to'),
    language: t('Language'),
    isOrganiser: t('Organiser'),
  };
}

function inWords(words: Words, key: string, value: string): string {
  const { t } = words;
  if (key === 'isOrganiser') return value === 'on' ? t('yes') : t('no');
  if (value === '') return t('nothing');
  if (key === 'side') return sideWords(words)[value as 'talent' | 'senior'];
  return key === 'language' ? t(languageName(value)) : value;
}
