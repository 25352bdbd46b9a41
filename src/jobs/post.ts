import type { Context } from '../context.ts';
import type { LetterFacts } from '../domain/letters/facts.ts';
import { bounceAddress } from '../mail/bounce-address.ts';
import { letterBytes } from '../mail/letter-bytes.ts';
import { openTransport, type Transport, type TransportLimits } from '../mail/send.ts';
import { type Signing, signed } from '../mail/sign.ts';
import type { Letter } from '../store/letters/letters.ts';
import type { Outcome, Post } from './deliver-letter.ts';

export interface PostOptions extends TransportLimits {
  /** Address where undeliverable letters come back; without it, the address letters come from. */
  bouncesTo?: string | undefined;
  signing?: Signing | undefined;
  /** Letters a minute at most, over all processes. */
  perMinute?: number | undefined;
}

/** How letters leave this deployment: by SMTP, or kept for the mailbox page and printed where no server is configured. */
export function openPost(
  ctx: Context,
  smtpUrl: string | undefined,
  { bouncesTo, signing, perMinute, ...limits }: PostOptions = {},
): Post & { close: () => void } {
  const transport = smtpUrl === undefined ? null : openTransport(smtpUrl, limits);
  const { from } = ctx.mail;
  const sender = (letter: Letter) =>
    bouncesTo ? bounceAddress(bouncesTo, letter.id, ctx.secret) : (letter.fromEmail ?? from);
  return {
    render: async (letter) => {
      const written = await letterBytes(letter.fromEmail ?? from, letter, ctx.words);
      return signing
        ? { ...written, bytes: await signed(written.bytes, signing, letter.createdAt) }
        : written;
    },
    send: transport && ((letter, bytes) => handOver(transport, sender(letter), letter, bytes)),
    print: (letter, subject) => console.log(printed(letter, subject)),
    perMinute,
    close: () => transport?.close(),
  };
}

function handOver(transport: Transport, from: string, letter: Letter, bytes: Buffer): Promise<Outcome> {
  const envelope = { from, to: letter.recipientEmail };
  if (letter.kind === 'decoy') return transport.pretend();
  return letter.kind === 'sign-in' ? transport.sendSignIn(envelope, bytes) : transport.send(envelope, bytes);
}

function pageOf(facts: Exclude<LetterFacts, { kind: 'sign-in' }>): string {
  if (facts.kind === 'ground-rules') return facts.rulesUrl;
  if (facts.kind === 'organiser-day') return facts.eventsUrl;
  if ('teamUrl' in facts) return facts.teamUrl;
  if (facts.kind === 'rank-trends') return facts.rankUrl;
  if (facts.kind === 'pair-wishes') return facts.wishesUrl;
  if (facts.kind === 'pair-proposed' || facts.kind === 'pair-news') return facts.pairUrl;
  if ('meetingUrl' in facts) return facts.meetingUrl;
  if (facts.kind === 'pair-mutual') return '–';
  if (facts.kind === 'offer-confirm' || facts.kind === 'offer-answer') return facts.offerUrl;
  if (facts.kind === 'place-offered') return facts.placeUrl;
  if (facts.kind === 'choose-dates') return facts.datesUrl;
  if (facts.kind === 'last-day') return facts.siteUrl;
  if (facts.kind === 'voting-reopened') return facts.trendsUrl;
  if (facts.kind === 'several-things') return '–';
  return (facts.kind === 'address-changed' ? facts.signInUrl : facts.personalUrl) ?? '–';
}

/** On a machine without a mail server the terminal is where the first organiser reads their link and code. */
function printed(letter: Letter, subject: string): string {
  if (letter.kind === 'decoy')
    return `No person here has the address ${letter.recipientEmail}, so no e-mail was sent.`;
  const facts = letter.facts as unknown as LetterFacts;
  const what =
    facts.kind === 'sign-in' ? `  code ${facts.code}\n  link ${facts.link}` : `  page ${pageOf(facts)}`;
  return `Letter to ${letter.recipientName} <${letter.recipientEmail}>: ${subject}\n${what}`;
}
