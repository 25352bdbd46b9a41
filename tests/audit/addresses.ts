// Can an attacker who asks for sign-in e-mails tell an address in the programme from any other, by time alone?
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { openDatabase } from '../../src/database/open.ts';
import * as programmes from '../../src/store/events/programmes.ts';
import * as people from '../../src/store/people/people.ts';
import { openMailServer } from '../faults/mail-server.ts';
import { type Flipside, startFlipside } from '../support/process.ts';

export interface AddressOptions {
  /** How many known and as many unknown addresses, one after the other in pairs; 500 when left out. */
  pairs?: number;
  /** An empty database on a server; the embedded home when left out. */
  databaseUrl?: string;
  /** False: no mail server is set up, and letters are kept. */
  mail?: boolean;
  /** Milliseconds of rest after each address, so that one does not slow down the next. */
  rest?: number;
}

/** Areas under the curve, 0.5 for a coin and 1 for certainty; whichever of the two kinds takes longer. */
export interface AddressFigures {
  pairs: number;
  /** Over the answer and the six requests after it together: the figure that has a bound. */
  auc: number;
  /** Over the answer alone. */
  answer: number;
  /** Over the six requests after it alone. */
  after: number;
  /** Medians in milliseconds, of the answer with the six requests after it. */
  known: number;
  unknown: number;
  /** E-mails that arrived: those to known addresses, and no other. */
  sent: number;
}

interface Timing {
  answer: number;
  after: number;
}

/** Asks a running Flipside for e-mails to known and unknown addresses in turn, and tries to tell them apart. */
export async function measureAddresses(options: AddressOptions = {}): Promise<AddressFigures> {
  const { pairs = 500, databaseUrl, mail = true, rest = 60 } = options;
  const dataDir = mkdtempSync(path.join(tmpdir(), 'flipside-addresses-'));
  const server = await openMailServer(() => 'take');
  await addPeople(databaseUrl, dataDir, pairs);
  const flipside = await startFlipside({
    DATA_DIR: dataDir,
    TRUSTED_PROXIES: '127.0.0.1',
    MAIL_FROM: 'reverse-mentoring@halden.example',
    ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}),
    ...(mail ? { SMTP_URL: server.url } : {}),
  });
  try {
    const timings = await askInTurn(flipside, pairs, rest);
    return { pairs, ...figures(timings), sent: new Set(server.taken.map(({ to }) => to)).size };
  } finally {
    await flipside.stop();
    await server.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const addressOf = (kind: 'known' | 'other', n: number) => `${kind}-${n}@halden.example`;
/** Asked for first and not counted: the program is slower in its first requests. */
const warmUp = 15;

async function addPeople(url: string | undefined, dataDir: string, pairs: number): Promise<void> {
  const database = await openDatabase({ url, dataDir, log: () => {} });
  await database.migrate();
  const createdAt = Temporal.Now.instant();
  await database.db.transaction(async (tx) => {
    const names = { organisation: 'Halden Group', name: 'Reverse mentoring' };
    await programmes.add(tx, { ...names, timeZone: 'Europe/Oslo', createdAt });
    for (let n = 0; n < pairs + warmUp; n++) {
      const person = { name: `Person ${n}`, email: addressOf('known', n), side: 'senior' } as const;
      await people.add(tx, { ...person, createdAt, updatedAt: createdAt });
    }
  });
  await database.close();
}

async function askInTurn(flipside: Flipside, pairs: number, rest: number) {
  const timings: Record<'known' | 'other', Timing[]> = { known: [], other: [] };
  for (let n = 0; n < pairs + warmUp; n++) {
    const order = Math.random() < 0.5 ? (['known', 'other'] as const) : (['other', 'known'] as const);
    for (const [i, kind] of order.entries()) {
      const timing = await askOnce(flipside, addressOf(kind, n), `2001:db8:${n.toString(16)}:${i}::1`);
      if (n >= warmUp) timings[kind].push(timing);
      await pause(rest);
    }
  }
  return timings;
}

/** Asks for one e-mail from a new browser in a network of its own, and then for six pages. */
async function askOnce(flipside: Flipside, email: string, network: string): Promise<Timing> {
  const from = { 'x-forwarded-for': network };
  const shown = await flipside.get('/sign-in', from);
  const secret = /login=([\w-]+)/.exec(String(shown.headers['set-cookie']))![1]!;
  const headers = { ...from, cookie: `login=${secret}` };
  const started = performance.now();
  const { status } = await flipside.post('/sign-in', { email }, secret, headers);
  const answered = performance.now();
  if (status !== 303) throw new Error(`Asking for an e-mail to ${email} was answered with ${status}`);
  for (let request = 0; request < 6; request++) await flipside.get('/sign-in/code', headers);
  return { answer: answered - started, after: performance.now() - answered };
}

function figures({ known, other }: Record<'known' | 'other', Timing[]>) {
  const of = (pick: (timing: Timing) => number) => toldApart(known.map(pick), other.map(pick));
  const total = ({ answer, after }: Timing) => answer + after;
  return {
    auc: of(total),
    answer: of(({ answer }) => answer),
    after: of(({ after }) => after),
    known: median(known.map(total)),
    unknown: median(other.map(total)),
  };
}

/** How well a threshold tells the two lists apart, by ranks: 0.5 not at all, 1 always. */
export function toldApart(left: number[], right: number[]): number {
  let larger = 0;
  for (const a of left) for (const b of right) larger += a > b ? 1 : a === b ? 0.5 : 0;
  const auc = larger / (left.length * right.length);
  return Math.max(auc, 1 - auc);
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
