import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as wire from '../../src/database/wire.ts';
import { type OneEngine, openEngine } from './one-engine.ts';

let engine: OneEngine;

beforeAll(async () => {
  engine = await openEngine();
  await engine.client(1)`create table notes (id serial primary key, text text unique not null)`;
});
beforeEach(async () => void (await engine.client(1)`truncate notes`));
afterAll(() => engine.close());

const texts = async () =>
  (await engine.client(1)`select text from notes order by text`).map((row) => row.text);
const messageOf = (promise: PromiseLike<unknown>) =>
  Promise.resolve(promise).then(
    () => 'no error',
    (error) => `${error.code}: ${error.message}`,
  );

describe('questions and answers', () => {
  test('statements sent together are each answered, an error only fails its own', async () => {
    const sql = engine.client(1);
    const answers = await Promise.all([
      messageOf(sql`select 1 as a`.then((rows) => expect([...rows]).toEqual([{ a: 1 }]))),
      messageOf(sql`select ${7}::int / 0`),
      messageOf(sql`insert into notes (text) values (${'kept'})`),
      messageOf(sql`insert into notes (text) values (${'kept'})`),
      messageOf(sql`selekt 1`),
      messageOf(sql`select ${2}::int as a`.then((rows) => expect([...rows]).toEqual([{ a: 2 }]))),
    ]);
    expect(answers).toEqual([
      'no error',
      '22012: division by zero',
      'no error',
      '23505: duplicate key value violates unique constraint "notes_text_key"',
      '42601: syntax error at or near "selekt"',
      'no error',
    ]);
    expect(await texts()).toEqual(['kept']);
  });

  test('a list of statements gives the rows of each', async () => {
    const [, one, two] = await engine.client(1).unsafe('begin; select 1 as a; select 2 as b; commit');
    expect([[...one!], [...two!]]).toEqual([[{ a: 1 }], [{ b: 2 }]]);
  });

  test('millions of characters go both ways unchanged', async () => {
    const long = 'ä€𝄞x'.repeat(700_000);
    const [row] = await engine.client(1)`select ${long}::text as text`;
    expect(row?.text === long).toBe(true);
  });

  test('rows can be read a few at a time', async () => {
    const seen: number[] = [];
    for await (const rows of engine.client(1)`select * from generate_series(1, 25) n`.cursor(10)) {
      seen.push(rows.length);
    }
    expect(seen).toEqual([10, 10, 5]);
  });

  test('copying out streams all rows', async () => {
    const stream = await engine.client(1)`copy (select generate_series(1, 20000)) to stdout`.readable();
    let text = '';
    for await (const chunk of stream) text += chunk;
    expect(text.split('\n').length - 1).toBe(20_000);
  });

  test('copying in is refused in words, and the engine lives on', async () => {
    const sql = engine.client(1);
    const refusal = expect.stringContaining('the embedded database cannot read from the client');
    expect(await messageOf(sql`copy notes (text) from stdin`.writable())).toEqual(refusal);
    expect(await messageOf(sql.unsafe('select 1; copy notes (text) from stdin'))).toEqual(refusal);
    expect([...(await sql`select 1 as a`)]).toEqual([{ a: 1 }]);
  });

  test('a message may arrive in pieces of one byte', async () => {
    const socket = engine.connect();
    const answer: Buffer[] = [];
    socket.on('data', (bytes) => answer.push(bytes));
    const bytes = Buffer.concat([wire.startupMessage({ user: 'ada' }), wire.query("select 'whole' as text")]);
    for (const byte of bytes) socket.write(Buffer.from([byte]));
    await expect.poll(() => Buffer.concat(answer).toString('latin1')).toContain('whole');
    socket.destroy();
  });

  test('a client that ends is gone at once', async () => {
    const sql = engine.client(3);
    await Promise.all([sql`select 1`, sql`select 2`, sql`select 3`]);
    expect(sql.sockets.map((socket) => socket.destroyed)).toEqual([false, false, false]);
    await sql.end();
    expect(sql.sockets.map((socket) => socket.destroyed)).toEqual([true, true, true]);
  });
});

describe('transactions', () => {
  test('nobody else gets a word in between', async () => {
    const sql = engine.client(5);
    const order: string[] = [];
    const note = (text: string) => () => void order.push(text);
    await Promise.all([
      sql.begin(async (tx) => {
        await tx`insert into notes (text) values ('first')`.then(note('first'));
        await pause(30);
        await tx`insert into notes (text) values ('second')`.then(note('second'));
      }),
      pause(10).then(() => sql`select 1`.then(note('other'))),
    ]);
    expect(order).toEqual(['first', 'second', 'other']);
  });

  test('what is rolled back never happened, what a savepoint undoes neither', async () => {
    const sql = engine.client(2);
    await sql
      .begin(async (tx) => {
        await tx`insert into notes (text) values ('undone')`;
        throw new Error('changed my mind');
      })
      .catch(() => {});
    await sql.begin(async (tx) => {
      await tx`insert into notes (text) values ('kept')`;
      await tx.savepoint((inner) => inner`insert into notes (text) values ('kept')`).catch(() => {});
      await tx`insert into notes (text) values ('kept too')`;
    });
    expect(await texts()).toEqual(['kept', 'kept too']);
  });

  test('the outer db inside a transaction gets a sentence, not silence', async () => {
    const impatient = await openEngine({ wait: 1 });
    const sql = impatient.client(2, { fetch_types: false });
    const inside = sql.begin(async (tx) => {
      await tx`create table half (id int)`;
      const outer = await messageOf(sql`select ${1}::int`);
      await tx`insert into half values (1)`;
      return outer;
    });
    expect(await inside).toBe(
      '55P03: Waited 1 seconds for the embedded database while a transaction held it: ' +
        'the outer db was used inside a transaction? Use the tx that the transaction hands out.',
    );
    expect([...(await sql`select id from half`)]).toEqual([{ id: 1 }]);
    await impatient.close();
  });

  test('a transaction that works for longer than others may wait makes nobody else fail', async () => {
    const impatient = await openEngine({ wait: 1 });
    const sql = impatient.client(2, { fetch_types: false });
    const ended = sql.begin(async (tx) => {
      const began = performance.now();
      await tx`select 1`;
      const waiting = messageOf(sql`select 1`);
      // Three times as long as the others would wait for a session that stands still.
      while (performance.now() - began < 3000) await Promise.all([tx`select 1`, pause(50)]);
      return { waiting };
    });
    expect(await (await ended).waiting).toBe('no error');
    await impatient.close();
  });

  test('one that holds the database without a word is rolled back in the end', async () => {
    const strict = await openEngine({ wait: 10, silence: 1 });
    const sql = strict.client(2, { fetch_types: false });
    const silent = sql.begin(async (tx) => {
      await tx`create table silent (id int)`;
      await pause(800);
      await tx`insert into silent values (1)`;
      await new Promise(() => {});
    });
    const waiting = sql`select to_regclass('silent') as silent`;
    const asking = strict.client(5, { fetch_types: false });
    const others = Array.from({ length: 8 }, (_, turn) => pause(turn * 300).then(() => asking`select 1`));
    expect(await messageOf(silent)).toMatch('CONNECTION_CLOSED');
    expect([...(await waiting)]).toEqual([{ silent: null }]);
    await Promise.all(others);
    await strict.close();
  });

  test('a statement that waits can be cancelled', async () => {
    const sql = engine.client(2);
    await Promise.all([sql`select 1`, sql`select 2`]);
    await sql.begin(async (tx) => {
      await tx`select 1`;
      const waiting = sql`insert into notes (text) values ('cancelled')`.execute();
      await pause(20);
      waiting.cancel();
      expect(await messageOf(waiting)).toBe('57014: canceling statement due to user request');
    });
    expect([...(await sql`select 1 as a`)]).toEqual([{ a: 1 }]);
    expect(await texts()).toEqual([]);
  });
});

describe('connections that die', () => {
  test('in a transaction: rolled back, and the others go on', async () => {
    const dying = engine.client(1);
    const other = engine.client(1);
    const lost = dying.begin(async (tx) => {
      await tx`insert into notes (text) values ('lost')`;
      setTimeout(() => dying.sockets[0]?.destroy(), 20);
      await new Promise(() => {});
    });
    const waiting = pause(10).then(() => other`insert into notes (text) values ('kept')`);
    expect(await messageOf(lost)).toMatch('CONNECTION_CLOSED');
    await waiting;
    expect(await texts()).toEqual(['kept']);
    expect([...(await dying`select 1 as a`)]).toEqual([{ a: 1 }]);
  });

  test('in a failed transaction', async () => {
    const dying = engine.client(1);
    const lost = dying.begin(async (tx) => {
      await tx`insert into notes (text) values ('lost')`;
      await tx`select 1 / 0`.catch(() => {});
      dying.sockets[0]?.destroy();
      await new Promise(() => {});
    });
    await messageOf(lost);
    expect(await texts()).toEqual([]);
  });

  test('in the middle of a statement, before its Sync', async () => {
    const socket = engine.connect();
    const body = Buffer.concat([
      Buffer.from("\0insert into notes (text) values ('half')\0"),
      Buffer.from([0, 0]),
    ]);
    socket.write(wire.startupMessage({ user: 'ada' }));
    socket.write(Buffer.concat([wire.message('P', body), wire.message('H')]));
    await pause(20);
    socket.write(Buffer.concat([wire.message('B', Buffer.alloc(8)), wire.message('E', Buffer.alloc(5))]));
    socket.write(wire.message('H'));
    await pause(20);
    socket.destroy();
    expect(await texts()).toEqual([]);
  });

  test('while waiting: what it wanted is not done', async () => {
    const holder = engine.client(1);
    const dying = engine.client(1);
    await dying`select 1`;
    await holder.begin(async (tx) => {
      await tx`select 1`;
      const waiting = messageOf(dying`insert into notes (text) values ('never')`);
      await pause(20);
      dying.sockets[0]?.destroy();
      expect(await waiting).toMatch('CONNECTION_CLOSED');
    });
    expect(await texts()).toEqual([]);
  });

  test('their prepared statements are forgotten', async () => {
    const watcher = engine.client(1, { prepare: false });
    const count = async () => (await watcher`select count(*)::int as n from pg_prepared_statements`)[0]?.n;
    const before = await count();
    const dying = engine.client(1);
    await dying`select ${1}::int`;
    await dying`select ${'a'}::text`;
    expect(await count()).toBeGreaterThanOrEqual(before + 2);
    dying.sockets[0]?.destroy();
    await pause(20);
    expect(await count()).toBe(before);
  });
});

describe('news', () => {
  test('reaches a listener on another connection when the transaction commits, not before, not after a rollback', async () => {
    const listener = engine.client(1);
    const sql = engine.client(2);
    const heard: string[] = [];
    await listener.listen('news', (payload) => heard.push(payload));
    await sql
      .begin(async (tx) => {
        await tx`select pg_notify('news', 'never')`;
        throw new Error('no');
      })
      .catch(() => {});
    await sql.begin(async (tx) => {
      await tx`select pg_notify('news', 'once')`;
      await pause(30);
      expect(heard).toEqual([]);
    });
    await sql.notify('news', 'twice');
    await expect.poll(() => heard).toEqual(['once', 'twice']);
  });

  test('listening begins again after a lost connection, and says so', async () => {
    const listener = engine.client(1);
    const heard: string[] = [];
    let began = 0;
    await listener.listen(
      'again',
      (payload) => heard.push(payload),
      () => began++,
    );
    listener.sockets.at(-1)?.destroy();
    await expect.poll(() => began).toBe(2);
    await engine.client(1).notify('again', 'still here');
    await expect.poll(() => heard).toEqual(['still here']);
  });
});
