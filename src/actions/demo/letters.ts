import * as content from '../../store/demo/content.ts';
import type { Event } from '../../store/events/events.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import { factsOf, sendEventLetter, sendInvitation } from '../letters/about-event.ts';
import { sealedBytes } from '../letters/kept-bytes.ts';
import { withLinks } from '../letters/links.ts';
import { contextAt, type DemoProgress, type WriteLetter } from './filling.ts';

/** The invitations to an event that nobody has answered yet, as they went out at `at`. */
export async function writeInvitations(
  filling: DemoProgress,
  event: Event,
  at: Temporal.Instant,
): Promise<void> {
  const { tx } = filling;
  const facts = await factsOf(tx, event);
  for (const invitee of await rsvps.invitees(tx, event.id))
    await sendInvitation(contextAt(filling, at), tx, facts, invitee);
}

/** Writes the confirmation of everybody who said yes, in the order of their answers. */
export async function writeConfirmations(filling: DemoProgress, event: Event): Promise<void> {
  const { tx } = filling;
  const facts = await factsOf(tx, event);
  const coming = (await rsvps.invitees(tx, event.id)).flatMap((invitee) =>
    invitee.state === 'coming' && invitee.answeredAt ? [{ invitee, at: invitee.answeredAt }] : [],
  );
  coming.sort((a, b) => Temporal.Instant.compare(a.at, b.at));
  for (const { invitee, at } of coming)
    await sendEventLetter(contextAt(filling, at), tx, facts, invitee, { kind: 'confirmed' });
}

/** Letters rendered before their bytes are saved: a busy machine takes seconds for all, and a silent transaction is ended. */
const batch = 10;

/** Makes what was written letters of the past: rendered, kept for the mailbox page, on their way nowhere. */
export async function keepLetters({ ctx, tx }: DemoProgress, write: WriteLetter): Promise<void> {
  let written = [];
  for (const letter of await content.keepLetters(tx)) {
    const { subject, bytes } = await write(withLinks(ctx, letter));
    written.push({ id: letter.id, subject, bytes: sealedBytes(ctx, letter.id, bytes) });
    if (written.length < batch) continue;
    await content.setBytes(tx, written);
    written = [];
  }
  if (written.length > 0) await content.setBytes(tx, written);
}
