import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { htmlToPlainText } from '../../src/web/plain-text.ts';

describe('a description from elsewhere', () => {
  test('becomes paragraphs of plain text, and its links stay as words', () => {
    const html =
      '<p><strong>Heat</strong> &amp; work: <a href="https://osha.example/a?b=1&amp;c=2" class="x">a guide</a>.</p><br><p>caf&eacute; &#8212; &lt;b&gt;</p>';
    expect(htmlToPlainText(html)).toEqual({
      text: 'Heat & work: a guide.\n\ncafé — <b>',
      addresses: ['https://osha.example/a?b=1&c=2'],
    });
  });

  test('keeps its lists', () => {
    expect(htmlToPlainText('<p>Two:</p><ul><li>one</li><li>two</li></ul><ol><li>first</li></ol>').text).toBe(
      'Two:\n\n- one\n- two\n\n1. first',
    );
  });

  test('loses scripts, styles and pictures', () => {
    const html =
      '<style>p{}</style><p>Heat<script>alert(1)</script><img src="https://spy.example/p.png" alt="x"></p>';
    expect(htmlToPlainText(html)).toEqual({ text: 'Heat', addresses: [] });
  });

  test('that was plain text already keeps its lines and its signs', () => {
    expect(htmlToPlainText('1 < 2 & 3 > 2\r\nsecond  line\n\n\n\nthird')).toEqual({
      text: '1 < 2 & 3 > 2\nsecond line\n\nthird',
      addresses: [],
    });
  });

  test('never keeps a control character, and never fails', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('<p>', '</p>', '<a href="', '<ul><li>', '&amp;', '<br', '<!--'),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        expect(htmlToPlainText(pieces.join('')).text).not.toMatch(
          /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/,
        );
      }),
    );
  });
});
