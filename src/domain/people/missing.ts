// People who are missing from a list: they have probably left.

import type { KnownPerson } from './keys-of-rows.ts';
import { personKey } from './names.ts';

/** Finds the people who can take part and are not in a list, wrong rows counted as theirs; organisers never. */
export function missingFrom<
  Person extends Pick<KnownPerson, 'email' | 'name' | 'isDisabled' | 'sharesAddress'> & {
    isOrganiser: boolean;
  },
>(rows: readonly { key: string }[], known: readonly Person[]): Person[] {
  const listed = new Set(rows.map(({ key }) => key));
  return known.filter((one) => !one.isDisabled && !one.isOrganiser && !listed.has(personKey(one)));
}

/** Most of a hundred people that may be missing from a list that still looks like a list of all. */
const mostMissing = 20;

/** Says whether a list seems to hold everyone, so that people who are missing have probably left. */
export function seemsWhole(missing: number, all: number): boolean {
  return missing * 100 <= all * mostMissing;
}
