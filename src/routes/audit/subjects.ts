import type { FastifyRequest } from 'fastify';
import type { ActName } from '../../domain/audit/acts.ts';
import { letterNames } from '../../domain/letters/names.ts';
import { wordedKinds } from '../../domain/letters/words.ts';
import { fold } from '../../domain/people/words.ts';
import { builtInFormats } from '../../domain/run-of-show/built-in-formats.ts';
import type { Words } from '../../words.ts';

// Subjects that are words of ours are stored as keys, so that everyone reads them in their own language.

const areas = ({ t }: Words): Record<string, string> => ({
  events: t('Events'),
  formats: t('E-mail wording'),
  mailbox: t('E-mails'),
  people: t('People'),
  settings: t('Settings'),
  teams: t('Teams'),
  trends: t('Trends'),
  other: t('Organisers’ pages'),
});

/** Returns the key of the part of the site that a route belongs to; nothing of the address itself. */
export function areaOf(request: FastifyRequest): string {
  const [, first = ''] = (request.routeOptions.url ?? '').split('/');
  return ['events', 'formats', 'mailbox', 'people', 'settings', 'teams', 'trends'].includes(first)
    ? first
    : 'other';
}

/** Names each e-mail of a format by its key, 'invitation/lunch-and-learn'. */
function wordings({ t }: Words): Record<string, string> {
  const named = builtInFormats.flatMap(({ slug, name }) =>
    wordedKinds.map((kind): [string, string] => [
      `${kind}/${slug}`,
      t('{letter}, {format}', { letter: t(letterNames[kind]), format: name }),
    ]),
  );
  return Object.fromEntries(named);
}

const wordedSubjects: Partial<Record<ActName, (words: Words) => Record<string, string>>> = {
  'organisers-only': areas,
  'changed-wording': wordings,
  'reset-wording': wordings,
};

/** Returns the subject of an act as its reader knows it; one that is no key, as names and older entries, as it is. */
export function subjectInWords(words: Words, act: string, subject: string): string {
  return wordedSubjects[act as ActName]?.(words)[subject] ?? subject;
}

/** Finds the keys of subjects whose words, in the reader's language, hold this one in small letters without accents. */
export function subjectsWith(words: Words): (word: string) => string[] {
  const all = [...Object.entries(areas(words)), ...Object.entries(wordings(words))].map(
    ([key, text]) => [key, fold(text)] as const,
  );
  return (word) => all.filter(([, text]) => text.includes(word)).map(([key]) => key);
}
