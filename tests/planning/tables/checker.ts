// Counts a plan of tables afresh from its lists of ids, sharing nothing with the planner but the shape of the wishes.
import type { TablesWishes } from '../../../src/planning/tables/wishes.ts';

export type Lists = readonly (readonly (readonly string[])[])[];

/** Findings of a checker; `broken` are sentences about hard rules. */
export interface Found {
  broken: string[];
  apart: number;
  together: number;
  mix: number;
  repeats: number;
  repeatedMeetings: number;
  departments: number;
  moved: number;
}

/** Everything counted from the lists alone. */
export function check(wishes: TablesWishes, rounds: Lists): Found {
  const meetings = meetingsIn(rounds);
  const bosses = wishes.people.flatMap(({ id, manager }) => (manager ? [key(id, manager)] : []));
  const friends = new Set((wishes.together ?? []).map(([a, b]) => key(a, b)));
  const enemies = new Set([
    ...(wishes.apart ?? []).map(([a, b]) => key(a, b)),
    ...bosses.filter((pair) => !friends.has(pair)),
  ]);
  const counted = [...meetings].filter(([pair]) => !areCoHosts(wishes, pair)).map(([, m]) => m);
  const sum = (pairs: Iterable<number>) => [...pairs].reduce((total, value) => total + value, 0);
  return {
    broken: hardRules(wishes, rounds),
    apart: sum([...enemies].map((pair) => meetings.get(pair) ?? 0)),
    together: sum([...friends].map((pair) => roundsApart(wishes, rounds, pair))),
    mix: wishes.mix === 'none' ? 0 : mixFaults(wishes, rounds),
    repeats: sum(counted.map((m) => m - 1)),
    repeatedMeetings: sum(counted.map((m) => (m * (m - 1)) / 2)),
    departments: departmentMeetings(wishes, meetings),
    moved: movedSeats(wishes, rounds),
  };
}

const key = (a: string, b: string) => (a < b ? `${a}|${b}` : `${b}|${a}`);

/** Every host with a name for the table they share: hosts of one named table, and hosts whom `together` names. */
export function teams(wishes: TablesWishes): Map<string, string> {
  const team = new Map<string, string>();
  for (const { id, host } of wishes.people)
    if (host) team.set(id, typeof host === 'string' ? `table ${host}` : id);
  for (let changed = true; changed; ) {
    changed = false;
    for (const [a, b] of wishes.together ?? []) {
      const [one, two] = [team.get(a), team.get(b)];
      if (one === undefined || two === undefined || one === two) continue;
      for (const [id, name] of team) if (name === two) team.set(id, one);
      changed = true;
    }
  }
  return team;
}

const teamsOf = new WeakMap<TablesWishes, Map<string, string>>();

function areCoHosts(wishes: TablesWishes, pair: string): boolean {
  const known = teamsOf.get(wishes) ?? teams(wishes);
  teamsOf.set(wishes, known);
  const [a, b] = pair.split('|').map((id) => known.get(id));
  return a !== undefined && a === b;
}

/** Σ C(m + n, 2) − C(n, 2), with n meetings at earlier events; co-hosts are not counted. */
export function seasonMeetings(wishes: TablesWishes, rounds: Lists): number {
  const before = new Map<string, number>();
  for (const [a, b, n] of wishes.met ?? []) before.set(key(a, b), (before.get(key(a, b)) ?? 0) + n);
  let sum = 0;
  for (const [pair, m] of meetingsIn(rounds))
    if (!areCoHosts(wishes, pair)) sum += (m * (m - 1)) / 2 + m * (before.get(pair) ?? 0);
  return sum;
}

export function meetingsIn(rounds: Lists): Map<string, number> {
  const meetings = new Map<string, number>();
  for (const tables of rounds)
    for (const table of tables)
      for (const a of table)
        for (const b of table) if (a < b) meetings.set(key(a, b), (meetings.get(key(a, b)) ?? 0) + 1);
  return meetings;
}

const tableIds = ({ tables }: TablesWishes) =>
  typeof tables === 'number'
    ? Array.from({ length: tables }, (_, i) => String(i + 1))
    : tables.map(({ id }) => id);

/** Lists who is here in a round that is not held yet. */
const hereIn = (wishes: TablesWishes, round: number) =>
  wishes.people.filter(
    (person) => (person.from ?? 1) <= round + 1 && round + 1 <= (person.until ?? wishes.rounds),
  );

function hardRules(wishes: TablesWishes, rounds: Lists): string[] {
  const broken: string[] = [];
  const ids = tableIds(wishes);
  const held = wishes.past?.length ?? 0;
  if (rounds.length !== wishes.rounds) broken.push(`${rounds.length} rounds instead of ${wishes.rounds}`);
  for (const [round, tables] of rounds.entries()) {
    if (round < held) {
      const before = wishes.past![round]!;
      const same = ids.every(
        (_, t) => [...(before[t] ?? [])].toSorted().join() === [...tables[t]!].toSorted().join(),
      );
      if (!same) broken.push(`round ${round + 1} of the past was touched`);
      continue;
    }
    if (tables.length !== ids.length) broken.push(`round ${round + 1} has ${tables.length} tables`);
    const seated = tables.flat();
    const here = hereIn(wishes, round).map(({ id }) => id);
    if (seated.toSorted().join() !== here.toSorted().join())
      broken.push(`round ${round + 1} seats other people`);
    if (!sizesAreEven(wishes, tables, round))
      broken.push(`round ${round + 1}: sizes ${tables.map((t) => t.length)}`);
    for (const lock of wishes.locks ?? [])
      if ((lock.rounds ?? [round + 1]).includes(round + 1) && here.includes(lock.person))
        if (!tables[ids.indexOf(lock.table)]!.includes(lock.person))
          broken.push(`${lock.person} left the lock`);
  }
  broken.push(...keptTables(wishes, rounds));
  return broken;
}

/** Hosts keep a table of their own, and seats that do not move do not. */
function keptTables(wishes: TablesWishes, rounds: Lists): string[] {
  const held = wishes.past?.length ?? 0;
  const broken: string[] = [];
  const hostOf = new Map<number, string>();
  const team = teams(wishes);
  for (const person of wishes.people.filter(({ host, stays }) => host || stays)) {
    const at = rounds
      .slice(held)
      .map((tables) => tables.findIndex((table) => table.includes(person.id)))
      .filter((table) => table >= 0);
    if (new Set(at).size > 1) broken.push(`${person.id} moved`);
    if (!person.host || at.length === 0) continue;
    if (typeof person.host === 'string' && tableIds(wishes)[at[0]!] !== person.host)
      broken.push(`${person.id} hosts elsewhere`);
    const there = hostOf.get(at[0]!);
    if (there !== undefined && there !== team.get(person.id))
      broken.push(`two teams of hosts at a table: ${person.id} and ${there}`);
    hostOf.set(at[0]!, team.get(person.id)!);
  }
  for (const name of new Set(team.values()))
    if ([...hostOf.values()].filter((one) => one === name).length > 1)
      broken.push(`hosts of ${name} at several tables`);
  return broken;
}

/** Whether no people could change tables, within seats and locks, and make the sizes more even. */
function sizesAreEven(wishes: TablesWishes, tables: readonly (readonly string[])[], round: number): boolean {
  const ids = tableIds(wishes);
  const bound = (table: number) => {
    const held = new Set<string>();
    for (const lock of wishes.locks ?? [])
      if (lock.table === ids[table] && (lock.rounds ?? [round + 1]).includes(round + 1))
        held.add(lock.person);
    for (const person of wishes.people) if (person.host || person.stays) held.add(person.id);
    return tables[table]!.filter((id) => held.has(id)).length;
  };
  const closed = (table: number) =>
    (wishes.closed ?? []).some((one) => one.table === ids[table] && (one.from ?? 1) <= round + 1);
  const seats = (table: number) => {
    if (closed(table)) return 0;
    return typeof wishes.tables === 'number'
      ? Number.POSITIVE_INFINITY
      : (wishes.tables[table]!.seats ?? Number.POSITIVE_INFINITY);
  };
  return tables.every(
    (from, a) =>
      from.length <= seats(a) &&
      tables.every(
        (to, b) => from.length - to.length < 2 || from.length <= bound(a) || to.length >= seats(b),
      ),
  );
}

function roundsApart(wishes: TablesWishes, rounds: Lists, pair: string): number {
  const [a, b] = pair.split('|') as [string, string];
  return rounds.slice(wishes.past?.length ?? 0).filter((tables) => {
    const [one, two] = [a, b].map((id) => tables.findIndex((table) => table.includes(id)));
    return one! >= 0 && two! >= 0 && one !== two;
  }).length;
}

/** People too many or too few of a side, by the rule: the room's share of the table, rounded down or up. */
export function mixFaults(wishes: TablesWishes, rounds: Lists): number {
  const isSenior = new Set(wishes.people.filter(({ side }) => side === 'senior').map(({ id }) => id));
  let faults = 0;
  for (const tables of rounds.slice(wishes.past?.length ?? 0)) {
    const people = tables.flat().length;
    const seniors = tables.flat().filter((id) => isSenior.has(id)).length;
    const occupied = tables.filter((table) => table.length > 0);
    const low = (n: number) => Math.floor((n * seniors) / people);
    const high = (n: number) => Math.ceil((n * seniors) / people);
    const inCompany = (n: number) => Math.max(low(n), Math.min(high(n), n - 2));
    const room = occupied.reduce((sum, table) => sum + inCompany(table.length), 0);
    const company = people - seniors >= 2 * occupied.length && room >= seniors;
    for (const table of occupied) {
      const here = table.filter((id) => isSenior.has(id)).length;
      const most = company ? inCompany(table.length) : high(table.length);
      faults += Math.max(0, low(table.length) - here) + Math.max(0, here - most);
    }
  }
  return faults;
}

function departmentMeetings(wishes: TablesWishes, meetings: Map<string, number>): number {
  const of = new Map(wishes.people.map(({ id, department }) => [id, department]));
  return [...meetings].reduce((sum, [pair, met]) => {
    const [a, b] = pair.split('|').map((id) => of.get(id));
    return sum + (a && a === b ? met : 0);
  }, 0);
}

function movedSeats(wishes: TablesWishes, rounds: Lists): number {
  let moved = 0;
  for (const [round, before] of (wishes.previous ?? []).entries()) {
    if (round < (wishes.past?.length ?? 0) || round >= rounds.length) continue;
    for (const { id } of wishes.people) {
      const then = before.findIndex((table) => table.includes(id));
      const now = rounds[round]!.findIndex((table) => table.includes(id));
      if (then >= 0 && now >= 0 && then !== now) moved += 1;
    }
  }
  return moved;
}
