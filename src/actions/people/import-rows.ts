import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { type JudgedRow, managersFirst } from '../../domain/people/import.ts';
import { ownGreeting, personKey } from '../../domain/people/names.ts';
import { sentenceWith } from '../../domain/people/words.ts';
import * as store from '../../store/people/import.ts';
import * as imports from '../../store/people/imports.ts';

type StoredPerson = Awaited<ReturnType<typeof store.everyone>>[number];

/** One start of the work of an import. */
export interface ImportRun {
  id: number;
  run: string;
}

/** Few enough that pages are served in between and a stop is heard soon; many enough to be quick. */
const chunkSize = 100;

/**
 * Writes the new and the changed rows, `chunkSize` at a time, each chunk with its progress in one transaction. Returns
 * the rows that came too late because somebody added or edited those people meanwhile, or 'ended' where it
 * was stopped or another run has taken its place.
 */
export async function writeRows(
  ctx: Context,
  { id: importId, run }: ImportRun,
  rows: readonly JudgedRow[],
  people: readonly StoredPerson[],
): Promise<JudgedRow[] | 'ended'> {
  const work = {
    importId,
    at: ctx.now(),
    ids: new Map(people.map((person) => [personKey(person), person.id])),
    seen: new Map(people.map((person) => [person.id, person])),
  };
  const added = managersFirst(rows.filter(({ kind }) => kind === 'new'));
  const changed = rows.filter(({ kind }) => kind === 'changed');
  const chunks = [...inChunks(added, addChunk), ...inChunks(changed, changeChunk)];
  const written = await imports.countChanges(ctx.db, importId);
  const before = written.added + written.changed;
  const total = before + added.length + changed.length;
  const late: JudgedRow[] = [];
  let done = before;
  for (const chunk of chunks) {
    done += chunk.rows.length;
    const far = { total, done, sentence: lastOf(chunk.rows) };
    const isGoing = await ctx.db.transaction(async (tx) => {
      if (!(await imports.progress(tx, importId, run, far))) return false;
      late.push(...(await chunk.write(tx, chunk.rows, work)));
      return true;
    });
    if (!isGoing) return 'ended';
  }
  return late;
}

interface Work {
  importId: number;
  at: Temporal.Instant;
  /** Ids by `personKey`; people who are added are put in too. */
  ids: Map<string, number>;
  seen: Map<number, StoredPerson>;
}

type Write = (tx: Tx, rows: JudgedRow[], work: Work) => Promise<JudgedRow[]>;

function inChunks(rows: JudgedRow[], write: Write): { rows: JudgedRow[]; write: Write }[] {
  const starts = Array.from({ length: Math.ceil(rows.length / chunkSize) }, (_, i) => i * chunkSize);
  return starts.map((start) => ({ rows: rows.slice(start, start + chunkSize), write }));
}

function lastOf(rows: JudgedRow[]): string {
  const { name, department } = rows.at(-1)!;
  return department ? `${name}, ${department}` : name;
}

const cameMeanwhile = sentenceWith(
  'Someone added or edited this person while the import ran. Import the row again.',
);

async function addChunk(tx: Tx, rows: JudgedRow[], work: Work): Promise<JudgedRow[]> {
  const values = rows.map((row) => ({
    name: row.name,
    greeting: ownGreeting(row),
    email: row.email,
    side: row.side!,
    department: row.department ?? '',
    jobTitle: row.jobTitle ?? '',
    language: row.language ?? '',
    sharesAddress: row.key !== row.email.toLowerCase(),
  }));
  const added = new Map(
    (await store.addMany(tx, values, work.at)).map((person) => [personKey(person), person.id]),
  );
  for (const [key, id] of added) work.ids.set(key, id);
  const mine = rows.filter((row) => added.has(row.key));
  const links = mine.map((row) => ({
    id: added.get(row.key)!,
    managerId: work.ids.get(row.reportsTo?.key ?? ''),
  }));
  await store.setManagers(
    tx,
    links.filter((link): link is { id: number; managerId: number } => link.managerId !== undefined),
  );
  await imports.addChanges(
    tx,
    [...added.values()].map((personId) => changeOf(work, personId, 'added', null)),
  );
  return tooLate(rows, (row) => added.has(row.key));
}

async function changeChunk(tx: Tx, rows: JudgedRow[], work: Work): Promise<JudgedRow[]> {
  const values = rows.map((row) => {
    const now = work.seen.get(row.person!.id)!;
    return { ...stateOf(now), ...valuesIn(row, work), id: now.id, seenAt: now.updatedAt };
  });
  const written = new Set(await store.changeMany(tx, values, work.at));
  await imports.addChanges(
    tx,
    [...written].map((id) => changeOf(work, id, 'changed', { ...stateOf(work.seen.get(id)!) })),
  );
  return tooLate(rows, (row) => written.has(row.person!.id));
}

function stateOf({
  name,
  greeting,
  side,
  department,
  jobTitle,
  language,
  managerId,
}: StoredPerson): store.PersonBefore {
  return { name, greeting, side, department, jobTitle, language, managerId };
}

/** Returns the values of a row; a cell left empty changes nothing. */
function valuesIn(row: JudgedRow, work: Work): Partial<store.PersonBefore> {
  const { name, side, department, jobTitle, language, reportsTo } = row;
  const greeting = row.greeting === undefined ? undefined : ownGreeting(row);
  const managerId = reportsTo ? work.ids.get(reportsTo.key) : undefined;
  const said = { name, greeting, side: side!, department, jobTitle, language, managerId };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
}

function changeOf(
  work: Work,
  personId: number,
  kind: 'added' | 'changed',
  before: store.PersonBefore | null,
): imports.ImportChange {
  return { importId: work.importId, personId, kind, before: before && { ...before }, writtenAt: work.at };
}

function tooLate(rows: JudgedRow[], isWritten: (row: JudgedRow) => boolean): JudgedRow[] {
  return rows
    .filter((row) => !isWritten(row))
    .map((row) => ({ ...row, kind: 'wrong', why: [cameMeanwhile] }));
}
