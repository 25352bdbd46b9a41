// The soak itself: a build in which something is broken on purpose makes it fail, and the same without that does not.
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import type { Database } from '../../src/database/open.ts';
import { isWell, reportOf } from './report.ts';
import { soak } from './run.ts';

const short = { home: 'embedded', seed: 1, seconds: 6 } as const;

/** Lets the database do something of its own with each row of a table, as a mistake in the program would. */
async function whenever({ db }: Database, event: string, table: string, body: string): Promise<void> {
  const name = `sabotage_${table}`;
  await db.execute(
    sql.raw(
      `CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${body} RETURN NEW; END $$`,
    ),
  );
  await db.execute(
    sql.raw(`CREATE TRIGGER ${name} ${event} ON ${table} FOR EACH ROW EXECUTE FUNCTION ${name}()`),
  );
}

test('some seconds of traffic without a fault find nothing', async () => {
  const outcome = await soak(short);
  expect(reportOf('Embedded database', outcome)).toContain('All is well.');
  expect(isWell(outcome)).toBe(true);
  expect(outcome.ledger.counts.get('answers')!.done).toBeGreaterThan(0);
});

test('a build that loses a letter, one that only says that it sent them, one that asks twice and one that forgets votes make it fail', async () => {
  const outcome = await soak({
    ...short,
    async sabotage(database) {
      const losesSome = "IF NEW.kind = 'confirmed' THEN DELETE FROM letters WHERE id = NEW.id; END IF;";
      await whenever(database, 'AFTER INSERT', 'letters', losesSome);
      const asksTwice =
        "IF pg_trigger_depth() = 1 THEN NEW.id := nextval('questions_id_seq'); NEW.form_key := gen_random_uuid(); INSERT INTO questions SELECT NEW.*; END IF;";
      await whenever(database, 'AFTER INSERT', 'questions', asksTwice);
      const forgets = 'DELETE FROM question_votes WHERE question_id = NEW.question_id;';
      await whenever(database, 'AFTER INSERT', 'question_votes', forgets);
      const { db } = database;
      await db.execute(
        sql`UPDATE letters SET state = 'sent', bytes = '\\x01' WHERE kind = 'invitation' AND id % 7 = 0`,
      );
    },
  });
  const { lost, doubled, broken } = outcome.verdict;
  expect(broken.filter((one) => /^I5: person \d+ is coming/.test(one))).not.toEqual([]);
  expect(lost.filter((one) => /^The letter invitation:.*, which is called sent$/.test(one))).not.toEqual([]);
  expect(lost.filter((one) => one.startsWith('The vote'))).not.toEqual([]);
  expect(doubled.filter((one) => one.startsWith('The question Asked by name'))).not.toEqual([]);
  expect(isWell(outcome)).toBe(false);
  expect(reportOf('Embedded database', outcome)).toContain('FAILED');
});
