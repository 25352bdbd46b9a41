import type { Context } from '../../context.ts';
import type { Tx } from '../../database/open.ts';
import { possibleEvening } from '../../domain/tables/impossible.ts';
import { rowsBefore } from '../../domain/tables/plan.ts';
import { isAtWork, type PlanWork, secondsToPlan } from '../../domain/tables/seating.ts';
import { questionOf, seatsIn } from '../../domain/tables/wishes.ts';
import { isRefusal } from '../../planning/cannot.ts';
import { planInWorker } from '../../planning/worker.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as plans from '../../store/tables/plans.ts';
import * as seatings from '../../store/tables/seatings.ts';
import * as wishes from '../../store/tables/wishes.ts';
import { plansOf, tablesOf, withMet } from './evening.ts';
import { type OpenDraft, openDraft } from './seats.ts';

/** Queues the planner for an event, once however often it is pressed; `isAfresh` false keeps seats where it can. */
export async function beginSeating(ctx: Context, eventId: number, isAfresh: boolean): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const { draft, tables } = await openDraft(ctx, tx, eventId);
    const before = await seatings.findSeating(tx, eventId);
    if (before && isAtWork(before, ctx.now())) return;
    if (tables.people.length < 2)
      throw new Refusal('conflict', 'Fewer than two people have said yes. There is nobody to seat yet.');
    await begin(ctx, tx, draft, isAfresh);
  });
}

async function begin(ctx: Context, tx: Tx, { eventId, revision }: plans.Plan, isAfresh: boolean) {
  const now = ctx.now();
  const run = ctx.random(12).toString('base64url');
  await seatings.beginSeating(tx, {
    eventId,
    run,
    state: 'working',
    isAfresh,
    draftRevision: revision,
    work: { sentences: [] },
    startedAt: now,
    beatAt: now,
  });
  await ctx.queue(tx, 'seat-everyone', { eventId, run });
}

/** Removes these wishes, which no plan kept, and seats everyone again. Refused ('invalid') where none is named. */
export async function seatWithout(ctx: Context, eventId: number, wishIds: readonly number[]): Promise<void> {
  if (wishIds.length === 0)
    throw new Refusal('invalid', 'Choose at least one wish to leave out.', {}, 'without');
  await ctx.db.transaction(async (tx) => {
    const { draft } = await openDraft(ctx, tx, eventId);
    const before = await seatings.findSeating(tx, eventId);
    if (before && isAtWork(before, ctx.now())) return;
    for (const id of wishIds) await wishes.removeWish(tx, eventId, id);
    await begin(ctx, tx, draft, before?.isAfresh ?? true);
  });
}

/** Milliseconds between two looks at whether somebody pressed "Keep this one" or "Stop". */
const betweenLooks = 500;

/**
 * Lets the planner work in a thread of its own, tells how far it is, and writes its plan into the draft. It asks first where
 * a wish is broken, or where somebody changed the draft meanwhile. `seconds`: how long it may look.
 */
export async function runSeating(
  ctx: Context,
  { eventId, run }: { eventId: number; run: string },
  { seconds = secondsToPlan }: { seconds?: number } = {},
): Promise<void> {
  const found = await seatings.findSeating(ctx.db, eventId);
  const event = await events.find(ctx.db, eventId);
  if (found?.run === run && found.state === 'stopping') return seatings.removeSeating(ctx.db, eventId);
  if (!event || found?.run !== run || (found.state !== 'working' && found.state !== 'keeping')) return;
  const mine = { eventId, run };
  const watch = watching(ctx, mine);
  try {
    const { answer, seats, said, people } = await answerFor(ctx, event, found.isAfresh, seconds, watch);
    watch.end();
    await settle(ctx, mine, {
      seats,
      broken: {
        said,
        sentences: [...new Set(answer.broken.map(({ sentence }) => sentence))],
        people: [...new Set([...people, ...answer.broken.flatMap((one) => one.people.map(Number))])],
      },
      figures: {
        // Leaving out other wishes might have done as well, so nothing is proven.
        isProven:
          answer.provenOptimal && said.length === 0 && answer.broken.every(({ wish }) => !isPlace(wish)),
        seconds: Math.round((ctx.now().epochMilliseconds - found.startedAt.epochMilliseconds) / 1000),
        ...(answer.expected && {
          thin: { expected: answer.expected.thinTables, least: answer.expected.bound },
        }),
      },
    });
  } catch (error) {
    watch.end();
    const state = isRefusal(error) ? 'refused' : 'failed';
    const sentences = isRefusal(error) ? (error as Error).message.split('\n') : [];
    await seatings.changeSeating(ctx.db, mine, { state, work: { sentences }, beatAt: ctx.now() });
    if (!isRefusal(error)) throw error;
  }
}

/** Wishes about a place, which the planner leaves out where they contradict each other. */
const isPlace = (wish: 'apart' | 'together' | 'lock' | 'host') => wish === 'lock' || wish === 'host';

/** Tells the page how far a run is, and hears when somebody ends it. */
function watching(ctx: Context, mine: { eventId: number; run: string }) {
  const work: PlanWork = { sentences: [] };
  const stop = new AbortController();
  const look = async () => {
    const now = await seatings.changeSeating(ctx.db, mine, { work, beatAt: ctx.now() });
    if (now?.state !== 'working') stop.abort();
  };
  const looks = setInterval(() => void look().catch(() => {}), betweenLooks);
  return { work, signal: stop.signal, end: () => clearInterval(looks) };
}

async function answerFor(
  ctx: Context,
  event: events.Event,
  isAfresh: boolean,
  seconds: number,
  { work, signal }: ReturnType<typeof watching>,
) {
  const tables = await tablesOf(ctx.db, event, ctx.now());
  const plan = await plansOf(ctx.db, event.id, tables);
  const known = isAfresh ? undefined : plan.seats;
  // Rounds that have begun stay as everyone knows them.
  const past = plan.published ? plan.publishedSeats : undefined;
  const { evening, said, people } = possibleEvening(await withMet(ctx.db, event, tables));
  // The best plan comes without what contradicts itself, and the page asks before it is taken.
  const question = { ...questionOf(evening, known, past), anyway: true, withoutRepairs: true };
  const answer = await planInWorker('tables', question, {
    seed: event.id,
    seconds,
    signal,
    onProgress(best, least) {
      work.best = best;
      work.least = least;
    },
  });
  return { answer, seats: seatsIn(answer.rounds), said, people };
}

interface Settled {
  seats: Map<number, number[]>;
  /** Wishes it does not keep. */
  broken: Required<Pick<PlanWork, 'said' | 'sentences' | 'people'>>;
  figures: NonNullable<PlanWork['plan']>['figures'];
}

/** Writes a plan into the draft, or keeps it and asks. */
async function settle(
  ctx: Context,
  mine: { eventId: number; run: string },
  { seats, broken, figures }: Settled,
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const open = await openDraft(ctx, tx, mine.eventId);
    const { draft } = open;
    const now = await seatings.findSeating(tx, mine.eventId);
    if (now?.run !== mine.run) return;
    if (now.state === 'stopping') return seatings.removeSeating(tx, mine.eventId);
    const isChanged = draft.revision !== now.draftRevision;
    // A press on "Keep this one" has answered the question about wishes already.
    const keepsAll = broken.said.length + broken.sentences.length === 0;
    if ((keepsAll || now.state === 'keeping') && !isChanged) {
      await writePlan(ctx, tx, open, { seats, figures, kind: kindOf(now) });
      return seatings.removeSeating(tx, mine.eventId);
    }
    const plan = { seats: [...seats], tables: draft.tables, figures };
    const because = isChanged ? 'meanwhile' : 'wishes';
    await seatings.changeSeating(tx, mine, { state: 'asks', work: { ...broken, plan, because } });
  });
}

interface WholePlan {
  seats: ReadonlyMap<number, number[]>;
  figures: plans.Plan['figures'];
  kind: 'seated' | 'mended' | 'read';
}

const kindOf = ({ isAfresh }: { isAfresh: boolean }) => (isAfresh ? 'seated' : 'mended');

/** Puts a whole plan in the draft's place; it can be taken back. */
async function writePlan(
  ctx: Context,
  tx: Tx,
  { draft, seats, tables }: OpenDraft,
  { seats: planned, figures, kind }: WholePlan,
): Promise<void> {
  const expected = new Set(tables.people.map(({ id }) => id));
  const after = new Map([...planned].filter(([id]) => expected.has(id)));
  await plans.setRows(tx, draft.id, rowsBefore(after, seats));
  await plans.change(tx, draft.id, {
    figures,
    undo: { kind, name: '', seats: rowsBefore(seats, after) },
    changedAt: ctx.now(),
  });
}

/** Puts a plan from a list in the draft's place; it can be taken back. */
export async function readPlan(
  ctx: Context,
  eventId: number,
  seats: ReadonlyMap<number, number[]>,
): Promise<void> {
  await ctx.db.transaction(async (tx) =>
    writePlan(ctx, tx, await openDraft(ctx, tx, eventId), { seats, figures: null, kind: 'read' }),
  );
}

/** Ends the planner: the best plan so far is taken, or nothing is changed. */
export async function endSeating(ctx: Context, eventId: number, keep: boolean): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    orNotFound(await events.lock(tx, eventId), 'event');
    const found = await seatings.findSeating(tx, eventId);
    if (!found) return;
    // Nobody works at it any more who could take it away.
    if (!isAtWork(found, ctx.now())) return seatings.removeSeating(tx, eventId);
    await seatings.endSeating(tx, eventId, keep ? 'keeping' : 'stopping');
  });
}

/** Takes the plan that was asked about, or leaves the draft as it is. */
export async function takePlan(ctx: Context, eventId: number, take: boolean): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    orNotFound(await events.lock(tx, eventId), 'event');
    const found = await seatings.findSeating(tx, eventId);
    if (!found || isAtWork(found, ctx.now())) return;
    const { plan } = found.work;
    if (take && plan) {
      const whole = { seats: new Map(plan.seats), figures: plan.figures, kind: kindOf(found) } as const;
      await writePlan(ctx, tx, await openDraft(ctx, tx, eventId), whole);
    }
    await seatings.removeSeating(tx, eventId);
  });
}
