import { describe, expect, test } from 'vitest';
import { english, words } from '../src/words.ts';

describe('the catalogue of words', () => {
  test('English is what the template says, with its blanks filled', () => {
    expect(english.t('A seat is kept for {name}', { name: 'Henrik {n}' })).toBe(
      'A seat is kept for Henrik {n}',
    );
  });

  test('a blank nobody filled is a mistake, as a printed undefined is', () => {
    expect(english.t('{n} of {total}', { n: 3, total: 4 })).toBe('3 of 4');
    expect(() => english.t('{n} of {total}', { n: 3 })).toThrow('{total}');
  });

  test('one is one, everything else is many', () => {
    const people = (n: number) => english.tn(n, '{n} person', '{n} people');
    expect([0, 1, 2, 21].map(people)).toEqual(['0 people', '1 person', '2 people', '21 people']);
  });

  test('another language translates what it knows, and counts in its own way', () => {
    const french = words('fr', { '{n} person': '{n} personne', '{n} people': '{n} personnes' });
    const people = (n: number) => french.tn(n, '{n} person', '{n} people');
    expect([0, 1, 2].map(people)).toEqual(['0 personne', '1 personne', '2 personnes']);
    expect(french.t('Sign in')).toBe('Sign in');
  });
});
