// An organiser's own words of a letter: which gaps they may have, what fills them, and what is wrong with a text.

export const wordedKinds = ['invitation', 'invitation-host', 'moved', 'reminder', 'cancelled'] as const;
export type WordedKind = (typeof wordedKinds)[number];

export interface LetterWords {
  subject: string;
  body: string;
}

/** Names allowed in curly brackets, as people write them; the case of letters does not matter. */
export const gaps = [
  'First name',
  'Event',
  'Day',
  'Time',
  'Place',
  'Answer by',
  'Organiser',
  'Organisation',
] as const;
type CommonGap = (typeof gaps)[number];
const ownGaps = {
  invitation: ['Headline', 'What to expect'],
  'invitation-host': ['Trend', 'Team'],
  moved: [],
  reminder: [],
  cancelled: [],
} as const;
type Gap = CommonGap | (typeof ownGaps)[WordedKind][number];

/** The gaps that this kind of letter can fill. */
export function gapsOf(kind: WordedKind): readonly Gap[] {
  return [...gaps, ...ownGaps[kind]];
}

export type GapValues = Partial<Record<Gap, string>>;

/** Default words that an organiser starts from; letters say much the same as long as nobody changes them. */
export const defaultWords: Record<WordedKind, LetterWords> = {
  invitation: {
    subject: 'You’re invited: {Event}, {Day}',
    body: '{Headline}\n\n{What to expect}',
  },
  'invitation-host': {
    subject: 'You are part of {Event}, {Day}',
    body: 'The seniors bring their questions to you. You say what you found out, and they ask.',
  },
  moved: {
    subject: 'Changed: {Event}, {Day}',
    body: 'We hope that this still suits you.',
  },
  reminder: {
    subject: 'A short reminder: {Event}, {Day}',
    body: 'You haven’t answered yet. A no is fine as well: someone else can then take the seat.',
  },
  cancelled: {
    subject: 'Cancelled: {Event}, {Day}',
    body: 'We are sorry that it does not work out this time.',
  },
};

/** A sentence with its values, for the field it belongs to. */
export interface WordsProblem {
  field: 'subject' | 'body';
  sentence: string;
  values: Record<string, string>;
}

const gapPattern = /\{([^{}]*)\}/g;
const nameOf = (text: string) => text.trim().replace(/\s+/g, ' ').toLowerCase();

/** All that keeps these words from being saved: empty, a gap nobody can fill, a bracket without its other half. */
export function problemsIn(kind: WordedKind, words: LetterWords): WordsProblem[] {
  return problemsWith(gapsOf(kind), words);
}

/** Lists what is wrong with words that may have these gaps. */
export function problemsWith(known: readonly string[], words: LetterWords): WordsProblem[] {
  const problems: WordsProblem[] = [];
  if (words.subject === '') problems.push({ field: 'subject', sentence: 'Write a subject.', values: {} });
  if (words.body === '')
    problems.push({ field: 'body', sentence: 'Write what the e-mail says.', values: {} });
  for (const field of ['subject', 'body'] as const) {
    const problem = problemOf(known, words[field]);
    if (problem) problems.push({ field, ...problem });
  }
  return problems;
}

function problemOf(known: readonly string[], text: string): Omit<WordsProblem, 'field'> | null {
  for (const [wrong, name = ''] of text.matchAll(gapPattern)) {
    if (known.some((gap) => nameOf(gap) === nameOf(name))) continue;
    return {
      sentence: 'This e-mail cannot fill {wrong}. It knows {known}.',
      values: { wrong, known: known.map((gap) => `{${gap}}`).join(', ') },
    };
  }
  const left = /[{}]/.exec(text.replace(gapPattern, ''));
  if (!left) return null;
  return {
    sentence: 'A curly bracket {bracket} is missing its partner. Close it, or take it out.',
    values: { bracket: left[0] },
  };
}

/** The words with every gap filled; one that has nothing to say leaves nothing, and an emptied line goes. */
export function fillWords(words: LetterWords, values: GapValues): LetterWords {
  const byName = new Map(Object.entries(values).map(([gap, value]) => [nameOf(gap), value]));
  const fill = (text: string) =>
    text.replace(gapPattern, (_, name: string) => byName.get(nameOf(name)) ?? '');
  return {
    subject: fill(words.subject)
      .replace(/\s+/g, ' ')
      .replace(/[,:]\s*(?=[,:]|$)/g, '')
      .trim(),
    body: fill(words.body)
      .replace(/\n{3,}/g, '\n\n')
      .trim(),
  };
}
