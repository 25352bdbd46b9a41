// Why mail in the reply mailbox was put aside for a person to look at.

/** Reasons as they are kept, with the sentence for organisers. */
export const whyPutAside = {
  'no answer in it': 'Someone wrote to it.',
  'too large': 'It is larger than any answer, so it was not read.',
  'calendar too large': 'Its calendar part is larger than any answer, so it was not read.',
  'a wish about a meeting': 'It proposes another time for a team’s meeting, or names a stand-in.',
  unreadable: 'It could not be read.',
} as const;

export type WhyPutAside = keyof typeof whyPutAside;

/** Says why in a sentence of the catalogue; mail that failed three times has no reason of its own. */
export function putAsideSentence(outcome: string): string {
  return (whyPutAside as Record<string, string>)[outcome] ?? 'Reading it failed three times.';
}
