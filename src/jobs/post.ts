import type { Context } from '../context.ts';
import type { LetterFacts } from '../domain/letter-facts.ts';
import { renderLetter } from '../mail/letter.ts';
import { messageBytes } from '../mail/message.ts';
import { openTransport } from '../mail/send.ts';
import type { Letter } from '../store/letters.ts';
import type { Post } from './deliver-letter.ts';

/** How letters leave this deployment: by SMTP, or kept for the mailbox page and printed where no server is configured. */
export function openPost(ctx: Context, smtpUrl: string | undefined): Post & { close: () => void } {
  const transport = smtpUrl === undefined ? null : openTransport(smtpUrl);
  const from = ctx.mail.from;
  return {
    render: (letter) => render(from, letter),
    send: transport && ((letter, bytes) => transport.send({ from, to: letter.recipientEmail }, bytes)),
    print: (letter, subject) => console.log(printed(letter, subject)),
    close: () => transport?.close(),
  };
}

async function render(from: string, letter: Letter): Promise<{ subject: string; bytes: Buffer }> {
  const facts = letter.facts as unknown as LetterFacts & { organiserEmail?: string };
  const to = { name: letter.recipientName, email: letter.recipientEmail };
  const rendered = renderLetter(facts, to);
  const organiser = 'organiser' in facts ? facts.organiser : '';
  const bytes = await messageBytes(rendered, {
    messageId: letter.messageId,
    date: letter.createdAt,
    from: { name: organiser || facts.organisation, email: from },
    ...(facts.organiserEmail ? { replyTo: { name: organiser, email: facts.organiserEmail } } : {}),
    to,
  });
  return { subject: rendered.subject, bytes };
}

/** On a machine without a mail server the terminal is where the first organiser reads their link and code. */
function printed(letter: Letter, subject: string): string {
  const facts = letter.facts as unknown as LetterFacts;
  const what =
    facts.kind === 'sign-in' ? `  code ${facts.code}\n  link ${facts.link}` : `  page ${facts.personalUrl}`;
  return `Letter to ${letter.recipientName} <${letter.recipientEmail}>: ${subject}\n${what}`;
}
