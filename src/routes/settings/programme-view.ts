import { zoneGroups } from '../../domain/events/time-zones.ts';
import { kindOf } from '../../domain/files/files.ts';
import {
  filesAmong,
  type GroundRule,
  linesFor,
  programmeLimits,
  usualRules,
} from '../../domain/settings/programme.ts';
import { linkWords } from '../../domain/trends/links.ts';
import type { Programme } from '../../store/events/programmes.ts';
import { type Mistakes, savedMeanwhile } from '../../web/submit.ts';
import { localeOf, type Words } from '../../words.ts';
import { type ListName, lists, rowsIn } from './programme-form.ts';

/** The ground rules in the reader's language: an organiser's own as they were typed, else the usual ones. */
export function rulesInWords({ t }: Words, own: readonly GroundRule[] | null): GroundRule[] {
  return own ? [...own] : usualRules.map(({ rule, why }) => ({ rule: t(rule), why: t(why) }));
}

const readerWords = ({ t }: Words) => ({
  all: t('Everyone'),
  senior: t('Senior managers'),
  talent: t('Young talents'),
});

/** Choices of who reads a line. */
export const readerChoices = (words: Words) =>
  Object.entries(readerWords(words)).map(([value, label]) => ({ value, label }));

/** Files among the materials, as the settings list them. */
export function fileRows(words: Words, { materials }: Pick<Programme, 'materials'>) {
  const readers: Record<string, string> = readerWords(words);
  return filesAmong(materials).map(({ title, readers: group, file }) => ({
    id: file!.id,
    title,
    note: [readers[group], kindOf(file!.name), sizeText(words, file!.size)].join(', '),
  }));
}

/** '180 kB' or '2.4 MB'. */
function sizeText(words: Words, bytes: number): string {
  const number = (value: number) => value.toLocaleString(localeOf(words), { maximumFractionDigits: 1 });
  if (bytes < 1_000_000) return words.t('{n} kB', { n: number(Math.max(1, Math.round(bytes / 1000))) });
  return words.t('{n} MB', { n: number(bytes / 1_000_000) });
}

/** Rows of the lists as the form shows them, and choices of its selects. */
export function formData(words: Words, typed: Record<string, unknown>, now: Temporal.Instant) {
  const count = (list: ListName) => rowsIn(typed, list).length;
  const rows = (list: ListName) => Array.from({ length: count(list) }, (_, at) => at + 1);
  return {
    zones: zoneGroups(now),
    rules: rows('rule'),
    contacts: rows('contact'),
    materials: rows('material'),
    isFull: {
      rule: count('rule') >= lists.rule.most,
      contact: count('contact') >= lists.contact.most,
      material: count('material') >= lists.material.most,
    },
    readers: readerChoices(words),
    most: programmeLimits,
  };
}

/** The programme as its guests read it, and an event on whose page it stands. */
export function guestsRead(programme: Programme, slug: string | null) {
  return { ...aboutProgramme(programme), slug };
}

/** Returns what guests read of a programme: purpose, sponsor, links worth reading and people to turn to. */
export function aboutProgramme(
  programme: Pick<
    Programme,
    'name' | 'purpose' | 'sponsorName' | 'sponsorTitle' | 'sponsorWords' | 'contacts' | 'materials'
  >,
  side?: 'senior' | 'talent',
) {
  const { name, purpose, sponsorName, sponsorTitle, sponsorWords, contacts, materials } = programme;
  return {
    name,
    purpose,
    sponsor: sponsorName ? { name: sponsorName, title: sponsorTitle, words: sponsorWords } : null,
    contacts: linesFor(contacts, side),
    materials: linesFor(materials, side).map(({ title, url, file }) =>
      file
        ? { title, url: '', file: file.id, host: kindOf(file.name) }
        : { title, url, file: null, host: linkWords(url).host },
    ),
  };
}

const unlabelled = /^(?:seen|press|_token)$/;

/** Lists what is stored now where it differs from what was typed. */
export function differences(words: Words, mistakes: Mistakes, stored: Record<string, unknown>) {
  const names = [...new Set([...Object.keys(stored), ...Object.keys(mistakes.typed)])];
  const labels = names.filter((name) => !unlabelled.test(name)).map((name) => [name, labelOf(words, name)]);
  return savedMeanwhile({ ...mistakes, stored }, Object.fromEntries(labels));
}

function labelOf({ t }: Words, name: string): string {
  const [, column = name, n] = /^(.*?)(?:-(\d+))?$/.exec(name) ?? [];
  const labels: Record<string, string> = {
    organisation: t('Organisation'),
    programme: t('Programme'),
    from: t('From'),
    until: t('Until'),
    zone: t('Time zone'),
    purpose: t('What it is for'),
    asksToAccept: t('Ask everyone to accept them'),
    sponsor: t('Sponsor'),
    sponsorTitle: t('Sponsor’s title'),
    sponsorWords: t('Sponsor’s words'),
    rule: t('Rule {n}', { n: n ?? '' }),
    why: t('Why of rule {n}', { n: n ?? '' }),
    contact: t('Person {n}', { n: n ?? '' }),
    'contact-email': t('Address of person {n}', { n: n ?? '' }),
    'contact-phone': t('Phone of person {n}', { n: n ?? '' }),
    'contact-readers': t('Who sees person {n}', { n: n ?? '' }),
    material: t('Link {n}', { n: n ?? '' }),
    'material-url': t('Address of link {n}', { n: n ?? '' }),
    'material-readers': t('Who sees link {n}', { n: n ?? '' }),
  };
  return labels[column] ?? column;
}
