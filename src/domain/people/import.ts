// Effect of each row of a list on the people there are: add, change, nothing, or nothing because it is wrong.

import { eachInSteps, finish, mapInSteps, type Steps } from '../steps.ts';
import { type KnownPerson, keysOfRows } from './keys-of-rows.ts';
import { nameKey, ownGreeting, personKey } from './names.ts';
import {
  circleSentence,
  type Directory,
  findingCircles,
  findingManager,
  makingDirectory,
} from './reporting.ts';
import type { ReadRow } from './rows.ts';
import { type Sentence, sentenceWith } from './words.ts';

export type ChangedField = 'name' | 'greeting' | 'side' | 'department' | 'manager' | 'jobTitle' | 'language';

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
  /** Somebody of a new person's name whose address is not in the file: perhaps the same person. */
  namesake?: KnownPerson;
  /** Key of the person among all: see `personKey`. */
  key: string;
  /** Two people may be behind the address: an organiser is asked. */
  mayShare?: true;
}

/** How the list is shown: what needs a hand first. */
export const kinds: readonly Kind[] = ['wrong', 'changed', 'new', 'same'];

interface Case {
  row: ReadRow;
  key: string;
  person: KnownPerson | null;
  wrong: Sentence[];
  reportsTo?: { key: string; name: string };
  mayShare?: true;
}

/**
 * Judges rows against the people there are. A person is recognised by the address, whatever its capitals; managers
 * may stand anywhere in the file; a row that would close a reporting circle is wrong. `shared`: addresses that an organiser
 * said two people are behind, who are told apart by name. Nothing here touches roles.
 */
export const judgeRows = (
  rows: readonly ReadRow[],
  known: readonly KnownPerson[],
  shared: readonly string[] = [],
): JudgedRow[] => finish(judgingRows(rows, known, shared));

/** Does the same in steps, so that pages are answered in between. */
export function* judgingRows(
  rows: readonly ReadRow[],
  known: readonly KnownPerson[],
  shared: readonly string[] = [],
): Steps<JudgedRow[]> {
  const people = new Map<string, KnownPerson>();
  const byId = new Map<number, KnownPerson>();
  yield* eachInSteps(known, (person) => {
    people.set(personKey(person), person);
    byId.set(person.id, person);
  });
  const cases = yield* firstLook(rows, people, known, new Set(shared));
  yield* findManagers(cases, yield* directoryIn(cases, people), people);
  do yield* refuseCircles(cases, known);
  while (leaveOutDependants(cases, people));
  const namesakes = yield* namesakesIn(known, new Set(cases.map(({ key }) => key)));
  return yield* mapInSteps(cases, (one) => judged(one, byId, namesakes));
}

/** People by their name, but for those whose address is in the file. */
function* namesakesIn(
  known: readonly KnownPerson[],
  listed: ReadonlySet<string>,
): Steps<Map<string, KnownPerson>> {
  const found = new Map<string, KnownPerson>();
  yield* eachInSteps(known, (person) => {
    if (!listed.has(personKey(person))) found.set(nameKey(person.name), person);
  });
  return found;
}

/** Each row with the person it means; a second row with the same address is wrong. */
function firstLook(
  rows: readonly ReadRow[],
  people: ReadonlyMap<string, KnownPerson>,
  known: readonly KnownPerson[],
  shared: ReadonlySet<string>,
): Steps<Case[]> {
  const keyOfRow = keysOfRows(known, shared);
  const first = new Map<string, ReadRow>();
  return mapInSteps(rows, (row) => {
    const { key, isUnnamed } = keyOfRow(row);
    const earlier = key === '' ? undefined : first.get(key);
    if (!earlier) first.set(key, row);
    const twice = sentenceWith('The same address is in row {row}. Keep one of the two.', {
      row: earlier?.line ?? 0,
    });
    const wrong = [...(earlier ? [twice] : []), ...(isUnnamed ? [unnamed] : []), ...row.why];
    const person = isUnnamed ? null : (people.get(key) ?? null);
    const other = earlier ?? person;
    const mayShare = isUnnamed || (other !== null && isOtherName(row.name, other.name));
    return { row, key, person, wrong, ...(mayShare && { mayShare: true as const }) };
  });
}

const unnamed = sentenceWith('Several people have this address, and none of them has this name.');

const isOtherName = (one: string, other: string) =>
  one !== '' && other !== '' && nameKey(one) !== nameKey(other);

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
    const meant = yield* findingManager(one.row.manager, directory);
    if ('sentence' in meant) one.wrong.push(meant);
    else
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
        sentenceWith(
          'The manager, {manager}, is in row {row}, which is wrong. Correct that row too.',
          params,
        ),
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
  const nameOf = new Map(known.map((person) => [personKey(person), person.name]));
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
        each.wrong.push(circleSentence([...names.slice(i), ...names.slice(0, i)]));
        again = true;
      });
    }
  }
}

function reportingNow(known: readonly KnownPerson[]): Map<string, string> {
  const keys = new Map(known.map((person) => [person.id, personKey(person)]));
  const lines = new Map<string, string>();
  for (const person of known) {
    const manager = person.managerId === null ? undefined : keys.get(person.managerId);
    if (manager !== undefined) lines.set(personKey(person), manager);
  }
  return lines;
}

function reportingAfter(cases: readonly Case[], before: ReadonlyMap<string, string>): Map<string, string> {
  const lines = new Map(before);
  for (const { key, wrong, reportsTo } of cases)
    if (wrong.length === 0 && reportsTo) lines.set(key, reportsTo.key);
  return lines;
}

function judged(
  each: Case,
  known: ReadonlyMap<number, KnownPerson>,
  namesakes: ReadonlyMap<string, KnownPerson>,
): JudgedRow {
  const { row, person, wrong, key, mayShare } = each;
  const reports = {
    key,
    ...(each.reportsTo && { reportsTo: each.reportsTo }),
    ...(mayShare && { mayShare }),
  };
  if (wrong.length > 0) return { ...row, ...reports, why: wrong, kind: 'wrong', person, changes: [] };
  if (!person) {
    const namesake = namesakes.get(nameKey(row.name));
    return { ...row, ...reports, kind: 'new', person, changes: [], ...(namesake && { namesake }) };
  }
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
  const fields = ['name', 'greeting', 'side', 'department', 'jobTitle', 'language'] as const;
  const changes: Change[] = [];
  for (const field of fields) {
    const now = (field === 'greeting' ? ownGreeting(row) : row[field]) ?? '';
    const was = person[field] ?? '';
    if (now !== '' && now !== was) changes.push({ field, was, now });
  }
  if (reportsTo && reportsTo.key !== (manager ? personKey(manager) : '')) {
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
  const waiting = new Map(rows.map((row) => [row.key, row]));
  const ordered: JudgedRow[] = [];
  for (const row of rows) {
    const line: JudgedRow[] = [];
    let at: JudgedRow | undefined = row;
    while (at !== undefined && waiting.delete(at.key)) {
      line.push(at);
      at = waiting.get(at.reportsTo?.key ?? '');
    }
    ordered.push(...line.reverse());
  }
  return ordered;
}

/** Days in which an import can be undone. */
const undoDays = 7;

/** Returns the last moment at which an import that ended then can be undone. */
export const undoableUntil = (finishedAt: Temporal.Instant) => finishedAt.add({ hours: 24 * undoDays });
