// Replies clients got, to be compared with what is there in the end.
import type { Reply } from '../support/process.ts';

/** How a press ended: acknowledged, certainly not carried out, or nobody knows. */
export type Ending = 'done' | 'not done' | 'unsure';

export type Count = Record<Ending, number>;

export interface Ledger {
  counts: Map<string, Count>;
  /** Answers that must never come, a sentence each. */
  wrong: string[];
  slowest: { quiet: Slow; fault: Slow };
  /** True while a fault is under way and for ten seconds after. */
  isFault: () => boolean;
}

export interface Slow {
  ms: number;
  page: string;
}

export function newLedger(isFault: () => boolean): Ledger {
  const none = { ms: 0, page: '' };
  return { counts: new Map(), wrong: [], slowest: { quiet: none, fault: none }, isFault };
}

export function note(ledger: Ledger, what: string, ending: Ending): Ending {
  const count = ledger.counts.get(what) ?? { done: 0, 'not done': 0, unsure: 0 };
  count[ending] += 1;
  ledger.counts.set(what, count);
  return ending;
}

/** Sentences of a 503 after which nothing was changed; of every other one nobody knows. */
const certainlyNot =
  /Nothing was changed|Someone else is changing|Service Unavailable|Try again in five minutes/;

/** Sends a press and notes how it ended; a broken line leaves it unsure, but where nobody listened. */
export async function press(
  ledger: Ledger,
  what: string,
  send: () => Promise<Pick<Reply, 'status' | 'body'>>,
  done = 303,
): Promise<Ending> {
  const reply = await send().catch((error: Error & { cause?: { code?: string }; code?: string }) => error);
  if (reply instanceof Error) {
    const code = reply.code ?? (reply.cause as { code?: string } | undefined)?.code;
    return note(ledger, what, code === 'ECONNREFUSED' ? 'not done' : 'unsure');
  }
  if (reply.status === done) return note(ledger, what, 'done');
  if (reply.status === 503) return note(ledger, what, certainlyNot.test(reply.body) ? 'not done' : 'unsure');
  if (reply.status !== 429)
    ledger.wrong.push(
      `${what} got ${reply.status}: ${reply.body.replace(/<[^>]+>|\s+/g, ' ').slice(0, 200)}`,
    );
  return note(ledger, what, 'not done');
}

/** Notes how long a page took; one that is neither there nor away for the moment is wrong. */
export async function look(
  ledger: Ledger,
  page: string,
  get: () => Promise<Pick<Reply, 'status'>>,
): Promise<void> {
  const begun = performance.now();
  const wasFault = ledger.isFault();
  const reply = await get().catch(() => null);
  const ms = performance.now() - begun;
  if (reply === null) return;
  const ending = reply.status === 200 ? 'done' : 'not done';
  note(ledger, 'pages', ending);
  if (![200, 503, 429].includes(reply.status)) ledger.wrong.push(`The page ${page} got ${reply.status}`);
  const when = wasFault || ledger.isFault() ? 'fault' : 'quiet';
  if (ending === 'done' && ms > ledger.slowest[when].ms) ledger.slowest[when] = { ms, page };
}
