import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { pressRun, takeBackPress } from '../../actions/live/press.ts';
import { liveStates, pressLive } from '../../actions/questions/live.ts';
import { undoSeconds } from '../../domain/letters/timing.ts';
import { liveNow } from '../../domain/live/now.ts';
import { longestMessage } from '../../domain/live/press.ts';
import { mayRehearse } from '../../domain/live/rehearsal.ts';
import * as runs from '../../store/live/runs.ts';
import { everyQuestion } from '../../store/questions/wall.ts';
import { idIn, messageFor } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { type Mistakes, noMistakes, press, submit } from '../../web/submit.ts';
import type { Handler, Pages, SignedInVisit } from '../../web/visit.ts';
import { leadOf } from '../events/lead.ts';
import { atBothDoors, type GuestVisit } from '../events/visitor.ts';
import { unledText } from '../events/warnings-view.ts';
import { harvestNow, turnWords } from '../notes/harvest-view.ts';
import { EventStream, type Kind } from '../questions/live-following.ts';
import { questionIdIn } from '../questions/wall.ts';
import { deskOf } from './desk-view.ts';
import { currentEvent, eveningOf, recipientsOf } from './evening.ts';
import { minutesRoutes } from './minutes.ts';
import { messageForm, pressFields, pressForm, pressOf } from './press-form.ts';
import { rehearsalRoutes } from './rehearsal.ts';
import { type Evening, runPanel, undoPanel } from './remote-view.ts';
import { screenOf } from './screen-view.ts';

/** During the event: the facilitator's phone, the projector, and the streams by which every page follows. */
export function liveRoutes(at: Pages): void {
  minutesRoutes(at);
  rehearsalRoutes(at);
  const stream = new EventStream(at.app, at.ctx);
  const isStream = { isStream: true };
  at.get('/events/:id/live', 'signed-in', remote);
  at.post('/events/:id/live/presses', 'signed-in', press(pressForm, makePress));
  at.post('/events/:id/live/presses/:press/withdrawal', 'signed-in', press(backForm, takeBack));
  at.post('/events/:id/live/messages', 'signed-in', sendMessage);
  at.post('/events/:id/live/questions/:questionId', 'signed-in', press(stateForm, setState));
  at.get('/events/:id/live/screen', 'signed-in', screen);
  at.get('/events/:id/live/changes', 'signed-in', leading(stream, 'desk'), isStream);
  at.get('/events/:id/live/screen/changes', 'signed-in', leading(stream, 'screen'), isStream);
  atBothDoors(at).get('/changes', following(stream), isStream);
}

const messages = {
  done: 'Done.',
  again: 'Done.',
  already: 'That was pressed already.',
  back: 'Taken back.',
  sent: 'Sent.',
  table: 'On the table now.',
  answered: 'Answered.',
  parked: 'Parked.',
  wall: 'Back on the wall.',
  'room-open': 'People in the room can ask now.',
  'room-closed': 'Questions from the room are closed.',
};

async function remote(visit: SignedInVisit, mistakes: Mistakes = noMistakes) {
  const { ctx, words, viewer } = visit;
  const data = await leadOf(visit);
  const { event } = data;
  const base = `/events/${event.id}/live`;
  const { at, shared, all } = await currentEvent(ctx, event.id);
  const key = randomUUID();
  const evening = { ...eveningOf(shared, { base, key }, ctx.now()), unled: unledText(words, shared) };
  const last = await runs.lastPress(ctx.db, event.id, ctx.now().subtract({ seconds: undoSeconds }));
  return page(visit, 'live/remote', {
    layout: 'screen',
    ...data,
    title: words.t('Run the event, {name}', { name: event.name }),
    at: at.revision,
    key,
    clockAt: ctx.now().epochMilliseconds,
    along: ['run-panel', 'undo-panel', 'desk-panel', 'more-panel'],
    base,
    run: runPanel(words, evening),
    turns: isHarvest(evening) ? turnWords(words, shared, await harvestNow(ctx.db, shared)) : null,
    undo: undoPanel(words, evening, last, viewer.id),
    ...deskOf(words, shared, all, base),
    toRead: (await everyQuestion(ctx.db, at)).filter(({ state }) => state === 'new').length,
    here: await runs.hereAt(ctx.db, event.id),
    recipients: recipientsOf(words, shared),
    longestMessage,
    mayRehearse: mayRehearse(event, ctx.now()),
    message: messageFor(visit, messages),
    ...mistakes,
  });
}

const isHarvest = ({ state, now }: Evening) => liveNow(state, now)?.kind === 'harvest';

async function makePress(visit: SignedInVisit, values: z.output<typeof pressForm>) {
  const { event } = await leadOf(visit);
  const arriving = { byId: visit.viewer.id, key: values.key, secondsAgo: values.ago };
  const outcome = await pressRun(visit.ctx, event.id, pressOf(values), arriving);
  return `/events/${event.id}/live?said=${outcome}`;
}

const backForm = z.object({ ago: pressFields.ago, key: pressFields.key.optional() });

async function takeBack(visit: SignedInVisit, { ago }: z.output<typeof backForm>) {
  const { event } = await leadOf(visit);
  const by = { byId: visit.viewer.id, secondsAgo: ago };
  await takeBackPress(visit.ctx, event.id, idIn(visit.request, 'press'), by);
  return `/events/${event.id}/live?said=back`;
}

async function sendMessage(visit: SignedInVisit) {
  const { event } = await leadOf(visit);
  return submit(visit, messageForm, {
    act: async ({ key, ago, to, text }) => {
      const arriving = { byId: visit.viewer.id, key, secondsAgo: ago };
      const message =
        to === 0
          ? ({ kind: 'screen', shows: 'message', text } as const)
          : ({ kind: 'message', table: to, text } as const);
      await pressRun(visit.ctx, event.id, message, arriving);
      return `/events/${event.id}/live?said=sent`;
    },
    again: (mistakes) => remote(visit, mistakes),
    field: 'text',
  });
}

const stateForm = z.object({
  state: z.enum(liveStates),
  ago: pressFields.ago,
  key: pressFields.key.optional(),
});

async function setState(visit: SignedInVisit, { state, ago, key }: z.output<typeof stateForm>) {
  const { ctx, request, viewer } = visit;
  const { event } = await leadOf(visit);
  const by = { id: viewer.id, key: key ?? randomUUID() };
  await pressLive(ctx, event.id, questionIdIn(request, 'questionId'), { state, secondsAgo: ago, by });
  return `/events/${event.id}/live?said=${state}`;
}

async function screen(visit: SignedInVisit) {
  const { ctx, words } = visit;
  const { event } = await leadOf(visit);
  const { at, shared, all } = await currentEvent(ctx, event.id);
  return page(visit, 'live/screen', {
    layout: 'screen',
    ...(await screenOf(words, ctx, shared, all)),
    refresh: 15,
    at: at.revision,
    clockAt: ctx.now().epochMilliseconds,
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
