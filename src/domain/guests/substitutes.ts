// Substitutes: who may send one, and how often. Naming a substitute is one act per guest and event.
import type { RsvpState } from '../events/changes.ts';
import type { Limit } from '../sign-in/sign-in-limits.ts';

/** One "this person comes in my place" at an event; `substituteId` is null where the record no longer says whom. */
export interface Naming {
  personId: number;
  substituteId: number | null;
}

/** Why somebody can't name a substitute: they have sent one, come as one themselves, or said no. */
export type WhyNoSubstitute = 'sent-one' | 'is-one' | 'said-no';

/** How many e-mails to substitutes one person can cause, over all events. */
export const substituteLetters = { most: 10, minutes: 60 } as const satisfies Limit;

/** Returns why this person can't name a substitute; null where they can. `namings` are all of the event. */
export function whyNoSubstitute(
  { personId, state, inPlaceOfId }: { personId: number; state: RsvpState; inPlaceOfId: number | null },
  namings: readonly Naming[],
): WhyNoSubstitute | null {
  if (namings.some((naming) => naming.personId === personId)) return 'sent-one';
  if (inPlaceOfId !== null || namings.some(({ substituteId }) => substituteId === personId)) return 'is-one';
  return state === 'declined' ? 'said-no' : null;
}

/** Whether this very substitute was the last one this person named. */
export function isNamedAlready(personId: number, substituteId: number, namings: readonly Naming[]): boolean {
  return namings.findLast((naming) => naming.personId === personId)?.substituteId === substituteId;
}
