import type { Db } from '../database/open.ts';

/**
 * A query built once per database handle: prepared by name it costs a quarter of one built each time.
 * A transaction is a handle of its own, so there it is built anew.
 */
export function prepared<Query>(build: (db: Db) => Query): (db: Db) => Query {
  const built = new WeakMap<Db, Query>();
  return (db) => {
    let query = built.get(db);
    if (query === undefined) {
      query = build(db);
      built.set(db, query);
    }
    return query;
  };
}
