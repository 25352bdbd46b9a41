import type { Db } from '../../database/open.ts';
import { nameKey } from '../../domain/people/names.ts';
import * as people from '../../store/people/people.ts';

/** Most people of one name that are looked at. */
const mostNamesakes = 50;

/** Finds people of this name, however it is written, who have another address. */
export async function namesakesOf(
  db: Db,
  { name, email }: { name: string; email: string },
): Promise<people.Person[]> {
  const key = nameKey(name);
  const words = key.split(' ').filter((word) => word !== '');
  const found = await people.withWords(db, words, mostNamesakes);
  return found.filter(
    (person) => nameKey(person.name) === key && person.email.toLowerCase() !== email.toLowerCase(),
  );
}
