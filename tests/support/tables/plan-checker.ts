// Counts what the database holds of an evening's seats, from the rows alone: it shares no code with planner or pages.
import { sql } from 'drizzle-orm';
import type { Db } from '../../../src/database/open.ts';

/** Everything found wrong with the published plan of an event in the rounds after `held`, a sentence each; and its figures. */
export interface CheckedPlan {
  wrong: string[];
  /** Table of each person by round, from 1; 0 without a seat. People without an account are called "walk-in 3". */
  rows: Map<string, number[]>;
  repeats: number;
}

interface Sitting {
  who: string;
  side: string;
  name: string;
  manager: string | null;
  state: string;
  tables: number[];
}

type Day = {
  there: [number, number, number][];
  dropped: { table: number; from: number }[];
  hosts: [number, number, number?][];
};

const parsed = <T>(value: unknown): T => (typeof value === 'string' ? JSON.parse(value) : value) as T;

/** Checks every rule that can be broken by a change of seats. `before`: rows that rounds already held must still have. */
export async function checkPlan(
  db: Db,
  eventId: number,
  { held = 0, before, sizes = 2 }: { held?: number; before?: CheckedPlan['rows']; sizes?: number } = {},
): Promise<CheckedPlan> {
  const people = await sittings(db, eventId);
  const [dayRow] = await db.execute<{ facts: unknown }>(
    sql`SELECT facts FROM table_days WHERE event_id = ${eventId}`,
  );
  const day: Day = dayRow ? parsed<Day>(dayRow.facts) : { there: [], dropped: [], hosts: [] };
  const hostsByRound = await hostsIn(db, eventId, day);
  const rounds = Math.max(0, ...people.map(({ tables }) => tables.length));
  const wrong: string[] = [];
  const meetings = new Map<string, number>();
  const presence = new Map(day.there.map(([id, from, until]) => [nameOfId(id), [from, until] as const]));
  for (let round = 1; round <= rounds; round += 1) {
    const room = new Map<number, Sitting[]>();
    for (const one of people) {
      const table = one.tables[round - 1] ?? 0;
      if (table > 0) room.set(table, [...(room.get(table) ?? []), one]);
    }
    const hosts = hostsByRound(round);
    countMeetings(room, hosts, meetings);
    if (round <= held) continue;
    wrong.push(...inRound(round, { people, room, day, hosts, presence }));
    const counts = [...room.values()].map((list) => list.length);
    if (Math.max(...counts) - Math.min(...counts) > sizes)
      wrong.push(`round ${round}: tables of ${Math.min(...counts)} to ${Math.max(...counts)}`);
  }
  const rows = new Map(people.map(({ who, tables }) => [who, tables]));
  for (const [who, row] of before ?? [])
    for (let round = 0; round < held; round += 1)
      if ((rows.get(who)?.[round] ?? 0) !== row[round])
        wrong.push(`${who} sat at ${row[round]} in round ${round + 1}, and now at ${rows.get(who)?.[round]}`);
  const repeats = [...meetings.values()].reduce((sum, times) => sum + times - 1, 0);
  return { wrong, rows, repeats };
}

const nameOfId = (id: number) => (id < 0 ? `walk-in ${-id}` : `person ${id}`);

async function sittings(db: Db, eventId: number): Promise<Sitting[]> {
  const rows = await db.execute<Record<string, unknown>>(sql`
    SELECT 'person ' || p.id AS who, p.side, p.name, 'person ' || p.manager_id AS manager, r.state, s.tables
    FROM rsvps r JOIN people p ON p.id = r.person_id
    LEFT JOIN table_plans t ON t.event_id = r.event_id AND t.state = 'published'
    LEFT JOIN plan_seats s ON s.plan_id = t.id AND s.person_id = p.id
    WHERE r.event_id = ${eventId} AND (s.person_id IS NOT NULL OR r.state = 'coming')
    UNION ALL
    SELECT 'walk-in ' || w.id, w.side, w.name, NULL, 'coming', s.tables
    FROM walk_ins w LEFT JOIN table_plans t ON t.event_id = w.event_id AND t.state = 'published'
    LEFT JOIN walk_in_seats s ON s.plan_id = t.id AND s.walk_in_id = w.id WHERE w.event_id = ${eventId}`);
  return [...rows].map((row) => ({
    ...(row as unknown as Sitting),
    tables: parsed<number[] | null>(row.tables) ?? [],
  }));
}

/** The hosts of each table in a round: members of the team that has it, but for those who took another on the day. */
async function hostsIn(db: Db, eventId: number, day: Day): Promise<(round: number) => Map<string, number>> {
  const rows = await db.execute<{ id: number; number: number }>(sql`
    SELECT m.person_id AS id, min(t.number)::int AS number FROM topics t JOIN team_members m ON m.team_id = t.team_id
    WHERE t.event_id = ${eventId} GROUP BY m.person_id`);
  return (round) => {
    const hosts = new Map([...rows].map(({ id, number }) => [nameOfId(id), number]));
    for (const [id, table, until = round] of day.hosts) if (round <= until) hosts.set(nameOfId(id), table);
    return hosts;
  };
}

interface InRound {
  people: Sitting[];
  room: Map<number, Sitting[]>;
  day: Day;
  hosts: Map<string, number>;
  presence: Map<string, readonly [number, number]>;
}

function inRound(round: number, { people, room, day, hosts, presence }: InRound): string[] {
  const wrong: string[] = [];
  const isGone = (table: number) => day.dropped.some((one) => one.table === table && round >= one.from);
  for (const one of people) {
    const [from, until] = presence.get(one.who) ?? [1, Number.POSITIVE_INFINITY];
    const isThere = round >= from && round <= until;
    const table = one.tables[round - 1] ?? 0;
    if (isThere && table === 0) wrong.push(`round ${round}: ${one.name} has no seat`);
    if (!isThere && table > 0) wrong.push(`round ${round}: ${one.name} has a seat and is not there`);
    const host = hosts.get(one.who);
    if (isThere && one.side === 'talent' && host !== undefined && !isGone(host) && table !== host)
      wrong.push(`round ${round}: ${one.name} hosts ${host} and sits at ${table}`);
  }
  const mixed = new Set(people.map(({ side }) => side)).size > 1;
  for (const [table, list] of room) {
    if (isGone(table)) wrong.push(`round ${round}: people at table ${table}, which was dropped`);
    if (hosts.size > 0 && !list.some(({ who }) => hosts.get(who) === table))
      wrong.push(`round ${round}: table ${table} has no host`);
    if (mixed && new Set(list.map(({ side }) => side)).size < 2)
      wrong.push(`round ${round}: one side only at table ${table}`);
    for (const one of list)
      if (one.manager !== null && list.some(({ who }) => who === one.manager))
        wrong.push(`round ${round}: ${one.name} sits with their boss`);
  }
  return wrong;
}

function countMeetings(
  room: Map<number, Sitting[]>,
  hosts: Map<string, number>,
  meetings: Map<string, number>,
): void {
  for (const list of room.values())
    for (const [at, a] of list.entries())
      for (const b of list.slice(at + 1)) {
        if (hosts.has(a.who) && hosts.get(a.who) === hosts.get(b.who)) continue;
        const key = [a.who, b.who].sort().join('|');
        meetings.set(key, (meetings.get(key) ?? 0) + 1);
      }
}
