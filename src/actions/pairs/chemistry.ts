// After an event people name, for nobody to see, whom they would like to go on talking with; mutual wishes are told.
import type { Context } from '../../context.ts';
import type { Db, Tx } from '../../database/open.ts';
import type { PairMutualLetter } from '../../domain/letters/programme-facts.ts';
import { canName, fixedAt, mostNamed, toldAt, wereThere } from '../../domain/pairs/chemistry.ts';
import { linesOf } from '../../domain/pairs/matching.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as likes from '../../store/pairs/likes.ts';
import * as wishes from '../../store/pairs/wishes.ts';
import * as people from '../../store/people/people.ts';
import { seasonFacts } from '../letters/about-season.ts';
import { sendLetter } from '../letters/send.ts';

/**
 * People of the other side who were at an event with somebody, none of their own reporting line; null for those who were not
 * there themselves.
 */
export async function peopleToName(db: Db, eventId: number, personId: number) {
  const there = wereThere(await likes.guestsOf(db, eventId));
  const me = there.find(({ id }) => id === personId);
  if (!me) return null;
  const others = there.filter(({ side }) => side !== me.side && side !== null && me.side !== null);
  const lines = linesOf(
    await wishes.managersOf(
      db,
      [me, ...others].map(({ id }) => id),
    ),
  );
  const isAbove = (upper: number, lower: number) => lines.get(lower)?.includes(upper) ?? false;
  return others.filter(({ id }) => !isAbove(id, personId) && !isAbove(personId, id));
}

/**
 * Writes whom somebody would like to go on talking with, in place of those they named before. Nobody hears of it now. Refused
 * ('conflict') once the 48 hours are over, ('invalid') for too many, or for people who cannot be named.
 */
export async function namePeople(
  ctx: Context,
  eventId: number,
  personId: number,
  named: readonly number[],
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const event = orNotFound(await events.lock(tx, eventId), 'event');
    if (!canName(event, ctx.now()))
      throw new Refusal('conflict', 'The 48 hours are over, so names can’t be changed any more.');
    const ids = [...new Set(named)];
    if (ids.length > mostNamed)
      throw new Refusal('invalid', 'Name {n} people at most.', { n: mostNamed }, 'who');
    const known = new Set((await peopleToName(tx, eventId, personId))?.map(({ id }) => id));
    if (ids.some((id) => !known.has(id)))
      throw new Refusal('invalid', 'Choose people of the other side who were there.', {}, 'who');
    await likes.replace(tx, eventId, personId, ids);
  });
}

/** Tells both of each mutual wish once its noon has come. */
export async function keepChemistry(ctx: Context): Promise<void> {
  const now = ctx.now();
  const untold = await likes.untold(ctx.db);
  const due = untold.filter((event) => Temporal.Instant.compare(now, toldAt(event)) >= 0);
  if (due.length > 0)
    await tellMutual(
      ctx,
      due.map(({ id }) => id),
    );
}

async function tellMutual(ctx: Context, eventIds: readonly number[]): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const mutual = await likes.lockMutual(tx, eventIds);
    if (mutual.length === 0) return;
    const before = await likes.toldBefore(tx, mutual);
    const fresh = mutual.filter(({ personId, otherId }) => !before.has(`${personId} ${otherId}`));
    const ids = fresh.flatMap(({ personId, otherId }) => [personId, otherId]);
    const known = await people.findMany(tx, [...new Set(ids)]);
    const active = new Map(known.filter(({ disabledAt }) => disabledAt === null).map((one) => [one.id, one]));
    for (const reader of active.values()) {
      const partners = fresh.flatMap(({ personId, otherId }) => {
        const partner = personId === reader.id ? otherId : otherId === reader.id ? personId : 0;
        return active.get(partner) ?? [];
      });
      if (partners.length > 0) await tell(ctx, tx, reader, partners);
    }
    for (const pair of mutual) await likes.markTold(tx, pair, ctx.now());
  });
}

async function tell(
  ctx: Context,
  tx: Tx,
  reader: people.Person,
  partners: readonly people.Person[],
): Promise<void> {
  const programme = orNotFound(await programmes.current(tx), 'page');
  const organiser = orNotFound(await people.firstOrganiser(tx, 0), 'person');
  const facts: PairMutualLetter = {
    kind: 'pair-mutual',
    ...seasonFacts(programme, organiser, reader.name),
    partners: partners.map(({ name, email }) => ({ name, email })),
  };
  const ids = partners.map(({ id }) => id).toSorted((a, b) => a - b);
  const key = `pair-mutual:${reader.id}:${ids.join('-')}`;
  await sendLetter(ctx, tx, { key, kind: 'pair-mutual', to: reader, facts: { ...facts } });
}

/** Erases wishes of a season that nobody returned, of events after which names are fixed. Nothing says that there were any. */
export async function eraseOneSided(ctx: Context, tx: Tx, programmeId: number): Promise<void> {
  const now = ctx.now();
  const fixed = (await likes.untold(tx)).filter(
    (event) => event.programmeId === programmeId && Temporal.Instant.compare(now, fixedAt(event)) >= 0,
  );
  await likes.eraseOneSided(
    tx,
    fixed.map(({ id }) => id),
  );
}
