// A reader's observations, made into one kind of record, so that every attack is a pure function over it.

/** Readers of privacy.md's table: organiser, one copy, the keeper of nightly copies, the journal, the operator with SECRET. */
export type Reader = 'organiser' | 'copy' | 'keeper' | 'journal' | 'operator';

/** Things that must not lead to a person: a question's own word, 'vote:' and the question, 'slip:' and its hash, 'gone:' and the question. */
export type Item = string;
export type Kind = 'question' | 'vote' | 'slip' | 'change';
export const kinds = ['question', 'vote', 'slip', 'change'] as const;

/** One thing seen: a person, an item, or neither where something moved without naming anybody. `at` orders what was seen. */
export interface Sign {
  at: number;
  person?: number;
  item?: Item;
  /** A publishing hour struck here. */
  hour?: true;
  /** Tells two votes for one question apart. */
  mark?: string;
}

/** One reader's signs of one event in one way of looking. */
export interface Sight {
  reader: Reader;
  lens: string;
  signs: Sign[];
  /** Items that no earlier copy held: only these are guessed. All where it is left out. */
  fresh?: Set<Item>;
}

export interface Guess {
  item: Item;
  person: number;
}

const prefixes: Record<string, Kind> = { vote: 'vote', slip: 'slip', gone: 'change' };

export const kindOf = (item: Item): Kind => prefixes[item.split(':')[0]!] ?? 'question';

/** In order of `at`; of the same moment persons come before what they may have left. */
export function inOrder(signs: readonly Sign[]): Sign[] {
  return signs.toSorted((a, b) => a.at - b.at || Number(a.item !== undefined) - Number(b.item !== undefined));
}
