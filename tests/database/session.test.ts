// The one session of the embedded database leaves no statement unanswered, in whichever moment it comes.
import { expect, test } from 'vitest';
import type { Engine } from '../../src/database/engine.ts';
import { type Connection, enqueue, openSession } from '../../src/database/session.ts';
import * as wire from '../../src/database/wire.ts';

/** An engine that answers everything with this alone. */
function engineSaying(ready: Buffer): Engine {
  return { execProtocolRawStream: async (_bytes, { onRawData }) => onRawData(ready) };
}

function connection(onAnswer: () => void): Connection {
  return { groups: [], statements: new Set(), gone: false, answer: onAnswer, refuse() {}, expel() {} };
}

/** Asks once, and a second time some microtasks after the first answer; says whether the second was answered. */
async function isAnswered(ready: Buffer, microtasks: number, asker: 'same' | 'other'): Promise<boolean> {
  const session = await openSession(engineSaying(ready), { wait: 60, silence: 0.01, onDeath() {} });
  const ask = (who: Connection) => {
    who.groups.push({ bytes: wire.query('SELECT 1'), answersReady: true });
    enqueue(session, who);
  };
  let answers = 0;
  const other = connection(() => void answers++);
  const first = connection(async () => {
    answers++;
    if (answers > 1) return;
    for (let n = 0; n < microtasks; n++) await null;
    ask(asker === 'same' ? first : other);
  });
  ask(first);
  for (let n = 0; n < 3; n++) await new Promise((resolve) => setImmediate(resolve));
  return answers === 2;
}

test.each([
  ['another connection, while the session falls idle', wire.idle, 'other'],
  ['the same connection, while the session falls idle', wire.idle, 'same'],
  ['the same connection, within its transaction', wire.message('Z', Buffer.from('T')), 'same'],
] as const)('a statement is executed that comes from %s', async (_case, ready, asker) => {
  const left: number[] = [];
  for (let microtasks = 0; microtasks < 20; microtasks++) {
    if (!(await isAnswered(ready, microtasks, asker))) left.push(microtasks);
  }
  expect(left).toEqual([]);
});
