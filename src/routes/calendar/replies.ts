import type { FastifyRequest } from 'fastify';
import {
  confirmable,
  confirmReply,
  isConfirmed,
  isOvertaken,
  settleProposal,
} from '../../actions/calendar/replies.ts';
import { hashSecret } from '../../actions/sign-in/secrets.ts';
import type { Context } from '../../context.ts';
import { lengthOf } from '../../domain/events/times.ts';
import { formatDay, formatTimes } from '../../domain/events/wall-time.ts';
import { orNotFound } from '../../refusal.ts';
import * as replies from '../../store/calendar/replies.ts';
import * as events from '../../store/events/events.ts';
import * as people from '../../store/people/people.ts';
import { idIn } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { noFields, press } from '../../web/submit.ts';
import type { Pages, SignedInVisit, Visit } from '../../web/visit.ts';
import { localeOf, type Words } from '../../words.ts';

/** Registers the pages for calendar replies that need a person: was this your answer, and what guests propose. */
export function calendarReplyRoutes(at: Pages): void {
  at.get('/r/:token', 'link', ask);
  at.post('/r/:token', 'link', press(noFields, confirm));
  at.post('/events/:id/proposals/:replyId/settlement', 'organiser', press(noFields, settle));
}

const tokenIn = (request: FastifyRequest) => (request.params as { token: string }).token;

/** Opening it changes nothing: mail scanners follow links. */
async function ask(visit: Visit) {
  const { ctx, request, words } = visit;
  const found = await replies.findByToken(ctx.db, hashSecret(tokenIn(request)));
  const isDone = isConfirmed(ctx, found);
  const asked = isDone ? found! : confirmable(ctx, found);
  const event = orNotFound(await events.find(ctx.db, asked.eventId), 'event');
  const person = orNotFound(await people.find(ctx.db, asked.personId), 'event');
  return page(visit, 'calendar/confirm', {
    title: isDone ? words.t('Thanks, we’ve noted it') : words.t('Was this your answer?'),
    isDone,
    isMoved: !isDone && isOvertaken(asked, event),
    eventPage: `/e/${event.slug}`,
    event,
    who: person,
    what: whatCame(words, asked),
    when: formatTimes(
      { start: event.startsAt, minutes: lengthOf(event), timeZone: event.timeZone },
      localeOf(words),
    ),
    action: `/r/${tokenIn(request)}`,
  });
}

function whatCame({ t }: Words, { kind, said }: replies.CalendarReply): string {
  if (kind === 'proposal') return t('Another time');
  if (kind === 'delegation') return t('A colleague comes');
  const answers = { yes: t('I’ll be there'), maybe: t('Not sure yet'), no: t('I can’t come') };
  return answers[said ?? 'maybe'];
}

async function confirm({ ctx, request }: Visit) {
  const token = tokenIn(request);
  const isDone = isConfirmed(ctx, await replies.findByToken(ctx.db, hashSecret(token)));
  if (!isDone && !(await isMovedSince(ctx, token))) await confirmReply(ctx, token);
  // This link asks one thing; the way to the person's page is in their invitation.
  return `/r/${token}`;
}

/** Says whether the event was moved since, so that the page leads to it. */
async function isMovedSince(ctx: Context, token: string): Promise<boolean> {
  const asked = confirmable(ctx, await replies.findByToken(ctx.db, hashSecret(token)));
  return isOvertaken(asked, orNotFound(await events.find(ctx.db, asked.eventId), 'event'));
}

async function settle({ ctx, request }: SignedInVisit) {
  await settleProposal(ctx, idIn(request), idIn(request, 'replyId'));
  return `/events/${idIn(request)}`;
}

/** Lists what guests propose for an event, in words, for the event's page. */
export async function proposalsFor(ctx: Context, event: events.Event) {
  const open = await replies.openProposals(ctx.db, event.id);
  return open.map(({ id, name, kind, proposedStart, proposedMinutes, words, personId }) => ({
    id,
    name,
    personId,
    isTime: kind === 'proposal',
    isNote: kind === 'answer',
    words,
    time: proposedStart && timeOf(localeOf(ctx.words), proposedStart, proposedMinutes, event.timeZone),
  }));
}

function timeOf(locale: string, start: string, minutes: number | null, timeZone: string): string {
  if (minutes === null) return `${formatDay(start, locale)}, ${start.slice(11)}`;
  return formatTimes({ start, minutes, timeZone }, locale);
}
