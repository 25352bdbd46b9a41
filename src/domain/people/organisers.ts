// Taking the organiser's role away: never from the last one, and nobody from themselves.
import { type Says, says } from './words.ts';

/** Why this person stays an organiser, or null. `organisers` are the ids of all who are not disabled. */
export function whyStaysOrganiser(
  personId: number,
  actorId: number,
  organisers: readonly number[],
): Says | null {
  if (!organisers.includes(personId)) return null;
  if (organisers.length === 1)
    return says('This is the only organiser. Make somebody else an organiser first.');
  if (personId !== actorId) return null;
  return says('You cannot lock yourself out. Ask another organiser to do it.');
}
