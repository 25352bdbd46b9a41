import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'cheerio';
import { assert as check, property, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapeText, Html, print } from '../../src/web/html.ts';

const root = join(import.meta.dirname, '../..');
const files = (folder: string, ending: string) =>
  readdirSync(join(root, folder), { recursive: true })
    .map((file) => `${folder}/${String(file)}`)
    .filter((file) => file.endsWith(ending));
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const pages = files('views', '.eta').filter((file) => !file.startsWith('views/letters/mail/'));

describe('Output 9: what a template prints', () => {
  test('whatever somebody typed is text again, between tags and in attributes', () => {
    check(
      property(string({ unit: 'binary' }), (typed) => {
        const plain = typed.replace(/[\0\r]/g, '').normalize();
        const $ = load(`<p title="${print(plain)}" lang='${print(plain)}'>${print(plain)}</p>`, null, false);
        expect($('*')).toHaveLength(1);
        expect($('p').attr('title')).toBe(plain);
        expect($('p').attr('lang')).toBe(plain);
        expect($('p').text()).toBe(plain);
      }),
    );
  });

  test('an element that htmx would obey stays words', () => {
    const typed = '<div hx-delete="/people/1" hx-trigger="load"></div>';
    expect(load(typed, null, false)('[hx-delete]')).toHaveLength(1);
    expect(load(`<p>${print(typed)}</p>`, null, false)('[hx-delete]')).toHaveLength(0);
  });

  test('finished markup is printed as it is, and only what we made is that', () => {
    expect(print(new Html('<b>ours</b>'))).toBe('<b>ours</b>');
    expect(print({ markup: '<b>forged</b>', toString: () => '<b>forged</b>' })).toBe(
      '&lt;b&gt;forged&lt;/b&gt;',
    );
  });

  test('nothing is printed for null and false, 0 is a number, undefined is a mistake', () => {
    expect([print(null), print(false), print(0), print(true)]).toEqual(['', '', '0', 'true']);
    expect(() => print(undefined)).toThrow('undefined');
  });

  test('text without special characters is not touched', () => {
    expect(escapeText('Amina Yusuf – 7')).toBe('Amina Yusuf – 7');
  });
});

describe('Output 9 and 10: how templates are written', () => {
  test('there are templates to look at', () => {
    expect(pages.length).toBeGreaterThan(40);
  });

  test('none prints raw', () => {
    expect(pages.filter((file) => /<%[-_]?\s*~/.test(read(file)))).toEqual([]);
  });

  test('every attribute with something printed in it is quoted', () => {
    const unquoted = /\s[\w-]+=<%=|\s[\w-]+=[^"'\s<>]+<%=/;
    expect(' value=<%= it.x %>').toMatch(unquoted);
    expect(pages.filter((file) => unquoted.test(read(file)))).toEqual([]);
  });

  test('none has a script, a style or a handler in it', () => {
    // As an address: words about JavaScript may stand before a colon.
    const inline = /<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=|\shx-on|["'=]\s*javascript:/i;
    expect('<b onclick="x">').toMatch(inline);
    expect('<a href="javascript:x">').toMatch(inline);
    expect(pages.filter((file) => inline.test(read(file)))).toEqual([]);
  });

  test('every form that changes something carries its token', () => {
    const forms = pages.flatMap((file) =>
      [...read(file).matchAll(/<form\b[\s\S]*?<\/form>/g)].map(([form]) => ({ file, form })),
    );
    const changing = forms.filter(({ form }) => /method="post"/.test(form));
    expect(changing.length).toBeGreaterThan(10);
    expect(changing.filter(({ form }) => !form.includes('token()')).map(({ file }) => file)).toEqual([]);
  });

  test('markup is made from text in the web room alone', () => {
    const makers = files('src', '.ts').filter((file) => /new Html\(/.test(read(file)));
    expect(makers.filter((file) => !/^src\/(web|mail)\//.test(file))).toEqual([]);
  });

  test('only the demo’s door and the ways out of invitations and reminders in a mail program (RFC 8058) are open without a token', () => {
    const open = files('src/routes', '.ts').filter((file) => /withoutToken/.test(read(file)));
    expect(open).toEqual([
      'src/routes/demo/demo.ts',
      'src/routes/guests/no-more-invitations.ts',
      'src/routes/letters/reminders-off.ts',
    ]);
  });
});
