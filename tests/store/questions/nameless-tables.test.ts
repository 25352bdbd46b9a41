// The tables of asking without a name have these columns and no others.
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { testDatabase } from '../../support/database.ts';

const allowed: Record<string, string[]> = {
  ballot_votes: ['ballot bytea', 'event_id integer', 'nameless_id bytea', 'question_id integer'],
  nameless_aside: ['day date', 'key_id bytea', 'sealed bytea'],
  nameless_envelope: ['id smallint', 'key_id bytea', 'sealed bytea'],
  nameless_failures: ['day date', 'kind text', 'n integer'],
  nameless_intake: ['edit_hash bytea', 'event_id integer', 'id bytea', 'text text', 'topic_id integer'],
  nameless_keys: ['id smallint', 'key_id bytea', 'wrapped bytea'],
  nameless_questions: [
    'ballots_kept integer',
    'edit_hash bytea',
    'event_id integer',
    'id bytea',
    'merged_into text',
    'note text',
    'reworded boolean',
    'state text',
    'text text',
    'topic_id integer',
  ],
  slip_keys: ['event_id integer', 'private_key bytea', 'public_key bytea', 'purpose text'],
  slips_issued: ['batch smallint', 'event_id integer', 'person_id integer', 'purpose text', 'request bytea'],
  slips_spent: ['event_id integer', 'hash bytea', 'purpose text'],
};

const database = await testDatabase();

async function columnsOf(like: string): Promise<Record<string, string[]>> {
  const rows = await database.db.execute<{ table: string; column: string }>(sql`
    SELECT table_name AS "table", column_name || ' ' || data_type AS "column" FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name ~ ${like} ORDER BY column_name`);
  return Object.fromEntries(
    Object.entries(Object.groupBy(rows, ({ table }) => table)).map(([table, list]) => [
      table,
      list!.map(({ column }) => column),
    ]),
  );
}

test('the tables of nameless questions, ballots and slips hold these columns and nothing else', async () => {
  expect(await columnsOf('^(ballot|nameless|slip)')).toEqual(allowed);
});

test('nothing in them counts up, and nothing is filled in by itself that could tell a time or an order', async () => {
  const rows = await database.db.execute<{ column: string; default: string | null }>(sql`
    SELECT table_name || '.' || column_name AS "column", column_default AS "default" FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name ~ '^(ballot|nameless|slip)' AND (column_default IS NOT NULL OR is_identity = 'YES')
    ORDER BY 1`);
  expect(rows.map((row) => [row.column, row.default])).toEqual([
    ['nameless_questions.ballots_kept', '0'],
    ['nameless_questions.merged_into', "''::text"],
    ['nameless_questions.note', "''::text"],
    ['nameless_questions.reworded', 'false'],
  ]);
});

test('who asked can be reached from a question by no chain of foreign keys but through its event or its table', async () => {
  const rows = await database.db.execute<{ link: string }>(sql`
    SELECT conrelid::regclass || ' to ' || confrelid::regclass AS link FROM pg_constraint
    WHERE contype = 'f' AND (conrelid::regclass::text ~ '^(ballot|nameless|slips_spent)' OR confrelid::regclass::text ~ '^nameless')
    ORDER BY 1`);
  expect(rows.map(({ link }) => link)).toEqual([
    'ballot_votes to events',
    'ballot_votes to nameless_questions',
    'ballot_votes to questions',
    'nameless_intake to events',
    'nameless_intake to topics',
    'nameless_questions to events',
    'nameless_questions to topics',
    'slips_spent to events',
    'votes_on_nameless to nameless_questions',
  ]);
});
