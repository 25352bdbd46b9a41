import { expect, test } from 'vitest';
import { bounceAddress, letterOfBounce } from '../../src/mail/bounce-address.ts';
import { mailAddress } from '../../src/mail/calendar/text.ts';

const secret = Buffer.alloc(32, 7);
const bounces = 'bounces@halden.example';

test('C9: every letter has an address of its own to come back to, and it tells which letter it was', () => {
  const [one, two] = [bounceAddress(bounces, 41, secret), bounceAddress(bounces, 42, secret)];
  expect(one).toMatch(/^bounces\+41-[0-9a-f]{16}@halden\.example$/);
  expect(mailAddress(one)).toBe(one);
  expect([letterOfBounce(one, bounces, secret), letterOfBounce(two, bounces, secret)]).toEqual([41, 42]);
  expect(letterOfBounce(` ${one.toUpperCase()} `, bounces, secret)).toBe(41);
});

test('C9: an address that we did not make is no letter’s', () => {
  const mark = /-([0-9a-f]+)@/.exec(bounceAddress(bounces, 41, secret))![1];
  for (const address of [
    bounces,
    `bounces+42-${mark}@halden.example`,
    `bounces+41-${mark}@evil.example`,
    `bounces+41-${mark}0@halden.example`,
    'bounces+41-@halden.example',
    bounceAddress(bounces, 41, Buffer.alloc(32, 8)),
    '',
  ])
    expect([address, letterOfBounce(address, bounces, secret)]).toEqual([address, null]);
});
