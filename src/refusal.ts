export type RefusalKind =
  | 'invalid'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'gone'
  | 'too-many'
  | 'unavailable';

/**
 * A "no" that the person can act on: `sentence` is shown to them as it is, so it says what to do.
 * `params` fill its placeholders after translation; `field` names the form field it belongs to.
 */
export class Refusal extends Error {
  readonly kind: RefusalKind;
  readonly sentence: string;
  readonly params: Record<string, string | number>;
  readonly field: string | undefined;

  constructor(
    kind: RefusalKind,
    sentence: string,
    params: Record<string, string | number> = {},
    field?: string | undefined,
  ) {
    super(sentence);
    this.name = 'Refusal';
    this.kind = kind;
    this.sentence = sentence;
    this.params = params;
    this.field = field;
  }
}

const missing: Record<string, string> = {
  event: 'There is no such event, or it is not open to you.',
  trend: 'There is no such trend.',
  team: 'There is no such team.',
  person: 'There is no such person.',
  question: 'There is no such question.',
  import: 'There is no such import, or it has been cleared away.',
  letter: 'There is no such letter.',
  page: 'There is nothing at this address. Check it, or start from the first page.',
};

/** Returns the value, or refuses with "There is no such …"; what one may not see does not exist either. */
export function orNotFound<T>(value: T | null | undefined, noun: keyof typeof missing & string): T {
  if (value === null || value === undefined) {
    throw new Refusal('not-found', missing[noun] ?? 'There is nothing here.');
  }
  return value;
}
