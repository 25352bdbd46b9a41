// Checks whether one round can keep pairs apart and together at all: blocks of friends are put to tables, the block
// with the fewest tables left first, and every dead end is taken back. What has no wish fills the chairs that are left.
import { areCoHosts, type Hall } from './hall.ts';

export type Pairs = readonly (readonly [number, number])[];

/** Constraints on a round besides chairs, locks, named tables and one team of hosts a table. */
export interface RoundWishes {
  apart: Pairs;
  together: Pairs;
}

/** Dead ends that are looked at before it is left open whether a round is possible. */
const mostNodes = 5000;
/** Tables that are looked at for blocks, one by one, between two looks at the clock. */
const looksBetween = 100_000;

/** `no` is a proof: there is no such round. `unknown` where there were too many ways, or no time. */
export function roundFits(
  hall: Hall,
  round: number,
  wishes: RoundWishes,
  isOver: () => boolean,
): 'yes' | 'no' | 'unknown' {
  // In a large room finding the blocks, or one node alone, takes long.
  if (hall.people * hall.tables > looksBetween && isOver()) return 'unknown';
  const blocks = blocksOf(hall, round, wishes);
  if (!blocks) return 'no';
  const walk: Walk = {
    hall,
    round,
    blocks,
    tables: new Int32Array(blocks.length).fill(-1),
    used: new Int32Array(hall.tables),
    named: new Set(blocks.map(({ table }) => table)),
    nodes: 0,
    looks: 0,
    isOver,
    over: false,
  };
  if (place(walk, 0)) return 'yes';
  return walk.over ? 'unknown' : 'no';
}

/** People who sit together, and the numbers of the blocks they are kept apart from. */
interface Block {
  size: number;
  /** The table it must be at, or −1. */
  table: number;
  apart: Set<number>;
}

interface Walk {
  hall: Hall;
  round: number;
  blocks: readonly Block[];
  tables: Int32Array;
  used: Int32Array;
  /** Tables that some block must be at. */
  named: ReadonlySet<number>;
  nodes: number;
  /** Since the clock was looked at last. */
  looks: number;
  isOver: () => boolean;
  over: boolean;
}

/** The blocks that matter in a round; undefined where friends are to be at two tables, or apart. */
function blocksOf(hall: Hall, round: number, { apart, together }: RoundWishes): Block[] | undefined {
  const isHere = (person: number) => hall.present[round * hall.people + person] === 1;
  const leader = Int32Array.from({ length: hall.people }, (_, person) => person);
  const find = (person: number): number => {
    let top = person;
    while (leader[top] !== top) top = leader[top]!;
    return top;
  };
  for (const [a, b] of together) if (isHere(a) && isHere(b)) leader[find(b)] = find(a);
  for (const { people } of hall.units) {
    const here = people.filter(isHere);
    for (const person of here) leader[find(person)] = find(here[0]!);
  }
  const blocks = new Map<number, Block>();
  for (let person = 0; person < hall.people; person += 1) {
    if (!isHere(person)) continue;
    const block = blocks.get(find(person)) ?? { size: 0, table: -1, apart: new Set() };
    blocks.set(find(person), block);
    const table = hall.fixed[round * hall.people + person]!;
    if (table >= 0 && block.table >= 0 && block.table !== table) return undefined;
    if (table >= 0) block.table = table;
    block.size += 1;
  }
  for (const [a, b] of [...apart, ...teamsApart(hall, isHere)]) {
    if (!isHere(a) || !isHere(b)) continue;
    if (find(a) === find(b)) return undefined;
    blocks.get(find(a))!.apart.add(find(b));
    blocks.get(find(b))!.apart.add(find(a));
  }
  return numbered(blocks);
}

/** One host of every team, against one of every other. */
function teamsApart(hall: Hall, isHere: (person: number) => boolean): Pairs {
  const first = hall.units
    .filter(({ host }) => host)
    .flatMap(({ people }) => people.filter(isHere).slice(0, 1));
  return first.flatMap((a, index) =>
    first.slice(index + 1).flatMap((b) => (areCoHosts(hall, a, b) ? [] : [[a, b] as const])),
  );
}

/** Blocks that matter, by their place in the list: larger than one, with a table, or apart from some. */
function numbered(blocks: ReadonlyMap<number, Block>): Block[] {
  const kept = [...blocks].filter(([, { size, table, apart }]) => size > 1 || table >= 0 || apart.size > 0);
  const numberOf = new Map(kept.map(([leader], index) => [leader, index]));
  return kept.map(([, block]) => ({
    ...block,
    apart: new Set([...block.apart].map((leader) => numberOf.get(leader)!)),
  }));
}

function place(walk: Walk, placed: number): boolean {
  if (placed === walk.blocks.length) return chairsCanBeEmpty(walk);
  walk.nodes += 1;
  walk.looks += walk.blocks.length * walk.hall.tables;
  if (walk.nodes > mostNodes || (walk.looks > looksBetween && walk.isOver())) walk.over = true;
  if (walk.looks > looksBetween) walk.looks = 0;
  if (walk.over) return false;
  const next = mostConstrained(walk);
  for (const table of next.open) {
    walk.tables[next.block] = table;
    walk.used[table]! += walk.blocks[next.block]!.size;
    if (place(walk, placed + 1)) return true;
    walk.tables[next.block] = -1;
    walk.used[table]! -= walk.blocks[next.block]!.size;
    if (walk.over) return false;
  }
  return false;
}

/** The block with the fewest tables open to it, the largest of these. */
function mostConstrained(walk: Walk): { block: number; open: number[] } {
  let best = { block: -1, open: [] as number[] };
  for (const [block, { size }] of walk.blocks.entries()) {
    if (walk.tables[block]! >= 0) continue;
    const open = openTables(walk, block);
    const fewer = best.block < 0 || open.length < best.open.length;
    if (fewer || (open.length === best.open.length && size > walk.blocks[best.block]!.size))
      best = { block, open };
    if (open.length === 0) break;
  }
  return best;
}

function openTables({ hall, round, blocks, tables, used, named: allNamed }: Walk, block: number): number[] {
  const { size, table: named, apart } = blocks[block]!;
  const taken = new Set([...apart].map((other) => tables[other]!));
  const open: number[] = [];
  const emptyKinds = new Set<number>();
  for (let table = 0; table < hall.tables; table += 1) {
    const at = round * hall.tables + table;
    if ((named >= 0 && named !== table) || taken.has(table) || used[table]! + size > hall.chairs[at]!)
      continue;
    // Empty tables of one size are alike, unless a block is still to come that names one of them.
    const kind = hall.chairs[at]! * 2 + hall.mayLackOne[at]!;
    const isNamed = allNamed.has(table);
    if (used[table] === 0 && !isNamed && emptyKinds.has(kind)) continue;
    if (used[table] === 0 && !isNamed) emptyKinds.add(kind);
    open.push(table);
  }
  return open;
}

/** Whether as many tables as must have a chair left that stays empty. */
function chairsCanBeEmpty({ hall, round, used }: Walk): boolean {
  let count = 0;
  for (let table = 0; table < hall.tables; table += 1) {
    const at = round * hall.tables + table;
    if (hall.mayLackOne[at] === 1 && used[table]! < hall.chairs[at]!) count += 1;
  }
  return count >= hall.empty[round]!;
}
