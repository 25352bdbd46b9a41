import { assert as check, property, string, uint8Array } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codeFrom, readCode, spelledCode } from '../../../src/domain/sign-in/sign-in.ts';

const bytes = uint8Array({ minLength: 5, maxLength: 5 });

describe('a code', () => {
  test('Access 2: it holds 40 bits: the two ends, and one in between', () => {
    expect(codeFrom(new Uint8Array([0, 0, 0, 0, 0]))).toBe('00000000');
    expect(codeFrom(new Uint8Array([255, 255, 255, 255, 255]))).toBe('ZZZZZZZZ');
    expect(codeFrom(new Uint8Array([0, 0, 0, 0, 33]))).toBe('00000011');
  });

  test('Access 2: two codes are the same only when they come from the same five bytes', () => {
    check(
      property(bytes, bytes, (a, b) => {
        expect(codeFrom(a) === codeFrom(b)).toBe(Buffer.from(a).equals(Buffer.from(b)));
      }),
    );
  });

  test('it is not made from too little', () => {
    expect(() => codeFrom(new Uint8Array(4))).toThrow(RangeError);
  });

  test('as spelled in the letter it is read again, whatever the bytes', () => {
    check(
      property(bytes, (some) => {
        expect(readCode(spelledCode(codeFrom(some)))).toBe(codeFrom(some));
      }),
    );
  });

  test.each([
    ['as it stands in the letter', 'K7QM-2XDR'],
    ['in small letters', 'k7qm2xdr'],
    ['with spaces, and a line break at its end', ' k7 qm 2x dr\n'],
    ['with a dash that a phone made long', 'K7QM–2XDR'],
    ['in the wide letters of a Japanese keyboard', 'Ｋ７ＱＭ２ＸＤＲ'],
  ])('people may type it %s', (_how, typed) => {
    expect(readCode(typed)).toBe('K7QM2XDR');
  });

  test('the letter O is the digit 0, and I and L are the digit 1', () => {
    expect(readCode('O0I1-LOIl')).toBe('00111011');
  });

  test.each(['', 'K7QM-2XD', 'K7QM-2XDRR', 'K7QM-2XDU', 'K7QM 2XD?', 'ΚΛΜΝΞΟΠΡ'])(
    '%j is no code',
    (typed) => {
      expect(readCode(typed)).toBe(null);
    },
  );

  test('nothing that is typed breaks it', () => {
    check(
      property(string({ unit: 'binary' }), (typed) => {
        expect(readCode(typed) ?? 'K7QM2XDR').toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
      }),
    );
  });
});
