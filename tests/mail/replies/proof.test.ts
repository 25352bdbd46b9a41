import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { receivedMessage } from '../../../src/mail/replies/calendar-parts.ts';
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

const pretended = 'dmarc=pass header.from=halden.example';
/** Words a sender can choose and a server writes down: an envelope address, a HELO, a reason, words in a comment. */
const senderWords = [
  `spf=pass smtp.mailfrom="a; ${pretended}; x"@evil.example`,
  `spf=pass smtp.mailfrom="a\\"; ${pretended}; x"@evil.example`,
  `spf=fail (domain of (a; ${pretended}; b) designates)`,
  `spf=fail (domain of (a\\); ${pretended}; b) designates)`,
  `spf=fail (domain of "a); ${pretended}; (b") smtp.mailfrom="a"@evil.example`,
  `spf=fail smtp.helo=a;${pretended}`,
  `spf=fail reason="a" ; ${pretended}`,
  `${pretended} (`,
  `${pretended} reason="`,
];

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

  test('the topmost of ours counts, and one of ours below that says something else makes it none', async () => {
    const dkimOnly = `Authentication-Results: ${ours}; dkim=fail header.d=halden.example`;
    expect(await proved([pass(ours)])).toBe(true);
    expect(await proved([pass(ours), pass(ours)])).toBe(true);
    expect(await proved([fail, pass(ours)])).toBe(false);
    expect(await proved([dkimOnly, pass(ours)])).toBe(false);
    expect(await proved([pass(ours), fail])).toBe(false);
  });

  test('a fail is no proof, wherever the sender gets words of theirs into the line', async () => {
    expect(await proved([pass(ours)])).toBe(true);
    for (const words of senderWords) {
      const line = `Authentication-Results: ${ours}; ${words}; dmarc=fail (p=reject) header.from=halden.example`;
      expect([words, await proved([line])]).toEqual([words, false]);
      expect([words, await proved([line.replace('dmarc=fail', 'DMARC = fail')])]).toEqual([words, false]);
    }
  });

  test('a line of ours that cannot be read is no proof, and hides none that came along below', async () => {
    const unread = `Authentication-Results: ${ours}; spf=fail smtp.mailfrom="eve`;
    expect(await proved([unread])).toBe(false);
    expect(await proved([unread, pass(ours)])).toBe(false);
  });

  test('folded, commented and quoted as the grammar allows, a pass is still proof', async () => {
    for (const line of [
      `"${ours}" 1;\r\n dmarc\r\n\t/ 1 (as of (RFC 7489)) =\r\n pass reason="all; well" header . from = "halden.example"`,
      `${ours}; spf=pass smtp.mailfrom="a; dmarc=fail header.from=x"@halden.example; DMARC=Pass (p=reject) Header.From=HALDEN.example;`,
      `(ours) ${ours}; dmarc=pass action=none header.from=halden.example; compauth=pass reason=100`,
    ])
      expect([line, await proved([`Authentication-Results: ${line}`])]).toEqual([line, true]);
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
    '_dmarc.evil.example': 'v=DMARC1; p=none',
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

  test('a From that two programs read as two people is nobody’s proof', async () => {
    const bytesFrom = (from: string) =>
      signed(
        Buffer.from(
          thunderbird(facts)
            .toString()
            .replace(/^From: .*$/m, `From: ${from}`),
        ),
        { domain: 'evil.example', selector: 'a', privateKey },
        now,
      );
    expect(
      (await writerOf(await bytesFrom('eve@evil.example'), ['eve@evil.example'], { resolver: resolver(dns) }))
        .proved,
    ).toBe(true);
    const bytes = await bytesFrom('<margareta@halden.example(<eve@evil.example>)>');
    const { from } = await receivedMessage(bytes);
    expect(from).toEqual([facts.guest]);
    expect((await writerOf(bytes, from, { resolver: resolver(dns) })).proved).toBe(false);
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
