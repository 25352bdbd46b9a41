import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressProblem, bareAddress } from '../../../src/domain/people/address.ts';

const owner = { name: 'Femke Jansen', domains: ['halden.example', 'north.example'] };
function problem(text: string, who: { name: string; domains?: string[] } = owner): string {
  const { sentence, params } = addressProblem(text, who)!;
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name]));
}

test('addresses mail can be sent to are right', () => {
  const right = [
    'a@b.example',
    "o'neill+team@sub.halden.example",
    'x_y-z@1a.co',
    `${'l'.repeat(64)}@halden.example`,
  ];
  expect(right.map((text) => addressProblem(text, owner))).toEqual(right.map(() => null));
});

test('the bare address comes out of what mail programs copy', () => {
  expect(bareAddress('Zoë Berg <zoe@halden.example>')).toBe('zoe@halden.example');
  expect(bareAddress(' mailto:zoe@halden.example ')).toBe('zoe@halden.example');
});

test('a domain with accents is written as mail servers know it, and what shows nothing goes', () => {
  expect(bareAddress('zoe@münchen.example')).toBe('zoe@xn--mnchen-3ya.example');
  expect(addressProblem(bareAddress('zoe@münchen.example'), owner)).toBeNull();
  expect(bareAddress('\u200bzoe\u00ad@halden.example\u2069')).toBe('zoe@halden.example');
  expect(bareAddress('zoë@halden.example')).toBe('zoë@halden.example');
});

describe('each mistake says what to do', () => {
  test.each([
    [
      'femke.jansen@halden',
      'The address stops after “halden”. Write it in full, for example femke.jansen@halden.example.',
    ],
    [
      'femke@halden.',
      'The address stops after “halden”. Write it in full, for example femke@halden.example.',
    ],
    ['femke@west', 'The address stops after “west”. Write it in full, for example femke@west.com.'],
    ['femke@', 'The address stops after “@”. Write it in full, for example femke@halden.example.'],
    ['', 'There is no address. Without one Femke cannot be invited.'],
    [
      'femke.halden.example',
      '“femke.halden.example” is not an address: it has no @. Write it like femke.jansen@halden.example.',
    ],
    ['femke @halden.example', 'The address has a space in it. Take it out.'],
    ['a@b.example; c@d.example', 'There is more than one address. Keep one of them.'],
    [
      'zoë@halden.example',
      'The address has “ë” in it, which mail servers do not take. Write it as the mail program shows it.',
    ],
    [
      'femke,j@halden.example',
      '“femke,j@halden.example” is not an address. Write it like femke.jansen@halden.example.',
    ],
    [
      '.femke@halden.example',
      '“.femke@halden.example” is not an address. Write it like femke.jansen@halden.example.',
    ],
    [`${'l'.repeat(65)}@halden.example`, 'The address is too long. Check it.'],
  ])('%s', (text, sentence) => {
    expect(problem(text)).toBe(sentence);
  });

  test('without a name the sentence does without one', () => {
    expect(problem('', { name: '' })).toBe('There is no address. Write one, or take the row out.');
    expect(problem('nobody', { name: '' })).toBe(
      '“nobody” is not an address: it has no @. Write it like name@company.example.',
    );
  });
});

test('whatever is accepted has one @, a dot after it, and nothing a header could be made of', () => {
  const close = fc.stringMatching(/^[a-z.@ ,;<>"\r\né-]{0,20}@[a-z.\-\n ]{0,20}$/);
  fc.assert(
    fc.property(fc.oneof(fc.emailAddress(), close), (text) => {
      if (addressProblem(text, owner) !== null) return true;
      return /^[\x21-\x7e]+$/.test(text) && /^[^@]+@[^@]+\.[^@]+$/.test(text) && !/[<>",;]/.test(text);
    }),
  );
});
