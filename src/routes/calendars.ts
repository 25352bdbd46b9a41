import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { calendarFacts } from '../actions/event-letters.ts';
import { hashOf } from '../actions/secrets.ts';
import type { Context } from '../context.ts';
import { download } from '../mail/calendar/download.ts';
import { type CalendarEntry, entryFromJson } from '../mail/calendar/entry.ts';
import { entriesForFeed, feed } from '../mail/calendar/feed.ts';
import { orNotFound } from '../refusal.ts';
import * as calendar from '../store/calendar-entries.ts';
import * as programmes from '../store/programmes.ts';
import { guestOf, minutesOf } from './event-guest.ts';

/** One event as a file, and everyone's own events as a feed at a secret address. */
export function calendarRoutes(app: FastifyInstance, ctx: Context): void {
  app.get('/e/:slug/calendar.ics', { config: { access: 'signed-in' } }, (request, reply) =>
    file(ctx, request, reply),
  );
  app.get('/i/:token/calendar.ics', { config: { access: 'link' } }, (request, reply) =>
    file(ctx, request, reply),
  );
  app.get('/feed/:token', { config: { access: 'link' } }, (request, reply) =>
    subscription(ctx, request, reply),
  );
}

async function file(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const guest = await guestOf(ctx, request);
  const { event, blocks, organiser } = guest.page;
  const facts = { event, minutes: minutesOf(blocks), organiser: { name: organiser, email: '' } };
  const entry = entryFromJson(calendarFacts(ctx, facts, `${ctx.baseUrl}${guest.base}`));
  return reply
    .type('text/calendar; charset=utf-8')
    .header('content-disposition', `attachment; filename="${event.slug}.ics"`)
    .header('cache-control', 'private, no-store')
    .send(download(entry));
}

/** Feeds rendered before, by whose and from what; a calendar program asks every hour and mostly nothing changed. */
const rendered = new Map<number, { key: string; body: Buffer; etag: string }>();
const mostRendered = 200;

async function subscription(
  ctx: Context,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { token } = request.params as { token: string };
  const secret = orNotFound(/^([\w-]{27})\.ics$/.exec(token)?.[1], 'page');
  const owner = orNotFound(await calendar.feedOwner(ctx.db, hashOf(secret)), 'page');
  const { body, etag } = await feedOf(ctx, owner);
  reply.headers({
    etag,
    'cache-control': 'private, no-cache',
    'x-robots-tag': 'noindex',
    'content-type': 'text/calendar; charset=utf-8',
    'content-disposition': 'inline; filename="flipside.ics"',
  });
  const known = String(request.headers['if-none-match'] ?? '').split(/\s*,\s*/);
  return known.includes(etag) ? reply.code(304).send() : reply.send(body);
}

async function feedOf(ctx: Context, owner: { id: number; name: string }) {
  const rows = await calendar.calendarOf(ctx.db, owner.id);
  const programme = await programmes.current(ctx.db);
  const entries = entriesForFeed(
    rows.map((row) => entryOf(ctx, row)),
    ctx.now(),
  );
  const name = `${owner.name} · ${programme?.name ?? 'Flipside'}`;
  const timeZone = programme?.timeZone ?? 'UTC';
  const key = hashOf(JSON.stringify([name, timeZone, entries]));
  const before = rendered.get(owner.id);
  if (before?.key === key) return before;
  const body = Buffer.from(feed({ name, timeZone, entries, source: `${ctx.baseUrl}/` }));
  const fresh = {
    key,
    body,
    etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`,
  };
  if (rendered.size >= mostRendered) rendered.delete(rendered.keys().next().value!);
  rendered.set(owner.id, fresh);
  return fresh;
}

function entryOf(ctx: Context, row: Awaited<ReturnType<typeof calendar.calendarOf>>[number]): CalendarEntry {
  const facts = {
    event: row.event,
    minutes: Math.max(1, row.minutes),
    organiser: { name: row.organiser, email: '' },
  };
  return entryFromJson(calendarFacts(ctx, facts, `${ctx.baseUrl}/e/${row.event.slug}`));
}
