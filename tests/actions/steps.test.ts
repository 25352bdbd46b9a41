import { expect, test } from 'vitest';
import { inTurns } from '../../src/actions/steps.ts';
import { judgeRows, judgingRows } from '../../src/domain/people/import.ts';
import { readingRows, readRows } from '../../src/domain/people/rows.ts';
import { finish, mapInSteps } from '../../src/domain/steps.ts';

const columns = ['name', 'email', 'side', 'manager'] as const;
const list = Array.from({ length: 5000 }, (_, n) => ({
  line: n + 2,
  cells: [
    `Person ${n}`,
    `person.${n}@halden.example`,
    'talent',
    n % 50 ? `person.${n - 1}@halden.exampel` : '',
  ],
}));

test('others get their turn while thousands of rows are judged', async () => {
  let turns = 0;
  let isDone = false;
  const others = () => {
    turns += 1;
    if (!isDone) setImmediate(others);
  };
  setImmediate(others);
  const read = await inTurns(readingRows(list, columns));
  const judged = await inTurns(judgingRows(read, []));
  isDone = true;
  // 4,900 managers are misspelt, and a hundred of them are looked for among 5,000 addresses.
  expect(judged.filter(({ kind }) => kind === 'wrong').length).toBeGreaterThan(4000);
  expect(turns).toBeGreaterThan(100 * (5000 / 200));
});

test('one name looked for among thousands gives others their turn every two hundred', () => {
  const stepsOf = (manager: string) => {
    const rows = list.slice(0, 4000).map(({ line, cells }) => ({ line, cells: [...cells.slice(0, 3), ''] }));
    rows[7]!.cells[3] = manager;
    let count = 0;
    for (const _ of judgingRows(readRows(rows, columns), [])) count += 1;
    return count;
  };
  const known = stepsOf('person.8@halden.example');
  expect(stepsOf('person.8@halden.exampel')).toBeGreaterThanOrEqual(known + 2 * (4000 / 200));
});

test('what comes out in steps is what comes out at once', async () => {
  const some = list.slice(0, 300);
  const read = readRows(some, columns);
  expect(await inTurns(readingRows(some, columns))).toEqual(read);
  expect(await inTurns(judgingRows(read, []))).toEqual(judgeRows(read, []));
});

test('a step that fails fails the whole', async () => {
  const failing = mapInSteps([1, 2], () => {
    throw new Error('no');
  });
  await expect(inTurns(failing)).rejects.toThrow('no');
  expect(finish(mapInSteps([1, 2], (n) => n * 2))).toEqual([2, 4]);
});
