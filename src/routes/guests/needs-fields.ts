import { z } from 'zod';
import { editionOf, seenIn } from '../../actions/edition.ts';
import {
  type Access,
  type Allergy,
  accesses,
  allergies,
  type Diet,
  diets,
  type Needs,
  noNeeds,
  type Plate,
} from '../../domain/guests/needs.ts';
import { lineField, seenField, textField } from '../../web/forms.ts';
import { type Mistakes, savedMeanwhile, typedIn } from '../../web/submit.ts';
import type { Words } from '../../words.ts';

/** Several boxes of one name arrive as one word or a list. */
const boxes = <Word extends string>(words: readonly Word[]) =>
  z
    .union([z.string(), z.array(z.string())])
    .optional()
    .transform((value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]))
    .pipe(z.array(z.enum(words, { error: 'Choose from the list.' })).max(20));

export const needsFields = {
  diet: z.enum(['', ...diets], { error: 'Choose from the list.' }).default(''),
  allergies: boxes(allergies),
  food: lineField(200, 'Say it in at most 200 characters.').default(''),
  access: boxes(accesses),
  arrange: textField(500, 'Say it in at most 500 characters.').default(''),
};

export const needsForm = z.object({ ...needsFields, seen: seenField });

export const dietWords = ({ t }: Words): Record<Diet, string> => ({
  vegetarian: t('Vegetarian'),
  vegan: t('Vegan'),
  halal: t('Halal'),
  kosher: t('Kosher'),
});

export const allergyWords = ({ t }: Words): Record<Allergy, string> => ({
  nuts: t('No nuts'),
  gluten: t('No gluten'),
  milk: t('No milk'),
  eggs: t('No eggs'),
  fish: t('No fish or shellfish'),
});

export const accessWords = ({ t }: Words): Record<Access, string> => ({
  'step-free': t('Step-free way'),
  door: t('Seat near the door'),
  hearing: t('Hearing loop'),
  'large-print': t('Large print'),
  interpreter: t('Sign language interpreter'),
});

/** 'Vegan, no nuts': one plate in words; "Everything" where nothing is left out. */
export function plateWords(words: Words, { diet, allergies: without, food }: Omit<Plate, 'count'>): string {
  const [kinds, allergy] = [dietWords(words), allergyWords(words)];
  const parts = [
    ...(diet === '' ? [] : [kinds[diet]]),
    ...without.map((one) => allergy[one]),
    ...(food === '' ? [] : [food]),
  ];
  if (parts.length === 0) return words.t('Everything');
  return parts.map((part, i) => (i === 0 || part === food ? part : lower(part))).join(', ');
}

const lower = (word: string) => word.charAt(0).toLocaleLowerCase('en') + word.slice(1);

/** All of somebody's needs in one line; empty where there are none. */
export function needsInWords(words: Words, needs: Needs | null): string {
  if (needs === null) return '';
  const access = accessWords(words);
  const food = plateWords(words, needs);
  const isPlain = needs.diet === '' && needs.allergies.length === 0 && needs.food === '';
  return [...(isPlain ? [] : [food]), ...needs.access.map((one) => access[one]), needs.arrange]
    .filter(Boolean)
    .join('. ');
}

/** Lists what somebody else saved of these needs meanwhile, as people read it. */
function meanwhileIn(words: Words, mistakes: Mistakes) {
  const labels = {
    diet: words.t('Food'),
    allergies: words.t('Leave out'),
    food: words.t('In your own words'),
    access: words.t('Getting in, seeing, hearing'),
    arrange: words.t('Anything we should arrange'),
  };
  const known: Record<string, string> = {
    ...dietWords(words),
    ...allergyWords(words),
    ...accessWords(words),
  };
  const isList = (name: string) => name === 'diet' || name === 'allergies' || name === 'access';
  const inWords = (name: string, value: string) =>
    isList(name)
      ? value
          .split(', ')
          .map((one) => known[one] ?? one)
          .join(', ')
      : value;
  return savedMeanwhile(mistakes, labels, inWords);
}

/** The form's fields, filled with what is known or what was typed last; `ours`: the mistakes are of this form. */
export function needsFieldData(words: Words, needs: Needs | null, mistakes: Mistakes, { ours = true } = {}) {
  const typed = ours ? typedIn(mistakes) : undefined;
  const list = (name: 'allergies' | 'access') => {
    const value = typed ? typed[name] : (needs ?? noNeeds)[name];
    return new Set(value === undefined ? [] : Array.isArray(value) ? value : [value]);
  };
  const boxesOf = (labels: Record<string, string>, chosen: Set<unknown>) =>
    Object.entries(labels).map(([value, label]) => ({ value, label, checked: chosen.has(value) }));
  return {
    needs: needs ?? noNeeds,
    seen: (ours && seenIn(mistakes)) || editionOf({ ...(needs ?? noNeeds) }),
    meanwhile: ours ? meanwhileIn(words, mistakes) : [],
    dietOptions: [
      { value: '', label: words.t('I eat everything') },
      ...Object.entries(dietWords(words)).map(([value, label]) => ({ value, label })),
    ],
    allergyBoxes: boxesOf(allergyWords(words), list('allergies')),
    accessBoxes: boxesOf(accessWords(words), list('access')),
  };
}
