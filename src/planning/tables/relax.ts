// Relaxes wishes that contradict each other, for people who want a plan anyway: hosts, seats that stay and locks
// are taken in one after another, and one that cannot be with those before it is dropped, with the reason.
import type { Broken } from './broken.ts';
import { faultsOf } from './faults.ts';
import type { Attendee, Lock, TablesWishes } from './wishes.ts';

/** Wishes without faults, and what was dropped for it; the faults that nothing can be dropped for. */
export interface Relaxed {
  wishes: TablesWishes;
  broken: Broken[];
  faults: string[];
}

/** The wishes as far as they can be kept together. */
export function relaxed(wishes: TablesWishes): Relaxed {
  const faults = faultsOf(wishes);
  if (faults.length === 0 || !wishes.anyway) return { wishes, broken: [], faults };
  const free = wishes.people.map(({ host, stays, ...person }): Attendee => person);
  const bare: TablesWishes = { ...wishes, people: free, locks: [] };
  const without = faultsOf(bare);
  if (without.length > 0) return { wishes, broken: [], faults: without };
  const keepers = wishes.people.filter(({ host, stays }) => host || stays);
  const hosts = taken(bare, keepers, withKeepers);
  const freed = withoutFriends(hosts);
  const locks = withMostLocks(freed.wishes, wishes.locks ?? []);
  return {
    wishes: locks.wishes,
    broken: [
      ...freed.friends.map(([pair, why]) => droppedFriends(wishes, pair, why)),
      ...freed.dropped.map(([person, why]) => droppedHost(wishes, person, why)),
      ...locks.dropped.map(([lock, why]) => droppedLock(wishes, lock, why)),
    ],
    faults: [],
  };
}

type Join<T> = (wishes: TablesWishes, some: readonly T[]) => TablesWishes;

interface Taken<T> {
  wishes: TablesWishes;
  dropped: [T, why: string][];
}

/**
 * Takes in wishes in their order, each that can be with those before it. As one too many is one too many whatever comes
 * later, whole pieces are tried at once, so that a few faults among hundreds cost few looks.
 */
function taken<T>(wishes: TablesWishes, some: readonly T[], join: Join<T>): Taken<T> {
  if (some.length === 0) return { wishes, dropped: [] };
  const all = join(wishes, some);
  const why = faultsOf(all);
  if (why.length === 0) return { wishes: all, dropped: [] };
  if (some.length === 1) return { wishes, dropped: [[some[0]!, why.join(' ')]] };
  const half = Math.ceil(some.length / 2);
  const first = taken(wishes, some.slice(0, half), join);
  const second = taken(first.wishes, some.slice(half), join);
  return { wishes: second.wishes, dropped: [...first.dropped, ...second.dropped] };
}

function withKeepers(wishes: TablesWishes, keepers: readonly Attendee[]): TablesWishes {
  const byId = new Map(keepers.map((person) => [person.id, person]));
  return { ...wishes, people: wishes.people.map((one) => byId.get(one.id) ?? one) };
}

const withLocks: Join<Lock> = (wishes, locks) => ({ ...wishes, locks: [...(wishes.locks ?? []), ...locks] });

/** Lets a host keep their table, and be with a host of another one no more, where the wish for both left them none. */
function withoutFriends({ wishes: from, dropped }: Taken<Attendee>) {
  let wishes = from;
  const friends: [readonly [string, string], string][] = [];
  const left = dropped.filter(([person, why]) => {
    const hosts = new Set(wishes.people.flatMap(({ id, host }) => (host && id !== person.id ? [id] : [])));
    const isTie = ([a, b]: readonly [string, string]) =>
      (a === person.id && hosts.has(b)) || (b === person.id && hosts.has(a));
    const ties = (wishes.together ?? []).filter(isTie);
    const others = (wishes.together ?? []).filter((pair) => !isTie(pair));
    const apart = withKeepers({ ...wishes, together: others }, [person]);
    if (!person.host || ties.length === 0 || faultsOf(apart).length > 0) return true;
    wishes = apart;
    friends.push(...ties.map((pair) => [pair, why] as [readonly [string, string], string]));
    return false;
  });
  return { wishes, dropped: left, friends };
}

/** More locks than this are taken in their order alone. */
const mostTried = 60;

/** As many locks as can be: in their order, then one is given up wherever two others can be kept instead. */
function withMostLocks(wishes: TablesWishes, locks: readonly Lock[]): Taken<Lock> {
  let best = taken(wishes, locks, withLocks);
  if (locks.length > mostTried) return best;
  for (const one of locks) {
    if (best.dropped.length < 2) return best;
    if (best.dropped.some(([lock]) => lock === one)) continue;
    const later = [...locks.filter((lock) => lock !== one), one];
    const other = taken(wishes, later, withLocks);
    if (other.dropped.length < best.dropped.length) best = other;
  }
  return best;
}

const every = ({ rounds }: TablesWishes) => Array.from({ length: rounds }, (_, round) => round + 1);

function droppedFriends(wishes: TablesWishes, pair: readonly [string, string], sentence: string): Broken {
  return { wish: 'together', people: [...pair], rounds: every(wishes), proven: true, sentence };
}

function droppedHost(wishes: TablesWishes, { id, host }: Attendee, sentence: string): Broken {
  const table = typeof host === 'string' ? { table: host } : {};
  return { wish: 'host', people: [id], ...table, rounds: every(wishes), proven: true, sentence };
}

function droppedLock(wishes: TablesWishes, { person, table, rounds }: Lock, sentence: string): Broken {
  return {
    wish: 'lock',
    people: [person],
    table,
    rounds: [...(rounds ?? every(wishes))],
    proven: true,
    sentence,
  };
}
