import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unbroken, visibleText } from '../../src/domain/visible-text.ts';

test('what shows nothing is cut off at both edges, and stays inside a word', () => {
  expect(visibleText('\ufeff\u200b Zoë Berg \u00ad\u3164')).toBe('Zoë Berg');
  expect(visibleText('می\u200cخواهم')).toBe('می\u200cخواهم');
});

test('text that shows nothing is empty', () => {
  const nothing = [
    '',
    '  ',
    '\u200b',
    '\u2800',
    '\u3164\u3164',
    '\u00ad',
    '\u2066\u2069',
    '\ufe0f',
    '\u{e0041}',
  ];
  expect(nothing.map(visibleText)).toEqual(nothing.map(() => ''));
});

test('hearts, families and flags keep what belongs to them', () => {
  const drawn = ['❤️', '👩‍👩‍👧', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', 'I ❤️'];
  expect(drawn.map(visibleText)).toEqual(drawn);
});

test('composed and decomposed accents are one', () => {
  expect(visibleText('Zoe\u0308')).toBe('Zo\u00eb');
});

test('whatever is cut, cutting again changes nothing', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      (text) => visibleText(visibleText(text)) === visibleText(text),
    ),
  );
});

test('accents that were broken by the wrong encoding are found again', () => {
  expect(['SÃ©bastien', 'MÃ¼ller', 'Oâ€™Neill', 'Å\u0081ukasz'].map(unbroken)).toEqual([
    'Sébastien',
    'Müller',
    'O’Neill',
    'Łukasz',
  ]);
});

test('names that are right are not called broken', () => {
  const right = [
    'Sébastien',
    'Müller',
    'Łukasz',
    'Ada',
    'Ørsted',
    'Ã',
    '',
    'Zoë Ångström',
    '山田',
    'O’Neill',
  ];
  expect(right.map(unbroken)).toEqual(right.map(() => null));
});
