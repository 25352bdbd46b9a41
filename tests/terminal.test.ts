import { DrizzleQueryError } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { sentenceFor } from '../src/terminal.ts';

test('an error that nobody can put right says where it arose, and no value of the query that failed', () => {
  const failed = new DrizzleQueryError('select $1', ['ABCD-1234'], new Error('write EPIPE'));
  expect(String(failed)).toContain('ABCD-1234');
  const said = String(sentenceFor(failed));
  expect([said.includes('write EPIPE'), said.includes('ABCD-1234')]).toEqual([true, false]);
});
