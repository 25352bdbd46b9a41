// Reader 5: somebody with SECRET at the machine, who opens the slots whenever they like.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { batchesIn } from '../../../src/actions/questions/nameless-slot.ts';
import type { Context } from '../../../src/context.ts';

/** Reads the slots below DATA_DIR as text; each file holds two copies, one behind the other. */
export function slotsIn(ctx: Context, folder: string): string[] {
  const slots = path.join(folder, 'slots');
  if (!existsSync(slots)) return [];
  return readdirSync(slots).flatMap((name) => {
    const file = path.join(slots, name, 'slot');
    if (!existsSync(file)) return [];
    const bytes = readFileSync(file);
    const copies = [bytes.subarray(0, bytes.length / 2), bytes.subarray(bytes.length / 2)];
    return [JSON.stringify(batchesIn(ctx, copies) ?? [])];
  });
}
