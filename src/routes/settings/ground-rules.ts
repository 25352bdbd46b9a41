import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { takeBackPress } from '../../actions/letters/reminder-presses.ts';
import {
  acceptRules,
  holderOfRulesLink,
  remindOfRules,
  toRemind,
} from '../../actions/settings/ground-rules.ts';
import { greetingOf } from '../../domain/people/names.ts';
import { orNotFound } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as acceptances from '../../store/settings/acceptances.ts';
import { readQuery } from '../../web/forms.ts';
import { localPath } from '../../web/guards.ts';
import { page } from '../../web/pages.ts';
import { addressWith, pageField, pageOf, pagerFor } from '../../web/paging.ts';
import { noFields, press } from '../../web/submit.ts';
import type { Pages, SignedInVisit, Visit } from '../../web/visit.ts';
import type { Words } from '../../words.ts';
import { settingsHead } from '../audit/settings-head.ts';
import type { Guest, GuestVisit } from '../events/visitor.ts';
import { laterSentenceFor } from '../letters/later-turns.ts';
import { pressUndo } from '../letters/press-undo.ts';
import { rulesInWords } from './programme-view.ts';

/** Registers accepting the ground rules, by everyone signed in or by the link of an e-mail, and who has not. */
export function groundRulesRoutes(at: Pages): void {
  at.post('/rules/acceptance', 'signed-in', press(backForm, accept));
  at.get('/rules/:token', 'link', showAtLink);
  at.post('/rules/:token', 'link', press(noFields, acceptAtLink));
  at.get('/settings/programme/rules', 'organiser', showMissing);
  at.post('/settings/programme/reminder', 'organiser', press(noFields, remind));
  at.post('/settings/programme/reminder/withdrawal', 'organiser', press(reminderForm, takeBack));
}

/** The page on which the rules were accepted, to go back to. */
const backForm = z.object({ back: z.string().max(2000).catch('/') });

async function accept({ ctx, viewer }: SignedInVisit, { back }: z.output<typeof backForm>) {
  await acceptRules(ctx, viewer.id);
  return localPath(back);
}

/** The ground rules above the page, with the one press that accepts them. */
export function acceptOf(words: Words, { page, base }: Guest) {
  const rules = page.openRules ? rulesInWords(words, page.openRules.own) : null;
  return rules && { rules, action: `${base}/rules`, back: base };
}

/** Accepts the rules on the page of an event, by its link or signed in. */
export const acceptAtEvent = press(backForm, async ({ ctx, guest }: GuestVisit) => {
  await acceptRules(ctx, guest.me.id);
  return `${guest.base}?said=rules`;
});

const tokenIn = (request: FastifyRequest) => (request.params as { token: string }).token;

const doneQuery = z.object({ done: z.literal('1').optional().catch(undefined) });

/** Opening it changes nothing: mail scanners follow links. */
async function showAtLink(visit: Visit) {
  const { ctx, request, words } = visit;
  const { programme, holder } = await holderOfRulesLink(ctx, tokenIn(request));
  return page(visit, 'settings/accept', {
    title: words.t('Ground rules'),
    layout: 'bare',
    organisation: programme.organisation,
    name: greetingOf(holder),
    rules: rulesInWords(words, programme.groundRules),
    action: `/rules/${tokenIn(request)}`,
    isDone: readQuery(request, doneQuery).done === '1',
  });
}

async function acceptAtLink({ ctx, request }: Visit) {
  const { holder } = await holderOfRulesLink(ctx, tokenIn(request));
  await acceptRules(ctx, holder.id);
  return `/rules/${tokenIn(request)}?done=1`;
}

const perPage = 60;
const pressField = z.string().regex(/^ground-rules:\d{1,9}:\d{1,15}$/);
const reminderForm = z.object({ press: pressField });
const missingQuery = z.object({
  page: pageField,
  press: pressField.optional().catch(undefined),
  sent: z.coerce.number().int().min(1).max(1_000_000).optional().catch(undefined),
});

async function showMissing(visit: SignedInVisit) {
  const { ctx, request, words } = visit;
  const { page: number, press, sent } = readQuery(request, missingQuery);
  const programme = orNotFound(await programmes.current(ctx.db), 'page');
  const { missing } = await acceptances.countAcceptances(ctx.db, programme.id);
  const at = pageOf(number, missing, perPage);
  const address = '/settings/programme/rules';
  return page(visit, 'settings/rules', {
    title: words.t('Ground rules'),
    tab: 'settings',
    ...(await settingsHead(visit, 'programme')),
    missing,
    later: await laterSentenceFor(visit, () => toRemind(ctx.db, programme, ctx.now()), programme.timeZone),
    rows: await acceptances.withoutAcceptance(ctx.db, programme.id, at),
    pager: pagerFor(at, (to) => addressWith(address, { page: to })),
    undo: pressUndo(visit, { press, sent }),
  });
}

async function remind({ ctx, viewer }: SignedInVisit) {
  const { press, count } = await remindOfRules(ctx, viewer.id);
  return `/settings/programme/rules?press=${press}&sent=${count}`;
}

async function takeBack({ ctx }: SignedInVisit, { press }: z.output<typeof reminderForm>) {
  await takeBackPress(ctx, 'ground-rules', press);
  return '/settings/programme/rules';
}
