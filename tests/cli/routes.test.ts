import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

test('npm run routes prints every address once, with who may use it', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['src/cli/routes.ts']);
  const lines = stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.split(/ {2,}|(?<=^(?:GET|POST)) /).map((cell) => cell.trim()));
  const who = new Map(lines.map(([method, path, access]) => [`${method} ${path}`, access]));
  expect(who.get('GET /events/:id')).toBe('organisers');
  expect(who.get('GET /e/:slug')).toBe('everyone signed in');
  expect(who.get('POST /i/:token/answer')).toBe('holders of the link');
  expect(who.get('POST /anon/questions')).toBe('anyone, without a cookie');
  expect(who.get('GET /sign-in')).toBe('anyone');
  expect(who.size).toBe(lines.length);
  expect([...who.values()].filter((access) => !access)).toEqual([]);
});
