import * as content from '../../store/demo-content.ts';
import type { Event } from '../../store/events.ts';
import * as letters from '../../store/letters.ts';
import * as rsvps from '../../store/rsvps.ts';
import { factsOf, sendInvitation } from '../event-letters.ts';
import { earlier, type Filling, type WriteLetter } from './filling.ts';

/** The invitations to an event as letters of the past: written, kept for the mailbox page, on their way nowhere. */
export async function keepInvitations(filling: Filling, event: Event, write: WriteLetter): Promise<void> {
  const { tx } = filling;
  const then = earlier(filling, filling.dates.winterInvitedAt);
  const facts = await factsOf(tx, event);
  for (const invitee of await rsvps.invitees(tx, event.id)) await sendInvitation(then, tx, facts, invitee);
  for (const letter of await content.keepLetters(tx, event.id)) {
    const { subject, bytes } = await write(letter);
    await letters.keepBytes(tx, letter.id, subject, bytes);
  }
}
