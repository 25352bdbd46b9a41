import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { mayStandAlone } from '../../domain/questions/promise.ts';
import { page } from '../../web/pages.ts';
import { english } from '../../words.ts';
import { guestData } from '../events/page.ts';
import { guestOf } from '../events/visitor.ts';

const { t } = english;

/** Registers the pages of one's own questions without a name: one for an event, and one for a code. */
export function myQuestionRoutes(app: FastifyInstance, ctx: Context): void {
  for (const [base, access] of [
    ['/i/:token', 'link'],
    ['/e/:slug', 'signed-in'],
  ] as const)
    app.get(`${base}/my-questions`, { config: { access } }, (request, reply) => mine(ctx, request, reply));
  app.get('/my-question', { config: { access: 'anyone' } }, (_request, reply) => byCode(reply));
}

function byCode(reply: FastifyReply): Promise<FastifyReply> {
  const title = t('Your question without a name');
  return page(reply, 'questions/by-code', { title, mayStandAlone: t(mayStandAlone) }, { layout: 'bare' });
}

async function mine(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const data = guestData(ctx, await guestOf(ctx, request));
  return page(
    reply,
    'questions/mine',
    { ...data, title: t('Your questions without a name') },
    { layout: 'guest' },
  );
}
