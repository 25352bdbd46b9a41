// A letter's signature (DKIM, RFC 6376): proof that it comes from the domain of its From address.

export interface Signing {
  /** The domain of the From address, so that the signature is aligned with it (RFC 7489 3.1.1). */
  domain: string;
  selector: string;
  /** PEM. */
  privateKey: string;
}

/** Header fields we sign; the way out of reminders counts only where both its fields are covered (RFC 8058 4). */
const covered = [
  'From',
  'Reply-To',
  'Subject',
  'Date',
  'Message-ID',
  'To',
  'MIME-Version',
  'Content-Type',
  'List-Unsubscribe',
  'List-Unsubscribe-Post',
];

/** The letter with a signature on top; the same letter and moment give the same bytes. Throws where the key does not sign. */
export async function signed(bytes: Buffer, signing: Signing, at: Temporal.Instant): Promise<Buffer> {
  // Brought in where it is needed: most deployments leave signing to their mail server.
  const { dkimSign } = await import('mailauth');
  const one = { signingDomain: signing.domain, selector: signing.selector, privateKey: signing.privateKey };
  const { signatures, errors } = await dkimSign(bytes, {
    ...one,
    signatureData: [one],
    canonicalization: 'relaxed/relaxed',
    headerList: covered,
    signTime: new Date(at.epochMilliseconds),
  });
  const [error] = errors;
  if (error || !signatures)
    throw new Error(`The letter could not be signed: ${error?.err ?? 'no signature'}`);
  return Buffer.concat([Buffer.from(signatures), bytes]);
}
