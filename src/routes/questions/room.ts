// Joining from the room by the code on the screen: the wall of one event, without sign-in.
import { z } from 'zod';
import { askFromRoom, setRoomAsking, wonderFromRoom, wondersFromRoom } from '../../actions/questions/room.ts';
import { codeOf, findByCode } from '../../actions/questions/room-codes.ts';
import { maySeeEvent } from '../../domain/access.ts';
import { greetingName } from '../../domain/people/names.ts';
import { isRoomOpen, roomHours } from '../../domain/questions/room.ts';
import { rulesOf } from '../../domain/questions/rules.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import { withShared } from '../../store/events/page.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import * as people from '../../store/people/people.ts';
import { eventRevision } from '../../store/questions/live.ts';
import { type WallQuestion, wall } from '../../store/questions/wall.ts';
import { readCookie } from '../../web/cookies.ts';
import { formKeyField, messageFor, readQuery } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { addressWith, pageField, pageOf, pagerFor, rowsOn } from '../../web/paging.ts';
import { formKeyIn, noMistakes, press, submit } from '../../web/submit.ts';
import { undeclaredProxy } from '../../web/undeclared-proxy.ts';
import type { Answer, Pages, SignedInVisit, Visit } from '../../web/visit.ts';
import { leadOf } from '../events/lead.ts';
import { keepBrowser } from '../sign-in/browser.ts';
import { questionText, saidReadFirst } from './fields.ts';
import { nowOf, talliesShown } from './live-view.ts';
import { questionIdIn } from './wall.ts';

/** Addresses of the join page; the QR code in the room leads to the second. */
export function roomRoutes(at: Pages): void {
  at.get('/q', 'anyone', (visit) => typeCode(visit));
  at.post('/q', 'anyone', openTyped);
  at.get('/q/:code', 'anyone', (visit) => showRoom(visit));
  at.post('/q/:code/questions', 'anyone', askIt);
  at.post('/q/:code/questions/:id/vote', 'anyone', press(voteForm, voteFor));
  at.post('/events/:id/live/room', 'signed-in', press(roomForm, openRoom));
}

const asker = ({ request }: Visit) => ({
  address: request.ip,
  isShared: undeclaredProxy(request) !== undefined,
});

const codeForm = z.object({
  code: z.string().max(40, 'A code has six letters and numbers, such as K7Q M2X.'),
});
const wrongCode = 'No event has this code. Look at the screen again: codes have no O, I, L, 0 or 1.';

function typeCode(visit: Visit, mistakes = noMistakes) {
  keepBrowser(visit);
  return page(visit, 'questions/room/code', {
    layout: 'bare',
    title: visit.words.t('Join from the room'),
    ...mistakes,
  });
}

const openTyped = (visit: Visit) =>
  submit(visit, codeForm, {
    act: async ({ code }) => {
      const id = await findByCode(visit.ctx, code, asker(visit));
      return id === null ? [{ field: 'code', message: wrongCode }] : `/q/${codeOf(visit.ctx, id)}`;
    },
    again: (mistakes) => typeCode(visit, mistakes),
    field: 'code',
  });

const codeIn = ({ request }: Visit) => (request.params as { code: string }).code;

/** Finds the event of the code in this address; a wrong one is not found. */
async function eventOf(visit: Visit) {
  const { ctx } = visit;
  const id = await findByCode(ctx, codeIn(visit), asker(visit));
  if (id === null) throw new Refusal('not-found', wrongCode);
  return orNotFound(await events.find(ctx.db, id), 'event');
}

const messages = {
  wondering: 'Counted: you wonder too.',
  'taken-back': 'Withdrawn.',
  asked: 'Your question is on the wall.',
  read: 'Sent. The facilitator reads it before it appears.',
};

const query = z.object({ page: pageField.default(1) });
const pageSize = 30;

async function showRoom(visit: Visit, mistakes = noMistakes): Promise<Answer> {
  const { ctx, words } = visit;
  const event = await eventOf(visit);
  const invited = await ownPage(visit, event);
  if (invited !== null) return invited;
  const code = codeOf(ctx, event.id);
  if (!isRoomOpen(event, ctx.now())) return closedPage(visit, event, code);
  const browser = keepBrowser(visit);
  const revision = orNotFound(await eventRevision(ctx.db, event.id), 'event');
  const { shared } = orNotFound(await withShared(ctx.db, { ...revision, mine: null }), 'event');
  const all = await wall(ctx.db, revision);
  const wondered = await wondersFromRoom(ctx, event.id, browser);
  const shows = talliesShown(shared, ctx.now());
  const row = (question: WallQuestion) => rowOf(question, { wondered, shows, shape: event.shape });
  const open = all.filter(({ state }) => state === 'wall');
  const at = pageOf(readQuery(visit.request, query).page, open.length, pageSize);
  const onTable = nowOf(shared, all, ctx.now());
  const now = all.find(({ id }) => id === onTable?.id);
  const reader = event.facilitatorId ?? event.organiserId;
  return page(visit, 'questions/room/show', {
    layout: 'guest',
    title: words.t('{name}, in the room', { name: event.name }),
    name: event.name,
    base: `/q/${code}`,
    code,
    now: now ? row(now) : null,
    questions: rowsOn(open, at).map(row),
    total: open.length,
    shows,
    pager: pagerFor(at, (number) => `${addressWith(`/q/${code}`, { page: number })}#wall`),
    asks: event.roomAsking,
    readFirst: rulesOf(event).readFirst,
    longest: rulesOf(event).longest || 280,
    reader: greetingName((await people.find(ctx.db, reader))?.name ?? ''),
    formKey: formKeyIn(mistakes),
    message: messageFor(visit, messages),
    ...mistakes,
  });
}

/** People who are signed in and on the list have a better page: their own. */
async function ownPage({ ctx, viewer }: Visit, event: events.Event): Promise<string | null> {
  if (viewer === null) return null;
  const rsvp = await rsvps.find(ctx.db, event.id, viewer.id);
  const isOnList = rsvp !== null && rsvp.state !== 'uninvited';
  return maySeeEvent(viewer, event, isOnList) ? `/e/${event.slug}/questions#ask` : null;
}

/** Says when the code opens, or that it has ended; a phone that opened its invitation goes on to it all the same. */
function closedPage(visit: Visit, event: events.Event & { minutes: number }, code: string) {
  const { ctx, words } = visit;
  const { opens } = roomHours(event);
  const isEarly = event.state === 'published' && Temporal.Instant.compare(ctx.now(), opens) < 0;
  const clock = opens.toZonedDateTimeISO(event.timeZone).toPlainTime().toString({ smallestUnit: 'minute' });
  return page(visit, 'questions/room/closed', {
    layout: 'bare',
    title: words.t('Join from the room'),
    code,
    opens: isEarly ? clock : null,
  });
}

interface Look {
  wondered: ReadonlySet<string>;
  shows: boolean;
  shape: string;
}

/** A question as the room reads it: no name of a guest, since this page has no guest list. */
function rowOf(question: WallQuestion, { wondered, shows, shape }: Look) {
  const { id, text, votes, roomVotes, table, trend, fromRoom } = question;
  return {
    id,
    text,
    votes: shows ? votes : null,
    roomVotes: shows ? roomVotes : 0,
    table: shape === 'tables' ? table : null,
    trend,
    fromRoom,
    wondering: wondered.has(String(id)),
  };
}

const voteForm = z.object({ on: z.enum(['yes', 'no']) });

async function voteFor(visit: Visit, values: z.output<typeof voteForm>) {
  const { ctx, request } = visit;
  const event = await eventOf(visit);
  const id = questionIdIn(request);
  const on = values.on === 'yes';
  // The guards let nobody post here without a cookie of ours.
  const browser = readCookie(request, 'login', ctx.baseUrl) ?? keepBrowser(visit);
  await wonderFromRoom(ctx, event.id, id, { browser, on });
  return `/q/${codeOf(ctx, event.id)}?said=${on ? 'wondering' : 'taken-back'}#question-${id}`;
}

const question = z.object({ formKey: formKeyField, text: questionText, readFirst: saidReadFirst });

async function askIt(visit: Visit) {
  const event = await eventOf(visit);
  return submit(visit, question, {
    act: async (values) => {
      const said = await askFromRoom(visit.ctx, event.id, values);
      return `/q/${codeOf(visit.ctx, event.id)}?said=${said}#ask`;
    },
    again: (mistakes) => showRoom(visit, mistakes),
    field: 'text',
  });
}

const roomForm = z.object({ open: z.enum(['yes', 'no']) });

/** Lets the facilitator open questions from the room, or close them. */
async function openRoom(visit: SignedInVisit, { open }: z.output<typeof roomForm>) {
  const { event } = await leadOf(visit);
  await setRoomAsking(visit.ctx, event.id, open === 'yes');
  return `/events/${event.id}/live?said=${open === 'yes' ? 'room-open' : 'room-closed'}`;
}
