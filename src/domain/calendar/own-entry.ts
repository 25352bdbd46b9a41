// The event as one guest's calendar holds it, and the SEQUENCE the next object to that guest carries: kept per guest and
// never below the event's, so that one guest's no makes nobody else's reply old (RFC 5546 2.1.4, 2.1.5).

export type EntryMethod = 'REQUEST' | 'CANCEL';

/** An object that was sent to one guest, or waits to be; `mayHaveLeft`: taken back, but only after a mail server had seen it. */
export interface SentEntry {
  method: EntryMethod;
  sequence: number;
  mayHaveLeft: boolean;
}

export interface OwnEntry {
  /** The highest SEQUENCE this guest was ever sent. */
  sequence: number;
  last: EntryMethod;
  /** Whether their calendar may show the event. */
  mayBeThere: boolean;
}

/** The entry after these objects, the first one first; null where none was ever sent. */
export function entryAfter(sent: readonly SentEntry[]): OwnEntry | null {
  return sent.reduce<OwnEntry | null>((own, { method, sequence, mayHaveLeft }) => {
    const stays = mayHaveLeft && (own?.mayBeThere ?? false);
    return {
      sequence: Math.max(sequence, own?.sequence ?? 0),
      last: method,
      mayBeThere: method === 'REQUEST' || stays,
    };
  }, null);
}

/** Whether the calendar of a guest who may come lacks the event: it was told to remove it, or a no was pressed there since. */
export function isMissing(own: OwnEntry | null, declinedSequence: number | null): boolean {
  if (own === null) return false;
  return own.last === 'CANCEL' || (declinedSequence !== null && declinedSequence >= own.sequence);
}

/**
 * The SEQUENCE of the next object: above all this guest was sent where it takes the event out of their calendar or puts it
 * back, and above the object they declined there; otherwise the same again. `declinedSequence`: null without such a no.
 */
export function sequenceFor(
  method: EntryMethod,
  eventSequence: number,
  own: OwnEntry | null,
  declinedSequence: number | null,
): number {
  if (own === null) return eventSequence;
  const turns = own.last !== method || (method === 'REQUEST' && isMissing(own, declinedSequence));
  return Math.max(eventSequence, own.sequence + (turns ? 1 : 0));
}
