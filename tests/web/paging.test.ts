import { expect, test } from 'vitest';
import { addressWith, pageOf, pagerFor, rowsOn } from '../../src/web/paging.ts';

const address = (page: number) => addressWith('/list', { find: 'a b', only: '', page });

test('a page in the middle leads back and on, with what was searched for', () => {
  expect(pagerFor(pageOf(2, 60, 25), address)).toEqual({
    text: '{first} to {last} of {n}',
    values: { first: 26, last: 50, n: 60 },
    back: '/list?find=a+b',
    next: '/list?find=a+b&page=3',
    rest: 10,
  });
});

test('a list that fits on one page leads nowhere', () => {
  expect(pagerFor(pageOf(1, 25, 25), address)).toEqual({
    text: '{first} to {last} of {n}',
    values: { first: 1, last: 25, n: 25 },
  });
});

test('a page beyond the end is the last one, and the page of an empty list is the first', () => {
  expect([pageOf(9, 60, 25).at, pageOf(9, 0, 25).at]).toEqual([3, 1]);
  expect(pageOf(9, 60, 25).offset).toBe(50);
});

test('the pages of a list show each row once', () => {
  const rows = Array.from({ length: 60 }, (_, n) => n);
  expect([1, 2, 3].flatMap((asked) => rowsOn(rows, pageOf(asked, 60, 25)))).toEqual(rows);
});
