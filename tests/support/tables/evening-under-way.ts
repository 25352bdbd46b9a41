// An event whose tables are changed on the day: somebody is missing, a table is dropped, and one change was accepted.
import { pressAtDoor } from '../../../src/actions/guests/door.ts';
import { acceptSeats, proposeSeats } from '../../../src/actions/tables/day.ts';
import { plansOf, tablesOf } from '../../../src/actions/tables/evening.ts';
import { publishPlan } from '../../../src/actions/tables/publish.ts';
import { beginSeating, readPlan, runSeating } from '../../../src/actions/tables/seating.ts';
import * as events from '../../../src/store/events/events.ts';
import { findSeating } from '../../../src/store/tables/seatings.ts';
import { addWish, setSettings } from '../../../src/store/tables/wishes.ts';
import type { House } from '../demo-house.ts';

/** Seats these people at two tables and changes them; returns the addresses of what organisers then see. */
export async function changeTheEvening(
  { ctx }: House,
  { id, organiserId }: { id: number; organiserId: number },
  people: readonly { id: number }[],
): Promise<string[]> {
  await setSettings(ctx.db, id, { tables: 2, mostSeats: null });
  const rows = people.map((one, n): [number, number[]] => [
    one.id,
    [0, 1, 2].map((round) => ((n + round) % 2) + 1),
  ]);
  await readPlan(ctx, id, new Map(rows));
  const { draft } = await plansOf(ctx.db, id, await tablesOf(ctx.db, (await events.find(ctx.db, id))!));
  await publishPlan(ctx, id, draft!.revision);
  await pressAtDoor(ctx, id, people[0]!.id, { here: true });
  const came = await proposeSeats(ctx, id, {
    kind: 'named',
    name: 'Nils Aaberg',
    side: 'talent',
    until: null,
  });
  await acceptSeats(ctx, id, came, { name: 'still', byId: organiserId });
  const open = [
    await proposeSeats(ctx, id, { kind: 'missing', person: people[1]!.id, back: null }),
    await proposeSeats(ctx, id, { kind: 'dropped', table: 2, from: 1 }),
  ];
  await askForTheImpossible({ ctx }, id, people);
  const base = `/events/${id}/tables/day`;
  return [
    `/events/${id}/tables`,
    base,
    `${base}?q=a`,
    ...[came, ...open].map((proposal) => `${base}/proposals/${proposal}`),
  ];
}

/** Wishes somebody at two tables at once and two people both apart and at one table; the planner asks what to leave out. */
async function askForTheImpossible(
  { ctx }: Pick<House, 'ctx'>,
  eventId: number,
  [one, other, third]: readonly { id: number }[],
): Promise<void> {
  const wish = { eventId, round: 2, createdAt: ctx.now() };
  await addWish(ctx.db, { ...wish, kind: 'lock', personId: one!.id, tableNumber: 1 });
  await addWish(ctx.db, { ...wish, kind: 'lock', personId: one!.id, tableNumber: 2 });
  await addWish(ctx.db, { ...wish, kind: 'lock', personId: third!.id, tableNumber: 9 });
  await addWish(ctx.db, { ...wish, kind: 'apart', personId: one!.id, otherId: other!.id, round: null });
  await beginSeating(ctx, eventId, true);
  const { run } = (await findSeating(ctx.db, eventId))!;
  await runSeating(ctx, { eventId, run }, { seconds: 2 });
}
