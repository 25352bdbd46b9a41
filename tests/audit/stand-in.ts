// A stand-in for the program's asking without a name, small enough to be read at once. Sound, it keeps the bounds; weakened
// in one place on purpose, it must be caught: so the audit shows that it can find what it looks for.
import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'drizzle-orm';
import { type Hand, type Nameless, overTheWire, type Shown } from './nameless.ts';
import type { Place } from './places.ts';

export interface Build {
  /** How many people must wait before anything comes out. */
  fewest: number;
  /** Place of an item at first: a file beside the database, or a row of its own. */
  slot: 'file' | 'database';
  /** Whether slot and envelope are encrypted. */
  sealed: boolean;
  /** Stored form of a vote: a hash of ballot and question, or the ballot. */
  ballots: 'hashed' | 'plain';
  /** Trace that an ask leaves in the database's own counts: none, a number of a sequence, or a look into a table. */
  counted: 'nothing' | 'number' | 'look';
}

export const sound: Build = {
  fewest: 5,
  slot: 'file',
  sealed: true,
  ballots: 'hashed',
  counted: 'nothing',
};

/** Weak point of each build, with the words in which the audit must report it. */
export const weakened: Record<string, { build: Build; found: RegExp }> = {
  'a batch of two': { build: { ...sound, fewest: 2 }, found: /./ },
  'slots written to the database at once': { build: { ...sound, slot: 'database' }, found: /./ },
  'sealing off': { build: { ...sound, sealed: false }, found: /./ },
  'the ballot itself stored': { build: { ...sound, ballots: 'plain' }, found: /./ },
  'a number of a sequence drawn for each ask': {
    build: { ...sound, counted: 'number' },
    found: /numbers of stand_in_questions.* moved when somebody asked/,
  },
  'a look at the spent slips for each ask': {
    build: { ...sound, counted: 'look' },
    found: /use of stand_in_spent.* moved when somebody asked/,
  },
};

interface Waiting {
  kind: 'question' | 'vote';
  id: Buffer;
  isFirst: boolean;
  ticked: boolean;
  text: string;
  spent: Buffer;
}

const tables = [
  'stand_in_slots (id bytea, bytes bytea)',
  'stand_in_envelope (bytes bytea)',
  'stand_in_questions (number serial, id bytea, text text)',
  'stand_in_spent (hash bytea)',
  'stand_in_votes (value bytea, question_id int, nameless_id bytea)',
];

/** Begins anew for each event. */
export function standIn(place: Place, build: Build): Nameless {
  const { db, clock } = place.world;
  const file = path.join(place.folder, 'slot');
  const ballots = new Map<Hand, Buffer>();
  const asking = new Set<Hand>();
  const voting = new Set<Hand>();
  let slot: Waiting[] = [];
  let envelope: Waiting[] = [];
  let startsAt = Number.POSITIVE_INFINITY;
  let lastTick = 0;
  let isPrepared = false;
  const now = () => clock.now.epochMilliseconds;

  const prepare = async () => {
    if (isPrepared) return;
    isPrepared = true;
    const [row] = await db.execute<{ at: string }>(
      sql`SELECT starts_at AS at FROM events ORDER BY id DESC LIMIT 1`,
    );
    startsAt = Temporal.PlainDateTime.from(row!.at).toZonedDateTime('Europe/Oslo').epochMilliseconds;
    for (const table of tables) {
      await db.execute(sql.raw(`CREATE TABLE IF NOT EXISTS ${table}`));
      await db.execute(sql.raw(`DELETE FROM ${table.split(' ')[0]}`));
    }
    await db.execute(sql`INSERT INTO stand_in_envelope VALUES (${sealedAs([])}::bytea)`);
  };

  /** Encrypted under a key nobody keeps, since this program remembers what is inside. */
  function sealedAs(items: Waiting[]): Buffer {
    const plain = Buffer.alloc(16_384);
    plain.write(JSON.stringify(items.map(({ text }) => text)));
    if (!build.sealed) return plain;
    const cipher = createCipheriv('aes-256-gcm', randomBytes(32), randomBytes(12));
    return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  }

  async function put(item: Waiting): Promise<void> {
    slot.push(item);
    if (build.counted === 'number')
      await db.execute(sql`SELECT nextval(pg_get_serial_sequence('stand_in_questions', 'number'))`);
    if (build.counted === 'look')
      await db.execute(sql`SELECT FROM stand_in_spent WHERE hash = ${item.spent}`);
    if (build.slot === 'database')
      await db.execute(sql`INSERT INTO stand_in_slots VALUES (${item.id}, ${sealedAs([item])}::bytea)`);
    else await writeSlot();
    if (now() >= startsAt) await publish(slot.splice(0));
  }

  async function writeSlot(): Promise<void> {
    writeFileSync(file, sealedAs(slot));
    utimesSync(file, lastTick, lastTick);
  }

  async function tick(): Promise<void> {
    await prepare();
    lastTick = now() / 1000;
    envelope = [...envelope, ...slot].sort(() => Math.random() - 0.5);
    slot = [];
    await db.execute(sql`DELETE FROM stand_in_slots`);
    await db.execute(sql`UPDATE stand_in_envelope SET bytes = ${sealedAs(envelope)}::bytea`);
    await writeSlot();
    const { hour, minute } = clock.now.toZonedDateTimeISO('Europe/Oslo');
    const isHour = minute < 5 && [8, 12, 16, 20].includes(hour);
    if (isHour || now() >= startsAt) for (const kind of ['question', 'vote'] as const) await comeOut(kind);
  }

  async function comeOut(kind: Waiting['kind']): Promise<void> {
    const waiting = envelope.filter((one) => one.kind === kind);
    const isEnough = waiting.filter(({ isFirst }) => isFirst).length >= build.fewest;
    const out = isEnough ? waiting : now() >= startsAt ? waiting.filter(({ ticked }) => ticked) : [];
    envelope = envelope.filter((one) => !out.includes(one));
    if (out.length > 0) await publish(out);
  }

  /** All of them in one transaction, in no order. */
  async function publish(items: Waiting[]): Promise<void> {
    await db.transaction(async (tx) => {
      for (const { kind, id, text, spent } of items) {
        if (kind === 'question')
          await tx.execute(sql`INSERT INTO stand_in_questions (id, text) VALUES (${id}, ${text})`);
        if (kind === 'question') await tx.execute(sql`INSERT INTO stand_in_spent VALUES (${spent})`);
        else
          await tx.execute(sql`INSERT INTO stand_in_votes SELECT ${spent}, ${/^\d+$/.test(text) ? text : null}::int,
          ${/^\d+$/.test(text) ? null : Buffer.from(text, 'base64url')}::bytea`);
      }
    });
  }

  return {
    draw: async (_, hand) => void ballots.set(hand, randomBytes(32)),
    async ask(_, hand, text, ticked) {
      await prepare();
      const item = { kind: 'question', id: randomBytes(16), text, ticked, spent: randomBytes(32) } as const;
      await put({ ...item, isFirst: !asking.has(hand) });
      asking.add(hand);
      return { taken: true, slip: item.spent.toString('hex') };
    },
    async wonder(_, hand, question) {
      await prepare();
      const ballot = ballots.get(hand)!;
      const hashed = createHash('sha256').update(ballot).update(question).digest();
      const spent = build.ballots === 'plain' ? ballot : hashed;
      await put({
        kind: 'vote',
        id: randomBytes(16),
        text: question,
        ticked: false,
        spent,
        isFirst: !voting.has(hand),
      });
      voting.add(hand);
      return true;
    },
    edit: async () => false,
    withdraw: async () => false,
    tick,
    wall: async (slug) => [...(await withNames(place, slug)), ...(await withoutNames(place))],
  };
}

async function withNames(place: Place, slug: string): Promise<Shown[]> {
  const all = await overTheWire(place.world).wall(slug);
  const votes = await votesBy(place, 'question_id');
  return all.map((one) => ({ ...one, votes: one.votes + (votes.get(one.id) ?? 0) }));
}

async function withoutNames(place: Place): Promise<Shown[]> {
  if (!(await isThere(place))) return [];
  const votes = await votesBy(place, "encode(nameless_id, 'hex')");
  const rows = await place.world.db.execute<{ id: string; text: string }>(
    sql`SELECT encode(id, 'hex') AS id, text FROM stand_in_questions`,
  );
  return rows.map(({ id, text }) => ({
    id: Buffer.from(id, 'hex').toString('base64url'),
    text,
    votes: votes.get(id) ?? 0,
  }));
}

async function isThere({ world }: Place): Promise<boolean> {
  const [row] = await world.db.execute<{ there: boolean }>(
    sql`SELECT to_regclass('stand_in_votes') IS NOT NULL AS there`,
  );
  return row!.there;
}

async function votesBy(place: Place, key: string): Promise<Map<string, number>> {
  if (!(await isThere(place))) return new Map();
  const rows = await place.world.db.execute<{ key: string; n: number }>(
    sql`SELECT (${sql.raw(key)})::text AS key, count(*)::int AS n FROM stand_in_votes GROUP BY 1`,
  );
  return new Map(rows.map(({ key: question, n }) => [question, n]));
}
