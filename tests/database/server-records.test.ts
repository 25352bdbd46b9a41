// Records that the settings of a PostgreSQL server keep of a question without a name, read at the start.
import { sql } from 'drizzle-orm';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../src/database/open.ts';
import { readServerRecords, recordsOf } from '../../src/database/server-records.ts';
import { databaseForThisTest, realPostgres } from '../support/database.ts';
import { needs } from '../support/needs.ts';

/** PostgreSQL's own defaults. */
const defaults = {
  log_statement: 'none',
  log_duration: 'off',
  log_min_duration_statement: '-1',
  log_min_duration_sample: '-1',
  log_statement_sample_rate: '1',
  log_transaction_sample_rate: '0',
  log_parameter_max_length: '-1',
  log_parameter_max_length_on_error: '0',
  track_commit_timestamp: 'off',
};

test.each([
  ['as they come', {}, [false, false]],
  ['that log every statement', { log_statement: 'all' }, [true, true]],
  ['that log what writes', { log_statement: 'mod' }, [true, true]],
  ['that log changes of tables only', { log_statement: 'ddl' }, [false, false]],
  ['that log what takes long', { log_min_duration_statement: '1000' }, [true, true]],
  ['that log a part of what takes long', { log_min_duration_sample: '100' }, [true, true]],
  ['that log a part of all transactions', { log_transaction_sample_rate: '0.01' }, [true, true]],
  [
    'that log statements without their values',
    { log_statement: 'all', log_parameter_max_length: '0' },
    [false, true],
  ],
  ['that log the values of what fails', { log_parameter_max_length_on_error: '64' }, [true, true]],
  ['that log how long each statement takes', { log_duration: 'on' }, [false, true]],
  ['that keep when each transaction ended', { track_commit_timestamp: 'on' }, [false, true]],
])('settings %s', (_what, settings, expected) => {
  const { words, moments, settings: named } = recordsOf({ ...defaults, ...settings });
  expect([words, moments]).toEqual(expected);
  expect(named.length > 0).toBe(moments);
});

test('the embedded database keeps nothing besides its tables', async () => {
  expect(await readServerRecords(await databaseForThisTest())).toEqual({
    words: false,
    moments: false,
    settings: [],
  });
});

needs('postgresql')('a server', () => {
  describe('whose database logs every statement', () => {
    test('is read as such at the next start', async () => {
      const url = await realPostgres();
      const before = await openDatabase({ url, dataDir: '' });
      onTestFinished(before.close);
      expect((await readServerRecords(before)).settings).toEqual([]);
      const [row] = await before.db.execute<{ name: string }>(sql`SELECT current_database() AS name`);
      await before.db.execute(sql.raw(`ALTER DATABASE ${row!.name} SET log_statement = 'all'`));
      const after = await openDatabase({ url, dataDir: '' });
      onTestFinished(after.close);
      expect(await readServerRecords(after)).toEqual({
        words: true,
        moments: true,
        settings: ['log_statement = all'],
      });
    });
  });
});
