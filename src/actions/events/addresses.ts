import type { Tx } from '../../database/open.ts';
import { slugOf } from '../../domain/events/slugs.ts';
import * as events from '../../store/events/events.ts';

/** Makes a UUID (RFC 9562, version 4) of sixteen random bytes. */
export function uuidFrom(bytes: Buffer): string {
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Finds an address for an event of this name that no other has. */
export async function freeSlug(tx: Tx, name: string): Promise<string> {
  const slug = slugOf(name, 'event');
  const taken = new Set(await events.slugsLike(tx, slug));
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? slug : `${slug}-${n}`;
    if (!taken.has(candidate)) return candidate;
  }
}
