import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { takeReply } from '../../../src/actions/calendar/replies.ts';
import { openSecret, secretFrom } from '../../../src/actions/sign-in/deployment-secret.ts';
import { secretFileIn } from '../../../src/database/open.ts';
import { deliverLetter } from '../../../src/jobs/deliver-letter.ts';
import { openPost } from '../../../src/jobs/post.ts';
import * as letters from '../../../src/store/letters/letters.ts';
import { slipKeys } from '../../../src/store/schema/index.ts';
import * as settings from '../../../src/store/sign-in/settings.ts';
import { temporaryFolder } from '../../support/database.ts';
import { laidOpen, ourBackup } from '../../support/databases/dumps.ts';
import { linkOf, published } from '../../support/events.ts';
import { allLetters, sentBytes } from '../../support/letters.ts';
import { useWorld } from '../../support/world.ts';

const world = useWorld({ mailConfigured: true });
const folder = () => secretFileIn(path.join(temporaryFolder(), 'data'));
const open = (file = folder(), given?: string) => openSecret(world.ctx, { given, file });
const refusal = (opening: Promise<unknown>) =>
  opening.then(
    () => 'opened',
    (error) => error.sentence,
  );

describe('the secret of a deployment', () => {
  test('is made at the first start, in a file for its owner only, and found again', async () => {
    const file = folder();
    const { secret } = await open(file);
    expect(secret).toHaveLength(32);
    expect(fs.statSync(file.path).mode & 0o777).toBe(0o600);
    expect(secretFrom(fs.readFileSync(file.path, 'utf8').trim())).toEqual(secret);
    expect((await open(file)).secret).toEqual(secret);
    const dump = laidOpen(await ourBackup(world.db));
    expect(dump).toContain('secret-fingerprint');
    for (const form of ['base64url', 'base64', 'hex'] as const)
      expect(dump.includes(secret.toString(form).replace('=', ''))).toBe(false);
  });

  test('can move from the file to SECRET and back: the same text is the same secret', async () => {
    const file = folder();
    const { secret } = await open(file);
    const given = fs.readFileSync(file.path, 'utf8').trim();
    expect((await open(folder(), given)).secret).toEqual(secret);
    expect(secretFrom(secret.toString('base64'))).toEqual(secret);
  });

  test('of two processes that start at once both have the same', async () => {
    const file = folder();
    const opened = await Promise.all([1, 2, 3, 4].map(() => open(file)));
    expect(new Set(opened.map(({ secret }) => secret.toString('hex'))).size).toBe(1);
  });

  test('another one is refused, in the file or in SECRET, and so is none; none is made in its place', async () => {
    await open();
    const [other, empty] = [folder(), folder()];
    other.create(randomBytes(32).toString('base64url'));
    expect(await refusal(open(other))).toContain('is not the one of this database');
    expect(await refusal(open(folder(), 'x'.repeat(40)))).toContain('is not the one of this database');
    expect(await refusal(open(empty))).toContain('is missing');
    expect(fs.existsSync(empty.path)).toBe(false);
  });

  test('a file that others could read is closed to them', async () => {
    const file = folder();
    await open(file);
    fs.chmodSync(file.path, 0o644);
    await open(file);
    expect(fs.statSync(file.path).mode & 0o777).toBe(0o600);
  });
});

describe('a database of before, which holds its secret', () => {
  /** Everything as the version before left it: the secret in a row, links in the facts, bytes and keys in the clear. */
  async function asBefore() {
    const ada = await world.addPerson({ name: 'Ada' });
    const event = await published(world, [ada]);
    await deliver();
    const attendees = [{ address: ada.email, partstat: 'DECLINED', delegatedTo: [] }];
    const said = { uid: event.uid, sequence: 0, recurrenceAt: null, start: null, end: null, words: '' };
    const stamp = world.clock.now.add({ minutes: 1 });
    await takeReply(
      world.ctx,
      { method: 'REPLY', stamp, attendees, ...said },
      { address: ada.email, proved: false },
      stamp,
    );
    await world.newBrowser().post('/sign-in', { email: ada.email });
    await settings.set(world.db, 'link-secret', world.ctx.secret.toString('base64url'));
    for (const letter of await allLetters(world)) {
      const bytes = letter.bytes && sentBytes(world, letter);
      await world.db.execute(
        sql`UPDATE letters SET facts = ${JSON.stringify(letter.facts)}::jsonb, bytes = ${bytes} WHERE id = ${letter.id}`,
      );
    }
    const key = Buffer.from('30820000', 'hex');
    await world.db.update(slipKeys).set({ privateKey: key });
    return { ada, event, drawn: await letters.newest(world.db, 100, 0) };
  }

  async function deliver() {
    for (const { id } of await allLetters(world))
      await deliverLetter(world.ctx, { ...openPost(world.ctx, undefined), print: () => {} }, id);
  }

  /** Tokens and codes in letters that stand in this copy. */
  const doorsIn = (copy: string, drawn: letters.Letter[]) =>
    drawn
      .flatMap(({ facts }) => [facts.personalUrl, facts.confirmUrl, facts.link, facts.code])
      .filter((door) => door !== undefined)
      .map((door) => String(door).split('/').at(-1)!)
      .filter((door) => copy.includes(door)).length;

  test('gives it to the file and keeps nothing that opens a door; links that were sent go on working', async () => {
    const { ada, event, drawn } = await asBefore();
    const [waiting] = drawn.filter(({ kind }) => kind === 'answer-question');
    const sent = drawn.find(({ kind }) => kind === 'invitation')!;
    expect(doorsIn(laidOpen(await ourBackup(world.db)), drawn)).toBe(5);

    const file = folder();
    const { secret, movedTo } = await open(file);
    expect([secret, movedTo]).toEqual([world.ctx.secret, file.path]);
    expect(await settings.get(world.db, 'link-secret')).toBeNull();
    expect(doorsIn(laidOpen(await ourBackup(world.db)), drawn)).toBe(0);
    for (const { privateKey } of await world.db.select().from(slipKeys)) expect(privateKey?.[0]).toBe(1);

    expect((await world.get(linkOf(world, event, ada))).statusCode).toBe(200);
    const after = await allLetters(world);
    const kept = after.find(({ id }) => id === sent.id)!;
    expect(sentBytes(world, kept)).toEqual(sent.bytes);
    expect(kept.facts).toEqual(sent.facts);
    const question = after.find(({ id }) => id === waiting!.id)!;
    expect(question.facts.confirmUrl).not.toBe(waiting!.facts.confirmUrl);
    const path = String(question.facts.confirmUrl).replace(world.ctx.baseUrl, '');
    expect((await world.get(path)).statusCode).toBe(200);
    expect((await open(file)).movedTo).toBeUndefined();
  });

  test('is not started with another secret, and then stays as it was', async () => {
    await asBefore();
    expect(await refusal(open(folder(), 'y'.repeat(40)))).toContain('Start once without SECRET');
    const taken = folder();
    taken.create(randomBytes(32).toString('base64url'));
    expect(await refusal(open(taken))).toContain('Move that file away');
    expect(await settings.get(world.db, 'link-secret')).not.toBeNull();
  });
});
