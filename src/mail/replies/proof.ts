// Proof that a message really comes from the domain of its From address: what our own mail server found out
// (Authentication-Results, RFC 8601), or the signature checked here (DKIM aligned with From, RFC 7489 3.1.1).
import { isDeepStrictEqual } from 'node:util';
import { sameAddress, type Writer } from '../../domain/calendar/replies.ts';
import { type DmarcResult, readAuthenticationResults } from './authentication-results.ts';

export interface Proofs {
  /** Name of our own mail server; without it nothing in Authentication-Results is believed. */
  authservId?: string | undefined;
  /** Asks the DNS; the machine's own where left out. */
  resolver?: Resolver;
}

export type Resolver = (name: string, type: string) => Promise<string[] | string[][]>;

/** Finds who wrote the message and whether that is proved. Several From addresses prove nothing. */
export async function writerOf(bytes: Buffer, from: readonly string[], proofs: Proofs): Promise<Writer> {
  const [address = ''] = from;
  const writer = { address: sameAddress(address), proved: false };
  const domain = writer.address.slice(writer.address.lastIndexOf('@') + 1);
  if (from.length !== 1 || !domain) return writer;
  const verdict = serverVerdict(bytes, proofs.authservId);
  if (verdict) return { ...writer, proved: verdict.result === 'pass' && domainOf(verdict.from) === domain };
  return { ...writer, proved: await isSigned(bytes, domain, proofs) };
}

/** The values of Authentication-Results, unfolded, the topmost first. */
function resultsIn(bytes: Buffer): string[] {
  const text = bytes.toString('utf8');
  const end = text.search(/\r?\n\r?\n/);
  const lines = (end < 0 ? text : text.slice(0, end)).replace(/\r?\n(?=[ \t])/g, '').split(/\r?\n/);
  return lines.flatMap((line) => /^authentication-results:(.*)$/is.exec(line)?.[1] ?? []);
}

/**
 * The DMARC result in the topmost field of our own server: it writes above whatever came with the message, and takes away
 * fields of its own name that come from outside (RFC 8601 5). More than one result, or another one further down, is none.
 */
function serverVerdict(bytes: Buffer, authservId: string | undefined): DmarcResult | null {
  if (authservId === undefined) return null;
  const ours = resultsIn(bytes)
    .map(readAuthenticationResults)
    .filter((field) => field?.server === authservId.toLowerCase());
  const [top = [], ...below] = ours.map((field) => field!.dmarc);
  if (top.length === 0) return null;
  const [verdict] = top;
  const isAlone = top.length === 1 && below.flat().every((other) => isDeepStrictEqual(other, verdict));
  return (isAlone && verdict) || { result: 'none', from: '' };
}

/** The domain in the value of header.from, with or without an address before it, as `sameAddress` compares domains. */
function domainOf(from: string): string {
  return sameAddress(`x@${from.slice(from.lastIndexOf('@') + 1)}`).slice(2);
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
  if (dmarc && dmarc.status.result !== 'none') {
    const isPass = dmarc.status.result === 'pass' && passing.some(({ status }) => Boolean(status.aligned));
    // Two programs may find two addresses in one malformed From: then the pass is about somebody else.
    return isPass && domainOf(String(dmarc.status.header?.from ?? '')) === domain;
  }
  // A domain without a policy still proves itself where it signs under its very own name.
  return passing.some(({ signingDomain }) => signingDomain?.toLowerCase() === domain);
}
