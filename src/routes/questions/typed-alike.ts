import type { FastifyInstance } from 'fastify';
import type { Context } from '../../context.ts';
import { wall } from '../../store/questions/wall.ts';
import { cached } from '../../web/kept.ts';
import { atBothDoors, type GuestVisit } from '../events/visitor.ts';

/** The most of an event's questions a browser compares while somebody types. */
const most = 1000;

/** Registers the list of readable questions for a browser that looks for one like the question being typed. */
export function questionListRoutes(app: FastifyInstance, ctx: Context): void {
  atBothDoors(app, ctx).get('/questions/list', list);
}

async function list({ ctx, reply, guest }: GuestVisit) {
  const { page } = guest;
  const all = await wall(ctx.db, page);
  const body = cached(all, 'list', () => {
    const listed = all.filter(({ state }) => ['wall', 'table', 'answered', 'parked'].includes(state));
    return JSON.stringify({ questions: listed.slice(0, most).map(({ id, text }) => ({ id, text })) });
  });
  return reply.type('application/json; charset=utf-8').send(body);
}
