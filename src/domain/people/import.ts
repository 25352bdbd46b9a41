// Effect of each row of a list on the people there are: add, change, nothing, or nothing because it is wrong.

import { eachInSteps, finish, mapInSteps, type Steps } from '../steps.ts';
import { circleSays, type Directory, findingCircles, makingDirectory, managerMeant } from './reporting.ts';
import type { ReadRow } from './rows.ts';
import { type Says, type Side, says } from './words.ts';

export interface KnownPerson {
  id: number;
  name: string;
  email: string;
  side: Side;
  department: string;
  jobTitle: string;
  language: string;
  managerId: number | null;
  isDisabled: boolean;
}

export type ChangedField = 'name' | 'side' | 'department' | 'manager' | 'jobTitle' | 'language';

export interface Change {
  field: ChangedField;
  was: string;
  now: string;
}

export type Kind = 'wrong' | 'changed' | 'new' | 'same';

export interface JudgedRow extends ReadRow {
  kind: Kind;
  person: KnownPerson | null;
  /** The manager named in the row; undefined where it says nothing about it. */
  reportsTo?: { key: string; name: string };
  changes: Change[];
}

/** How the list is shown: what needs a hand first. */
export const kinds: readonly Kind[] = ['wrong', 'changed', 'new', 'same'];

interface Case {
  row: ReadRow;
  key: string;
  person: KnownPerson | null;
  wrong: Says[];
  reportsTo?: { key: string; name: string };
}

const keyOf = (email: string) => email.toLowerCase();

/**
 * Judges rows against the people there are. A person is recognised by the address, whatever its capitals; managers
 * may stand anywhere in the file; a row that would close a reporting circle is wrong. Nothing here touches roles.
 */
export const judgeRows = (rows: readonly ReadRow[], known: readonly KnownPerson[]): JudgedRow[] =>
  finish(judgingRows(rows, known));

/** The same in steps. */
export function* judgingRows(rows: readonly ReadRow[], known: readonly KnownPerson[]): Steps<JudgedRow[]> {
  const people = new Map<string, KnownPerson>();
  const byId = new Map<number, KnownPerson>();
  yield* eachInSteps(known, (person) => {
    people.set(keyOf(person.email), person);
    byId.set(person.id, person);
  });
  const cases = firstLook(rows, people);
  yield;
  yield* findManagers(cases, yield* directoryIn(cases, people), people);
  do yield* refuseCircles(cases, known);
  while (leaveOutDependants(cases, people));
  return yield* mapInSteps(cases, (one) => judged(one, byId));
}

/** Each row with the person it means; a second row with the same address is wrong. */
function firstLook(rows: readonly ReadRow[], people: ReadonlyMap<string, KnownPerson>): Case[] {
  const first = new Map<string, number>();
  return rows.map((row) => {
    const key = keyOf(row.email);
    const earlier = key === '' ? undefined : first.get(key);
    if (earlier === undefined) first.set(key, row.line);
    const twice = says('The same address is in row {row}. Keep one of the two.', { row: earlier ?? 0 });
    const wrong = earlier === undefined ? [...row.why] : [twice, ...row.why];
    return { row, key, person: people.get(key) ?? null, wrong };
  });
}

/** Everyone who is known, then everyone in the file; also wrong rows, so that the sentence can say where. */
function directoryIn(cases: readonly Case[], people: ReadonlyMap<string, KnownPerson>): Steps<Directory> {
  const known = [...people].map(([key, { name }]) => ({ key, name }));
  const listed = cases
    .filter(({ key }) => key.includes('@'))
    .map(({ key, row }) => ({ key, name: row.name }));
  return makingDirectory([...known, ...listed]);
}

function* findManagers(
  cases: Case[],
  directory: Directory,
  people: ReadonlyMap<string, KnownPerson>,
): Steps<void> {
  const rowOf = firstRows(cases);
  for (const [place, one] of cases.entries()) {
    if (place % 200 === 0) yield;
    if (one.row.manager === undefined) continue;
    const meant = managerMeant(one.row.manager, directory);
    if ('sentence' in meant) {
      one.wrong.push(meant);
      // Looking for a name that is near is slow work.
      yield;
    } else
      one.reportsTo = {
        key: meant.key,
        name: people.get(meant.key)?.name ?? rowOf.get(meant.key)?.row.name ?? meant.name,
      };
  }
}

function firstRows(cases: readonly Case[]): Map<string, Case> {
  const rows = new Map<string, Case>();
  for (const each of cases) if (!rows.has(each.key)) rows.set(each.key, each);
  return rows;
}

/** Leaves out everybody who reports to a new person whose row is wrong, and so on down. True where there was one. */
function leaveOutDependants(cases: readonly Case[], people: ReadonlyMap<string, KnownPerson>): boolean {
  const newRows = [...firstRows(cases).values()].filter(({ key }) => !people.has(key));
  const reports = Map.groupBy(cases, ({ reportsTo }) => reportsTo?.key ?? '');
  const queue = newRows.filter(({ wrong }) => wrong.length > 0);
  let found = false;
  for (const { key, row } of queue) {
    const params = { manager: row.name || row.email, row: row.line };
    for (const report of key === '' ? [] : (reports.get(key) ?? [])) {
      if (report.wrong.length > 0) continue;
      report.wrong.push(
        says('The manager, {manager}, is in row {row}, which is wrong. Correct that row too.', params),
      );
      if (!people.has(report.key)) queue.push(report);
      found = true;
    }
  }
  return found;
}

/** Marks the rows that close a circle, until none is left. */
function* refuseCircles(cases: readonly Case[], known: readonly KnownPerson[]): Steps<void> {
  const rowOf = firstRows(cases);
  const before = reportingNow(known);
  yield;
  const nameOf = new Map(known.map((person) => [keyOf(person.email), person.name]));
  let again = true;
  while (again) {
    again = false;
    const after = reportingAfter(cases, before);
    yield;
    for (const circle of yield* findingCircles(after)) {
      const names = circle.map((key) => nameOf.get(key) ?? rowOf.get(key)?.row.name ?? key);
      circle.forEach((key, i) => {
        const each = rowOf.get(key);
        if (
          !each ||
          each.wrong.length > 0 ||
          each.reportsTo === undefined ||
          before.get(key) === each.reportsTo.key
        )
          return;
        each.wrong.push(circleSays([...names.slice(i), ...names.slice(0, i)]));
        again = true;
      });
    }
  }
}

function reportingNow(known: readonly KnownPerson[]): Map<string, string> {
  const keys = new Map(known.map((person) => [person.id, keyOf(person.email)]));
  const lines = new Map<string, string>();
  for (const { email, managerId } of known) {
    const manager = managerId === null ? undefined : keys.get(managerId);
    if (manager !== undefined) lines.set(keyOf(email), manager);
  }
  return lines;
}

function reportingAfter(cases: readonly Case[], before: ReadonlyMap<string, string>): Map<string, string> {
  const lines = new Map(before);
  for (const { key, wrong, reportsTo } of cases)
    if (wrong.length === 0 && reportsTo) lines.set(key, reportsTo.key);
  return lines;
}

function judged(each: Case, known: ReadonlyMap<number, KnownPerson>): JudgedRow {
  const { row, person, wrong } = each;
  const reports = each.reportsTo ? { reportsTo: each.reportsTo } : {};
  if (wrong.length > 0) return { ...row, ...reports, why: wrong, kind: 'wrong', person, changes: [] };
  if (!person) return { ...row, ...reports, kind: 'new', person, changes: [] };
  const changes = changesTo(person, each, known);
  return { ...row, ...reports, kind: changes.length > 0 ? 'changed' : 'same', person, changes };
}

/** Lists the fields in which a row differs from the person we have; what it does not say stays. */
function changesTo(
  person: KnownPerson,
  { row, reportsTo }: Case,
  known: ReadonlyMap<number, KnownPerson>,
): Change[] {
  const manager = known.get(person.managerId ?? 0);
  const fields = ['name', 'side', 'department', 'jobTitle', 'language'] as const;
  const changes: Change[] = [];
  for (const field of fields) {
    const now = row[field] ?? '';
    if (now !== '' && now !== person[field]) changes.push({ field, was: person[field], now });
  }
  if (reportsTo && reportsTo.key !== keyOf(manager?.email ?? '')) {
    changes.push({ field: 'manager', was: manager?.name ?? '', now: reportsTo.name });
  }
  return changes;
}

export type Counts = Record<Kind, number>;

/** How many rows there are of each kind. */
export function countKinds(rows: readonly { kind: Kind }[]): Counts {
  const counts: Counts = { wrong: 0, changed: 0, new: 0, same: 0 };
  for (const { kind } of rows) counts[kind] += 1;
  return counts;
}

/** Orders new people so that new managers come before those they manage. */
export function managersFirst(rows: readonly JudgedRow[]): JudgedRow[] {
  const waiting = new Map(rows.map((row) => [keyOf(row.email), row]));
  const ordered: JudgedRow[] = [];
  for (const row of rows) {
    const line: JudgedRow[] = [];
    let at: JudgedRow | undefined = row;
    while (at !== undefined && waiting.delete(keyOf(at.email))) {
      line.push(at);
      at = waiting.get(at.reportsTo?.key ?? '');
    }
    ordered.push(...line.reverse());
  }
  return ordered;
}
