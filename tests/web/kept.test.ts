import { describe, expect, test } from 'vitest';
import { cached, fillSlots, slot, splitAtSlots } from '../../src/web/kept.ts';

describe('what is kept', () => {
  test('is made once for its owner and key, and anew for another of either', () => {
    const [one, other] = [{}, {}];
    let made = 0;
    const make = () => ++made;
    expect([
      cached(one, 'a', make),
      cached(one, 'a', make),
      cached(one, 'b', make),
      cached(other, 'a', make),
      cached(one, 'a', make),
    ]).toEqual([1, 1, 2, 3, 1]);
  });

  test('is at most 200 things an owner: the first made goes first', () => {
    const owner = {};
    for (let n = 0; n <= 200; n++) cached(owner, String(n), () => `first ${n}`);
    expect(cached(owner, '200', () => 'again')).toBe('first 200');
    expect(cached(owner, '1', () => 'again')).toBe('first 1');
    expect(cached(owner, '0', () => 'again')).toBe('again');
  });
});

describe('holes', () => {
  test('are cut out and filled in their order', () => {
    const pieces = splitAtSlots(`<a href="${slot('base')}/q">${slot('name')}</a>`);
    expect(fillSlots(pieces, (name) => name.toUpperCase())).toBe('<a href="BASE/q">NAME</a>');
  });
});
