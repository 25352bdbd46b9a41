import { describe, expect, test } from 'vitest';
import { hashSecret as hashInActions } from '../../src/actions/sign-in/secrets.ts';
import { formToken, hashToken, isFormTokenOf, sameSecret } from '../../src/web/tokens.ts';

describe('form tokens', () => {
  test('a token fits its holder and nobody else', () => {
    expect(isFormTokenOf('ada', formToken('ada'))).toBe(true);
    expect(isFormTokenOf('bo', formToken('ada'))).toBe(false);
  });

  test('each one is different, so that compression cannot guess it', () => {
    expect(formToken('ada')).not.toBe(formToken('ada'));
  });

  test.each([undefined, null, '', 'x', 7, ['x'], 'A'.repeat(43), 'A'.repeat(44), '='.repeat(43)])(
    '%j is none',
    (token) => {
      expect(isFormTokenOf('ada', token)).toBe(false);
    },
  );

  test('one changed letter spoils it', () => {
    const token = formToken('ada');
    const changed = `${token[0] === 'A' ? 'B' : 'A'}${token.slice(1)}`;
    expect(isFormTokenOf('ada', changed)).toBe(false);
  });
});

describe('secrets', () => {
  test('what is stored is SHA-256, the same in both rooms that need it', () => {
    expect(hashToken('abc')).toBe('ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0');
    expect(hashInActions('abc')).toBe(hashToken('abc'));
  });

  test('two secrets are compared whole, whatever their lengths', () => {
    expect(sameSecret('abc', 'abc')).toBe(true);
    expect(sameSecret('abc', 'abd')).toBe(false);
    expect(sameSecret('abc', 'abcd')).toBe(false);
  });
});
