import { generateKeyPairSync } from 'node:crypto';
import { dkimVerify } from 'mailauth';
import { expect, test } from 'vitest';
import type { LetterFacts } from '../../src/domain/letters/facts.ts';
import { renderLetter } from '../../src/mail/letter.ts';
import { messageBytes } from '../../src/mail/message.ts';
import { signed } from '../../src/mail/sign.ts';
import { english } from '../support/words.ts';
import { letters } from './letters-on-the-desk.ts';

// a letter that proves where it comes from

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'der' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const signing = { domain: 'flipside.example', selector: 'flip1', privateKey };
const margareta = { name: 'Margareta Lindqvist', email: 'margareta@halden.example' };
const date = Temporal.Instant.from('2026-11-22T09:00:00Z');

const letter = () =>
  messageBytes(renderLetter(letters[1] as LetterFacts, margareta, english), {
    messageId: '<5f0c1d2e3a4b@flipside.example>',
    date,
    from: { name: 'Ida Nordby', email: 'invitations@flipside.example' },
    to: margareta,
  });

/** The recipient's mail server, which asks the sender's DNS for the key. */
async function verdictOn(bytes: Buffer) {
  const { results } = await dkimVerify(bytes, {
    curTime: new Date(date.epochMilliseconds),
    resolver: async (name) =>
      name === 'flip1._domainkey.flipside.example'
        ? [[`v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`]]
        : [],
  });
  return results.map(({ status, signingDomain, signingHeaders }) => ({
    result: status.result,
    aligned: status.aligned,
    signingDomain,
    covers: signingHeaders?.keys.toLowerCase().split(/\s*:\s*/) ?? [],
  }));
}

test('C8: a signed letter is verified by a stranger, for the domain of its From address', async () => {
  const [verdict] = await verdictOn(await signed(await letter(), signing, date));
  expect(verdict).toMatchObject({
    result: 'pass',
    aligned: 'flipside.example',
    signingDomain: 'flipside.example',
  });
  expect(
    ['from', 'to', 'subject', 'date', 'message-id'].filter((name) => !verdict!.covers.includes(name)),
  ).toEqual([]);
});

test('the way out of reminders is covered, so that a mail program shows its button (RFC 8058)', async () => {
  const reminder = letters.find(({ kind }) => kind === 'reminder')!;
  const bytes = await messageBytes(renderLetter(reminder, margareta, english), {
    messageId: '<6f0c1d2e3a4b@flipside.example>',
    date,
    from: { name: 'Ida Nordby', email: 'invitations@flipside.example' },
    to: margareta,
    unsubscribe: 'https://flipside.example/i/p4nRk2vTqW8sLmX0/reminders',
  });
  const [verdict] = await verdictOn(await signed(bytes, signing, date));
  expect(verdict?.result).toBe('pass');
  expect(verdict?.covers).toEqual(expect.arrayContaining(['list-unsubscribe', 'list-unsubscribe-post']));
});

test('C8: a word changed on the way is noticed', async () => {
  const bytes = await signed(await letter(), signing, date);
  const changed = Buffer.from(bytes.toString('latin1').replace('Subject: ', 'Subject: Not '), 'latin1');
  expect((await verdictOn(bytes))[0]?.result).toBe('pass');
  expect((await verdictOn(changed))[0]?.result).toBe('fail');
});

test('C8: the same letter is signed with the same bytes, so that a retry stays the same', async () => {
  const bytes = await letter();
  expect(await signed(bytes, signing, date)).toEqual(await signed(bytes, signing, date));
});

test('a key that is none is an error rather than a letter without signature', async () => {
  await expect(signed(await letter(), { ...signing, privateKey: 'not a key' }, date)).rejects.toThrow(
    'signed',
  );
});
