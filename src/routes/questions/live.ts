import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { liveStates, pressLive } from '../../actions/questions/live.ts';
import type { Context } from '../../context.ts';
import { orNotFound } from '../../refusal.ts';
import { withShared } from '../../store/events/page.ts';
import { eventRevision } from '../../store/questions/live.ts';
import { everyQuestion, type WallQuestion, wall } from '../../store/questions/wall.ts';
import { agoField, messageFor } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { press } from '../../web/submit.ts';
import type { Handler, Pages, SignedInVisit } from '../../web/visit.ts';
import type { Words } from '../../words.ts';
import { leadOf } from '../events/lead.ts';
import { atBothDoors, type GuestVisit } from '../events/visitor.ts';
import { EventStream, type Kind } from './live-following.ts';
import { readable, screenOf } from './live-view.ts';
import { questionIdIn } from './wall.ts';

/** During the event: the facilitator's desk on a phone, the projector, and the streams by which every page follows. */
export function liveRoutes(at: Pages): void {
  const stream = new EventStream(at.app, at.ctx);
  const isStream = { isStream: true };
  at.get('/events/:id/live', 'signed-in', desk);
  at.post('/events/:id/live/questions/:questionId', 'signed-in', press(stateForm, setState));
  at.get('/events/:id/live/screen', 'signed-in', screen);
  at.get('/events/:id/live/changes', 'signed-in', leading(stream, 'desk'), isStream);
  at.get('/events/:id/live/screen/changes', 'signed-in', leading(stream, 'screen'), isStream);
  atBothDoors(at).get('/changes', following(stream), isStream);
}

const messages = {
  table: 'On the table now.',
  answered: 'Answered.',
  parked: 'Parked.',
  wall: 'Back on the wall.',
  'room-open': 'People in the room can ask now.',
  'room-closed': 'Questions from the room are closed.',
};

/** Beyond these the wall is read, not the desk. */
const mostUpNext = 30;

async function desk(visit: SignedInVisit) {
  const { ctx, words } = visit;
  const data = await leadOf(visit);
  const { event } = data;
  const { at, shared, all } = await currentEvent(ctx, event.id);
  const isTables = shared.event.shape === 'tables';
  const rows = readable(all)
    .map((one) => ({ ...one, table: isTables ? one.table : null }))
    .map((one) => ({
      ...one,
      about: aboutOf(words, one),
      address: `/events/${event.id}/live/questions/${one.id}`,
    }));
  const waiting = rows.filter(({ state }) => state === 'wall');
  const settled = rows.filter(({ state }) => state === 'answered' || state === 'parked');
  return page(visit, 'questions/live/desk', {
    layout: 'screen',
    ...data,
    title: words.t('Run the event, {name}', { name: event.name }),
    at: at.revision,
    now: rows.find(({ state }) => state === 'table') ?? null,
    next: waiting.slice(0, mostUpNext),
    left: Math.max(0, waiting.length - mostUpNext),
    settled: settled.slice(0, mostUpNext),
    settledCount: settled.length,
    toRead: (await everyQuestion(ctx.db, at)).filter(({ state }) => state === 'new').length,
    message: messageFor(visit, messages),
  });
}

/** Says for which table a question is, whose it is, and how many wonder from the room. */
function aboutOf({ t }: Words, question: WallQuestion): string {
  const table = question.table
    ? t('Table {n}, {trend}', { n: question.table, trend: question.trend ?? '' })
    : '';
  const named = question.kind === 'nameless' ? t('Without a name') : (question.author ?? '');
  const room = question.roomVotes ? t('+{n} from the room', { n: question.roomVotes }) : '';
  return [table, question.fromRoom ? t('From the room') : named, room].filter(Boolean).join(' · ');
}

/** The event as it stands, and its revision. */
async function currentEvent(ctx: Context, eventId: number) {
  const at = orNotFound(await eventRevision(ctx.db, eventId), 'event');
  const { shared } = orNotFound(await withShared(ctx.db, { ...at, mine: null }), 'event');
  return { at, shared, all: await wall(ctx.db, at) };
}

const stateForm = z.object({
  state: z.enum(liveStates),
  ago: agoField.default(0),
});

async function setState(visit: SignedInVisit, { state, ago }: z.output<typeof stateForm>) {
  const { ctx, request } = visit;
  const { event } = await leadOf(visit);
  await pressLive(ctx, event.id, questionIdIn(request, 'questionId'), { state, secondsAgo: ago });
  return `/events/${event.id}/live?said=${state}`;
}

async function screen(visit: SignedInVisit) {
  const { ctx, words } = visit;
  const { event } = await leadOf(visit);
  const { at, shared, all } = await currentEvent(ctx, event.id);
  return page(visit, 'questions/live/screen', {
    layout: 'screen',
    ...screenOf(words, ctx, shared, all),
    at: at.revision,
    title: words.t('On the table now, {name}', { name: event.name }),
  });
}

/** The revision a page shows already: from the message it got last, else as the page said when it opened. */
function seenBy(request: FastifyRequest): number {
  const { at } = request.query as { at?: unknown };
  const last = String(request.headers['last-event-id'] || at);
  return /^\d{1,15}$/.test(last) ? Number(last) : 0;
}

const leading =
  (stream: EventStream, kind: Kind): Handler<SignedInVisit> =>
  async (visit) => {
    const { event } = await leadOf(visit);
    const { request, reply, viewer } = visit;
    return stream.follow(reply, event.id, { kind, person: viewer.id, at: seenBy(request) });
  };

const following =
  (stream: EventStream): Handler<GuestVisit> =>
  ({ request, reply, guest: { page: of, me } }) =>
    stream.follow(reply, of.event.id, { kind: 'guest', person: me.id, at: seenBy(request) });
