import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { isWrapped, unwrap, wrap } from '../../../src/actions/sign-in/secret-keys.ts';

const world = () => ({ secret: randomBytes(32), random: (n: number) => randomBytes(n) });
const letter = Buffer.from('Dear Ada, your link is https://flipside.example/i/abc');

test('what was wrapped opens under the same secret and the same label, bytes for bytes', () => {
  const ctx = world();
  for (const bytes of [letter, Buffer.alloc(0), randomBytes(100_000)]) {
    expect(unwrap(ctx, 'letter:1', wrap(ctx, 'letter:1', bytes))?.equals(bytes)).toBe(true);
  }
});

test('nothing of it can be read, and no two wrappings look alike', () => {
  const ctx = world();
  const [first, second] = [wrap(ctx, 'letter:1', letter), wrap(ctx, 'letter:1', letter)];
  expect(letter.includes('Ada')).toBe(true);
  expect(first.includes('Ada')).toBe(false);
  expect(first.equals(second)).toBe(false);
});

test('another secret, another row and a changed byte open nothing', () => {
  const ctx = world();
  const wrapped = wrap(ctx, 'letter:1', letter);
  expect(unwrap(ctx, 'letter:1', wrapped)).not.toBeNull();
  expect(unwrap(world(), 'letter:1', wrapped)).toBeNull();
  expect(unwrap(ctx, 'letter:2', wrapped)).toBeNull();
  for (const at of [0, 1, 20, wrapped.length - 1]) {
    const changed = Buffer.from(wrapped);
    changed[at]! ^= 1;
    expect([at, unwrap(ctx, 'letter:1', changed)]).toEqual([at, null]);
  }
  expect(unwrap(ctx, 'letter:1', wrapped.subarray(0, 20))).toBeNull();
});

test('a private key or a message that was stored as it is, is not taken for a wrapped one', () => {
  const ctx = world();
  for (const bytes of [Buffer.from('3082', 'hex'), letter, Buffer.alloc(0)]) {
    expect([isWrapped(bytes), unwrap(ctx, 'x', bytes)]).toEqual([false, null]);
  }
  expect(isWrapped(wrap(ctx, 'x', letter))).toBe(true);
});
