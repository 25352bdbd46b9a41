// The same lives of events, lived by two processes on one PostgreSQL that take turns and now and then press at once.
import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../src/database/open.ts';
import { realPostgres } from '../support/database.ts';
import { byLength } from '../support/length.ts';
import { needs } from '../support/needs.ts';
import type { Ending } from './acts.ts';
import { baseOn, type Elsewhere } from './house.ts';
import { report, seed } from './lives.ts';

const runs = byLength(10, 36);

needs('postgresql')('on PostgreSQL, with two processes', () => {
  test(`${runs} lives of an event, 60 steps each, seed ${seed}`, { timeout: 15 * 60_000 }, async () => {
    const url = await realPostgres();
    const secret = randomBytes(32);
    const { db, close } = await openDatabase({ url, dataDir: '', pool: 4, log: () => {} });
    onTestFinished(close);
    const base = await baseOn(db, secret);
    const elsewhere = await secondProcess(url, secret);
    expect(await report(base, runs, { elsewhere })).toBe('nothing went wrong');
  });
});

interface Answer {
  id: number;
  ending?: Ending;
  failed?: string;
}

async function secondProcess(url: string, secret: Buffer): Promise<Elsewhere> {
  const child: ChildProcess = fork(join(import.meta.dirname, 'second-process.ts'), {
    env: { ...process.env, DATABASE_URL: url, SECRET: secret.toString('hex'), NODE_OPTIONS: '' },
    execArgv: [],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child, 'message');
  let count = 0;
  const asked = new Map<number, (answer: Answer) => void>();
  child.on('message', (answer: Answer) => asked.get(answer.id)?.(answer));
  return async (eventId, act, crash, now) => {
    const id = ++count;
    const answer = new Promise<Answer>((resolve) => asked.set(id, resolve));
    child.send({ id, eventId, act, crash, now: now.toString() });
    const { ending, failed } = await answer;
    asked.delete(id);
    if (failed) throw new Error(failed);
    return ending!;
  };
}
