import { describe, expect, test } from 'vitest';
import { spelled, unspelled } from '../../src/domain/sign-in/link-spelling.ts';
import { withoutCapitals, withoutStuckSigns } from '../../src/web/mailed-links.ts';

describe('an address from an e-mail', () => {
  const clean = (url: string) => withoutStuckSigns(url, { takesToken: true });

  test('loses the signs that a mail program stuck to its end', () => {
    for (const stuck of ['.', ')', '/', '//', '],', '%3E', '.”', '>)', '%20', '…'].map(encodeURI))
      expect([stuck, clean(`/i/abc${stuck}`), clean(`/i/abc${stuck}?answer=yes`)]).toEqual([
        stuck,
        '/i/abc',
        '/i/abc?answer=yes',
      ]);
    expect(clean('/i/abc?answer=no).')).toBe('/i/abc?answer=no');
    expect(clean('/i/abc/questions')).toBeNull();
  });

  test('keeps what was typed into a search, and never leads to another site', () => {
    const elsewhere = { takesToken: false };
    expect(withoutStuckSigns('/people?find=Dr.', elsewhere)).toBeNull();
    expect(withoutStuckSigns('/events/', elsewhere)).toBe('/events');
    for (const url of ['/', '//', '//example.com/', '/\\example.com.', '///'])
      expect([url, withoutStuckSigns(url, elsewhere)]).toEqual([url, null]);
  });

  test('comes back to small letters where it was put into capitals', () => {
    expect(withoutCapitals('/I/ABC23/QUESTIONS?x=Y')).toBe('/i/abc23/questions?x=Y');
    expect(withoutCapitals('/E/winter-Round')).toBe('/e/winter-Round');
    expect(withoutCapitals('/e/winter')).toBeNull();
  });
});

test('a secret is spelled in small letters, and leads back to what its hash is made of', () => {
  for (const bytes of [Buffer.alloc(20), Buffer.alloc(20, 255), Buffer.from('a secret of 20 bytes')]) {
    const link = spelled(bytes);
    expect(link).toMatch(/^[a-z2-7]{32}$/);
    expect(unspelled(link)).toBe(bytes.toString('base64url'));
  }
  const earlier = Buffer.from('a secret of 20 bytes').toString('base64url');
  expect(unspelled(earlier)).toBe(earlier);
});
