import { setTimeout as pause } from 'node:timers/promises';
import type postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { numbers, type OneEngine, openEngine } from './one-engine.ts';

// Ten connections at once, doing everything a connection can do, badly too. Each answer is compared with what
// this very statement must answer, and the table at the end with what was acknowledged.

let engine: OneEngine;
let nextId = 0;
const kept = new Map<number, string>();
/** Sent on a connection that was destroyed before it answered: may be there or not. */
const unsure = new Set<number>();

beforeAll(async () => {
  engine = await openEngine();
  await engine.client(1)`create table rows (id int primary key, text text not null)`;
});
afterAll(() => engine.close());

type Client = ReturnType<OneEngine['client']>;
type Act = (sql: Client, random: () => number) => Promise<void>;

const codeOf = (promise: PromiseLike<unknown>) =>
  Promise.resolve(promise).then(
    () => 'fine',
    (error) => error.code ?? error.message,
  );
const textOf = (random: () => number) => 'ä'.repeat(1 + Math.floor(random() * 40) ** 2) + random();

async function insert(
  sql: postgres.Sql | postgres.TransactionSql,
  random: () => number,
): Promise<[number, string]> {
  const id = nextId++;
  const text = textOf(random);
  expect([...(await sql`insert into rows values (${id}, ${text}) returning id, text`)]).toEqual([
    { id, text },
  ]);
  return [id, text];
}

const acts: Act[] = [
  async (sql, random) => {
    const [id, text] = await insert(sql, random);
    kept.set(id, text);
  },
  async (sql, random) => {
    const values = Array.from({ length: 3 }, () => Math.floor(random() * 1e9));
    const rows = await sql`select ${values[0]!}::int as a, ${values[1]!}::int as b, ${values[2]!}::int as c`;
    expect([...rows]).toEqual([{ a: values[0], b: values[1], c: values[2] }]);
  },
  async (sql, random) => {
    const word = textOf(random);
    expect(
      [...(await sql.unsafe(`select '${word}' as word; select 2 as two`))].map((rows) => [...rows]),
    ).toEqual([[{ word }], [{ two: 2 }]]);
  },
  async (sql, random) => {
    const some = [...kept][Math.floor(random() * kept.size)];
    if (!some) return;
    expect([...(await sql`select text from rows where id = ${some[0]}`)]).toEqual([{ text: some[1] }]);
    expect(await codeOf(sql`insert into rows values (${some[0]}, 'again')`)).toBe('23505');
  },
  async (sql) => expect(await codeOf(sql`select ${1}::int / 0`)).toBe('22012'),
  async (sql) => expect(await codeOf(sql.unsafe('nonsense'))).toBe('42601'),
  async (sql) => expect(await codeOf(sql`select ${'x'}::int`)).toBe('22P02'),
  async (sql, random) => {
    const [first, second] = await sql.begin(async (tx) => {
      const one = await insert(tx, random);
      await pause(random() * 3);
      await tx.savepoint((inner) => insert(inner, random).then(() => inner`select 1 / 0`)).catch(() => {});
      return [one, await insert(tx, random)];
    });
    kept.set(...first);
    kept.set(...second);
  },
  async (sql, random) => {
    const rolledBack = sql.begin(async (tx) => {
      await insert(tx, random);
      await tx`select 1 / 0`;
    });
    expect(await codeOf(rolledBack)).toBe('22012');
  },
  async (sql, random) => {
    const count = 1 + Math.floor(random() * 60);
    let seen = 0;
    for await (const rows of sql`select generate_series(1, ${count}) as n`.cursor(20)) seen += rows.length;
    expect(seen).toBe(count);
  },
  async (sql, random) => {
    const mine = nextId++;
    const batch = [sql`select ${mine}::int as n`, sql`select 1 / 0`, sql`select ${mine + 0.5}::float8 as n`];
    const results = await Promise.allSettled(batch);
    expect(
      results.map((result) => (result.status === 'fulfilled' ? result.value[0]?.n : result.reason.code)),
    ).toEqual([mine, '22012', mine + 0.5]);
    await pause(random());
  },
  async (_, random) => {
    const dying = engine.client(1);
    const id = nextId++;
    const lost = dying.begin(async (tx) => {
      await tx`insert into rows values (${id}, 'lost')`;
      dying.sockets[0]?.destroy();
      await new Promise(() => {});
    });
    expect(await codeOf(lost)).toBe('CONNECTION_CLOSED');
    if (random() < 0.5) return;
    const later = nextId++;
    unsure.add(later);
    const cut = codeOf(dying`insert into rows values (${later}, 'unsure')`);
    await pause(random() * 2);
    dying.sockets[1]?.destroy();
    expect(['fine', 'CONNECTION_CLOSED']).toContain(await cut);
  },
];

test('3,000 mixed operations over ten connections: no answer is wrong, nothing acknowledged is lost', async () => {
  const seed = Number(process.env.SEED ?? Date.now() % 1e6);
  console.log(`SEED=${seed}`);
  const random = numbers(seed);
  const sql = engine.client(10);
  const errors: unknown[] = [];
  const one = async () => {
    for (let turn = 0; turn < 100; turn++) {
      await acts[Math.floor(random() * acts.length)]!(sql, random).catch((error) => errors.push(error));
    }
  };
  await Promise.all(Array.from({ length: 30 }, one));
  expect(errors).toEqual([]);

  const rows = await sql`select id, text from rows where id <> all(${[...unsure]}) order by id`;
  expect(rows.map((row) => [row.id, row.text])).toEqual([...kept].sort(([a], [b]) => a - b));
  expect(kept.size).toBeGreaterThan(500);
});
