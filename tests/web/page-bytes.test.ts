import { describe, expect, test } from 'vitest';
import { cutAtHoles, hole } from '../../src/web/kept.ts';
import { type Aside, layAside, pageBytes } from '../../src/web/page-bytes.ts';

describe('a page as bytes', () => {
  const values = (name: string) => `“${name}”`;

  test('has every kept fragment in its place, as often as it was printed, with its holes filled', () => {
    const aside: Aside = [];
    const greeting = cutAtHoles(`<p>Grüß dich, ${hole('name')}!</p>`);
    const line = cutAtHoles('<hr>');
    const first = layAside(aside, greeting, values);
    const second = layAside(aside, line, values);
    const third = layAside(aside, greeting, (name) => name.toUpperCase());
    expect(pageBytes(`<b>’</b>${first}${second}…${third}`, aside).toString()).toBe(
      '<b>’</b><p>Grüß dich, “name”!</p><hr>…<p>Grüß dich, NAME!</p>',
    );
  });

  test('without any is its text', () => {
    expect(pageBytes('<p>ü</p>', []).toString()).toBe('<p>ü</p>');
  });

  test('is the same whether what is kept was encoded for an earlier page or not', () => {
    const cut = cutAtHoles(`a${hole('x')}b`);
    const page = () => {
      const aside: Aside = [];
      return pageBytes(layAside(aside, cut, values), aside).toString();
    };
    expect([page(), page()]).toEqual(['a“x”b', 'a“x”b']);
  });

  test('takes no word of anybody for a mark', () => {
    const aside: Aside = [];
    const mark = layAside(aside, cutAtHoles('<secret>'), values);
    const typed = '\0 0\0 \0name\0';
    expect(pageBytes(`${typed}${mark}`, aside).toString()).toBe(`${typed}<secret>`);
  });
});
