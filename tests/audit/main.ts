// npm run audit: tries every reader of docs/nameless.md on both homes, and every door that must refuse; fails where a bound is broken.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { type AddressFigures, measureAddresses } from './addresses.ts';
import { overTheWire } from './nameless.ts';
import { type Home, openPlace } from './places.ts';
import { refusals } from './refusals.ts';
import { broken, type Length, run } from './run.ts';
import { tablesOf } from './tables.ts';

/** `rest` are the milliseconds after each address that was asked for. */
const lengths: Record<string, Length & { pairs: number; rest: number }> = {
  short: { events: 50, seconds: 25, pairs: 60, rest: 30 },
  full: { events: 50, seconds: Number.POSITIVE_INFINITY, pairs: 500, rest: 60 },
  long: { events: 500, seconds: Number.POSITIVE_INFINITY, pairs: 5000, rest: 60 },
};

const { values } = parseArgs({
  options: {
    length: { type: 'string', default: 'full' },
    /** Embedded, server or addresses; all three when left out, the two homes side by side. */
    only: { type: 'string' },
    seed: { type: 'string', default: '20261129' },
    /** No event begins after so many seconds on a home. */
    seconds: { type: 'string' },
  },
});
const chosen = lengths[values.length];
if (!chosen) throw new Error('--length is short, full or long');
const length: Length = { ...chosen, ...(values.seconds && { seconds: Number(values.seconds) }) };
const titles: Record<Home, string> = { embedded: 'Embedded database', server: 'PostgreSQL' };
const parts = {
  embedded: () => showHome('embedded'),
  server: () => showHome('server'),
  addresses: () => showAddresses(chosen),
};
if (values.only && !Object.hasOwn(parts, values.only))
  throw new Error(`--only is ${Object.keys(parts).join(', ')}`);
const isAllRight = values.only ? await parts[values.only as keyof typeof parts]() : await everything();
process.exitCode = isAllRight ? 0 : 1;

/** The homes at once, in processes of their own; the times of answers are taken when nothing runs beside. */
async function everything(): Promise<boolean> {
  const homes = await Promise.all([inProcess('embedded'), inProcess('server')]);
  for (const { output } of homes) process.stdout.write(output);
  return (await parts.addresses()) && homes.every(({ code }) => code === 0);
}

async function inProcess(home: Home): Promise<{ output: string; code: number | null }> {
  const args = [...process.execArgv, import.meta.filename, ...process.argv.slice(2), '--only', home];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const [code] = await once(child, 'close');
  return { output, code };
}

async function showHome(home: Home): Promise<boolean> {
  const place = await openPlace(home);
  const seed = Number(values.seed);
  const found = await run(place, ({ world }) => overTheWire(world), { ...length, ...saysHowFar(home) }, seed);
  console.log(tablesOf(titles[home], found));
  const isConfirmedHere = await isConfirmed(place, broken(found), seed + 100_000);
  const isRefused = await showRefusals(place);
  await place.close();
  return isConfirmedHere && isRefused;
}

/** A line on standard error for every event of the first minutes, then one a minute: hundreds of events take hours. */
function saysHowFar(home: Home): Pick<Length, 'onPlayed'> {
  const began = performance.now();
  let said = began;
  return {
    onPlayed({ events, asks, votes, moved }) {
      const now = performance.now();
      if (events > 5 && now - said < 60_000) return;
      said = now;
      const minutes = ((now - began) / 60_000).toFixed(1);
      console.error(
        `${titles[home]}, ${minutes} min: ${events} of ${length.events} events, ${asks} asks, ${votes} votes; moved at ${moved.movedAtAsks} of them`,
      );
    },
  };
}

/** Among some hundred lines one may be above its bound by chance: what is broken must be so again in other events. */
async function isConfirmed(
  place: Parameters<typeof run>[0],
  first: string[],
  seed: number,
): Promise<boolean> {
  if (first.length === 0) return true;
  const again = await run(place, ({ world }) => overTheWire(world), length, seed);
  const both = broken(again).filter((one) => first.includes(one));
  console.log(
    `\nPlayed again with ${again.events} other events; broken both times: ${both.length || 'nothing'}`,
  );
  for (const one of both) console.log(`  ${one}`);
  return both.length === 0;
}

async function showRefusals(place: Parameters<typeof refusals>[0]): Promise<boolean> {
  const tried = await refusals(place);
  console.log('\nWhat must be refused, with nothing stored:');
  for (const { what, held, answer } of tried)
    console.log(`  ${held ? 'held  ' : 'BROKEN'}  ${what} (${answer})`);
  return tried.every(({ held }) => held);
}

/** The bound is 0.55; of fewer than 500 pairs chance alone gives more, so three standard deviations are allowed. */
async function showAddresses({ pairs, rest }: { pairs: number; rest: number }): Promise<boolean> {
  const allowed = Math.max(0.55, 0.5 + 3 * Math.sqrt((2 * pairs + 1) / (12 * pairs * pairs)));
  const isHeld = ({ auc }: AddressFigures) => auc <= allowed;
  let figures = await measureAddresses({ pairs, rest });
  if (!isHeld(figures)) figures = await measureAddresses({ pairs, rest });
  const { auc, answer, after, known, unknown } = figures;
  console.log(
    `\nKnown and unknown addresses told apart over ${pairs} and ${pairs}, with the six requests after it:`,
  );
  console.log(
    `  AUC ${auc.toFixed(3)} (the answer alone ${answer.toFixed(3)}, the requests after it ${after.toFixed(3)}), allowed ${allowed.toFixed(3)}`,
  );
  console.log(
    `  median ${known.toFixed(1)} ms known, ${unknown.toFixed(1)} ms unknown${isHeld(figures) ? '' : '  BROKEN'}`,
  );
  return isHeld(figures);
}
