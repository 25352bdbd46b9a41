// An event whose tables are changed on the day: somebody is missing, a table is dropped, and one change was accepted.
import { pressAtDoor } from '../../../src/actions/guests/door.ts';
import { acceptSeats, proposeSeats } from '../../../src/actions/tables/day.ts';
import { plansOf, tablesOf } from '../../../src/actions/tables/evening.ts';
import { publishPlan } from '../../../src/actions/tables/publish.ts';
import { readPlan } from '../../../src/actions/tables/seating.ts';
import * as events from '../../../src/store/events/events.ts';
import { setSettings } from '../../../src/store/tables/wishes.ts';
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
  const base = `/events/${id}/tables/day`;
  return [base, `${base}?q=a`, ...[came, ...open].map((proposal) => `${base}/proposals/${proposal}`)];
}
