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
  /** A page's heading that says which door is closed, in place of the one for its kind. */
  readonly heading: string | undefined;

  constructor(
    kind: RefusalKind,
    sentence: string,
    params: Record<string, string | number> = {},
    field?: string | undefined,
    heading?: string | undefined,
  ) {
    super(sentence);
    this.name = 'Refusal';
    this.kind = kind;
    this.sentence = sentence;
    this.params = params;
    this.field = field;
    this.heading = heading;
  }
}

/** A "no" because something has ended; `heading` says what ("Answers are closed"). */
export function closed(
  heading: string,
  sentence: string,
  params: Record<string, string | number> = {},
  field?: string,
): Refusal {
  return new Refusal('gone', sentence, params, field, heading);
}

/** Refuses a link of an e-mail that opens nothing any more, or never did; `next`: where a new one leads. */
export class DeadLink extends Refusal {
  readonly next: string;

  constructor(
    heading: string,
    sentence: string,
    { params = {}, next = '/', kind = 'gone' }: DeadLinkOptions = {},
  ) {
    super(kind, sentence, params, undefined, heading);
    this.next = next;
  }
}

interface DeadLinkOptions {
  params?: Record<string, string | number>;
  next?: string;
  kind?: 'gone' | 'not-found';
}

/** Refuses a form that another person saved while it was being filled in; `stored`: what it is about, as it is now. */
export class StaleForm extends Refusal {
  readonly stored: Record<string, unknown>;

  constructor(name: string, stored: Record<string, unknown>) {
    super('conflict', 'Someone else has saved {name} in the meantime. Compare, then save again.', { name });
    this.stored = stored;
  }
}

const missing: Record<string, string> = {
  event: 'There is no such event, or it is not open to you.',
  trend: 'There is no such trend.',
  team: 'There is no such team.',
  person: 'There is no such person.',
  question: 'There is no such question.',
  note: 'There is no such note.',
  import: 'There is no such import, or it has been cleared away.',
  letter: 'There is no such e-mail.',
  page: 'There is nothing at this address. Check it, or start from the first page.',
};

/** Refuses a link that we never sent, or that came incomplete. */
export function wrongLink(): DeadLink {
  return new DeadLink(
    'This link no longer works',
    'It may be incomplete, or a newer e-mail has replaced it. Open it from the newest e-mail you have from us.',
    { kind: 'not-found' },
  );
}

/** Returns the value, or refuses with "There is no such …"; what one may not see does not exist either. */
export function orNotFound<T>(value: T | null | undefined, noun: keyof typeof missing & string): T {
  if (value === null || value === undefined) {
    throw new Refusal('not-found', missing[noun] ?? 'There is nothing here.');
  }
  return value;
}
