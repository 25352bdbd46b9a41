import type { Db } from '../../database/open.ts';

/** An event and the revision its pages stand at; triggers raise it with every change. */
export interface Revised {
  id: number;
  revision: number;
}

/**
 * Caches what `load` found for an event until its revision changes. The revision is read before the rest, so what is
 * cached may be newer than its revision says, never older. At most `most` events per database; the oldest entry goes
 * first.
 */
export function cachedByRevision<T>(
  most: number,
  load: (db: Db, id: number) => Promise<T>,
): (db: Db, at: Revised) => Promise<T> {
  const kept = new WeakMap<Db, Map<number, { revision: number; found: T }>>();
  return async (db, { id, revision }) => {
    const ofThisDatabase = kept.get(db) ?? new Map();
    kept.set(db, ofThisDatabase);
    const known = ofThisDatabase.get(id);
    if (known?.revision === revision) return known.found;
    const found = await load(db, id);
    if (ofThisDatabase.size >= most) ofThisDatabase.delete(ofThisDatabase.keys().next().value);
    ofThisDatabase.set(id, { revision, found });
    return found;
  };
}
