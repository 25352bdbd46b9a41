import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { startOf } from '../../domain/events/times.ts';
import { tablesHosted } from '../../domain/notes/hosting.ts';
import { nameIn } from '../../domain/notes/names.ts';
import { mostNotesOfTable, type Note, type NoteKind, notesOpenHours } from '../../domain/notes/notes.ts';
import { roundsOf } from '../../domain/tables/plan.ts';
import { closed, orNotFound, Refusal } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import { harvestOf, setHarvest } from '../../store/notes/harvests.ts';
import { hostingOf, namesAt } from '../../store/notes/hosting.ts';
import * as notes from '../../store/notes/notes.ts';
import { refuseOutdated } from '../edition.ts';

/** A note as it was typed; `id` is chance alone, so that the same note sent twice is stored once. */
export interface TypedNote {
  id: string;
  table: number;
  round: number;
  kind: NoteKind;
  text: string;
  /** The host has seen that there is a name in it, and keeps it. */
  withName?: boolean;
}

/** A name in a note, as it was written; and whether that person sits at the table in this round. */
export interface NameFound {
  name: string;
  sitsThere: boolean;
}

/**
 * Keeps a note of one of this host's tables: not who typed it, and the day alone. Returns the name found in it instead,
 * so that it can be pointed out before anything is kept; null once it is kept.
 */
export async function keepNote(
  ctx: Context,
  eventId: number,
  personId: number,
  typed: TypedNote,
): Promise<NameFound | null> {
  return ctx.db.transaction(async (tx) => {
    const event = await openNotes(tx, eventId, personId, typed.table);
    if (await notes.find(tx, event.id, typed.id)) return null;
    const opens = startOf(event).subtract({ hours: notesOpenHours });
    if (Temporal.Instant.compare(ctx.now(), opens) < 0)
      throw new Refusal('conflict', 'Notes open an hour before the event begins.');
    const rounds = roundsOf(await events.blocksOf(tx, event.id)).length;
    if (typed.round > rounds) throw new Refusal('invalid', 'There is no such round.');
    const found = typed.withName ? null : await findName(tx, event.id, typed);
    if (found) return found;
    const position = await notes.nextPosition(tx, event.id, typed.table);
    if (position > mostNotesOfTable)
      throw new Refusal('conflict', 'A table keeps {n} notes at most. Delete one to add another.', {
        n: mostNotesOfTable,
      });
    const { id, table: tableNumber, round, kind, text } = typed;
    const day = ctx.now().toZonedDateTimeISO(event.timeZone).toPlainDate().toString();
    await notes.add(tx, { id, eventId: event.id, tableNumber, round, kind, text, position, day });
    return null;
  });
}

/** Changes a note of one of this host's tables; returns a name found in it instead. Throws `StaleForm` where it was changed since `seen`. */
export async function changeNote(
  ctx: Context,
  eventId: number,
  personId: number,
  {
    id,
    kind,
    text,
    withName,
    seen,
  }: Pick<TypedNote, 'id' | 'kind' | 'text' | 'withName'> & { seen?: string },
): Promise<NameFound | null> {
  return ctx.db.transaction(async (tx) => {
    const stored = await ownNote(tx, { eventId, personId, id });
    if (stored.text === '') throw deleted();
    refuseOutdated(ctx.words.t('this note'), seen, { kind: stored.kind, text: stored.text });
    const { tableNumber: table, round } = stored;
    const found =
      withName || text === stored.text ? null : await findName(tx, eventId, { table, round, text });
    if (found) return found;
    await notes.change(tx, id, { kind, text });
    return null;
  });
}

/** Deletes a note of one of this host's tables: its words are gone. */
export async function deleteNote(ctx: Context, eventId: number, personId: number, id: string): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    await ownNote(tx, { eventId, personId, id });
    await notes.change(tx, id, { text: '', isSaid: false });
  });
}

/** Chooses the note that a host's table says aloud in the harvest. */
export async function chooseSaid(ctx: Context, eventId: number, personId: number, id: string): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const stored = await ownNote(tx, { eventId, personId, id });
    if (stored.text === '') throw deleted();
    await notes.chooseSaid(tx, eventId, stored.tableNumber, id);
  });
}

/** Ends or reopens the changing of notes by hosts, as an organiser wants it; the recap ends it too. */
export async function setNotesClosed(ctx: Context, eventId: number, isClosed: boolean): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const event = orNotFound(await events.lock(tx, eventId), 'event');
    const { closedOn } = await harvestOf(tx, event.id);
    if (isClosed === (closedOn !== null)) return;
    const today = ctx.now().toZonedDateTimeISO(event.timeZone).toPlainDate().toString();
    await setHarvest(tx, event.id, { closedOn: isClosed ? today : null });
  });
}

const deleted = () =>
  new Refusal('conflict', 'Another host of your table has deleted this note. Write it again if you need it.');

async function ownNote(
  tx: Tx,
  { eventId, personId, id }: { eventId: number; personId: number; id: string },
): Promise<Note> {
  const stored = await notes.find(tx, eventId, id);
  await openNotes(tx, eventId, personId, stored?.tableNumber ?? null);
  return orNotFound(stored, 'note');
}

/** Locks the event of a host who may write at this table now; to everybody else it does not exist. */
async function openNotes(tx: Tx, eventId: number, personId: number, table: number | null) {
  const event = orNotFound(await events.lock(tx, eventId), 'event');
  const hosting = orNotFound(await hostingOf(tx, event.id, personId), 'event');
  const hosted = tablesHosted(hosting.person, hosting.event);
  if (hosted.length === 0)
    throw new Refusal('not-found', 'There is no such event, or it is not open to you.');
  if (table === null || !hosted.includes(table))
    throw new Refusal('not-found', 'These notes are of another table.');
  if ((await harvestOf(tx, event.id)).closedOn !== null)
    throw closed(
      'The notes are closed',
      'What was noted has gone to the organisers. Write to them to correct it.',
    );
  return event;
}

async function findName(
  tx: Tx,
  eventId: number,
  { table, round, text }: Pick<TypedNote, 'table' | 'round' | 'text'>,
): Promise<NameFound | null> {
  const people = await namesAt(tx, eventId);
  const here = people.filter(({ tables }) => table > 0 && tables?.[round - 1] === table);
  const atTable = nameIn(text, here);
  if (atTable !== null) return { name: atTable, sitsThere: true };
  const name = nameIn(text, people);
  return name === null ? null : { name, sitsThere: false };
}
