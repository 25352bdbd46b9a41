import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seed } from '../../src/cli/seed.ts';
import { readConfig } from '../../src/config.ts';
import { openDatabase } from '../../src/database/open.ts';
import { people } from '../../src/store/schema/index.ts';
import { copyOfTemplate } from '../support/database.ts';
import { dump } from '../support/demo.ts';

let folder: string;
const config = () => readConfig({ DATA_DIR: folder });
const dumped = async () => {
  const database = await openDatabase({ dataDir: folder, log: () => {} });
  return dump(database.db).finally(database.close);
};

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'flipside-test-'));
  fs.renameSync(await copyOfTemplate(), path.join(folder, 'database'));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

describe('npm run seed', () => {
  test('adds the demo programme once, and with --remove takes exactly that away', async () => {
    await expect(seed(config(), ['--remove'])).rejects.toMatchObject({ kind: 'not-found' });
    const before = await dumped();
    expect(await seed(config(), [])).toBe(
      'The demo programme is in. Sign in as ida.nordby@halden.example, its organiser.',
    );
    expect((await dumped()).get('people')!.length).toBe(40);
    await expect(seed(config(), [])).rejects.toMatchObject({ kind: 'conflict' });
    expect(await seed(config(), ['--remove'])).toBe('The demo programme is gone.');
    const after = await dumped();
    expect(after.get('audit_log')).toEqual([expect.stringContaining('removed-demo')]);
    expect(after.set('audit_log', [])).toEqual(before);
  });

  test('while Flipside runs on the folder, it says who holds it', async () => {
    const running = await openDatabase({ dataDir: folder, log: () => {} });
    await expect(seed(config(), [])).rejects.toThrow(
      `process ${process.pid} holds it. Stop that one first, or set DATA_DIR to another folder.`,
    );
    expect(await running.db.select().from(people)).toEqual([]);
    await running.close();
  });

  test('anything else it was asked is answered with what it can do', async () => {
    for (const args of [['--help'], ['--everything'], ['remove']])
      expect(await seed(config(), args)).toContain('npm run seed -- --remove ');
  });
});
