import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type Proofs, writerOf } from '../../../src/mail/replies/proof.ts';
import { signed } from '../../../src/mail/sign.ts';
import { type ReplyFacts, thunderbird } from './messages.ts';

// who wrote, and whether that is proved

const facts: ReplyFacts = {
  uid: 'a@flipside.example',
  guest: 'margareta@halden.example',
  partstat: 'ACCEPTED',
  organiser: 'invitations@flipside.example',
};
const ours = 'mx.flipside.example';
const nobodyAnswers = async () => {
  throw Object.assign(new Error('not found'), { code: 'ENOTFOUND' });
};

const proved = async (above: string[], proofs: Proofs = {}, from = facts.guest) =>
  (
    await writerOf(thunderbird({ ...facts, from, above }), [from], {
      authservId: ours,
      resolver: nobodyAnswers,
      ...proofs,
    })
  ).proved;

const pass = (server: string, domain = 'halden.example') =>
  `Authentication-Results: ${server};\r\n\tdkim=pass header.d=${domain};\r\n\tdmarc=pass (p=reject dis=none) header.from=${domain}`;
const fail = `Authentication-Results: ${ours}; dmarc=fail (p=reject) header.from=halden.example`;

describe('E8: our own mail server says who wrote', () => {
  test('a DMARC pass for the domain of From is proof', async () => {
    expect(await proved([pass(ours)])).toBe(true);
    expect(await proved([pass('MX.Flipside.Example 1')])).toBe(true);
  });

  test('what another server says is none, and neither is our own where nobody told us its name', async () => {
    expect(await proved([pass('mx.evil.example')])).toBe(false);
    expect(await proved([pass(`evil.example ${ours}`)])).toBe(false);
    expect(await proved([pass(ours)], { authservId: undefined })).toBe(false);
  });

  test('a pass for another domain, a mere DKIM pass, a fail or a none is none', async () => {
    expect(await proved([pass(ours, 'evil.example')])).toBe(false);
    expect(await proved([`Authentication-Results: ${ours}; dkim=pass header.d=halden.example`])).toBe(false);
    expect(await proved([`Authentication-Results: ${ours}; spf=pass smtp.mailfrom=halden.example`])).toBe(
      false,
    );
    expect(await proved([fail])).toBe(false);
    expect(await proved([fail.replace('dmarc=fail', 'dmarc=none')])).toBe(false);
    expect(await proved([fail.replace('dmarc=fail (p=reject)', 'dmarc=fail (dmarc=pass)')])).toBe(false);
  });

  test('the topmost of ours counts: one that came along below does not', async () => {
    expect(await proved([fail, pass(ours)])).toBe(false);
    expect(await proved([pass(ours), fail])).toBe(true);
  });

  test('a line in the body is no header', async () => {
    const bytes = Buffer.from(`From: margareta@halden.example\r\n\r\n${pass(ours)}\r\n`);
    const proofs = { authservId: ours, resolver: nobodyAnswers };
    expect((await writerOf(bytes, ['margareta@halden.example'], proofs)).proved).toBe(false);
  });

  test('several From addresses, or none, are nobody’s proof', async () => {
    const bytes = thunderbird({ ...facts, above: [pass(ours)] });
    const proofs = { authservId: ours, resolver: nobodyAnswers };
    expect((await writerOf(bytes, [facts.guest], proofs)).proved).toBe(true);
    expect((await writerOf(bytes, [facts.guest, 'eve@evil.example'], proofs)).proved).toBe(false);
    expect(await writerOf(bytes, [], proofs)).toEqual({ address: '', proved: false });
  });
});

describe('E8: without such a server the signature is checked here', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const now = Temporal.Now.instant();
  const dns: Record<string, string> = {
    'a._domainkey.halden.example': `v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`,
    'a._domainkey.evil.example': `v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`,
    '_dmarc.halden.example': 'v=DMARC1; p=reject',
  };
  const resolver = (records: Record<string, string>) => async (name: string) => {
    if (!records[name]) return nobodyAnswers();
    return [[records[name]]];
  };
  const proofOf = async (bytes: Buffer, records = dns) =>
    (await writerOf(bytes, [facts.guest], { resolver: resolver(records) })).proved;
  const signedBy = (domain: string) => signed(thunderbird(facts), { domain, selector: 'a', privateKey }, now);

  test('signed by the domain of From it is proved, with a DMARC policy and without', async () => {
    const bytes = await signedBy('halden.example');
    const { '_dmarc.halden.example': _, ...withoutPolicy } = dns;
    expect(await proofOf(bytes)).toBe(true);
    expect(await proofOf(bytes, withoutPolicy)).toBe(true);
  });

  test('unsigned, signed by another domain, or with a key that nobody published it is not', async () => {
    expect(await proofOf(thunderbird(facts))).toBe(false);
    expect(await proofOf(await signedBy('evil.example'))).toBe(false);
    expect(await proofOf(await signedBy('halden.example'), {})).toBe(false);
  });

  test('changed on the way it is not', async () => {
    const bytes = await signedBy('halden.example');
    const changed = Buffer.from(bytes.toString().replaceAll('PARTSTAT=ACCEPTED', 'PARTSTAT=DECLINED'));
    expect(changed.equals(bytes)).toBe(false);
    expect(await proofOf(changed)).toBe(false);
  });

  test('with more text behind what a signature covers it is not', async () => {
    const bytes = await signedBy('halden.example');
    expect(await proofOf(Buffer.concat([bytes, Buffer.from('one more line\r\n')]))).toBe(false);
  });
});
