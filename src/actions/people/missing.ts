import type { Context } from '../../context.ts';
import { missingFrom } from '../../domain/people/missing.ts';
import { everyone } from '../../store/people/import.ts';
import type * as imports from '../../store/people/imports.ts';
import * as people from '../../store/people/people.ts';
import { type ImportResult, mostMissing } from './import.ts';
import { disablePerson } from './people.ts';

/** Finds the people who were not in the file of an import that is over and can still take part, by name. */
export async function missingAfter({ db }: Context, found: imports.ImportState): Promise<people.Person[]> {
  if (found.state !== 'done') return [];
  return ableOf(db, (found.result as Partial<ImportResult>).missingIds ?? []);
}

/** The same of a list that is only looked at. */
export async function missingIn({ db }: Context, rows: readonly { key: string }[]): Promise<people.Person[]> {
  const missing = missingFrom(rows, await everyone(db)).slice(0, mostMissing);
  return ableOf(
    db,
    missing.map(({ id }) => id),
  );
}

/** Organisers are never missing, also those who became one meanwhile. */
async function ableOf(db: Context['db'], ids: number[]): Promise<people.Person[]> {
  return (await people.findMany(db, ids))
    .filter(({ disabledAt, isOrganiser }) => disabledAt === null && !isOrganiser)
    .toSorted((a, b) => a.name.localeCompare(b.name, 'und') || a.id - b.id);
}

/** Deactivates those of the missing people whose numbers are given, one by one, as each gives seats to others. */
export async function disableMissing(
  ctx: Context,
  actorId: number,
  missing: readonly people.Person[],
  ids: readonly number[],
): Promise<number> {
  const wanted = new Set(ids);
  const leaving = missing.filter(({ id }) => wanted.has(id));
  for (const { id } of leaving) await disablePerson(ctx, actorId, id);
  return leaving.length;
}
