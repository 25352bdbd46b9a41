import type postgres from 'postgres';

/** Connections of the pages at one moment. A transaction counts as one, whatever it asks. */
export interface PoolUse {
  size: number;
  inUse: number;
  /** Statements and transactions that wait for a connection, or behind another statement on one. */
  waiting: number;
}

/** Counts what a client has under way; the driver does not tell. */
export function countUse(client: postgres.Sql, size: number): () => PoolUse {
  let underWay = 0;
  const { unsafe, begin } = client;
  const counted = () => {
    underWay += 1;
    let isOver = false;
    return () => {
      if (!isOver) underWay -= 1;
      isOver = true;
    };
  };
  client.unsafe = ((text: string, ...rest: []) => {
    const query = unsafe(text, ...rest);
    // The transaction that it opens is counted already.
    if (!text.startsWith('begin ')) whenSettled(query, counted());
    return query;
  }) as typeof unsafe;
  client.begin = ((...args: Parameters<typeof begin>) => {
    const over = counted();
    return begin(...args).finally(over);
  }) as typeof begin;
  return () => ({ size, inUse: Math.min(size, underWay), waiting: Math.max(0, underWay - size) });
}

/** Calls `over` when the query has its answer. A `then` would send it at once, before drizzle has said in which form it wants the rows. */
function whenSettled(query: object, over: () => void): void {
  const settling = query as { resolve(value: unknown): void; reject(error: unknown): void };
  const { resolve, reject } = settling;
  settling.resolve = (value) => {
    over();
    resolve(value);
  };
  settling.reject = (error) => {
    over();
    reject(error);
  };
}
