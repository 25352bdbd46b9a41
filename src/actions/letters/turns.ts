// At most one e-mail a day and three a week ask a person something, over all of Flipside.
import type { Context } from '../../context.ts';
import type { Db, Tx } from '../../database/open.ts';
import { instantOf } from '../../domain/events/wall-time.ts';
import { countedSince, nextTurn, takesTurn } from '../../domain/letters/asking.ts';
import type { StoredPart } from '../../domain/letters/several-facts.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as asked from '../../store/letters/asked.ts';
import type { Letter } from '../../store/letters/letters.ts';
import { addressesOf } from './addresses.ts';
import { isAskedNoMore } from './outdated.ts';
import { daysOffFrom } from './planned.ts';
import { sendLetter } from './send.ts';

/**
 * Says whether a letter may leave now. One that asks its reader for something takes turns with all others that do: it is put
 * off to the next morning that is free, or leaves in one e-mail with what else waits; what need not be asked any more is
 * dropped. A letter that asks nothing may always leave.
 */
export async function takeTurn(ctx: Context, letterId: number): Promise<boolean> {
  const personId = await asked.readerToAsk(ctx.db, letterId);
  if (personId === null) return true;
  return ctx.db.transaction(async (tx) => {
    await asked.lockTurnsOf(tx, personId);
    const due = await withoutOutdated(
      ctx,
      tx,
      await asked.dueToAsk(tx, personId, ctx.now(), addressesOf(ctx)),
    );
    if (due.length === 0) return false;
    const before = await askedBefore(tx, [personId], ctx.now(), due);
    const at = nextTurn(ctx.now(), {
      ...(await calendarOf(tx, personId, ctx.now())),
      asked: before(personId),
    });
    if (Temporal.Instant.compare(at, ctx.now()) <= 0) return leave(ctx, tx, { personId, due, letterId });
    // An invitation that would come after its event began leaves now: its reader would never hear of it.
    const { now = [], later = [] } = Object.groupBy(due, (one) => (invitesBefore(one, at) ? 'now' : 'later'));
    if (later.length > 0) await putOff(ctx, tx, later, at);
    return now.length > 0 && leave(ctx, tx, { personId, due: now, letterId });
  });
}

/** Says whether a letter invites to an event that begins before then. */
function invitesBefore({ kind, facts }: Letter, at: Temporal.Instant): boolean {
  if (kind !== 'invitation' && kind !== 'invitation-host') return false;
  const { start, timeZone } = facts.event as { start: string; timeZone: string };
  return Temporal.Instant.compare(instantOf(start, timeZone), at) <= 0;
}

/** Lets what waits leave: one letter as it is, several in one. */
async function leave(
  ctx: Context,
  tx: Tx,
  { personId, due, letterId }: { personId: number; due: Letter[]; letterId: number },
): Promise<boolean> {
  const { go, wait } = takesTurn(due.map((letter) => ({ ...letter, isOnItsWay: isOnItsWay(letter) })));
  if (wait.length > 0) {
    const calendar = await calendarOf(tx, personId, ctx.now());
    await putOff(ctx, tx, wait, nextTurn(ctx.now(), { ...calendar, asked: [ctx.now()] }));
  }
  const [first, ...more] = go;
  if (!first) return false;
  if (more.length > 0) {
    await joinInOne(ctx, tx, go);
    return false;
  }
  await asked.markAsked(tx, first.id, ctx.now());
  return first.id === letterId;
}

const isOnItsWay = ({ tries, askedAt, kind }: Letter) =>
  tries > 0 || askedAt !== null || kind === 'several-things';

/** Days and public holidays of a person: those of their own zone, or else of the programme's. */
async function calendarIn(db: Db, zone: string, now: Temporal.Instant) {
  const timeZone = zone || ((await programmes.current(db))?.timeZone ?? 'UTC');
  return { timeZone, isOff: await daysOffFrom(now, timeZone) };
}

async function calendarOf(db: Db, personId: number, now: Temporal.Instant) {
  const zones = await asked.zonesOf(db, [personId]);
  return calendarIn(db, zones.get(personId) ?? '', now);
}

/** Finds when people were asked before, but for what waits now. */
async function askedBefore(db: Db, ids: readonly number[], now: Temporal.Instant, but: readonly Letter[]) {
  const known = await asked.askedAtOf(db, ids, countedSince(now));
  const waiting = new Set(but.map(({ id }) => id));
  return (personId: number) =>
    (known.get(personId) ?? []).filter(({ id }) => !waiting.has(id)).map(({ at }) => at);
}

/** Drops what waited and need not be asked any more. */
async function withoutOutdated(ctx: Context, tx: Tx, due: Letter[]): Promise<Letter[]> {
  const needed: Letter[] = [];
  const dropped: number[] = [];
  for (const letter of due) {
    const waited = letter.turnAt !== null && !isOnItsWay(letter);
    if (waited && (await isAskedNoMore(ctx, tx, letter))) dropped.push(letter.id);
    else needed.push(letter);
  }
  await asked.drop(tx, dropped);
  return needed;
}

async function putOff(ctx: Context, tx: Tx, due: readonly Letter[], at: Temporal.Instant): Promise<void> {
  const ids = due.map(({ id }) => id);
  await asked.putOff(tx, ids, at);
  for (const { id, tries } of due) await ctx.queue(tx, 'deliver-letter', { letterId: id }, { at, tries });
}

/** Puts letters into one, with a link for each; it brings the calendar entry of the event that begins first. */
async function joinInOne(ctx: Context, tx: Tx, letters: readonly Letter[]): Promise<void> {
  const withEntry = letters.filter(({ calendarSequence }) => calendarSequence !== null);
  const [entry, ...others] = withEntry.toSorted((a, b) => (startOf(a) < startOf(b) ? -1 : 1));
  const withoutEntry = others.map(({ id }) => id);
  const parts = letters.map((letter): StoredPart => {
    const { calendar: _, ...plain } = letter.facts;
    const facts = letter === entry ? letter.facts : plain;
    return { eventId: letter.eventId, createdAt: letter.createdAt.toString(), facts };
  });
  const { personId, recipientName: name, recipientEmail: email, facts } = letters.at(-1)!;
  const ids = letters.map(({ id }) => id);
  const { recipient, organisation, organiser, organiserEmail } = facts;
  const id = await sendLetter(ctx, tx, {
    key: `several-things:${ids.join('-')}`,
    kind: 'several-things',
    to: { id: personId, name, email },
    facts: { kind: 'several-things', recipient, organisation, organiser, organiserEmail, parts },
    askedAt: ctx.now(),
  });
  if (id !== null) await asked.join(tx, id, { ids, withoutEntry });
}

const startOf = ({ facts }: Letter) => (facts.calendar as { start?: string } | undefined)?.start ?? '';

/** People who would hear later if they were asked now, as they were asked today or often enough this week, and from when. */
export interface LaterTurns {
  /** How many of them. */
  n: number;
  /** The first morning on which one of them hears; null where all hear at once. */
  from: Temporal.Instant | null;
}

/** Says how many of these people hear later when they are asked now; nobody does where nothing leaves by e-mail. */
export async function laterTurns(ctx: Context, personIds: readonly number[]): Promise<LaterTurns> {
  if (!ctx.mail.configured || personIds.length === 0) return { n: 0, from: null };
  const now = ctx.now();
  const before = await askedBefore(ctx.db, personIds, now, []);
  const zones = await asked.zonesOf(ctx.db, personIds);
  const calendars = new Map<string, Awaited<ReturnType<typeof calendarIn>>>();
  for (const zone of new Set(zones.values())) calendars.set(zone, await calendarIn(ctx.db, zone, now));
  const turns = [...zones]
    .map(([id, zone]) => nextTurn(now, { ...calendars.get(zone)!, asked: before(id) }))
    .filter((at) => Temporal.Instant.compare(at, now) > 0)
    .toSorted(Temporal.Instant.compare);
  return { n: turns.length, from: turns[0] ?? null };
}
