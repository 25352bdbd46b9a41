import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openDatabase } from '../../src/database/open.ts';
import { dataFolder } from '../support/databases/data-folders.ts';
import { byLength } from '../support/length.ts';
import { needs } from '../support/needs.ts';
import { numbers } from './one-engine.ts';
import { run } from './programs/run.ts';

const idsIn = (lines: string[]) =>
  lines.filter((line) => /^id \d+$/.test(line)).map((line) => Number(line.slice(3)));

// A start takes a second or two; where nobody waits for the answer there are more.
const times = byLength(5, 20);

test(`killed ${times} times in the middle of inserting, every acknowledged row is there`, {
  timeout: 4_000_000,
}, async () => {
  const folder = await dataFolder();
  const random = numbers(30);
  const acknowledged: number[] = [];
  for (let time = 0; time < times; time++) {
    const program = run('insert.ts', [folder, 'Infinity', '5', '200']);
    await program.says('id');
    await pause(random() * 150);
    program.child.kill('SIGKILL');
    expect(await program.ended).toEqual({ code: null, signal: 'SIGKILL' });
    acknowledged.push(...idsIn(program.lines));
  }
  const database = await openDatabase({ dataDir: folder });
  const rows = await database.sql`select id::int from acknowledged`;
  await database.close();
  const there = new Set(rows.map((row) => row.id));
  expect(acknowledged.filter((id) => !there.has(id))).toEqual([]);
  expect(new Set(acknowledged).size).toBe(acknowledged.length);
  expect(acknowledged.length).toBeGreaterThan(5 * times);
});

needs('strace')('on the disk', () => {
  test('each row is synced before it is acknowledged', { timeout: 1_200_000 }, async () => {
    const folder = await dataFolder();
    const trace = path.join(folder, 'trace');
    const strace = ['strace', '-y', '-e', 'trace=fsync,write', '-o', trace];
    const program = run('insert.ts', [folder, '20', '1'], strace);
    expect(await program.ended).toEqual({ code: 0, signal: null });
    expect(idsIn(program.lines).length).toBe(20);

    const events = fs.readFileSync(trace, 'utf8').split('\n').flatMap(eventOf);
    const story = events.slice(events.indexOf('ready') + 1, events.lastIndexOf('acknowledged') + 1);
    const eachSynced = Array.from({ length: 20 }, () => ['synced', 'acknowledged']).flat();
    expect(story.filter((event, at) => event !== story[at - 1])).toEqual(eachSynced);
  });
});

function eventOf(line: string): string[] {
  if (/fsync\(\d+<[^>]*\/pg_wal\/[0-9A-F]{24}>\) += 0/.test(line)) return ['synced'];
  if (/write\(1<[^>]*>, "id \d+\\n"/.test(line)) return ['acknowledged'];
  return /write\(1<[^>]*>, "ready\\n"/.test(line) ? ['ready'] : [];
}
