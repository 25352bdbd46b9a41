// Handing stored bytes to the mail server, and telling "try again" from "this will never work" (RFC 5321 4.2.1).
import { createTransport } from 'nodemailer';
import { mailAddress } from './calendar/text.ts';
import { signInConnections } from './sign-in-connection.ts';

export interface Envelope {
  from: string;
  to: string;
}

/** Result of one delivery; `reply` is the server's sentence, or says what went wrong on the way. */
export type Delivery =
  | { kind: 'sent'; reply: string }
  | { kind: 'temporary'; reply: string }
  | { kind: 'permanent'; reply: string };

export interface Transport {
  /** Never throws: every failure is a Delivery. */
  send(envelope: Envelope, bytes: Uint8Array): Promise<Delivery>;
  /** The same for an e-mail to sign in. */
  sendSignIn(envelope: Envelope, bytes: Uint8Array): Promise<Delivery>;
  /** Costs what `sendSignIn` costs, the server's failures included, and hands over nothing. */
  pretend(): Promise<Delivery>;
  /** Ends idle connections; one that is sending finishes first. */
  close(): void;
}

export interface TransportLimits {
  connections?: number;
  /** Milliseconds until a server that does not answer counts as silent, 30,000 when left out; four times that ends the whole handing over. */
  patience?: number;
}

const HALF_A_MINUTE = 30_000;

/** Keeps a few connections to the server of `smtpUrl` ('smtp://user:password@host:587'); nothing is sent twice by itself. */
export function openTransport(smtpUrl: string, limits: TransportLimits = {}): Transport {
  const patience = limits.patience ?? HALF_A_MINUTE;
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: limits.connections ?? 3,
    // A connection that breaks after DATA leaves open whether the server took the letter: the caller decides.
    maxRequeues: 0,
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: patience,
    dnsTimeout: patience,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const alone = signInConnections(smtpUrl, patience);
  return {
    send: ({ from, to }, bytes) =>
      delivered(async () => {
        // No single wait notices a server that trickles its replies, so the whole handing over has an end as well.
        const signal = AbortSignal.timeout(patience * 4);
        const raw = Buffer.from(bytes);
        return (await transport.sendMail({ envelope: one(from, to), raw, signal })).response;
      }),
    sendSignIn: ({ from, to }, bytes) => delivered(async () => alone.send(one(from, to), bytes)),
    pretend: () => delivered(alone.pretend),
    close: () => transport.close(),
  };
}

async function delivered(handOver: () => Promise<string>): Promise<Delivery> {
  try {
    return { kind: 'sent', reply: await handOver() };
  } catch (error) {
    return classify(error as SmtpError);
  }
}

// The library reads a string as a list of addresses; a letter has one reader.
function one(from: string, to: string) {
  return { from: mailAddress(from), to: [mailAddress(to)] };
}

interface SmtpError extends Error {
  code?: string;
  command?: string;
  response?: string;
  responseCode?: number;
  permanent?: boolean;
}

const ABOUT_THE_LETTER = new Set(['MAIL FROM', 'RCPT TO', 'DATA']);
const SIGN_IN_NEEDED = 530;

/** Permanent is a 5yz reply to the letter itself (RFC 5321 4.2.1); a refused greeting or sign-in may be put right, so it is temporary. */
export function classify(error: SmtpError): Delivery {
  const reply = (error.response || error.message).trim();
  // Stopped before the server saw it: an address or a size that no retry mends.
  const ours = error.responseCode === undefined && ['EENVELOPE', 'EMESSAGE'].includes(error.code ?? '');
  if (ours || error instanceof RangeError) return { kind: 'permanent', reply };
  const aboutTheLetter = ABOUT_THE_LETTER.has(error.command ?? '') && error.responseCode !== SIGN_IN_NEEDED;
  return { kind: error.permanent && aboutTheLetter ? 'permanent' : 'temporary', reply };
}
