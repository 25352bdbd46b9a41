// Changes of an event's run of show: each returns the blocks as they are after it.
import type { BlockDetails } from './run-of-show.ts';

/** A block of an event with all that is stored of it; without a number it is new. */
export interface PlannedBlock extends BlockDetails {
  id?: number;
  kind: string;
  title: string;
  minutes: number;
}

/** Fields of a block that people change. */
export type BlockFields = Omit<PlannedBlock, 'id'>;

/** A block without a thing beyond what it must have. */
export const plainDetails: BlockDetails = {
  fixedAt: null,
  ledBy: null,
  ledById: null,
  note: null,
  screen: null,
  question: null,
  material: null,
  shrinksTo: null,
  mayDrop: false,
};

type Blocks = readonly PlannedBlock[];

/** Finds a block by its number; -1 where it is gone. */
export const placeOf = (blocks: Blocks, id: number): number => blocks.findIndex((block) => block.id === id);

/** Changes fields of one block. */
export function withFields(blocks: Blocks, id: number, fields: Partial<BlockFields>): PlannedBlock[] {
  return blocks.map((block) => (block.id === id ? { ...block, ...fields } : block));
}

/** Puts a new block behind another one; 0 is the beginning, and one that is gone the end. */
export function withInserted(blocks: Blocks, after: number, fields: BlockFields): PlannedBlock[] {
  const at = after === 0 ? 0 : placeOf(blocks, after) + 1 || blocks.length;
  return blocks.toSpliced(at, 0, { ...fields });
}

/** Takes a block out. */
export const withoutBlock = (blocks: Blocks, id: number): PlannedBlock[] =>
  blocks.filter((block) => block.id !== id);

/** Puts a block to another place, counted from 0 among the others. */
export function withMoved(blocks: Blocks, id: number, to: number): PlannedBlock[] {
  const block = blocks[placeOf(blocks, id)];
  if (!block) return [...blocks];
  const others = withoutBlock(blocks, id);
  return others.toSpliced(Math.min(others.length, Math.max(0, to)), 0, block);
}

/** A new block like another one, or plain: its own question and fixed start are left out. */
export function copyOf(
  block: PlannedBlock | undefined,
  fresh: { kind: string; title: string; minutes: number },
): PlannedBlock {
  const { id: _id, ...like } = { id: 0, ...plainDetails, ...block };
  return { ...like, fixedAt: null, question: null, ...fresh };
}
