// From a stored letter's facts to the bytes that travel.
import type { LetterFacts } from '../domain/letters/facts.ts';
import type { Letter } from '../store/letters/letters.ts';
import type { Words } from '../words.ts';
import { type Letter as RenderedLetter, renderLetter } from './letter.ts';
import { messageBytes } from './message.ts';

/**
 * Draws subject and bytes of a stored letter that leaves from this address; replies reach the human organiser. Where guests'
 * calendars hold the event with another ORGANIZER, that one stays, and is in Reply-To as well (RFC 5546 2.1.1, RFC 6047 2.3).
 */
export async function letterBytes(
  from: string,
  letter: Letter,
  words: Words,
): Promise<{ subject: string; bytes: Buffer }> {
  const facts = letter.facts as unknown as LetterFacts & { organiserEmail?: string };
  const to = { name: letter.recipientName, email: letter.recipientEmail };
  const rendered = renderLetter(facts, to, words);
  const organiser = 'organiser' in facts ? facts.organiser : '';
  const others = [facts.organiserEmail, otherOrganiser(from, rendered)].filter((one) => one !== undefined);
  const bytes = await messageBytes(rendered, {
    messageId: letter.messageId,
    date: letter.createdAt,
    from: { name: organiser || facts.organisation, email: from },
    replyTo: others.filter(Boolean).map((email) => ({ name: organiser, email })),
    to,
    ...('stopUrl' in facts && facts.stopUrl ? { unsubscribe: facts.stopUrl } : {}),
    ...('thread' in facts && facts.thread ? { thread: facts.thread } : {}),
  });
  return { subject: rendered.subject, bytes };
}

function otherOrganiser(from: string, { calendar }: RenderedLetter): string | undefined {
  return calendar && calendar.organiserEmail !== from ? calendar.organiserEmail : undefined;
}
