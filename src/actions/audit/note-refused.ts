import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import type { Person } from '../../store/people/people.ts';
import * as people from '../../store/people/people.ts';
import { type Actor, type Note, note } from './note.ts';

type SignInAct = 'wrong-code' | 'too-many-codes' | 'too-many-emails' | 'link-elsewhere';
type DoorAct = 'wrong-link' | 'wrong-feed' | 'unknown-name' | 'too-many-names';

interface Refused {
  act: SignInAct | DoorAct;
  by: Actor;
  /** The address that was typed, in small letters; '' where none was, or where the act is about none. */
  email: string;
  about: string;
  /** The quarter of an hour, from which the day follows in any time zone. */
  at: Temporal.Instant;
  times: number;
}

/** Most different refusals kept in memory until they are written; beyond it, tries are counted without their addresses. */
const mostKept = 1000;

const waiting = new WeakMap<Context, Map<string, Refused>>();

/**
 * Notes a refusal at the door of sign-in with the person whose address was typed; a number is who is signed in. It is
 * counted in memory and written within a minute: nobody's answer waits for a row that guesses at others have locked, so
 * that time does not tell which addresses people here have.
 */
export function noteRefused(ctx: Context, act: SignInAct, who: string | number | null): void {
  const by = typeof who === 'number' ? who : 'stranger';
  add(ctx, { act, by, email: typeof who === 'string' ? who.toLowerCase() : '', about: '' });
}

/** Notes a personal link or a feed address that opens nothing, as a stranger's; which it was is not written down. */
export function noteWrongLink(ctx: Context, act: 'wrong-link' | 'wrong-feed'): void {
  add(ctx, { act, by: 'stranger', email: '', about: '' });
}

/** Notes a name at the door that a facilitator tried and nobody has, or one too many; never the name. */
export function noteGuessAtDoor(
  ctx: Context,
  act: 'unknown-name' | 'too-many-names',
  { by, event }: { by: number; event: string },
): void {
  add(ctx, { act, by, email: '', about: event });
}

const quarter = 15 * 60_000;

function add(ctx: Context, one: Omit<Refused, 'at' | 'times'>): void {
  const now = ctx.now().epochMilliseconds;
  const at = Temporal.Instant.fromEpochMilliseconds(now - (now % quarter));
  keep(ctx, { ...one, at, times: 1 });
}

function keep(ctx: Context, { act, by, email, about, at, times }: Refused): void {
  const kept = waiting.get(ctx) ?? new Map<string, Refused>();
  waiting.set(ctx, kept);
  const keyWith = (address: string) => JSON.stringify([act, by, address, about, at.toString()]);
  const isRoom = kept.size < mostKept || kept.has(keyWith(email));
  const shown = isRoom ? email : '';
  const key = keyWith(shown);
  const before = kept.get(key)?.times ?? 0;
  kept.set(key, { act, by, email: shown, about, at, times: before + times });
}

/** Writes what was counted since; an address that nobody here has is not written down, so strangers put no words into the log. */
export async function writeRefused(ctx: Context): Promise<void> {
  const kept = waiting.get(ctx);
  if (!kept || kept.size === 0) return;
  waiting.delete(ctx);
  const list = [...kept.values()];
  try {
    await ctx.db.transaction((tx) => writeAll(tx, list));
  } catch (error) {
    for (const one of list) keep(ctx, one);
    throw error;
  }
}

async function writeAll(tx: Tx, list: readonly Refused[]): Promise<void> {
  const known = await people.withAddresses(tx, [...new Set(list.map(({ email }) => email))]);
  const owners = new Map(known.toReversed().map((person) => [person.email.toLowerCase(), person]));
  const rows = Map.groupBy(
    list.map((one) => ({ one, entry: noteOf(one, owners.get(one.email)) })),
    ({ one, entry }) => JSON.stringify([entry.act, entry.by, entry.about, one.at.toString()]),
  );
  // In one order everywhere, so that two processes never wait for each other.
  for (const [, same] of [...rows].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const { one, entry } = same[0]!;
    const times = same.reduce((sum, { one: { times: n } }) => sum + n, 0);
    await note({ now: () => one.at }, tx, { ...entry, times });
  }
}

function noteOf({ act, by, about }: Refused, person: Person | undefined): Note {
  if (act === 'wrong-link' || act === 'wrong-feed') return { act, by };
  if (act === 'unknown-name' || act === 'too-many-names') return { act, by, about };
  return person ? { act, by, about: person } : { act: `${act}-unknown`, by };
}
