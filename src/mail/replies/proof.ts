// Whether a message really comes from the domain of its From address: what our own mail server found out
// (Authentication-Results, RFC 8601), or the signature checked here (DKIM aligned with From, RFC 7489 3.1.1).
import { sameAddress, type Writer } from '../../domain/calendar-replies.ts';

export interface Proofs {
  /** What our own mail server calls itself; without it nothing in Authentication-Results is believed. */
  authservId?: string | undefined;
  /** Asks the DNS; the machine's own where left out. */
  resolver?: Resolver;
}

export type Resolver = (name: string, type: string) => Promise<string[] | string[][]>;

/** Who wrote the message and whether that is proved. Several From addresses are nobody's proof. */
export async function writerOf(bytes: Buffer, from: readonly string[], proofs: Proofs): Promise<Writer> {
  const [address = ''] = from;
  const writer = { address: sameAddress(address), proved: false };
  const domain = writer.address.slice(writer.address.lastIndexOf('@') + 1);
  if (from.length !== 1 || !domain) return writer;
  const verdict = serverVerdict(headersOf(bytes), proofs.authservId);
  if (verdict) return { ...writer, proved: verdict.result === 'pass' && verdict.domain === domain };
  return { ...writer, proved: await isSigned(bytes, domain, proofs) };
}

function headersOf(bytes: Buffer): string[] {
  const text = bytes.toString('latin1');
  const end = text.search(/\r?\n\r?\n/);
  return (end < 0 ? text : text.slice(0, end)).replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
}

/**
 * The topmost DMARC result of our own server: it writes above whatever came with the message, and takes away lines of
 * its own name that come from outside (RFC 8601 5).
 */
function serverVerdict(headers: string[], authservId: string | undefined) {
  if (authservId === undefined) return null;
  for (const header of headers) {
    const [, value = ''] = /^authentication-results:\s*(.*)$/i.exec(header) ?? [];
    const [name = '', ...results] = value.replace(/\([^()]*\)/g, ' ').split(';');
    if (name.trim().split(/\s+/)[0]?.toLowerCase() !== authservId.toLowerCase()) continue;
    const dmarc = results.map((one) => one.trim()).find((one) => /^dmarc\s*=/i.test(one));
    if (!dmarc) continue;
    const result = /^dmarc\s*=\s*([a-z]+)/i.exec(dmarc)?.[1]?.toLowerCase() ?? '';
    const from = /\bheader\.from\s*=\s*"?([^\s;"]+)/i.exec(dmarc)?.[1] ?? '';
    const domain = sameAddress(`x@${from.slice(from.lastIndexOf('@') + 1)}`).slice(2);
    return { result, domain };
  }
  return null;
}

/** A signature of the whole message by the domain of From; anything but `pass` is none. */
async function isSigned(bytes: Buffer, domain: string, { resolver }: Proofs): Promise<boolean> {
  // Brought in where it is needed: most deployments read no mailbox.
  const { authenticate } = await import('mailauth');
  const { dkim, dmarc } = await authenticate(bytes, {
    trustReceived: false,
    disableArc: true,
    disableBimi: true,
    ...(resolver && { resolver: resolver as never }),
  });
  const passing = (dkim?.results ?? []).filter(
    ({ status }) => status.result === 'pass' && !status.underSized && !status.testing,
  );
  if (dmarc && dmarc.status.result !== 'none')
    return dmarc.status.result === 'pass' && passing.some(({ status }) => Boolean(status.aligned));
  // A domain without a policy still proves itself where it signs under its very own name.
  return passing.some(({ signingDomain }) => signingDomain?.toLowerCase() === domain);
}
