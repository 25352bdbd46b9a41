// From a stored letter's facts to the bytes that travel.
import type { LetterFacts } from '../domain/letter-facts.ts';
import type { Letter } from '../store/letters.ts';
import { renderLetter } from './letter.ts';
import { messageBytes } from './message.ts';

/** Subject and bytes of a stored letter that leaves from this address; replies reach the human organiser. */
export async function letterBytes(from: string, letter: Letter): Promise<{ subject: string; bytes: Buffer }> {
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
    ...('stopUrl' in facts ? { unsubscribe: facts.stopUrl } : {}),
  });
  return { subject: rendered.subject, bytes };
}
