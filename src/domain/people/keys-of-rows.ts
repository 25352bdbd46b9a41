// People a list's rows mean: by address, and by name where several people are behind it.

import { nameKey, personKey } from './names.ts';
import type { ReadRow } from './rows.ts';
import type { Side } from './words.ts';

export interface KnownPerson {
  id: number;
  name: string;
  email: string;
  side: Side;
  department: string;
  /** As typed; left out or '' where it follows from the name. */
  greeting?: string;
  jobTitle: string;
  language: string;
  managerId: number | null;
  isDisabled: boolean;
  /** The address was another person's first. */
  sharesAddress?: boolean;
}

/** Finds the key of each row: its address; where several people are behind it, that of the one with the row's name. */
export function keysOfRows(known: readonly KnownPerson[], shared: ReadonlySet<string>) {
  const sharing = new Set(known.flatMap((one) => (one.sharesAddress ? [one.email.toLowerCase()] : [])));
  const several = new Set([...sharing, ...shared]);
  const there = Map.groupBy(
    known.filter(({ email }) => several.has(email.toLowerCase())),
    ({ email }) => email.toLowerCase(),
  );
  const owners = new Map<string, string>();
  for (const one of [...there.values()].flat())
    if (!one.sharesAddress) owners.set(one.email.toLowerCase(), nameKey(one.name));
  return ({ email, name }: ReadRow): { key: string; isUnnamed?: true } => {
    const address = email.toLowerCase();
    if (!several.has(address)) return { key: address };
    const named = there.get(address)?.find((one) => nameKey(one.name) === nameKey(name));
    if (named) return { key: personKey(named) };
    const key = personKey({ email, name, sharesAddress: true });
    if (!shared.has(address)) return { key, isUnnamed: true };
    if (!owners.has(address)) owners.set(address, nameKey(name));
    return { key: owners.get(address) === nameKey(name) ? address : key };
  };
}
