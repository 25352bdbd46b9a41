// npm run bench -- tables|assign|dates|pairs|robust|soft|pages|feed|questions|stalls|files|imports|live|scale: where the figures of docs/figures.md come from.
const benches: Record<string, () => Promise<unknown>> = {
  tables: () => import('./tables.ts'),
  assign: () => import('./assign.ts'),
  dates: () => import('./dates.ts'),
  pairs: () => import('./pairs.ts'),
  robust: () => import('./robust.ts'),
  soft: () => import('./soft.ts'),
  pages: () => import('./pages.ts'),
  feed: () => import('./feed.ts'),
  questions: () => import('./questions.ts'),
  stalls: async () => {
    await import('./stalls.ts');
    await import('./read-files.ts');
  },
  files: () => import('./read-files.ts'),
  imports: () => import('./import-stalls.ts'),
  live: () => import('./live.ts'),
  scale: () => import('./scale.ts'),
};

const [name = 'pages'] = process.argv.slice(2);
const bench = benches[name];
if (bench) await bench();
else {
  console.error(`There is no bench “${name}”: npm run bench -- ${Object.keys(benches).join('|')}`);
  process.exitCode = 2;
}
