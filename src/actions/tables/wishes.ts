import type { Context } from '../../context.ts';
import type { Wish } from '../../domain/tables/wishes.ts';
import { pairKey } from '../../domain/tables/wishes.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as wishes from '../../store/tables/wishes.ts';
import { refuseOutdated } from '../edition.ts';
import { lockTables, plansOf } from './evening.ts';
import { attendeeIn } from './seats.ts';

const opposite = { apart: 'together', together: 'apart' } as const;

/** A wish for two people, and whether it takes the place of its opposite. */
export interface PairWish {
  kind: 'apart' | 'together';
  personId: number;
  otherId: number;
  instead?: boolean;
}

/**
 * Wishes two people apart, or together, in every round. Refused ('conflict', field 'instead') where the opposite is wished
 * already and is not to be replaced.
 */
export async function wishPair(
  ctx: Context,
  eventId: number,
  { kind, personId, otherId, instead = false }: PairWish,
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const { tables } = await lockTables(tx, eventId, ctx.now());
    const [one, other] = [attendeeIn(tables, personId), attendeeIn(tables, otherId)];
    if (one.id === other.id)
      throw new Refusal('invalid', 'Name two people: nobody is apart from themselves.', {}, 'other');
    const isPair = (wish: Wish) =>
      wish.otherId !== null && pairKey(wish.personId, wish.otherId) === pairKey(one.id, other.id);
    if (tables.wishes.some((wish) => wish.kind === kind && isPair(wish))) return;
    const against = tables.wishes.find((wish) => wish.kind === opposite[kind] && isPair(wish));
    if (against && !instead)
      throw new Refusal(
        'conflict',
        kind === 'apart'
          ? '{a} and {b} are to sit together already. Put this wish in its place, or leave it as it is.'
          : '{a} and {b} are to sit apart already. Put this wish in its place, or leave it as it is.',
        { a: one.name, b: other.name },
        'instead',
      );
    if (against) await wishes.removeWish(tx, eventId, against.id);
    await wishes.addWish(tx, { eventId, kind, personId, otherId, createdAt: ctx.now() });
  });
}

/** Locks somebody at the table where they sit, in one round. Refused ('conflict') where they have no seat in it. */
export async function lockHere(
  ctx: Context,
  eventId: number,
  personId: number,
  round: number,
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const { tables } = await lockTables(tx, eventId, ctx.now());
    const person = attendeeIn(tables, personId);
    const { seats, publishedSeats, draft } = await plansOf(tx, eventId, tables);
    const table = (draft ? seats : publishedSeats).get(personId)?.[round - 1] ?? 0;
    if (table === 0)
      throw new Refusal('conflict', '{name} has no seat in this round. Put them at a table first.', {
        name: person.name,
      });
    for (const { id, kind, personId: whose, round: at } of tables.wishes)
      if (kind === 'lock' && whose === personId && at === round) await wishes.removeWish(tx, eventId, id);
    await wishes.addWish(tx, {
      eventId,
      kind: 'lock',
      personId,
      tableNumber: table,
      round,
      createdAt: ctx.now(),
    });
  });
}

/** Keeps somebody at one table in all rounds; said twice it is said once. */
export async function keepOneSeat(ctx: Context, eventId: number, personId: number): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const { tables } = await lockTables(tx, eventId, ctx.now());
    attendeeIn(tables, personId);
    if (tables.wishes.some(({ kind, personId: whose }) => kind === 'stays' && whose === personId)) return;
    await wishes.addWish(tx, { eventId, kind: 'stays', personId, createdAt: ctx.now() });
  });
}

/** Saves how many tables and seats there are to be. Throws `StaleForm` where somebody saved since `seen`. */
export async function saveSettings(
  { db }: Context,
  eventId: number,
  settings: wishes.TableSettings,
  seen: string | undefined,
): Promise<void> {
  await db.transaction(async (tx) => {
    const event = orNotFound(await events.lock(tx, eventId), 'event');
    refuseOutdated(event.name, seen, { ...(await wishes.settingsOf(tx, eventId)) });
    await wishes.setSettings(tx, eventId, settings);
  });
}
