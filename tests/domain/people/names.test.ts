import { expect, test } from 'vitest';
import { greetingName, inSpokenOrder } from '../../../src/domain/people/names.ts';

test.each([
  ['Jonas Berg', 'Jonas'],
  ['Hartmann, Otto III', 'Otto'],
  ['Dr. Eva Nys, CPA', 'Eva'],
  ['Van den Berg, Jonas (he/him)', 'Jonas'],
  ['Jonas van den Berg (he/him)', 'Jonas'],
  ['Nys, Dr. Eva', 'Eva'],
  ['Jonas Berg, PhD', 'Jonas'],
  ['Prof. dr. Zoë Ångström', 'Zoë'],
  ['ir. Sanne de Wit', 'Sanne'],
  ['Ing Marie Sørensen', 'Ing'],
  ['Anne-Laure Petit', 'Anne-Laure'],
  ['BERG, JONAS', 'JONAS'],
  ['山田太郎', '山田太郎'],
])('%s is greeted as %s', (name, greeting) => {
  expect(greetingName(name)).toBe(greeting);
});

test('with an initial, or a title and a last name, the whole name greets', () => {
  expect(
    ['J. Berg', 'Dr. Nys', 'O Hartmann', 'Hartmann, O.', 'Madonna', '(he/him)'].map(greetingName),
  ).toEqual(['J. Berg', 'Dr. Nys', 'O Hartmann', 'O. Hartmann', 'Madonna', '(he/him)']);
});

test('a last name that stands first is turned round, and nothing else is', () => {
  expect(['Berg, Jonas', 'van den Berg, Jonas Pieter', 'BERG, JONAS'].map(inSpokenOrder)).toEqual([
    'Jonas Berg',
    'Jonas Pieter van den Berg',
    'JONAS BERG',
  ]);
  const asWritten = [
    'Hartmann, Otto III',
    'Dr. Eva Nys, CPA',
    'Van den Berg, Jonas (he/him)',
    'Jonas Berg, PhD',
    'Berg, Jonas, MBA',
    'Jonas Berg',
  ];
  expect(asWritten.map(inSpokenOrder)).toEqual(asWritten);
});
