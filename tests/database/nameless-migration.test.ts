// The migration to the envelope keeps ballots that were cast before.
import { createHash } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { knownMigrations, migrateWithin } from '../../src/database/migrate.ts';
import { openDatabase } from '../../src/database/open.ts';
import { emptyPostgres } from '../support/database.ts';
import { needs } from '../support/needs.ts';

needs('postgresql')('the migration to the envelope', () => {
  test('turns each ballot into one value a question, keeps every vote and writes all of them anew', async () => {
    const { sql, close } = await openDatabase({ url: await emptyPostgres(), dataDir: '' });
    onTestFinished(close);
    const all = knownMigrations();
    const at = all.findIndex(({ sql: parts }) => parts.join().includes('CREATE TABLE "nameless_envelope"'));
    await sql.begin((tx) => migrateWithin(tx, all.slice(0, at)));
    const ballot = Buffer.alloc(32, 7);
    const [named, nameless] = [4711, Buffer.alloc(16, 9)];
    // Events and questions do not matter here, so foreign keys are not checked.
    for (const values of [{ question_id: named }, { nameless_id: nameless }])
      await sql.begin(async (tx) => {
        await tx`SET LOCAL session_replication_role = replica`;
        await tx`INSERT INTO ballot_votes ${tx({ event_id: 1, ballot, ...values })}`;
        await tx`INSERT INTO slips_spent ${tx({ event_id: 1, purpose: 'ask', hash: Buffer.from(String(Object.keys(values))) })}`;
      });
    await sql.begin(async (tx) => {
      await tx`SET LOCAL session_replication_role = replica`;
      await migrateWithin(tx, all);
    });
    const mark = (key: string) => createHash('sha256').update(ballot).update(key).digest('hex');
    const votes =
      await sql`SELECT encode(ballot, 'hex') AS mark, question_id AS named FROM ballot_votes ORDER BY named`;
    expect([...votes]).toEqual([
      { mark: mark(String(named)), named },
      { mark: mark(nameless.toString('base64url')), named: null },
    ]);
    const transactions =
      await sql`SELECT xmin::text FROM ballot_votes UNION SELECT xmin::text FROM slips_spent`;
    expect([transactions.length, (await sql`SELECT FROM slips_spent`).length]).toEqual([1, 2]);
  });
});
