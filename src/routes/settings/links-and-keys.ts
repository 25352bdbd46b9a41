import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { secretFingerprint } from '../../actions/sign-in/deployment-secret.ts';
import { makeNewSecret } from '../../actions/sign-in/new-secret.ts';
import type { Context } from '../../context.ts';
import { readForm, readQuery } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { english } from '../../words.ts';
import { settingsHead } from '../audit/settings-head.ts';

const organiser = { config: { access: 'organiser' } } as const;
const { t, tn } = english;

/** The secret behind personal links: where it is, and a new one with one press. */
export function linksAndKeysRoutes(app: FastifyInstance, ctx: Context): void {
  app.get('/settings/links-and-keys', organiser, (request, reply) => show(ctx, request, reply));
  app.post('/settings/new-secret', organiser, (request, reply) => renew(ctx, request, reply));
}

const sentNumber = z.object({
  sent: z.coerce.number().int().min(0).max(1_000_000).optional().catch(undefined),
});

async function show(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { sent } = readQuery(request, sentNumber);
  return page(reply, 'settings/links-and-keys', {
    title: t('Links and keys'),
    tab: 'settings',
    said: sent === undefined ? undefined : saidOf(sent),
    ...(await settingsHead(ctx, 'links-and-keys')),
    file: ctx.secretFile?.path ?? '',
    fingerprint: secretFingerprint(ctx.secret).slice(0, 8),
  });
}

function saidOf(sent: number): string {
  if (sent === 0) return t('There is a new secret. Nobody needed an e-mail.');
  return tn(
    sent,
    'There is a new secret. {n} e-mail with a new link goes out in ten seconds.',
    'There is a new secret. {n} e-mails with new links go out in ten seconds.',
  );
}

async function renew(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  readForm(request, z.object({}));
  const sent = await makeNewSecret(ctx, request.person!.id);
  return reply.redirect(`/settings/links-and-keys?sent=${sent}`, 303);
}
