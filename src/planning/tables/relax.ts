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

/** More hosts and locks than this are not looked at one by one. */
const mostLooks = 400;

/** The wishes as far as they can be kept together. */
export function relaxed(wishes: TablesWishes): Relaxed {
  const faults = faultsOf(wishes);
  const keepers = wishes.people.filter(({ host, stays }) => host || stays);
  const locks = wishes.locks ?? [];
  if (faults.length === 0 || !wishes.anyway || keepers.length + locks.length > mostLooks)
    return { wishes, broken: [], faults };
  const free = wishes.people.map(({ host, stays, ...person }): Attendee => person);
  let kept: TablesWishes = { ...wishes, people: free, locks: [] };
  const bare = faultsOf(kept);
  if (bare.length > 0) return { wishes, broken: [], faults: bare };
  const broken: Broken[] = [];
  const take = (next: TablesWishes, drop: (sentence: string) => Broken) => {
    const why = faultsOf(next);
    if (why.length === 0) kept = next;
    else broken.push(drop(why.join(' ')));
  };
  for (const person of keepers)
    take({ ...kept, people: kept.people.map((one) => (one.id === person.id ? person : one)) }, (sentence) =>
      droppedHost(wishes, person, sentence),
    );
  for (const lock of locks)
    take({ ...kept, locks: [...kept.locks!, lock] }, (sentence) => droppedLock(wishes, lock, sentence));
  return { wishes: kept, broken, faults: [] };
}

const every = ({ rounds }: TablesWishes) => Array.from({ length: rounds }, (_, round) => round + 1);

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
