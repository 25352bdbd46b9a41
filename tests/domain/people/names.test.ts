import { expect, test } from 'vitest';
import { greetingName, inSpokenOrder, nameKey } from '../../../src/domain/people/names.ts';

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
  ['Eva Nys, she/her', 'Eva'],
  ['Berg, Jonas [Extern]', 'Jonas'],
  ['Berg, Jonas - Contractor', 'Jonas'],
  ['Dr. rer. nat. Eva Nys', 'Eva'],
  ['Priv.-Doz. Dr. Eva Nys', 'Eva'],
  ['Smith, John, Jr.', 'John'],
  ['Anne-Laure Petit-Jean', 'Anne-Laure'],
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
    'Eva Nys, she/her',
    'Berg, Jonas [Extern]',
    'Berg, Jonas - Contractor',
    'Jonas Berg',
  ];
  expect(asWritten.map(inSpokenOrder)).toEqual(asWritten);
});

test('one name is one name, whatever its order, accents, titles and remarks', () => {
  const eva = [
    'Eva Nys',
    'Nys, Eva',
    'NYS Eva',
    'Dr. Éva Nys, CPA',
    'Nys, Dr. Eva (she/her)',
    'E\u0301va  Nys [Extern]',
  ];
  expect(new Set(eva.map(nameKey))).toEqual(new Set(['eva nys']));
  expect(nameKey('Eva Nysa')).not.toBe(nameKey('Eva Nys'));
  expect(nameKey('山田太郎')).not.toBe(nameKey('山田花子'));
});
