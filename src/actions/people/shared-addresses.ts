import type { Tx } from '../../database/open.ts';
import { nameKey } from '../../domain/people/names.ts';
import { Refusal } from '../../refusal.ts';
import * as people from '../../store/people/people.ts';
import * as signIns from '../../store/sign-in/sign-ins.ts';
import { isOtherAddress } from '../sign-in/address-change.ts';

interface Sharing {
  name: string;
  email: string;
  isShared?: boolean;
}

/**
 * Whether a person at an address shares it with those there. Throws a Refusal where nobody said that two are behind it,
 * or where one of them has the same name.
 */
export function mayShare(
  there: readonly people.Person[],
  { name, isShared = false }: Pick<Sharing, 'name' | 'isShared'>,
  exceptId: number | null,
): boolean {
  const others = there.filter(({ id }) => id !== exceptId);
  const [owner] = others;
  if (!owner) return false;
  const namesake = others.find((one) => nameKey(one.name) === nameKey(name));
  const params = { name: (namesake ?? owner).name };
  if (isShared && !namesake) return true;
  throw new Refusal(
    'invalid',
    '{name} has this address already. Use another, or edit {name}.',
    params,
    'email',
  );
}

/** Columns of a person who stays at an address, or comes to one that others have. */
export async function sharingOf(
  tx: Tx,
  person: people.Person,
  typed: Sharing,
): Promise<Pick<people.Person, 'sharesAddress' | 'hasOwnUids'>> {
  const { sharesAddress, hasOwnUids } = person;
  const there = await people.allWithEmail(tx, typed.email);
  const isShared = typed.isShared || !isOtherAddress(person.email, typed.email);
  const shares = mayShare(there, { ...typed, isShared }, person.id);
  if (!isOtherAddress(person.email, typed.email)) return { sharesAddress, hasOwnUids };
  return { sharesAddress: shares, hasOwnUids: hasOwnUids || shares };
}

/** Closes the links and codes of an address that nobody else has. */
export async function closeMailTo(tx: Tx, person: people.Person): Promise<void> {
  const there = await people.allWithEmail(tx, person.email);
  if (there.every(({ id, disabledAt }) => id === person.id || disabledAt !== null))
    await signIns.removeFor(tx, person.email.toLowerCase());
}
