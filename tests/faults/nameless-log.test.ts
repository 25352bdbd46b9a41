// The log about requests in which nobody may be known, even when something goes wrong: nothing.
import postgres from 'postgres';
import { expect, onTestFinished, test } from 'vitest';
import { realPostgres } from '../support/database.ts';
import { needs } from '../support/needs.ts';
import { startFlipside } from '../support/process.ts';

needs('postgresql')('the log', () => {
  test('says nothing of requests below /anon/, though it tells of mistakes elsewhere', {
    timeout: 1_200_000,
  }, async () => {
    const url = await realPostgres();
    const flipside = await startFlipside({ DATABASE_URL: url, LOG_LEVEL: 'debug' });
    onTestFinished(async () => void (await flipside.stop('SIGKILL')));
    const sql = postgres(url, { max: 1, onnotice: () => {} });
    onTestFinished(() => sql.end());
    const before = flipside.output().length;
    await sql`DROP TABLE nameless_questions, programmes CASCADE`;
    const mine = (headers: Record<string, string> = {}) =>
      fetch(`${flipside.baseUrl}/anon/mine`, {
        method: 'POST',
        headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ secret: 'AAAAAAAAAAAAAAAAAAAAAA' }),
      });
    expect((await mine()).status).toBe(500);
    expect((await mine({ cookie: 'a=b' })).status).toBe(422);
    expect((await flipside.get('/sign-in')).status).toBe(500);
    await expect.poll(() => flipside.output().slice(before)).toContain('a mistake of ours');
    const lines = flipside.output().slice(before).trim().split('\n');
    expect(lines.filter((line) => /nameless_questions|anon/.test(line))).toEqual([]);
    expect(lines.filter((line) => line.includes('a mistake of ours')).length).toBe(1);
  });
});
