import { describe, expect, test } from 'vitest';
import { readCsv } from '../../../src/web/csv.ts';
import { htmlToPlainText } from '../../../src/web/plain-text.ts';
import { plainTextsOf, readCsvFile } from '../../../src/web/read-files.ts';
import { importsOf, sourcesBelow } from '../../support/source.ts';

// uploaded files are read in a thread of their own

const list = Buffer.from(`name;side;notes\n${'Åsa Lind;senior;“one; two”\n'.repeat(4000)}`);

/** How often the event loop of this thread, which answers pages, turns until the work is done. */
async function turnsDuring(work: Promise<unknown>): Promise<number> {
  let [turns, isDone] = [0, false];
  const done = work.then(() => {
    isDone = true;
  });
  while (!isDone) {
    turns += 1;
    await new Promise(setImmediate);
  }
  await done;
  return turns;
}

describe('a CSV file', () => {
  test('is read as it would be here, with the rows in their order', async () => {
    expect(await readCsvFile(list)).toEqual(readCsv(list));
    const options = { encoding: 'Windows-1252', delimiter: ',' } as const;
    expect(await readCsvFile(list, options)).toEqual(readCsv(list, options));
    const workbook = Buffer.from([0x50, 0x4b, 0x03, 0x04, 1, 2, 3]);
    expect(await readCsvFile(workbook)).toEqual(readCsv(workbook));
    expect((await readCsvFile(workbook)).problem).toMatch(/^This is an Excel workbook/);
  });

  test('leaves the thread that answers pages free: it goes on turning while the file is read', async () => {
    expect(await turnsDuring(Promise.resolve().then(() => readCsv(list)))).toBeLessThan(5);
    expect(await turnsDuring(readCsvFile(list))).toBeGreaterThan(50);
  });

  test('comes back in parts, so that taking in many rows is no long work either', async () => {
    const wide = Buffer.from(`${Array(50).fill('c').join()}\n${`${'words,'.repeat(49)}x\n`.repeat(2000)}`);
    const file = readCsv(wide);
    expect(file.rows.length * 50).toBe(100_000);
    expect(await readCsvFile(wide)).toEqual(file);
  });

  test('waits for the one before it, and is read whatever became of that one', async () => {
    const ended: string[] = [];
    const read = (name: string, ...given: Parameters<typeof readCsvFile>) =>
      readCsvFile(...given).then((file) => {
        ended.push(name);
        return file;
      });
    const [long, stopped, short] = await Promise.all([
      read('long', list),
      read('stopped', list, {}, { seconds: 0, megabytes: 512 }),
      read('short', Buffer.from('name\nAda\n')),
    ]);
    expect(ended).toEqual(['long', 'stopped', 'short']);
    expect([long.rows.length, short.rows.length]).toEqual([4000, 1]);
    expect(stopped).toMatchObject({
      rows: [],
      problem: 'The file could not be read. Save it from Excel as “CSV UTF-8” and choose it again.',
    });
  });

  test('that asks for more memory than its share is refused in words, and takes nothing else down', async () => {
    const file = await readCsvFile(list, {}, { seconds: 30, megabytes: 4 });
    expect(file.problem).toMatch(/^The file could not be read/);
    expect((await readCsvFile(list)).rows.length).toBe(4000);
  });
});

describe('descriptions in HTML', () => {
  test('become text in that thread too', async () => {
    const html = Array.from(
      { length: 300 },
      (_, n) => `<p>Trend <b>${n}</b> <a href="https://a.example/${n}">more</a>`,
    );
    const work = plainTextsOf(html);
    expect(await turnsDuring(work)).toBeGreaterThan(50);
    expect(await work).toEqual(html.map(htmlToPlainText));
  });
});

test('no page reads a file in its own thread: only the command line does', () => {
  const readers = sourcesBelow('src').flatMap((source) =>
    importsOf(source)
      .filter(({ isType, from }) => !isType && /(web|\.)\/(csv|plain-text)\.ts$/.test(from))
      .filter(() => /\breadCsv\(|\bhtmlToPlainText\(/.test(source.text))
      .map(() => source.path),
  );
  expect([...new Set(readers)].sort()).toEqual([
    'src/cli/planning/list-cells.ts',
    'src/cli/planning/people-list.ts',
    'src/cli/planning/tables-csv.ts',
    'src/web/file-thread.ts',
  ]);
});
