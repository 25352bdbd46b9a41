import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { checkBackup } from '../../../src/database/open.ts';
import { newFile } from '../../support/databases/backup-files.ts';
import {
  begin,
  dataFolder,
  halt,
  inUse,
  openFor,
  workFolders,
} from '../../support/databases/data-folders.ts';
import { run } from '../programs/run.ts';

test('a backup that is killed together with Flipside leaves nothing after the next start; one that goes on is left alone', async () => {
  const dataDir = await dataFolder();
  const holder = run('fill-and-hold.ts', [dataDir, '100000']);
  await holder.says('open');
  const [killed, living] = [newFile(), newFile()];
  const first = begin('backup', ['--out', killed], dataDir);
  await halt(first, dataDir, killed);
  const second = begin('backup', ['--out', living], dataDir);
  await halt(second, dataDir, living);
  for (const one of [holder, first]) one.child.kill('SIGKILL');
  await Promise.all([holder.ended, first.ended]);
  expect(workFolders(dataDir).length).toBeGreaterThan(0);
  await openFor(dataDir);
  expect(fs.readdirSync(path.dirname(killed))).toEqual([]);
  second.child.kill('SIGCONT');
  expect(await second.ended).toMatchObject({ code: 0 });
  await checkBackup(living);
  await expect.poll(() => fs.readdirSync(dataDir).sort()).toEqual(inUse);
});
