// Changes for each person against the plan they know.
import type { Hall } from './hall.ts';
import type { Seats } from './score.ts';
import { type TablesWishes, tableName, tablesOf } from './wishes.ts';

/** From table, to table, in round; null where somebody had no seat, or has none now. */
export type Change = [from: string | null, to: string | null, round: number];

/** Everybody whose seat differs in a round that is still to come, by id. */
export function changesOf(wishes: TablesWishes, hall: Hall, seats: Seats): Record<string, Change[]> {
  const tables = tablesOf(wishes);
  const name = (table: number) => (table < 0 ? null : (tables[table]?.id ?? String(table + 1)));
  const changes: Record<string, Change[]> = {};
  for (const [person, { id }] of wishes.people.entries())
    for (let round = hall.frozen; round < Math.min(hall.rounds, wishes.previous?.length ?? 0); round += 1) {
      const at = round * hall.people + person;
      const [before, now] = [hall.previous![at]!, seats[at]!];
      if (before === now) continue;
      changes[id] ??= [];
      changes[id].push([name(before), name(now), round + 1]);
    }
  return changes;
}

/** Sentences about what changes for one person. */
export function changesSaid(wishes: TablesWishes, name: string, changes: readonly Change[]): string[] {
  if (changes.length === 0) return [];
  const names = new Map(tablesOf(wishes).map((table) => [table.id, tableName(table)]));
  const table = (id: string) => `table ${names.get(id) ?? id}`;
  return changes.map(([from, to, round]) => {
    if (from === null)
      return `${name} has a seat at ${table(to!)} in round ${round}, and none in the plan people know.`;
    return to === null
      ? `${name} has no seat in round ${round}, but ${table(from)} in the plan people know.`
      : `${name} moves from ${table(from)} to ${table(to)} in round ${round}.`;
  });
}
