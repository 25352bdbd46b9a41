import { expect, test } from 'vitest';
import { type RoundBlock, withRounds } from '../../../src/domain/run-of-show/number-of-rounds.ts';

const block = (kind: string, title: string, minutes: number): RoundBlock => ({ kind, title, minutes });
const evening = [
  block('frame', 'Welcome', 5),
  block('talk', 'Round 1', 25),
  block('move', 'Move', 5),
  block('talk', 'Round 2', 20),
  block('harvest', 'Harvest', 20),
];
const titles = (rounds: number, blocks = evening) =>
  withRounds(blocks, rounds, (_, fresh) => fresh).map(({ title, minutes }) => `${title} ${minutes}`);

test('a third round is like the second, with a move to it', () => {
  expect(titles(3)).toEqual([
    'Welcome 5',
    'Round 1 25',
    'Move 5',
    'Round 2 20',
    'Move 5',
    'Round 3 20',
    'Harvest 20',
  ]);
});

test('one round fewer takes the last one away with the move to it', () => {
  expect(titles(1)).toEqual(['Welcome 5', 'Round 1 25', 'Harvest 20']);
});

test('the last round stays', () => {
  expect(titles(0)).toEqual(titles(1));
});

test('more and then fewer rounds lead back to the same evening', () => {
  expect(
    titles(
      2,
      withRounds(evening, 5, (_, fresh) => fresh),
    ),
  ).toEqual(titles(2));
});

test('an evening without a round gets one before its harvest', () => {
  expect(titles(1, [block('frame', 'Welcome', 5), block('harvest', 'Harvest', 20)])).toEqual([
    'Welcome 5',
    'Round 1 20',
    'Harvest 20',
  ]);
});
