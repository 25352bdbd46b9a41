import { z } from 'zod';
import { secretFingerprint } from '../../actions/sign-in/deployment-secret.ts';
import { makeNewSecret } from '../../actions/sign-in/new-secret.ts';
import { readQuery } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { noFields, press } from '../../web/submit.ts';
import type { Pages, SignedInVisit } from '../../web/visit.ts';
import type { Words } from '../../words.ts';
import { settingsHead } from '../audit/settings-head.ts';

/** The secret behind personal links: where it is, and a new one with one press. */
export function linksAndKeysRoutes(at: Pages): void {
  at.get('/settings/links-and-keys', 'organiser', show);
  at.post('/settings/new-secret', 'organiser', press(noFields, renew));
}

const sentNumber = z.object({
  sent: z.coerce.number().int().min(0).max(1_000_000).optional().catch(undefined),
});

async function show(visit: SignedInVisit) {
  const { ctx, request, words } = visit;
  const { sent } = readQuery(request, sentNumber);
  return page(visit, 'settings/links-and-keys', {
    title: words.t('Links and keys'),
    tab: 'settings',
    message: sent === undefined ? undefined : messageAfter(words, sent),
    ...(await settingsHead(visit, 'links-and-keys')),
    file: ctx.secretFile?.path ?? '',
    fingerprint: secretFingerprint(ctx.secret).slice(0, 8),
  });
}

function messageAfter({ t, tn }: Words, sent: number): string {
  if (sent === 0) return t('There is a new secret. Nobody needed an e-mail.');
  return tn(
    sent,
    'There is a new secret. {n} e-mail with a new link goes out in ten seconds.',
    'There is a new secret. {n} e-mails with new links go out in ten seconds.',
  );
}

async function renew({ ctx, viewer }: SignedInVisit) {
  const sent = await makeNewSecret(ctx, viewer.id);
  return `/settings/links-and-keys?sent=${sent}`;
}
