// The benches: what a table says is the same in every run, but for the times.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const bench = (name: string) =>
  spawnSync(process.execPath, ['bench/bench.ts', name], { cwd: root, encoding: 'utf8' });

test('the bench of pairs prints the same values twice; only the last two columns are times', () => {
  const values = () => {
    const rows = bench('pairs').stdout.trim().split('\n');
    return rows.map((row) =>
      row
        .split('|')
        .slice(1, -3)
        .map((cell) => cell.trim()),
    );
  };
  const once = values();
  expect(once.length).toBeGreaterThan(4);
  expect(once[0]).toContain('best, or bound');
  expect(values()).toEqual(once);
});

test('a bench that is not there is answered with those that are', () => {
  const { status, stderr } = bench('chairs');
  expect(status).toBe(2);
  expect(stderr).toMatch(
    /^There is no bench “chairs”: npm run bench -- .*tables\|assign\|dates\|pairs\|robust\|soft\|pages/,
  );
});
