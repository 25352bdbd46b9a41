import { type SQL, sql } from 'drizzle-orm';

/** Small letters without accents, as `fold` in domain/people/words does it in the program. */
export const foldedText = (
  text: SQL,
): SQL => sql`lower(regexp_replace(normalize(replace(replace(replace(translate(
  ${text},
  'øØłŁđĐı', 'oOlLdDi'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), NFD), '[\\u0300-\\u036f]', '', 'g'))`;
