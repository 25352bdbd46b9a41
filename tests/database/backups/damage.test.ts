import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { checkBackup } from '../../../src/database/backups/checked.ts';
import { CannotRestore } from '../../../src/database/open.ts';
import { fileOf, packed } from '../../support/databases/backup-files.ts';
import { byLength } from '../../support/length.ts';

const plain = fs.readFileSync(path.join(import.meta.dirname, 'version-1.jsonl'), 'utf8');

/** The sentence with which a file is refused; `taken` where it is not. Anything but a sentence fails the test. */
async function refusalOf(content: Buffer | string): Promise<string> {
  const file = fileOf(content);
  try {
    await checkBackup(file);
    return 'taken';
  } catch (error) {
    if (error instanceof CannotRestore) return error.message.replace(file, 'FILE');
    throw error;
  } finally {
    fs.rmSync(path.dirname(file), { recursive: true });
  }
}

const damaged = 'FILE is damaged: it is not as it was written. Nothing was restored. Use another backup.';
const incomplete = 'FILE is not complete: its end is missing. Nothing was restored. Use another backup.';
const foreign = 'FILE is not a backup of Flipside.';
const newer = 'This backup was written by a newer Flipside. Update Flipside, then restore it.';

describe('of a backup, before anything is restored', () => {
  /** Two parts of lines, so that one can be in the other's place. */
  let whole: Buffer;
  beforeAll(async () => {
    const rows = Array.from({ length: 1100 }, (_, row) => JSON.stringify(`${row} ${'x'.repeat(1000)}`));
    const count = plain.split('\n').filter((line) => line.startsWith('"')).length + rows.length;
    const lines = plain
      .replace(/(\{"table":"people".*\n)/, `$1${rows.join('\n')}\n`)
      .replace(/"rows":\d+/, `"rows":${count}`);
    whole = await packed(lines);
  });

  test('the whole file is taken, also one of the version before', async () => {
    expect(await refusalOf(whole)).toBe('taken');
    expect(await refusalOf(plain)).toBe('taken');
  });

  test('any changed letter is noticed, wherever it is', async () => {
    const step = byLength(29, 3);
    const said = new Map<string, number>();
    for (let at = 0; at < whole.length; at += step) {
      const flipped = Buffer.from(whole);
      flipped[at]! ^= 1 << (at % 8);
      const sentence = await refusalOf(flipped);
      said.set(sentence, (said.get(sentence) ?? 0) + 1);
    }
    expect([...said.keys()].filter((one) => ![damaged, incomplete, foreign, newer].includes(one))).toEqual(
      [],
    );
    expect(said.get(damaged)).toBeGreaterThan(whole.length / step / 2);
  });

  test('any missing end is noticed', async () => {
    for (let length = 0; length < whole.length; length += byLength(97, 5))
      expect(await refusalOf(whole.subarray(0, length))).toBe(length < 18 ? foreign : incomplete);
    expect(await refusalOf(Buffer.concat([whole, Buffer.from('more')]))).toBe(damaged);
  });

  test('a part that is missing, doubled or in another place is noticed', async () => {
    const [start, first, second, end] = partsOf(whole);
    expect(await refusalOf(Buffer.concat([start!, first!, second!, end!]))).toBe('taken');
    expect(await refusalOf(Buffer.concat([start!, second!, first!, end!]))).toBe(damaged);
    expect(await refusalOf(Buffer.concat([start!, first!, first!, second!, end!]))).toBe(damaged);
    expect(await refusalOf(Buffer.concat([start!, first!, end!]))).toBe(damaged);
    expect(await refusalOf(Buffer.concat([start!, end!]))).toBe(damaged);
  });

  test('what is no backup, or a newer one, is called so', async () => {
    const later = plain.replace('"migrations":[', '"migrations":[9999999999999,');
    const cases: [Buffer | string, string][] = [
      ['', foreign],
      ['name;email\nAda;ada@example.org\n', foreign],
      ['{"name": "flipside"}\n', foreign],
      [randomBytes(5000), foreign],
      [fs.readFileSync(process.execPath).subarray(0, 100_000), foreign],
      [Buffer.from(whole.toString('latin1').replace('backup 2', 'backup 3'), 'latin1'), newer],
      [plain.replace('"version":1', '"version":2'), newer],
      [later, newer],
      [await packed(later), newer],
    ];
    for (const [content, sentence] of cases) expect(await refusalOf(content)).toBe(sentence);
  });

  test('what the version before wrote is refused with a sentence where it is cut or its lines are none', async () => {
    const lines = plain.trimEnd().split('\n');
    const cases: [string, string][] = [
      [`${lines.slice(0, -1).join('\n')}\n`, incomplete],
      [plain.slice(0, plain.length / 2), damaged],
      [
        lines
          .toSpliced(
            lines.findIndex((line) => line.startsWith('"')),
            1,
          )
          .join('\n'),
        damaged,
      ],
      [plain.replace('"columns":[', '"columns":[1,'), damaged],
      [plain.replace('{"table":"people",', '{"table":null,'), damaged],
      [plain.replace('"last":"3"', '"last":"three"'), damaged],
      [`${plain}"(4,Eve)"\n`, damaged],
      [plain.replace('\n', '\nnull\n'), damaged],
    ];
    for (const [content, sentence] of cases) {
      expect(content).not.toBe(plain);
      expect(await refusalOf(content)).toBe(sentence);
    }
  });
});

/** The first line, and then each part with its head. */
function partsOf(whole: Buffer): Buffer[] {
  const parts = [whole.subarray(0, whole.indexOf('\n') + 1)];
  for (let at = parts[0]!.length; at < whole.length; ) {
    const next = at + 37 + whole.readUInt32BE(at);
    parts.push(whole.subarray(at, next));
    at = next;
  }
  return parts;
}
