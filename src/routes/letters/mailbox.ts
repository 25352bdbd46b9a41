import { z } from 'zod';
import type { Context } from '../../context.ts';
import { formatShortDay, wallTimeOf } from '../../domain/events/wall-time.ts';
import { withoutTimes } from '../../domain/guests/moments.ts';
import type { LetterKind } from '../../domain/letters/facts.ts';
import { isGivenUpForAddress } from '../../domain/letters/given-up.ts';
import { letterNames } from '../../domain/letters/names.ts';
import { orNotFound } from '../../refusal.ts';
import { countPutAside } from '../../store/calendar/replies.ts';
import * as programmes from '../../store/events/programmes.ts';
import type * as letters from '../../store/letters/letters.ts';
import * as mailbox from '../../store/letters/mailbox.ts';
import { messageFor, readQuery } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { addressWith, pageField, pageOf, pagerFor } from '../../web/paging.ts';
import type { Pages, SignedInVisit } from '../../web/visit.ts';
import { localeOf, type Words } from '../../words.ts';
import { asksRoutes } from './asks.ts';
import { paragraphs, readLetter } from './mailbox-letter.ts';
import { formerAddresses, messagesOfWaiting, sinceChangeNotice } from './waiting-since-change.ts';

const perPage = 20;

/** The letters that were written, for organisers; where no mail server is set up, this is where they are read. */
export function mailboxRoutes(at: Pages): void {
  at.get('/mailbox', 'organiser', showAll);
  asksRoutes(at);
  at.get('/mailbox/:ref', 'organiser', showOne);
  at.get('/mailbox/:ref/html', 'organiser', showHtml);
  at.get('/mailbox/:ref/calendar.ics', 'organiser', download);
}

type State = letters.Letter['state'];

const statesIn = ({ t }: Words): Record<State, { text: string; tone?: string }> => ({
  waiting: { text: t('Waiting'), tone: 'wait' },
  joined: { text: t('Leaves with others in one e-mail'), tone: 'wait' },
  sent: { text: t('Sent'), tone: 'go' },
  kept: { text: t('Kept here') },
  dead: { text: t('Not delivered'), tone: 'stop' },
  cancelled: { text: t('Not sent, no longer true') },
});

const notShown = ({ t }: Words) => ({
  secret: t('A sign-in e-mail is only for the person it is addressed to, so it is not shown here.'),
  waiting: t('This e-mail is still being written. Reload the page in a moment.'),
  joined: t('It leaves, or left, together with other things in one e-mail to this person.'),
  dropped: t('It was dropped before it was written: it was no longer true.'),
  deleted: t('What it said has been deleted, or was never written. Who it was for, and when, is still here.'),
  lost: t(
    'What it says was stored encrypted, and the secret it was encrypted with is gone. Who got it, and when, is still here.',
  ),
});

const listQuery = z.object({
  page: pageField,
  show: z.enum(['sent', 'waiting', 'dead', '']).catch(''),
});

async function showAll(visit: SignedInVisit) {
  const { ctx, request, words } = visit;
  const { page: number, show } = readQuery(request, listQuery);
  const counts = await mailbox.countShown(ctx.db);
  const at = pageOf(number, show === '' ? counts.all : counts[show], perPage);
  const zone = await timeZone(ctx);
  const rows = await mailbox.mailboxPage(ctx.db, zone, at, show);
  return page(visit, 'letters/mailbox', {
    title: words.t('E-mails'),
    tab: 'mailbox',
    mail: ctx.mail,
    chips: chipsFor(words, counts, show, ctx.mail.configured),
    isEmpty: counts.all === 0,
    letters: rows.map((row) => heading(words, row, zone)),
    message: messageFor(visit, messagesOfWaiting),
    waitingSince: await sinceChangeNotice(visit),
    formerAddresses: ctx.mail.configured ? await formerAddresses(visit) : [],
    putAside: await countPutAside(ctx.db),
    daysOnly: rows.some(({ byDay }) => byDay),
    pager: pagerFor(at, (page) => addressWith('/mailbox', { show, page })),
  });
}

function chipsFor(
  { t }: Words,
  counts: Awaited<ReturnType<typeof mailbox.countShown>>,
  show: mailbox.MailboxFilter,
  sends: boolean,
) {
  const chip = (text: string, value: mailbox.MailboxFilter, count: number) => ({
    text,
    href: addressWith('/mailbox', { show: value }),
    current: show === value,
    count,
  });
  return [
    chip(t('All'), '', counts.all),
    chip(sends ? t('Sent') : t('Kept here'), 'sent', counts.sent),
    chip(t('Waiting'), 'waiting', counts.waiting),
    chip(t('Not delivered'), 'dead', counts.dead),
  ];
}

async function showOne(visit: SignedInVisit) {
  const { ctx, words } = visit;
  const shown = await shownIn(visit);
  const { letter, byDay } = shown;
  const content = await readLetter(letter, ctx);
  return page(visit, 'letters/mailbox-letter', {
    title: letter.subject || unwritten(words, letter),
    tab: 'mailbox',
    mail: ctx.mail,
    letter: heading(words, shown, await timeZone(ctx)),
    reply: isGivenUpForAddress(letter) ? '' : byDay ? withoutTimes(letter.reply) : letter.reply,
    missing: typeof content === 'string' ? notShown(words)[content] : '',
    paragraphs: typeof content === 'object' ? paragraphs(content.text, ctx.baseUrl) : [],
    hasHtml: typeof content === 'object' && content.html !== '',
    hasCalendar: typeof content === 'object' && content.calendar !== null,
  });
}

/** A document of its own with a policy of its own: styles in the letter are allowed, everything else is not. */
const letterPolicy = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  'sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation',
].join('; ');

async function showHtml(visit: SignedInVisit) {
  const { reply } = visit;
  const content = await contentOf(visit);
  return (
    reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', letterPolicy)
      // A sandboxed document with an opener policy of its own is a network error (HTML, "obtain an opener policy").
      .header('cross-origin-opener-policy', 'unsafe-none')
      .header('referrer-policy', 'no-referrer')
      .send(content.html)
  );
}

async function download(visit: SignedInVisit) {
  const { reply } = visit;
  const { byDay } = await shownIn(visit);
  const calendar = orNotFound((await contentOf(visit)).calendar, 'letter');
  return reply
    .type('text/calendar; charset=utf-8')
    .header('content-disposition', 'attachment; filename="invite.ics"')
    .send(byDay ? withoutMinute(calendar) : calendar);
}

/** Leaves of DTSTAMP and LAST-MODIFIED the day alone: they say when a guest answered. */
function withoutMinute(calendar: string): string {
  return calendar.replace(/^((?:DTSTAMP|LAST-MODIFIED):\d{8}T)\d{6}Z/gm, (_, day) => `${day}000000Z`);
}

async function contentOf(visit: SignedInVisit) {
  const { ctx } = visit;
  const { letter } = await shownIn(visit);
  const content = await readLetter(letter, ctx);
  return orNotFound(typeof content === 'object' ? content : null, 'letter');
}

async function shownIn({ ctx, request }: SignedInVisit): Promise<Shown> {
  const { ref } = request.params as { ref: string };
  return orNotFound(await mailbox.findShown(ctx.db, ref), 'letter');
}

async function timeZone(ctx: Context): Promise<string> {
  return (await programmes.current(ctx.db))?.timeZone ?? 'UTC';
}

type Shown = NonNullable<Awaited<ReturnType<typeof mailbox.findShown>>>;

/** The name of a letter without a subject yet: one that was dropped before will never have one. */
function unwritten({ t }: Words, { state, kind }: letters.Letter): string {
  if (state === 'waiting') return t('Being written');
  return t(letterNames[kind as LetterKind] ?? 'An e-mail');
}

function heading(words: Words, { letter, byDay }: Shown, zone: string) {
  const at = letter.sentAt ?? letter.createdAt;
  const gaveUp = letter.settledAt === null && isGivenUpForAddress(letter);
  const wall = wallTimeOf(at, zone);
  const day = formatShortDay(wall, localeOf(words));
  return {
    ref: mailbox.refOf(letter),
    subject: letter.subject || unwritten(words, letter),
    to: { name: letter.recipientName, email: letter.recipientEmail },
    person: letter.personId === null ? '' : `/people/${letter.personId}`,
    datetime: byDay ? wall.slice(0, 10) : at.toString({ smallestUnit: 'second' }),
    when: byDay ? day : `${day}, ${wall.slice(11)}`,
    state: statesIn(words)[gaveUp ? 'waiting' : letter.state],
    tries: letter.tries,
  };
}
