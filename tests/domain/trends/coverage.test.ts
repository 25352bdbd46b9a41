import { expect, test } from 'vitest';
import { coverageOf } from '../../../src/domain/trends/coverage.ts';

const sizes = [
  { department: 'Finance', people: 20 },
  { department: 'Sales', people: 5 },
  { department: 'Board', people: 2 },
  { department: 'Audit', people: 2 },
  { department: '', people: 3 },
];

test('departments of five or more are named, the others are counted together', () => {
  const wanting = [
    { department: 'Board', want: 1 },
    { department: '', want: 2 },
    { department: 'Sales', want: 4 },
    { department: 'Finance', want: 9 },
  ];
  expect(coverageOf(wanting, sizes)).toEqual({
    departments: [
      { department: 'Finance', want: 9 },
      { department: 'Sales', want: 4 },
    ],
    others: 3,
    silent: [],
  });
});

test('where the small ones together are fewer than five, their count is left out; who is silent is named', () => {
  const few = [sizes[0]!, sizes[1]!, sizes[2]!];
  expect(
    coverageOf(
      [
        { department: 'Board', want: 1 },
        { department: 'Sales', want: 1 },
      ],
      few,
    ),
  ).toEqual({
    departments: [{ department: 'Sales', want: 1 }],
    others: 0,
    silent: ['Finance'],
  });
});
