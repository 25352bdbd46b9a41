import type { Context } from '../../context.ts';
import { type Batch, type Step, withStep } from '../../domain/questions/waiting.ts';
import { Refusal } from '../../refusal.ts';
import { unwrap, wrap } from '../sign-in/secret-keys.ts';
import { addStep, type NamelessState } from './nameless-state.ts';

/** The name under which slots are encrypted. */
const label = 'nameless-slot';

/** Bytes around the contents: what `wrap` adds, and the length of the contents. */
const around = 29 + 4;

interface Contents {
  generation: number;
  batches: Batch[];
}

/** Adds a step and returns when it is on disk. Refuses where the slot is full. */
export async function appendStep(ctx: Context, state: NamelessState, step: Step): Promise<void> {
  const then = contentsOf({ ...state, own: { ...state.own, steps: withStep(state.own.steps, step) } });
  const size = Buffer.byteLength(JSON.stringify(then)) + around;
  if (size > state.slot.size) throw slotFull();
  addStep(state, step);
  await writeSlot(ctx, state);
}

/** Refuses because nothing more can be taken until the next tick. */
export function slotFull(): Refusal {
  return new Refusal(
    'unavailable',
    'Many people are asking right now. Try again in five minutes.',
    {},
    'full',
  );
}

function contentsOf({ generation, merging, own }: NamelessState): Contents {
  return { generation, batches: [...merging, own].filter(({ steps }) => steps.length > 0) };
}

/** Writes the slot; several calls that come while it is being written share the next write. */
export function writeSlot(ctx: Context, state: NamelessState): Promise<void> {
  if (state.nextWrite) return state.nextWrite;
  const next = state.writing.then(() => {
    state.nextWrite = null;
    return writeOnce(ctx, state);
  });
  state.nextWrite = next;
  state.writing = next.catch(() => {});
  return next;
}

/** Writes both copies, so that nothing of what was merged is left in either. */
export async function clearSlot(ctx: Context, state: NamelessState): Promise<void> {
  await writeSlot(ctx, state);
  await writeSlot(ctx, state);
}

async function writeOnce(ctx: Context, state: NamelessState): Promise<void> {
  state.generation += 1;
  const copy = (state.generation % 2) as 0 | 1;
  await state.slot.write(copy, seal(ctx, contentsOf(state), state.slot.size), state.tickAt);
}

/** Encrypts contents under the secret, always to the same size. */
export function seal(ctx: Context, contents: Contents, size: number): Buffer {
  return wrap(ctx, label, padded(JSON.stringify(contents), size - around + 4));
}

/** Puts the length before the text and zeros behind it. */
export function padded(text: string, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  const written = bytes.write(text, 4, 'utf8');
  bytes.writeUInt32BE(written, 0);
  return bytes;
}

/** Returns the text that `padded` put there. */
export function unpadded(bytes: Buffer): string {
  return bytes.toString('utf8', 4, 4 + bytes.readUInt32BE(0));
}

/** The batches of an abandoned slot: of its two copies the later one that opens; null where none does. */
export function batchesIn(ctx: Context, copies: readonly Buffer[]): Batch[] | null {
  const opened = copies
    .map((copy) => unwrap(ctx, label, copy))
    .filter((bytes) => bytes !== null)
    .map((bytes) => JSON.parse(unpadded(bytes)) as Contents)
    .sort((a, b) => b.generation - a.generation);
  return opened[0]?.batches ?? null;
}
