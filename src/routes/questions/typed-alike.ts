import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { wall } from '../../store/questions/wall.ts';
import { kept } from '../../web/kept.ts';
import { guestOf } from '../events/visitor.ts';

/** The most of an event's questions a browser compares while somebody types. */
const most = 1000;

/** Registers the list of readable questions for a browser that looks for one like the question being typed. */
export function questionListRoutes(app: FastifyInstance, ctx: Context): void {
  for (const [base, access] of [
    ['/i/:token', 'link'],
    ['/e/:slug', 'signed-in'],
  ] as const)
    app.get(`${base}/questions/list`, { config: { access } }, (request, reply) => list(ctx, request, reply));
}

async function list(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { page } = await guestOf(ctx, request);
  const all = await wall(ctx.db, page);
  const body = kept(all, 'list', () => {
    const listed = all.filter(({ state }) => ['wall', 'table', 'answered', 'parked'].includes(state));
    return JSON.stringify({ questions: listed.slice(0, most).map(({ id, text }) => ({ id, text })) });
  });
  return reply.type('application/json; charset=utf-8').send(body);
}
