// Everything that can happen to an event, in orders nobody would think of: after each step the database says what a list
// on paper says, the invariants hold, and at the end everybody's calendar is right.
import { afterAll, expect, test } from 'vitest';
import { openTestDatabase } from '../support/database.ts';
import { baseOn } from './house.ts';
import { report, seed } from './lives.ts';

const runs = process.env.CI === 'true' ? 1000 : 100;

const database = await openTestDatabase('embedded');
afterAll(database.close);
const base = await baseOn(database.db);

test(`${runs} lives of an event, 60 steps each, seed ${seed}`, { timeout: 25 * 60_000 }, async () => {
  expect(await report(base, runs)).toBe('nothing went wrong');
});
