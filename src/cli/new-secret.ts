import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { secretFingerprint, secretFrom } from '../actions/sign-in/deployment-secret.ts';
import { replaceWhileStopped } from '../actions/sign-in/new-secret.ts';
import { readConfig } from '../config.ts';
import type { Context } from '../context.ts';
import { openDatabase, secretFileIn } from '../database/open.ts';
import { keyFile } from '../database/slot.ts';
import { contextWith } from '../main.ts';
import * as settings from '../store/sign-in/settings.ts';
import { orSay, SentenceError } from '../terminal.ts';

// npm run new-secret: another secret in the place of the one there is, with Flipside stopped. docs/deploy.md says when.

const usage = `npm run new-secret                                        a new secret in the file, and new links to guests of events to come
SECRET_BEFORE=… SECRET=… npm run new-secret                 the same where the secret is in the environment
npm run new-secret -- --lost                                the old one is lost: asking without a name ends for published events`;

await orSay(async () => {
  const { lost = false } = parseArgs({ options: { lost: { type: 'boolean' } } }).values;
  const config = readConfig(process.env);
  const file = secretFileIn(config.dataDir);
  const database = await openDatabase({ url: config.databaseUrl, dataDir: config.dataDir });
  try {
    await database.migrate();
    const fingerprint = await settings.get(database.db, 'secret-fingerprint');
    if (fingerprint === null)
      throw new SentenceError('This database has no secret yet, or holds its own: start Flipside once.');
    const before = lost ? null : secretBefore(config.secret, file.read(), fingerprint);
    const text = config.secret ?? randomBytes(32).toString('base64url');
    const after = secretFrom(text);
    if (secretFingerprint(after) === fingerprint)
      throw new SentenceError('This is the secret of this database already.');
    const ctx: Context = {
      ...contextWith(config, database, async () => {}, false, before ?? after),
      ...(database.home === 'embedded' && { envelopeKey: keyFile(join(config.dataDir, 'envelope-key')) }),
    };
    const sent = await replaceWhileStopped(ctx, { before, after, by: 'program' }, () => {
      if (config.secret === undefined) file.prepare(text);
    });
    if (config.secret === undefined) file.settle('takes over');
    console.log(
      `There is a new secret in ${config.secret === undefined ? file.path : 'SECRET'}. E-mails with new links: ${sent}. They go out once Flipside runs.`,
    );
  } finally {
    await database.close();
  }
});

function secretBefore(given: string | undefined, inFile: string[], fingerprint: string): Buffer {
  const texts = given === undefined ? inFile : [process.env.SECRET_BEFORE ?? ''];
  const right = texts
    .map((text) => secretFrom(text.trim()))
    .find((one) => secretFingerprint(one) === fingerprint);
  if (!right) throw new SentenceError(`The secret until now is not there, or another one.\n${usage}`);
  return right;
}
