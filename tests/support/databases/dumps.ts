// A copy of the database as a thief would read it: our own backup or pg_dump, with everything encoded in it decoded.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import type postgres from 'postgres';
import { backUp } from '../../../src/database/backup.ts';
import type { Db } from '../../../src/database/open.ts';
import { realPostgres, temporaryFolder } from '../database.ts';
import { textOfBackup } from './backup-files.ts';
import { postgresPrograms, withDatabase } from './postgres-server.ts';

/** Reads our own backup of this database. */
export async function ourBackup(db: Db): Promise<string> {
  const file = path.join(temporaryFolder(), 'backup');
  await backUp((db as unknown as { $client: postgres.Sql }).$client, file);
  return Buffer.from(await textOfBackup(file)).toString('latin1');
}

/** Reads what pg_dump writes of this database, job tables included: inside `needs('postgresql')` only. */
export async function pgDump(db: Db): Promise<string> {
  const [row] = await db.execute<{ name: string }>('SELECT current_database() AS name');
  const url = withDatabase(await realPostgres(), row!.name);
  const program = path.join(postgresPrograms()!, 'pg_dump');
  return execFileSync(program, ['--dbname', url], { encoding: 'latin1', maxBuffer: 2 ** 30 });
}

/** Decodes what is encoded: bytes in hex, quoted-printable and folded lines, and base64 within those. */
export function laidOpen(dump: string): string {
  const bytes = [...dump.matchAll(/\\\\?x((?:[0-9a-f]{2}){8,})/g)].map(([, hex]) =>
    Buffer.from(hex!, 'hex').toString('latin1'),
  );
  const texts = [dump, ...bytes].flatMap((text) => [text, text.replace(/=\r?\n/g, '')]);
  const encoded = texts.flatMap((text) =>
    [...text.matchAll(/(?:[A-Za-z0-9+/]{40,76}\r\n)+[A-Za-z0-9+/=]+/g)].map(([base64]) =>
      Buffer.from(base64, 'base64')
        .toString('latin1')
        .replace(/\r\n[ \t]/g, ''),
    ),
  );
  return [...texts, ...encoded].join('\n');
}
