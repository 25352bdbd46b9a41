import { generateKeyPairSync } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { dkimVerify } from 'mailauth';
import { SMTPServer } from 'smtp-server';
import { afterEach, describe, expect, test } from 'vitest';
import { deliverLetter } from '../../src/jobs/deliver-letter.ts';
import { openPost, type PostOptions } from '../../src/jobs/post.ts';
import { letterOfBounce } from '../../src/mail/bounce-address.ts';
import * as letters from '../../src/store/letters/letters.ts';
import { published } from '../support/events.ts';
import { allLetters, sentBytes } from '../support/letters.ts';
import { useWorld } from '../support/world.ts';

const world = useWorld({ mailConfigured: true });

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** The first letter of an event, as a real mail server got it. */
async function letterAtTheServer(options: PostOptions) {
  const got: { from: string; to: string[]; bytes: Buffer }[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, { envelope }, next) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const from = envelope.mailFrom ? envelope.mailFrom.address : '';
        got.push({ from, to: envelope.rcptTo.map(({ address }) => address), bytes: Buffer.concat(chunks) });
        next();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  closers.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  const { port } = server.server.address() as AddressInfo;
  const post = openPost(world.ctx, `smtp://127.0.0.1:${port}`, options);
  closers.push(() => post.close());
  const ada = await world.addPerson({ name: 'Ada' });
  await published(world, [ada]);
  const [letter] = await allLetters(world);
  await deliverLetter(world.ctx, post, letter!.id);
  return { ada, id: letter!.id, got: got[0]! };
}

describe('the envelope of a letter', () => {
  test('C9: is an address of the letter’s own, while From and ORGANIZER stay the one that answers go to', async () => {
    const bouncesTo = 'bounces@halden.example';
    const { ada, id, got } = await letterAtTheServer({ bouncesTo });
    expect(got.to).toEqual([ada.email]);
    expect(letterOfBounce(got.from, bouncesTo, world.ctx.secret)).toBe(id);
    expect(String(got.bytes)).toContain('From: Ida Nordby <reverse-mentoring@halden.example>');
    expect(String(got.bytes)).not.toContain('bounces');
  });

  test('is the From address where none was set', async () => {
    expect((await letterAtTheServer({})).got.from).toBe('reverse-mentoring@halden.example');
  });
});

test('C8: with a key set the server gets a signed letter, and the bytes kept are the ones signed', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const signing = { domain: 'halden.example', selector: 'f', privateKey };
  const { id, got } = await letterAtTheServer({ signing });
  const { results } = await dkimVerify(got.bytes, {
    curTime: new Date(world.clock.now.epochMilliseconds),
    resolver: async () => [[`v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`]],
  });
  expect(results.map(({ status }) => [status.result, status.aligned])).toEqual([['pass', 'halden.example']]);
  const kept = sentBytes(world, (await letters.find(world.db, id))!);
  expect(kept.toString('latin1').trimEnd()).toBe(got.bytes.toString('latin1').trimEnd());
});
