import type { Column } from '../../domain/people/columns.ts';
import type { ListRow } from '../../domain/people/rows.ts';
import { mapInSteps } from '../../domain/steps.ts';
import * as imports from '../../store/people/imports.ts';
import { inTurns } from '../steps.ts';

/** A list as it was read: the cells below the header, and which column is which. */
export interface PeopleList {
  header: string[];
  /** Delimiter of the cells, so that the wrong rows go out as they came in. */
  delimiter: string;
  columns: Column[];
  rows: ListRow[];
}

// A confirmed list is stored in place of its file: a line of JSON for what is known of it, then one for each row, compressed.

/** Packs a list in turns with whatever else is to be done. */
export async function packList({ rows, ...head }: PeopleList): Promise<Buffer> {
  const lines = await inTurns(mapInSteps(rows, (row) => JSON.stringify(row)));
  return imports.compress(Buffer.from([JSON.stringify(head), ...lines].join('\n')));
}

/** Reads the list of an import that was confirmed; an earlier version kept it among the choices. */
export async function listOf({ bytes, choices }: imports.StoredImport): Promise<PeopleList> {
  if ('list' in choices) return choices.list as PeopleList;
  const [head, ...lines] = bytes!.toString().split('\n');
  const rows = await inTurns(mapInSteps(lines, (line) => JSON.parse(line) as ListRow));
  return { ...(JSON.parse(head!) as Omit<PeopleList, 'rows'>), rows };
}
