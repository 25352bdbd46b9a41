import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { useWorld } from '../support/world.ts';

const world = useWorld();

/** The addresses of style sheet, scripts and font in a page. */
async function addresses(): Promise<string[]> {
  const { body } = await world.get('/sign-in');
  return [...body.matchAll(/(?:href|src)="(\/static\/[^"]+)"/g)].map((match) => match[1]!);
}

describe('style sheets, scripts and fonts', () => {
  test('all that a page asks for is there, from us, for a year', async () => {
    const all = await addresses();
    expect(all.map((address) => address.split('/').at(-1))).toEqual([
      'favicon.svg',
      'instrument-sans-latin-standard-normal.woff2',
      'site.css',
      'htmx.js',
      'site.js',
    ]);
    for (const address of all) {
      const answer = await world.get(address);
      expect([answer.statusCode, answer.headers['cache-control']]).toEqual([
        200,
        'public, max-age=31536000, immutable',
      ]);
    }
  });

  test('what a style sheet asks for is there too', async () => {
    const site = (await addresses()).find((address) => address.endsWith('site.css'))!;
    const queue = [site];
    const seen = new Set<string>();
    for (const address of queue) {
      if (seen.has(address)) continue;
      seen.add(address);
      const answer = await world.get(address);
      expect([address, answer.statusCode]).toEqual([address, 200]);
      if (!address.endsWith('.css')) continue;
      for (const match of answer.body.matchAll(/(?:url\(|@import\s+)["']?([^"')\s;]+)/g)) {
        if (!match[1]!.startsWith('data:')) queue.push(new URL(match[1]!, `http://x${address}`).pathname);
      }
    }
    expect([...seen].filter((address) => address.endsWith('.woff2')).length).toBeGreaterThan(0);
  });

  test('travel packed where the browser can unpack them', async () => {
    const site = (await addresses()).find((address) => address.endsWith('htmx.js'))!;
    const plain = await world.get(site);
    expect(plain.headers['content-encoding']).toBe(undefined);
    const brotli = await world.get(site, { headers: { 'accept-encoding': 'gzip, br' } });
    expect(brotli.headers['content-encoding']).toBe('br');
    expect(brotliDecompressSync(brotli.rawPayload).equals(plain.rawPayload)).toBe(true);
    const gzip = await world.get(site, { headers: { 'accept-encoding': 'gzip' } });
    expect(gzip.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(gzip.rawPayload).equals(plain.rawPayload)).toBe(true);
  });

  test('of another version still come while it is rolled out, but are not kept', async () => {
    const site = (await addresses()).find((address) => address.endsWith('site.css'))!;
    const old = site.replace(/static\/\w+/, 'static/000000000000');
    const answer = await world.get(old);
    expect([answer.statusCode, answer.headers['cache-control']]).toEqual([200, 'no-store']);
  });

  test.each([
    '../package.json',
    '..%2fpackage.json',
    '%2e%2e/package.json',
    'css/%2e%2e/%2e%2e/src/main.ts',
    'constructor',
  ])('nothing beyond them is to be had: %s', async (path) => {
    expect((await world.get(`/static/000000000000/${path}`)).statusCode).toBe(404);
  });
});
