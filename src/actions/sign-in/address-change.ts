import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import type { AddressChangedLetter } from '../../domain/letters/facts.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as people from '../../store/people/people.ts';
import * as sessions from '../../store/sign-in/sessions.ts';
import * as signIns from '../../store/sign-in/sign-ins.ts';
import { sendLetter } from '../letters/send.ts';

/** Whether these are two addresses; capitals make no difference. */
export function isOtherAddress(before: string, after: string): boolean {
  return before.toLowerCase() !== after.toLowerCase();
}

/**
 * Ends every session of a person whose address was changed, but for the one in which they changed it themselves, closes
 * what was mailed to the former address, and tells both addresses.
 */
export async function afterAddressChange(
  ctx: Context,
  tx: Tx,
  change: { before: people.Person; after: people.Person; organiserId: number; keptSession?: string },
): Promise<void> {
  const { before, after, organiserId, keptSession } = change;
  await sessions.removeOf(tx, after.id, keptSession);
  // A code of an address that others have lets those in, and nobody who left it.
  if ((await people.allWithEmail(tx, before.email)).length === 0)
    await signIns.removeFor(tx, before.email.toLowerCase());
  const programme = await programmes.current(tx);
  const organiser = await people.find(tx, organiserId);
  const facts: Omit<AddressChangedLetter, 'to'> = {
    kind: 'address-changed',
    recipient: { name: after.name },
    organisation: programme?.organisation ?? 'Flipside',
    organiser: organiser?.name ?? '',
    organiserEmail: organiser?.email ?? '',
    before: before.email,
    after: after.email,
    signInUrl: `${ctx.baseUrl}/sign-in`,
  };
  for (const to of ['before', 'after'] as const) {
    await sendLetter(ctx, tx, {
      key: `address-changed:${after.id}:${after.updatedAt.epochMilliseconds}:${to}`,
      kind: 'address-changed',
      to: { id: after.id, name: after.name, email: facts[to] },
      facts: { ...facts, to },
    });
  }
}
