import { buildApp } from '../app.ts';
import type { Context } from '../context.ts';
import { addressesOf } from '../web/addresses.ts';
import type { Access } from '../web/person.ts';
import { words } from '../words.ts';

// npm run routes: every address, and who may use it.

/** All that registering pages asks of the world; the demo's own address is there as well. */
const ctx = { baseUrl: 'https://flipside.example', demo: true, words: words('en') } as Context;

const who: Record<Access, string> = {
  anyone: 'anyone',
  link: 'holders of the link',
  nameless: 'anyone, without a cookie',
  'signed-in': 'everyone signed in',
  organiser: 'organisers',
};

for (const { method, path, access } of addressesOf(await buildApp(ctx)))
  console.log(`${method.padEnd(4)} ${path.padEnd(63)} ${who[access]}`);
