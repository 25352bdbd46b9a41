import { describe, expect, test } from 'vitest';
import { buildApp } from '../../src/app.ts';
import { openLog } from '../../src/web/log.ts';
import { useWorld } from '../support/world.ts';

const world = useWorld();

/** The whole site with a log that says everything, two addresses that fail, and one each that answer. */
async function loggingSite() {
  const lines: string[] = [];
  const app = await buildApp(world.ctx, {
    log: openLog('trace', { write: (line) => void lines.push(line) }),
  });
  const fail = async () => {
    throw new Error('broken');
  };
  app.get('/broken', { config: { access: 'anyone' } }, fail);
  app.post('/anon/broken', { config: { access: 'nameless' } }, fail);
  app.post('/anon/fine', { config: { access: 'nameless' } }, async () => 'fine');
  await app.ready();
  lines.length = 0;
  const { host } = new URL(world.ctx.baseUrl);
  const ask = (url: string, headers: Record<string, string> = {}) =>
    app.inject({ method: 'POST', url, headers: { host, 'sec-fetch-site': 'same-origin', ...headers } });
  return { lines, ask, open: (url: string) => app.inject({ url, headers: { host } }) };
}

describe('the log', () => {
  test('hears of a mistake at any other address', async () => {
    const { lines, open } = await loggingSite();
    expect((await open('/broken')).statusCode).toBe(500);
    expect(lines.join('')).toContain('broken');
  });

  test('says nothing of what is asked without a name: neither when it goes well, nor refused, nor a mistake', async () => {
    const { lines, ask } = await loggingSite();
    expect((await ask('/anon/fine')).statusCode).toBe(200);
    expect((await ask('/anon/fine', { cookie: 'a=b' })).statusCode).toBe(422);
    expect((await ask('/anon/fine', { 'x-forwarded-for': '203.0.113.7' })).statusCode).toBe(200);
    expect((await ask('/anon/broken')).statusCode).toBe(500);
    expect((await ask('/anon/nowhere')).statusCode).toBe(404);
    expect(lines).toEqual([]);
  });
});
