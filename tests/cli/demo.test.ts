import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { argumentsOf, freePort } from '../support/process.ts';

const root = path.resolve(import.meta.dirname, '../..');
let temporary: string;
beforeAll(() => {
  temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'flipside-test-'));
});
afterAll(() => fs.rmSync(temporary, { recursive: true, force: true }));

describe('npm run demo', () => {
  test('prints where it is and a tour of five lines, lets look around, and leaves nothing behind', {
    timeout: 1_200_000,
  }, async () => {
    const port = await freePort();
    // Whatever else is configured here is left alone: these would stop it.
    const elsewhere = { DATABASE_URL: 'postgres://nowhere.example/x', SMTP_URL: 'smtp://nowhere.example' };
    const { PATH = '', HOME = '' } = process.env;
    const child = spawn(process.execPath, argumentsOf('demo'), {
      cwd: root,
      env: { PATH, HOME, TMPDIR: temporary, PORT: String(port), ...elsewhere },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const gone = once(child, 'close');
    let output = '';
    const told = new Promise<void>((resolve) => {
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding('utf8').on('data', (text: string) => {
          output += text;
          if (output.includes('Ctrl-C ends it')) resolve();
        });
    });
    try {
      await Promise.race([told, gone]);
      expect(output).toContain(`Flipside with an invented programme is at http://localhost:${port}\n`);
      expect(output.match(/^\d\. .*$/gm)?.length).toBe(5);
      expect(output).not.toMatch(/failed|Error|^ {4}at /m);
      expect(fs.readdirSync(temporary).filter((name) => name.startsWith('flipside-demo-')).length).toBe(1);
      const first = await (await fetch(`http://localhost:${port}/sign-in`)).text();
      expect(first.match(/action="\/demo\/\w+"/g)).toEqual([
        'action="/demo/organiser"',
        'action="/demo/talent"',
        'action="/demo/senior"',
        'action="/demo/guest"',
      ]);
    } finally {
      child.kill('SIGTERM');
    }
    expect(await gone).toEqual([0, null]);
    expect(fs.readdirSync(temporary)).toEqual([]);
  });
});
