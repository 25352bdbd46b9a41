import { describe, expect, test } from 'vitest';
import { cutAtHoles, filled, hole, kept } from '../../src/web/kept.ts';

describe('what is kept', () => {
  test('is made once for its owner and key, and anew for another of either', () => {
    const [one, other] = [{}, {}];
    let made = 0;
    const make = () => ++made;
    expect([
      kept(one, 'a', make),
      kept(one, 'a', make),
      kept(one, 'b', make),
      kept(other, 'a', make),
      kept(one, 'a', make),
    ]).toEqual([1, 1, 2, 3, 1]);
  });

  test('is at most 200 things an owner: the first made goes first', () => {
    const owner = {};
    for (let n = 0; n <= 200; n++) kept(owner, String(n), () => `first ${n}`);
    expect(kept(owner, '200', () => 'again')).toBe('first 200');
    expect(kept(owner, '1', () => 'again')).toBe('first 1');
    expect(kept(owner, '0', () => 'again')).toBe('again');
  });
});

describe('holes', () => {
  test('are cut out and filled in their order', () => {
    const pieces = cutAtHoles(`<a href="${hole('base')}/q">${hole('name')}</a>`);
    expect(filled(pieces, (name) => name.toUpperCase())).toBe('<a href="BASE/q">NAME</a>');
  });
});
