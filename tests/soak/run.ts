// One soak on one home: traffic, faults drawn by a seed, and at the end the check of what was acknowledged.
import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '../../src/database/open.ts';
import { withDatabase } from '../faults/killing.ts';
import { invariants } from '../support/invariants.ts';
import { askTheProgram, bringToRest, compare, letters, nothingYet, type Verdict } from './check.ts';
import { type Crowd, fill } from './crowd.ts';
import { doFault } from './faults.ts';
import { type Ground, isAlive, measure, openGround } from './ground.ts';
import { type Ledger, newLedger } from './ledger.ts';
import { type Fault, faultsOf, type Home } from './plan.ts';
import { begin, type Traffic } from './traffic.ts';

export interface Soak {
  home: Home;
  seed: number;
  seconds: number;
  /** Breaks something in the database before the program starts, so that the check has something to find. */
  sabotage?: (database: Database) => Promise<void>;
  say?: (line: string) => void;
}

export interface Outcome {
  ledger: Ledger;
  verdict: Verdict;
  faults: Fault[];
  memory: Ground['memory'];
  seconds: number;
}

interface Window {
  begin: number;
  end: number;
  /** A program that is told to stop waits for the letter under way: that is no reason to send it twice. */
  isStop: boolean;
}

/** After a fault it may take so many milliseconds until all is as before. */
const recovery = 10_000;

export async function soak({ home, seed, seconds, sabotage, say = () => {} }: Soak): Promise<Outcome> {
  const windows: Window[] = [];
  const isIn = (at: number) => (one: Window) => at >= one.begin - 3000 && at <= one.end + recovery;
  const isFault = () => windows.some(isIn(Date.now()));
  const isExplained = (at: number) => windows.filter(({ isStop }) => !isStop).some(isIn(at));
  const ledger = newLedger(isFault);
  const verdict = nothingYet();
  const ground = await openGround(home);
  try {
    const crowd = await fill(ground.settings, { drafts: Math.ceil(seconds / 5), walkers: 60 });
    if (sabotage) await withDatabase(ground.settings, sabotage);
    await ground.start();
    const traffic = begin(ground, crowd, ledger);
    const begun = Date.now();
    const faults = await faultsUntil(begun + seconds * 1000, {
      ground,
      crowd,
      ledger,
      verdict,
      seed,
      home,
      windows,
      say,
    });
    await traffic.stop();
    ledger.wrong.push(...mistakesIn(ground));
    const took = (Date.now() - begun) / 1000;
    await reckon(ground, crowd, traffic, verdict, isExplained);
    return { ledger, verdict, faults, memory: ground.memory, seconds: took };
  } finally {
    await ground.close();
  }
}

interface Faulty {
  ground: Ground;
  crowd: Crowd;
  ledger: Ledger;
  verdict: Verdict;
  seed: number;
  home: Home;
  windows: Window[];
  say: (line: string) => void;
}

async function faultsUntil(end: number, { seed, home, ...here }: Faulty): Promise<Fault[]> {
  const done: Fault[] = [];
  const down = () => lookWhileDown(here);
  for (const fault of faultsOf(seed, home)) {
    const at = Math.min(end, Date.now() + fault.after * 1000);
    await watch(here, at);
    if (Date.now() >= end - 1000) return done;
    const isStop = fault.kind.endsWith('stop');
    const window = { begin: Date.now(), end: Number.POSITIVE_INFINITY, isStop };
    here.windows.push(window);
    here.say(`${new Date().toISOString().slice(11, 19)} ${fault.kind}`);
    await doFault(here.ground, here.crowd, here.ledger, fault, down);
    window.end = Date.now();
    done.push(fault);
  }
  return done;
}

/** The program lives between faults; how much memory it has is noted. */
async function watch(
  { ground, ledger, windows }: Pick<Faulty, 'ground' | 'ledger' | 'windows'>,
  until: number,
): Promise<void> {
  while (Date.now() < until) {
    await pause(Math.min(2000, until - Date.now()));
    if (isAlive(ground)) {
      measure(ground);
      continue;
    }
    ledger.wrong.push(`The program ended by itself: ${ground.flipside.output().slice(-2500)}`);
    windows.push({ begin: Date.now(), end: Date.now(), isStop: false });
    await ground.start();
  }
}

async function lookWhileDown({
  ground,
  verdict,
  ledger,
}: Pick<Faulty, 'ground' | 'verdict' | 'ledger'>): Promise<void> {
  ledger.wrong.push(...mistakesIn(ground));
  await withDatabase(ground.settings, async ({ db }) => {
    verdict.broken.push(...(await invariants(db, { atRest: false })));
  });
}

/** Lists what the program called a mistake of its own. */
function mistakesIn({ flipside }: Ground): string[] {
  const lines = flipside
    .output()
    .split('\n')
    .filter((line) => /a mistake of ours|TypeError|Unhandled/.test(line));
  return lines.slice(0, 3).map((line) => `The log says: ${line.slice(0, 400)}`);
}

async function reckon(
  ground: Ground,
  crowd: Crowd,
  { pressed }: Traffic,
  verdict: Verdict,
  isExplained: (at: number) => boolean,
): Promise<void> {
  await untilHealthy(ground);
  await askTheProgram(ground, pressed, verdict);
  const code = await ground.flipside.stop('SIGTERM');
  if (code !== 0) verdict.broken.push(`It stopped with ${code}`);
  await withDatabase(ground.settings, async (database) => {
    await bringToRest(database, ground);
    await compare(database, ground, crowd, pressed, verdict);
    await letters(database, ground, isExplained, verdict);
  });
  for (const list of ['lost', 'doubled', 'broken'] as const) verdict[list] = [...new Set(verdict[list])];
}

async function untilHealthy(ground: Ground): Promise<void> {
  for (let tries = 0; tries < 120; tries++) {
    const reply = await ground.flipside.get('/healthz').catch(() => null);
    if (reply?.status === 200) return;
    await pause(500);
  }
  throw new Error('Half a minute after the last fault it was not healthy again');
}
