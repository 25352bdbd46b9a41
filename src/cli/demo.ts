import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seedDemo } from '../actions/demo/demo.ts';
import { readConfig } from '../config.ts';
import { letterBytes } from '../mail/letter-bytes.ts';
import { closeOnSignal, giveUp, start } from '../main.ts';

const tour = (address: string) => `Flipside with an invented programme is at ${address}
Two minutes, with the bar that says “Look around as”:
1. Guest with an invitation: Margareta’s seat is kept. Press “I’ll be there” and the room fills.
2. Stay there: press “I wonder too” on the questions, and ask one of your own.
3. Young talent: Amina says which trends she wants to know, and proposes one.
4. Organiser: Ida sees who is coming, and finishes the draft “Heat on site”. E-mails stay under E-mails.
5. Senior manager: what Margareta sees once she is signed in. Ctrl-C ends it, and nothing is kept.`;

/** On a folder of its own, without mail, whatever else is configured here. */
async function demo(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'flipside-demo-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const { DATABASE_URL: _database, SMTP_URL: _smtp, IMAP_URL: _imap, SECRET: _secret, ...rest } = process.env;
  const { DKIM_SELECTOR: _selector, DKIM_KEY_FILE: _key, ...env } = rest;
  const running = await start(readConfig({ ...env, DATA_DIR: folder }), { demo: true });
  closeOnSignal(running);
  const { ctx } = running;
  await seedDemo(ctx, (letter) => letterBytes(ctx.mail.from, letter, ctx.words));
  console.log(tour(running.address));
}

if (import.meta.main) await demo().catch(giveUp);
