import { describe, expect, test } from 'vitest';
import { useWorld } from '../support/world.ts';

const world = useWorld();
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

describe('Output 10: the strict policy', () => {
  test.each([
    '/sign-in',
    '/no-such-page',
    '/',
    '/healthz',
    '/robots.txt',
    '/mailbox',
    '/setup/not-the-token',
  ])('stands on %s', async (path) => {
    const { headers } = await world.get(path);
    expect(headers['content-security-policy']).toBe(policy);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['cross-origin-opener-policy']).toBe('same-origin');
    expect(headers['strict-transport-security']).toBe('max-age=63072000; includeSubDomains');
  });

  test('stands on refusals and mistakes too', async () => {
    for (const headers of [{ host: 'evil.example' }, { host: '' }]) {
      expect((await world.get('/sign-in', { headers })).headers['content-security-policy']).toBe(policy);
    }
    expect((await world.post('/sign-in', { email: 'x' })).headers['content-security-policy']).toBe(policy);
  });

  test('pages of people who are signed in are kept nowhere', async () => {
    for (const path of ['/account', '/mailbox', '/', '/no-such-page']) {
      expect((await world.get(path, { as: world.organiser })).headers['cache-control']).toBe(
        'private, no-store',
      );
    }
  });

  test('style sheets and scripts are kept for a year', async () => {
    const sheet = /href="([^"]+site\.css)"/.exec((await world.get('/sign-in')).body)![1]!;
    expect((await world.get(sheet)).headers['cache-control']).toBe('public, max-age=31536000, immutable');
  });

  test('addresses with a secret in them do not travel on, others only within the site', async () => {
    const policyOf = async (path: string) => (await world.get(path)).headers['referrer-policy'];
    expect(await policyOf('/sign-in')).toBe('same-origin');
    expect(await policyOf('/setup/some-token')).toBe('no-referrer');
    expect(await policyOf('/sign-in/link/some-token')).toBe('no-referrer');
  });
});

describe('on plain http', () => {
  const local = useWorld({ baseUrl: 'http://localhost:3000' });

  test('there is no promise of https', async () => {
    expect((await local.get('/sign-in')).headers['strict-transport-security']).toBe(undefined);
  });
});
