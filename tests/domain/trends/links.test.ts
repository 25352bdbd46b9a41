import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isLink, linkWords, readLinks } from '../../../src/domain/trends/links.ts';

describe('links of a trend', () => {
  test('come one on a line, blank lines and spaces do not count, twice is once', () => {
    const text =
      ' https://osha.example/heat \n\nhttp://intranet.example:8080/a?b=c#d\nhttps://osha.example/heat';
    expect(readLinks(text)).toEqual({
      links: ['https://osha.example/heat', 'http://intranet.example:8080/a?b=c#d'],
      problems: [],
    });
  });

  test('each line that is none is named by its number', () => {
    const lines = [
      'osha.example/heat',
      'example.org:80/heat',
      'ftp://files.example/a',
      'javascript:alert(1)',
      'data:text/html,<script>',
      'mailto:ida@halden.example',
      'https://ida:secret@halden.example/',
      'https://',
      'read https://osha.example',
    ];
    const { links, problems } = readLinks(lines.join('\n'));
    expect(links).toEqual([]);
    expect(
      problems.map((problem) => [problem.values.line, problem.sentence.split('”, ')[1]?.slice(0, 22)]),
    ).toEqual([
      [1, 'is not a whole address'],
      [2, 'is not a whole address'],
      [3, 'is not an address of a'],
      [4, 'is not an address of a'],
      [5, 'is not an address of a'],
      [6, 'is not an address of a'],
      [7, 'has a name or password'],
      [8, 'is not a whole address'],
      [9, 'is not a whole address'],
    ]);
  });

  test('are twenty at most, of two thousand characters at most', () => {
    const many = Array.from({ length: 21 }, (_one, i) => `https://halden.example/${i}`).join('\n');
    expect(readLinks(many).problems).toEqual([
      { sentence: 'These are {n} links. Keep the {most} that matter most.', values: { n: 21, most: 20 } },
    ]);
    expect(readLinks(`https://halden.example/${'a'.repeat(2000)}`).problems).toEqual([
      {
        sentence: 'Line {line} is longer than {most} characters. Use a shorter address.',
        values: { line: 1, most: 2000 },
      },
    ]);
  });

  test('whatever is typed, only addresses of pages come out', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.webUrl(),
      fc.stringMatching(/^(java|data|vb)?script:.{0,20}$/),
    );
    fc.assert(
      fc.property(fc.array(anything), (lines) => {
        for (const link of readLinks(lines.join('\n')).links) {
          expect(link).toMatch(/^https?:\/\/[^\s<>"]+$/);
          expect(isLink(link)).toBe(true);
        }
      }),
    );
  });

  test('read as words and host, without what nobody reads', () => {
    const read = (address: string) => Object.values(linkWords(address));
    expect(read('https://www.osha.example/guides/heat-at_work.html')).toEqual([
      'Heat at work',
      'osha.example',
    ]);
    expect(read('https://osha.example/caf%C3%A9/')).toEqual(['Café', 'osha.example']);
    expect(read('https://osha.example/')).toEqual(['osha.example', 'osha.example']);
    expect(read('https://osha.example/p/123')).toEqual(['osha.example/p/123', 'osha.example']);
    expect(read('https://osha.example/d/1Abc2Def3')).toEqual(['osha.example/d/1Abc2Def3', 'osha.example']);
    expect(read('https://osha.example/%E0%A4%A')).toEqual(['osha.example/%E0%A4%A', 'osha.example']);
    expect([...linkWords(`https://osha.example/${'a'.repeat(300)}`).title]).toHaveLength(90);
  });
});
