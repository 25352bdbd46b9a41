// The edition of a form: which stored values its reader has seen, so that no one saves over what they have not.
import { createHash } from 'node:crypto';
import { StaleForm } from '../refusal.ts';

/** A form's fields as they are stored. */
export type StoredFields = Record<string, unknown>;

/** A short text that is another one whenever one of these fields is. */
export function editionOf(fields: StoredFields): string {
  const sorted = Object.keys(fields).toSorted();
  const text = JSON.stringify(sorted.map((key) => [key, fields[key] ?? null]));
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}

/** Returns the edition a form that comes back has seen: the stored one where its reader is shown it now; undefined for a new form. */
export function seenIn({
  stored,
  typed,
}: {
  stored?: StoredFields;
  typed: StoredFields;
}): string | undefined {
  if (stored) return editionOf(stored);
  return typeof typed.seen === 'string' ? typed.seen : undefined;
}

/**
 * Refuses ('conflict') a form whose reader saw another edition than is stored now. `seen` is empty where the form came
 * without one, from a page of an earlier version.
 */
export function refuseOutdated(name: string, seen: string | undefined, stored: StoredFields): void {
  if (seen && seen !== editionOf(stored)) throw new StaleForm(name, stored);
}
