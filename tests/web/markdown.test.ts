// Somebody's own words: what they may become, and what they never become.
import { load } from 'cheerio';
import fc from 'fast-check';
import { Marked } from 'marked';
import { describe, expect, test } from 'vitest';
import { asPlainWords, excerpt, renderMarkdown } from '../../src/web/markdown.ts';

const markup = (source: string, under?: number) =>
  renderMarkdown(source, under === undefined ? {} : { under }).markup;
const inside = (source: string) => load(markup(source))('.prose').html()!.replace(/\n/g, '');

const tags = new Set('p br strong em del code pre blockquote ul ol li h3 h4 h5 h6 a hr'.split(' '));

/** Everything in it is harmless: known tags, known attributes, addresses that leave the site openly. */
function expectHarmless(html: string): void {
  const $ = load(html, null, false);
  const root = $.root().children();
  expect(root.length).toBe(1);
  expect(root.attr()).toEqual({ class: 'prose', 'hx-ignore': '' });
  $('.prose *').each((_i, element) => {
    expect(tags.has(element.tagName)).toBe(true);
    const { href, rel, start, ...others } = $(element).attr() ?? {};
    expect(others).toEqual({});
    if (href !== undefined) {
      expect(new URL(href).protocol).toMatch(/^(https?|mailto):$/);
      expect(rel).toBe('nofollow noopener noreferrer');
    }
    if (start !== undefined) expect(start).toMatch(/^\d+$/);
  });
}

describe('what people write', () => {
  test('may have bold words, lists, quotes and links', () => {
    expect(inside('**Nobody** left for *money*.\n\n- one\n- two\n\n> I stayed.')).toBe(
      '<p><strong>Nobody</strong> left for <em>money</em>.</p><ul><li>one</li><li>two</li></ul><blockquote><p>I stayed.</p></blockquote>',
    );
    expect(inside('[Heat](https://osha.example/a?b=1&c=2)')).toBe(
      '<p><a href="https://osha.example/a?b=1&amp;c=2" rel="nofollow noopener noreferrer">Heat</a></p>',
    );
  });

  test('keeps its lines', () => {
    expect(inside('one\ntwo')).toBe('<p>one<br>two</p>');
  });

  test('has headings below those of the page, and skips no level', () => {
    const levels = (source: string, under: number) => {
      const $ = load(markup(source, under));
      return $('h1,h2,h3,h4,h5,h6')
        .map((_i, heading) => heading.tagName)
        .get();
    };
    expect(levels('# a\n## b\n# c', 2)).toEqual(['h3', 'h4', 'h3']);
    expect(levels('### a\n# b\n#### c', 2)).toEqual(['h3', 'h3', 'h4']);
    expect(levels('# a\n## b\n### c\n#### d\n##### e', 3)).toEqual(['h4', 'h5', 'h6', 'h6', 'h6']);
  });

  test('shows pictures as links, since a picture would be fetched from elsewhere', () => {
    expect(inside('![A warehouse](https://spy.example/p.png)')).toBe(
      '<p><a href="https://spy.example/p.png" rel="nofollow noopener noreferrer">A warehouse</a></p>',
    );
  });

  test('shows HTML as it was typed', () => {
    const source = 'Use the <dialog> element & <b>mind</b> the gap';
    expect(load(markup(source)).text().trim()).toBe(source);
  });
});

describe('what it never becomes', () => {
  const attacks = {
    script: '<script>alert(1)</script>',
    'script in a list': '- <script src=//evil.example/x.js></script>',
    'an image that fails': '<img src=x onerror=alert(1)>',
    'an svg': '<svg><script>alert(1)</script><animate onbegin=alert(1) attributeName=x></svg>',
    'a style': '<style>body{display:none}</style><p style="position:fixed">x</p>',
    'an htmx request': '<div hx-delete="/people/1" hx-trigger="load">x</div>',
    'htmx by its other name': '<p data-hx-get=/x data-hx-trigger=load>x</p>',
    'an end of our element': '</div></div><div hx-get=/x hx-trigger=load>',
    'a javascript link': '[x](javascript:alert(1)) [y](JaVaScRiPt:alert(1)) [z](java\nscript:alert(1))',
    'an encoded javascript link':
      '[x](&#106;avascript:alert(1)) [y](javascript&colon;alert(1)) [z](%6aavascript:alert(1))',
    'a data link': '[x](data:text/html;base64,PHNjcmlwdD4=)',
    'a link without a protocol': '[x](//evil.example) [y](\\\\evil.example) [z](/sign-out)',
    'a title that breaks out': '[x](https://a.example "\\" onmouseover=alert(1) x=\\"")',
    'an address that breaks out': '[x](https://a.example/"onmouseover="alert(1))',
    'a picture that breaks out': '![x" onerror="alert(1)](https://a.example/"onerror="alert(1))',
    'an autolink': '<javascript:alert(1)> <https://a.example/"onclick="x>',
    'a reference': '[x]\n\n[x]: javascript:alert(1) "t"',
    'a form': '<form action=/people method=post><input name=a></form>',
    'a frame': '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    'an old trick with nested tags': '<<script>script>alert(1)<</script>/script>',
    'a comment and a cdata section': '<!--><script>alert(1)</script>--> <![CDATA[<script>]]>',
    'a code block with a language': '```"><script>alert(1)</script>\nx\n```',
    'a table': '| a |\n|---|\n| <img src=x onerror=alert(1)> |',
  };
  for (const [name, source] of Object.entries(attacks)) {
    test(name, () => {
      const html = markup(source);
      expectHarmless(html);
      expect(load(html).text().trim()).not.toBe('');
    });
  }

  const piece = fc.oneof(
    fc.constantFrom(...Object.values(attacks)),
    fc.constantFrom(
      '<',
      '>',
      '"',
      "'",
      '`',
      '](',
      '![',
      '&#x6a;',
      '\n',
      '\n\n',
      '> ',
      '- ',
      '    ',
      '```\n',
      '|',
      '\\',
      '</div>',
      '*',
      '_',
      '~~',
    ),
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.webUrl(),
  );

  test('any mixture of these', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => expectHarmless(markup(pieces.join('')))),
      { numRuns: 400 },
    );
  });

  test('a heavy page: what is too long, too deep or too full of marks is shown as typed', () => {
    const heavy = [
      '_a'.repeat(50_000),
      '> '.repeat(5000),
      '['.repeat(12_000),
      '*a '.repeat(4000),
      '<div>'.repeat(2400),
    ];
    for (const source of heavy) {
      const html = markup(source);
      expectHarmless(html);
      expect(load(html).text().trim()).toBe(source.trim());
    }
  });
});

describe('the first words of a text', () => {
  test('are its first paragraph without marks, cut between two words', () => {
    expect(excerpt('## Why\n\nIn **July** the [floor](https://a.example) passed `35`.\n\nMore.')).toBe(
      'In July the floor passed 35.',
    );
    expect(excerpt('- one\n  - two\n- three')).toBe('one two three');
    expect(excerpt('one two three four', 12)).toBe('one two…');
    expect(excerpt('')).toBe('');
  });

  test('are never longer than asked for', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 900 }),
        fc.integer({ min: 10, max: 200 }),
        (source, most) => {
          expect([...excerpt(source, most)].length).toBeLessThanOrEqual(most + 1);
        },
      ),
    );
  });
});

describe('somebody’s words within Markdown', () => {
  const gfm = new Marked({ gfm: true });
  const parts = fc.constantFrom(
    ...'# ## - + = --- 1. 12) > * _ ` ~ ~~ [ ] ( ) ! < > <b> </b> | \\ & &amp; &#39; : . @ a b C# 3.5'.split(
      ' ',
    ),
    ...[
      'http://evil.example',
      'www.evil.example',
      'ada@example.org',
      '![x](y)',
      ' ',
      '  ',
      '\n',
      'ü',
      '😀',
      'x',
    ],
  );
  const words = fc.array(parts, { maxLength: 12 }).map((list) => list.join(''));
  const onOneLine = (text: string) => text.trim().replaceAll(/\s+/g, ' ');

  test('read the same in a heading and in a paragraph, and are nothing but words', () => {
    fc.assert(
      fc.property(words, (text) => {
        fc.pre(text.trim() !== '');
        for (const [begin, tag] of [
          ['### ', 'h3'],
          ['Asked by ', 'p'],
          ['', 'p'],
        ] as const) {
          const $ = load(gfm.parse(begin + asPlainWords(text), { async: false }), null, false);
          const tags = $('*')
            .map((_, one) => $(one).prop('tagName')?.toLowerCase())
            .get();
          expect([text, tags]).toEqual([text, [tag]]);
          const said = onOneLine($(tag).text());
          expect(said).toBe(onOneLine((tag === 'p' ? begin : '') + text));
        }
      }),
      { numRuns: 3000 },
    );
  });

  test('have no address in them, wherever a name may begin', () => {
    for (const text of ['---@---3.5', 'a@-b.c', 'a@_b.c', 'ada@example.org'])
      expect([text, gfm.parse(asPlainWords(text), { async: false }).includes('<a')]).toEqual([text, false]);
  });

  test('keep what means nothing as it was typed', () => {
    for (const text of [
      'Who signs: a person, or C#? (1. and 2.)',
      'Is 3 - 2 = 1? “Yes” + no!',
      'a.b, c:d; x_y',
    ]) {
      expect(
        asPlainWords(text)
          .replaceAll('\\_', '_')
          .replaceAll(/\\([-=+])/g, '$1'),
      ).toBe(text);
    }
  });
});
