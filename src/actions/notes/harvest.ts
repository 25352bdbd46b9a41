import type { Tx } from '../../database/open.ts';
import { harvestTables, orderOf } from '../../domain/notes/harvest.ts';
import * as events from '../../store/events/events.ts';
import { setHarvest } from '../../store/notes/harvests.ts';
import { notesOf } from '../../store/notes/notes.ts';
import { dayOf } from '../../store/tables/day.ts';

/** Fixes the order in which tables speak, as it is when the first begins: a note that comes later moves no table. */
export async function fixOrder(tx: Tx, event: { id: number; shape: string }): Promise<void> {
  const notes = await notesOf(tx, event.id);
  const { facts } = await dayOf(tx, event.id);
  const tables = harvestTables(event, await events.topicsOf(tx, event.id), facts.dropped, notes);
  await setHarvest(tx, event.id, { tableOrder: orderOf(tables, notes) });
}
