import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  fold,
  languageName,
  languageOf,
  languages,
  sideOf,
  truncated,
} from '../../../src/domain/people/words.ts';

test('sides are understood in four languages, in any capitals and with accents', () => {
  const talents = [
    'talent',
    'Young Talent',
    'TRAINEE',
    'jong talent',
    'Jeune talent',
    'graduate',
    'jongere',
    'Azubi',
    'Nachwuchskräfte',
  ];
  const seniors = [
    'senior',
    'Senior manager',
    'manager',
    'Leidinggevende',
    'cadre supérieur',
    'Dirigeant',
    'Executive',
    'Führungskraft',
    'Geschäftsführerin',
  ];
  expect(talents.map(sideOf)).toEqual(talents.map(() => 'talent'));
  expect(seniors.map(sideOf)).toEqual(seniors.map(() => 'senior'));
});

test('what is no word for a side is none, not even when one is in it', () => {
  expect(['expert', '', 'talented amateur', 'senior talent', 'mentor'].map(sideOf)).toEqual([
    null,
    null,
    null,
    null,
    null,
  ]);
});

test('languages are understood as words, as codes and as codes with a country', () => {
  expect(['Nederlands', 'néerlandais', 'Dutch', 'NL', 'nl-BE', 'nl_be'].map(languageOf)).toEqual(
    Array(6).fill('nl'),
  );
  expect(['Français', 'FR', 'fr-CA', 'Frans'].map(languageOf)).toEqual(Array(4).fill('fr'));
  expect(['Klingon', '', 'xx', 'xx-YY'].map(languageOf)).toEqual([null, null, null, null]);
});

test('every language is found again by its own name and code', () => {
  expect(languages.map((code) => languageOf(languageName(code)))).toEqual(languages);
  expect(languages.map((code) => languageOf(code))).toEqual(languages);
});

test('folding takes capitals, accents and signs away', () => {
  expect(fold("Manager's E-mail")).toBe('manager s e mail');
  expect(fold('  Zoë Ørsted-Łukasz  (Straße) ')).toBe('zoe orsted lukasz strasse');
});

test('folding twice changes nothing more', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => fold(fold(text)) === fold(text)));
});

test('a long cell is cut where a sentence quotes it', () => {
  expect(truncated('x'.repeat(60))).toBe('x'.repeat(60));
  expect(truncated('x'.repeat(61))).toBe(`${'x'.repeat(59)}…`);
});
