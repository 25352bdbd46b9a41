// Taking the organiser's role away: never from the last one, and nobody from themselves.
import { type Sentence, sentenceWith } from './words.ts';

/** Why this person stays an organiser, or null. `organisers` are the ids of all who are not disabled. */
export function whyStaysOrganiser(
  personId: number,
  actorId: number | 'program',
  organisers: readonly number[],
): Sentence | null {
  if (!organisers.includes(personId)) return null;
  if (organisers.length === 1)
    return sentenceWith('This is the only organiser. Make someone else an organiser first.');
  if (personId !== actorId) return null;
  return sentenceWith('You cannot lock yourself out. Ask another organiser to do it.');
}
