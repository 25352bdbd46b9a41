// The run of show: blocks of minutes in order, and when each begins.
import { clockAfter, placesOf } from '../events/fixed-starts.ts';

/** gather: arrive, lunch, drinks. frame: welcome. report: a team tells. talk: rounds and questions. move, harvest. */
export const blockKinds = ['gather', 'frame', 'report', 'talk', 'move', 'harvest'] as const;
export type BlockKind = (typeof blockKinds)[number];

/** Details of a block beside its kind, title and minutes. */
export interface BlockDetails {
  /** Wall clock 'HH:MM' at which it starts whatever came before; null: when the block before ends. */
  fixedAt: string | null;
  /** A role or a name, and the person of the event, where one was chosen. */
  ledBy: string | null;
  ledById: number | null;
  /** For the facilitator alone. */
  note: string | null;
  /** On the projector. */
  screen: string | null;
  /** The question of this round. */
  question: string | null;
  /** A link, or the name of a file among the event's materials. */
  material: string | null;
  /** Minutes it may be shortened to; null: it keeps its length. */
  shrinksTo: number | null;
  mayDrop: boolean;
}

export interface Block extends Partial<BlockDetails> {
  kind: BlockKind;
  title: string;
  minutes: number;
}

export interface TimedBlock extends Block {
  /** Real minutes from the beginning of the event. */
  after: number;
  /** Wall clock 'HH:MM' at the place of the event; absent while there is no date. */
  at?: string;
  /** Minutes without a block before it, where its start is fixed later than the one before ends. */
  free?: number;
  /** The digit a title ends with ('Round 2' gives '2'), for where the title has no room. */
  short?: string;
}

export interface Tick {
  after: number;
  label: string;
}

export interface RunOfShow {
  blocks: TimedBlock[];
  minutes: number;
  /** '2 h 15 min' */
  length: string;
  /** Wall clock 'HH:MM'; absent while there is no date. */
  starts?: string;
  ends?: string;
  /** Evenly spaced labels from the beginning to the end, for the foot of the strip. */
  ticks: Tick[];
}

export interface Beginning {
  /** 'YYYY-MM-DDTHH:MM' on the wall at the place of the event. */
  start: string;
  /** IANA zone. */
  timeZone: string;
}

/** A block as it was stored; a kind nobody knows any more is drawn as a frame. */
export interface StoredBlock extends Partial<BlockDetails> {
  kind: string;
  title: string;
  minutes: number;
}

/** Puts each block in its place; minutes are real minutes, so wall times jump where the clocks change. */
export function runOfShow(blocks: readonly StoredBlock[], beginning?: Beginning): RunOfShow {
  const { starts, end, clashes } = placesOf(blocks, beginning);
  const clock = beginning && ((after: number) => clockAfter(beginning, after));
  const timed = blocks.map((block, index): TimedBlock => {
    const after = starts[index] ?? 0;
    const short = /(\d{1,2})$/.exec(block.title)?.[1];
    const free = clashes.find((clash) => clash.kind === 'gap' && clash.block === index)?.minutes;
    return {
      ...block,
      kind: kindOf(block.kind),
      after,
      ...(free && { free }),
      ...(clock && { at: clock(after) }),
      ...(short && { short }),
    };
  });
  return {
    blocks: timed,
    minutes: end,
    length: lengthInWords(end),
    ...(clock && { starts: clock(0), ends: clock(end) }),
    ticks: ticksFor(end, clock),
  };
}

/** '45 min', '1 h', '2 h 15 min'. */
export function lengthInWords(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

function kindOf(kind: string): BlockKind {
  return blockKinds.find((known) => known === kind) ?? 'frame';
}

/** As many labels as fit: parts of 15, 30, 45 or 60 minutes that divide the whole, else beginning and end. */
function ticksFor(minutes: number, clock?: (after: number) => string): Tick[] {
  if (minutes === 0) return [];
  const part = [45, 30, 60, 15, 20, 90, 120].find((each) => fits(minutes, each)) ?? minutes;
  const count = minutes / part + 1;
  return Array.from({ length: count }, (_, index) => {
    const after = index * part;
    return { after, label: clock ? clock(after) : shortLength(after) };
  });
}

function fits(minutes: number, part: number): boolean {
  return minutes % part === 0 && minutes / part >= 2 && minutes / part <= 4;
}

/** '0', '45 min', '1 h', and '1 h 30' where the unit goes without saying. */
function shortLength(minutes: number): string {
  if (minutes === 0) return '0';
  if (minutes < 60 || minutes % 60 === 0) return lengthInWords(minutes);
  return `${Math.floor(minutes / 60)} h ${minutes % 60}`;
}
