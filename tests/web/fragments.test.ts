import { describe, expect, test } from 'vitest';
import {
  cached,
  cachedFragment,
  fillSlots,
  joinShared,
  pageBytes,
  type Reserved,
  reserve,
  slot,
  splitAtSlots,
  type Variant,
} from '../../src/web/fragments.ts';
import { sourcesBelow } from '../support/source.ts';
import { english } from '../support/words.ts';

describe('what is cached', () => {
  test('is made once for each shared object and variant, and never again for either', () => {
    const [one, other] = [{}, {}];
    let made = 0;
    const count = cached((_: object, __: Variant) => ++made);
    const asked: [object, Variant][] = [
      [one, { a: 1 }],
      [one, { a: 1 }],
      [one, { a: 2 }],
      [other, { a: 1 }],
      [one, { a: 1 }],
    ];
    expect(asked.map(([shared, variant]) => count(shared, variant))).toEqual([1, 1, 2, 3, 1]);
  });

  test.each<[Variant, Variant]>([
    [{ a: '1' }, { a: 1 }],
    [{ a: 'x b:1:y' }, { a: 'x', b: 'y' }],
    [
      { a: 'x', b: 'yz' },
      { a: 'xy', b: 'z' },
    ],
    [{ a: undefined }, { a: 'undefined' }],
    [{ a: 1 }, { b: 1 }],
    [{ a: false }, {}],
  ])('tells %o from %o', (one, other) => {
    const shared = {};
    const seen = cached((_: object, variant: Variant) => variant);
    expect(seen(shared, one)).toBe(one);
    expect(seen(shared, other)).toBe(other);
  });

  test('may be nothing, which is made once too', () => {
    const shared = {};
    let made = 0;
    const none = cached((_: object): undefined => void ++made);
    none(shared);
    none(shared);
    expect(made).toBe(1);
  });

  test('is at most 200 copies of an object: the first made goes first', () => {
    const shared = {};
    let made = 0;
    const count = cached((_: object, __: { n: number }) => ++made);
    for (let n = 0; n <= 200; n++) count(shared, { n });
    expect([count(shared, { n: 200 }), count(shared, { n: 1 }), count(shared, { n: 0 })]).toEqual([
      201, 2, 202,
    ]);
  });

  test('two objects are one as long as both are the same', () => {
    const [wall, page, later] = [{}, {}, {}];
    const first = joinShared(wall, page);
    expect(joinShared(wall, page)).toBe(first);
    expect(joinShared(wall, later)).toEqual([wall, later]);
    expect(joinShared(wall, later)).not.toBe(first);
  });

  // A maker inside a function could reach a request, and one person's data would end up on another's page.
  test('is declared where no request is in reach: at the top of a file', () => {
    const calls = sourcesBelow('src').flatMap(({ path, text }) =>
      text.split('\n').flatMap((line, index) => {
        const isCall = /\b(cached|cachedFragment)\(/.test(line) && path !== 'src/web/fragments.ts';
        return isCall ? [{ at: `${path}:${index + 1}`, line }] : [];
      }),
    );
    expect(calls.length).toBeGreaterThan(10);
    expect(
      calls.filter(({ line }) => !/^(export )?const \w+ = (cached|cachedFragment)\(/.test(line)),
    ).toEqual([]);
  });
});

describe('a fragment', () => {
  test('is rendered once for a template, a variant and a language, with its slots filled each time', () => {
    const hello = cachedFragment((shared: { place: string }, { loud }: { loud: boolean }, { language }) => ({
      text: `${slot('name')} ${loud ? shared.place.toUpperCase() : shared.place} ${language}`,
    }));
    const shared = { place: 'here' };
    let rendered = 0;
    const printed = (template: string, loud: boolean, language: string, name: string) => {
      const { of, fill } = hello(shared, { loud }, { ...english, language }, { name });
      const render = (data: object) => `${++rendered} ${(data as { text: string }).text}`;
      return fillSlots(of(template, render), (slotted) => String(fill[slotted]));
    };
    expect([
      printed('a', false, 'en', 'Ada'),
      printed('a', false, 'en', 'Bo'),
      printed('b', false, 'en', 'Ada'),
      printed('a', true, 'en', 'Ada'),
      printed('a', false, 'nl', 'Ada'),
    ]).toEqual(['1 Ada here en', '1 Bo here en', '2 Ada here en', '3 Ada HERE en', '4 Ada here nl']);
  });

  test('has its slots filled in their order', () => {
    const pieces = splitAtSlots(`<a href="${slot('base')}/q">${slot('name')}</a>`);
    expect(fillSlots(pieces, (name) => name.toUpperCase())).toBe('<a href="BASE/q">NAME</a>');
  });
});

describe('a page as bytes', () => {
  const values = (name: string) => `“${name}”`;

  test('has every cached fragment in its place, as often as it was printed, with its slots filled', () => {
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

  test('is the same whether a fragment was encoded for an earlier page or not', () => {
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
