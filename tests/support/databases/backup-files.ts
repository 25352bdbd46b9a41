// Backups as files: made, read as text, written as an earlier version wrote them, and damaged.
import fs from 'node:fs';
import path from 'node:path';
import { checkBackup } from '../../../src/database/backups/checked.ts';
import { partsWriter } from '../../../src/database/backups/parts.ts';
import { temporaryFolder } from '../database.ts';

/** A name where no file is yet, in a folder of its own. */
export const newFile = () => path.join(temporaryFolder(), 'flipside.backup');

/** A new file with this content. */
export function fileOf(content: Buffer | string): string {
  const file = newFile();
  fs.writeFileSync(file, content);
  return file;
}

/** All lines of a backup, whole, as version 1 wrote them. */
export async function textOfBackup(file: string): Promise<string> {
  const lines: string[] = [];
  for await (const line of (await checkBackup(file)).lines()) lines.push(`${JSON.stringify(line)}\n`);
  return lines.join('');
}

/** The rows of each table. */
export async function rowsOf(file: string): Promise<Record<string, string[]>> {
  const rows: Record<string, string[]> = {};
  let table = '';
  for await (const line of (await checkBackup(file)).lines()) {
    if (typeof line === 'string') rows[table]!.push(line);
    else if ('table' in line) {
      table = line.table;
      rows[table] = [];
    }
  }
  return rows;
}

/** Packs these lines as today's version does, whatever they say. */
export async function packed(lines: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  const writer = partsWriter(async (bytes) => void parts.push(bytes));
  await writer.begin();
  for (const line of lines.trimEnd().split('\n')) await writer.line(line);
  await writer.end();
  return Buffer.concat(parts);
}
