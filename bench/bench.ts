// npm run bench -- tables|assign|dates|pairs|pages|feed|questions|stalls|live: what the README's figures come from.
const benches: Record<string, () => Promise<unknown>> = {
  tables: () => import('./tables.ts'),
  assign: () => import('./assign.ts'),
  dates: () => import('./dates.ts'),
  pairs: () => import('./pairs.ts'),
  pages: () => import('./pages.ts'),
  feed: () => import('./feed.ts'),
  questions: () => import('./questions.ts'),
  stalls: () => import('./stalls.ts'),
  live: () => import('./live.ts'),
};

const [name = 'pages'] = process.argv.slice(2);
const bench = benches[name];
if (bench) await bench();
else {
  console.error(`There is no bench “${name}”: npm run bench -- ${Object.keys(benches).join('|')}`);
  process.exitCode = 2;
}
