import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  defaultWords,
  fillWords,
  gapsOf,
  problemsIn,
  wordedKinds,
} from '../../../src/domain/letters/words.ts';

// an organiser's own words of a letter

const values = {
  'First name': 'Margareta',
  Event: 'Winter round',
  Day: '10 December',
  Place: '',
  Organiser: 'Ida Nordby',
};

const sentences = (subject: string, body: string) =>
  problemsIn('reminder', { subject, body }).map(({ field, sentence, values: params }) =>
    [field, sentence.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '')].join(': '),
  );

test('what one begins with can be saved as it is, for every letter', () => {
  for (const kind of wordedKinds) expect(problemsIn(kind, defaultWords[kind])).toEqual([]);
});

test('gaps are filled whatever their capitals and spaces, and what has nothing to say leaves nothing', () => {
  expect(
    fillWords(
      { subject: '{event}, {DAY}, {Place}', body: 'Dear { first  name },\n\n{Place}\n\n{Organiser}' },
      values,
    ),
  ).toEqual({ subject: 'Winter round, 10 December', body: 'Dear Margareta,\n\nIda Nordby' });
});

describe('is not saved', () => {
  test('with a gap that no letter can fill: the sentence names it and those there are', () => {
    expect(sentences('Dear {Guest}', 'Come')).toEqual([
      'subject: This e-mail cannot fill {Guest}. It knows {First name}, {Event}, {Day}, {Time}, {Place}, {Answer by}, {Organiser}, {Organisation}.',
    ]);
  });

  test('with a gap that only another letter can fill', () => {
    expect(gapsOf('invitation')).toContain('Headline');
    expect(sentences('Hello', '{Headline}')[0]).toMatch(/^body: This e-mail cannot fill \{Headline\}\./);
  });

  test('with a bracket that stands alone', () => {
    expect(sentences('Hello {Event', 'Come')).toEqual([
      'subject: A curly bracket { is missing its partner. Close it, or take it out.',
    ]);
    expect(sentences('Hello', 'Come} {Event}')).toEqual([
      'body: A curly bracket } is missing its partner. Close it, or take it out.',
    ]);
  });

  test('empty', () => {
    expect(sentences('', '')).toEqual(['subject: Write a subject.', 'body: Write what the e-mail says.']);
  });
});

test('a filled gap is not filled again: a name with brackets stays a name', () => {
  expect(
    fillWords({ subject: '{Event}', body: '{First name}' }, { ...values, 'First name': '{Organiser}' }).body,
  ).toBe('{Organiser}');
});

test('whatever can be saved has no gap left once it is filled', () => {
  const piece = fc.oneof(
    fc.constantFrom(...gapsOf('invitation').map((gap) => `{${gap}}`)),
    fc.string({ maxLength: 12 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 8 }), (pieces) => {
      const body = pieces.join('');
      fc.pre(problemsIn('invitation', { subject: 'x', body }).length === 0);
      expect(fillWords({ subject: 'x', body }, values).body).not.toMatch(/[{}]/);
    }),
  );
});
