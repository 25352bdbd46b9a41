// CPU time, size and queries of every page in an organisation of 1,000 events and in one of a tenth, on the embedded
// database, and how long the program takes to start on the large one. EVENTS=200 is a smaller one, ONLY=/events,/people/:id some pages.
import { loadavg } from 'node:os';
import { nextKeyPair } from '../tests/support/nameless/keys.ts';
import { startFlipside } from '../tests/support/process.ts';
import { print } from './measured.ts';
import { type Address, addressesOf } from './scale/addresses.ts';
import { sizeOf } from './scale/size.ts';
import { type Looked, openSite, type Site } from './scale/visits.ts';
import { type Bench, openBench } from './site.ts';

const events = Number(process.env.EVENTS ?? 1000);
const rounds = Number(process.env.ROUNDS ?? 5);
const only = process.env.ONLY?.split(',');

interface Opened extends Bench {
  site: Site;
}

async function opened(count: number): Promise<Opened> {
  const bench = await openBench({ newKeyPair: nextKeyPair, baseUrl: 'http://localhost:3000' });
  const begin = performance.now();
  const site = await openSite(bench.ctx, sizeOf(count));
  console.log(`${count} events: filled in ${((performance.now() - begin) / 1000).toFixed(0)} s`);
  return { ...bench, site };
}

interface Pair {
  address: Address;
  small: Looked;
  large: Looked;
}

/** Both in turn, so that a noisy neighbour troubles both; the first look, which fills what is kept, does not count. */
async function compare(small: Site, large: Site, address: Address, at: Address): Promise<Pair> {
  const looks: { small: Looked[]; large: Looked[] } = { small: [], large: [] };
  for (let round = 0; round <= rounds; round++) {
    looks.small.push(await small.open(address));
    looks.large.push(await large.open(at));
  }
  const typical = ([first, ...rest]: Looked[]): Looked => ({
    ...first!,
    milliseconds: median(rest.map(({ milliseconds }) => milliseconds)),
  });
  return { address, small: typical(looks.small), large: typical(looks.large) };
}

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

const timesAsLong = ({ small, large }: Pair) => large.milliseconds / small.milliseconds;
const timesAsLarge = ({ small, large }: Pair) => large.bytes / Math.max(1, small.bytes);

function rowOf(pair: Pair): (string | number)[] {
  const { address, small, large } = pair;
  const kilobytes = ({ bytes }: Looked) => (bytes / 1024).toFixed(1);
  const query = /\?.*/.exec(address.path)?.[0] ?? '';
  return [
    address.route + query,
    address.as,
    large.status === small.status ? large.status : `${small.status}/${large.status}`,
    small.queries,
    large.queries,
    kilobytes(small),
    kilobytes(large),
    timesAsLarge(pair).toFixed(1),
    small.milliseconds.toFixed(1),
    large.milliseconds.toFixed(1),
    timesAsLong(pair).toFixed(1),
  ];
}

async function comparePages(small: Site, large: Site): Promise<void> {
  const inLarge = addressesOf(large.filled);
  const pairs: Pair[] = [];
  for (const [index, address] of addressesOf(small.filled).entries())
    if (!only || only.some((one) => address.path.startsWith(one) || address.route === one))
      pairs.push(await compare(small, large, address, inLarge[index]!));
  const [few, many] = [events / 10, events].map((n) => n.toLocaleString('en-GB'));
  const header = [
    'page',
    'as',
    'status',
    `queries ${few}`,
    many!,
    `kB ${few}`,
    many!,
    'ratio',
    `ms ${few}`,
    many!,
  ];
  print([...header, 'ratio'], pairs.map(rowOf));
  const dear = pairs.filter((pair) => timesAsLong(pair) > 2 || timesAsLarge(pair) > 2);
  console.log(`${dear.length} of ${pairs.length} pages cost more than twice as much.`);
}

/** With the secret that its links derive from, as the program that filled it would have. */
async function startOn({ folder, database, ctx }: Opened): Promise<void> {
  await database.close();
  const begin = performance.now();
  const flipside = await startFlipside({ DATA_DIR: folder, SECRET: ctx.secret.toString('base64url') });
  const { status } = await flipside.get('/sign-in');
  const seconds = ((performance.now() - begin) / 1000).toFixed(1);
  console.log(`Started on it and answered the first page (${status}) in ${seconds} s.`);
  await flipside.stop();
}

const load = () => loadavg()[0]!.toFixed(1);
const before = load();
const [small, large] = [await opened(Math.round(events / 10)), await opened(events)];
await comparePages(small.site, large.site);
for (const { site } of [small, large]) await site.app.close();
await small.end();
await startOn(large);
await large.end();
console.log(`The machine's load was ${before} at the beginning and ${load()} at the end.`);
