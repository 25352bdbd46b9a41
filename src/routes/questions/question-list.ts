import { type WallQuestion, wall } from '../../store/questions/wall.ts';
import { cached } from '../../web/fragments.ts';
import type { Pages } from '../../web/visit.ts';
import { atBothDoors, type GuestVisit } from '../events/visitor.ts';

/** The most of an event's questions a browser compares while somebody types. */
const most = 1000;

/** Registers the list of readable questions for a browser that looks for one like the question being typed. */
export function questionListRoutes(at: Pages): void {
  atBothDoors(at).get('/questions/list', list);
}

const listOf = cached((all: readonly WallQuestion[]) => {
  const listed = all.filter(({ state }) => ['wall', 'table', 'answered', 'parked'].includes(state));
  return JSON.stringify({ questions: listed.slice(0, most).map(({ id, text }) => ({ id, text })) });
});

async function list({ ctx, reply, guest }: GuestVisit) {
  const body = listOf(await wall(ctx.db, guest.page));
  return reply.type('application/json; charset=utf-8').send(body);
}
