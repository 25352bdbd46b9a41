import { describe, expect, test } from 'vitest';
import { slot, splitAtSlots } from '../../src/web/kept.ts';
import { pageBytes, type Reserved, reserve } from '../../src/web/page-bytes.ts';

describe('a page as bytes', () => {
  const values = (name: string) => `“${name}”`;

  test('has every kept fragment in its place, as often as it was printed, with its holes filled', () => {
    const aside: Reserved = [];
    const greeting = splitAtSlots(`<p>Grüß dich, ${slot('name')}!</p>`);
    const line = splitAtSlots('<hr>');
    const first = reserve(aside, greeting, values);
    const second = reserve(aside, line, values);
    const third = reserve(aside, greeting, (name) => name.toUpperCase());
    expect(pageBytes(`<b>’</b>${first}${second}…${third}`, aside).toString()).toBe(
      '<b>’</b><p>Grüß dich, “name”!</p><hr>…<p>Grüß dich, NAME!</p>',
    );
  });

  test('without any is its text', () => {
    expect(pageBytes('<p>ü</p>', []).toString()).toBe('<p>ü</p>');
  });

  test('is the same whether what is kept was encoded for an earlier page or not', () => {
    const cut = splitAtSlots(`a${slot('x')}b`);
    const page = () => {
      const aside: Reserved = [];
      return pageBytes(reserve(aside, cut, values), aside).toString();
    };
    expect([page(), page()]).toEqual(['a“x”b', 'a“x”b']);
  });

  test('takes no word of anybody for a mark', () => {
    const aside: Reserved = [];
    const mark = reserve(aside, splitAtSlots('<secret>'), values);
    const typed = '\0 0\0 \0name\0';
    expect(pageBytes(`${typed}${mark}`, aside).toString()).toBe(`${typed}<secret>`);
  });
});
