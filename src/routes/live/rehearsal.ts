import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import {
  endRehearsal,
  pressRehearsal,
  rehearseNote,
  rehearseQuestion,
  rehearseVote,
  takeBackRehearsed,
} from '../../actions/live/rehearsal.ts';
import { liveStates } from '../../actions/questions/live.ts';
import { isHost, mayLead } from '../../domain/access.ts';
import { undoSeconds } from '../../domain/letters/timing.ts';
import { wholeMinutes } from '../../domain/live/minutes.ts';
import { liveNow } from '../../domain/live/now.ts';
import { longestMessage, measured } from '../../domain/live/press.ts';
import { mayRehearse, rehearsedSeconds } from '../../domain/live/rehearsal.ts';
import { closed, orNotFound } from '../../refusal.ts';
import type { SharedPage } from '../../store/events/page.ts';
import * as rehearsals from '../../store/live/rehearsals.ts';
import * as runs from '../../store/live/runs.ts';
import type { WallQuestion } from '../../store/questions/wall.ts';
import { idIn } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { type Mistakes, noMistakes, press, submit } from '../../web/submit.ts';
import type { Pages, SignedInVisit } from '../../web/visit.ts';
import type { Words } from '../../words.ts';
import { leadOf } from '../events/lead.ts';
import { readable } from '../questions/live-view.ts';
import { deskOf } from './desk-view.ts';
import { currentEvent, eveningOf, recipientsOf } from './evening.ts';
import { messageForm, pressFields, pressForm, pressOf } from './press-form.ts';
import { runPanel, undoPanel } from './remote-view.ts';
import { screenOf } from './screen-view.ts';

/** The evening played ahead: everything works, and nothing is sent, stored as real or counted. */
export function rehearsalRoutes(at: Pages): void {
  const base = '/events/:id/rehearsal';
  at.get(base, 'signed-in', remote);
  at.get(`${base}/screen`, 'signed-in', screen);
  at.get(`${base}/phone`, 'signed-in', (visit) => phone(visit));
  at.post(`${base}/presses`, 'signed-in', press(pressForm, makePress));
  at.post(`${base}/presses/:press/withdrawal`, 'signed-in', press(backForm, takeBack));
  at.post(`${base}/messages`, 'signed-in', sendMessage);
  at.post(`${base}/questions/:questionId`, 'signed-in', press(stateForm, setState));
  at.post(`${base}/votes`, 'signed-in', press(voteForm, vote));
  at.post(`${base}/notes`, 'signed-in', note);
  at.post(`${base}/end`, 'signed-in', press(endForm, end));
}

const addressOf = ({ id }: { id: number }) => `/events/${id}/rehearsal`;

/** The event with its rehearsal laid over it: state, questions and votes. */
async function rehearsed({ ctx, request }: SignedInVisit) {
  const found = await currentEvent(ctx, idIn(request));
  if (!mayRehearse(found.shared.event, ctx.now()))
    throw closed('The rehearsal is over', 'The event has begun. Run it from the page of the event.');
  const content = await rehearsals.find(ctx.db, found.shared.event.id);
  const all = readable(found.all).map((one): WallQuestion => {
    const state = (content?.questions[one.id] ?? one.state) as WallQuestion['state'];
    return { ...one, state, votes: one.votes + (content?.votes[one.id]?.length ?? 0) } as WallQuestion;
  });
  return { shared: { ...found.shared, live: content?.state ?? null } as SharedPage, all, content };
}

async function remote(visit: SignedInVisit, mistakes: Mistakes = noMistakes) {
  const { ctx, words, viewer } = visit;
  const data = await leadOf(visit);
  const { shared, all, content } = await rehearsed(visit);
  const base = addressOf(shared.event);
  const key = randomUUID();
  const evening = { ...eveningOf(shared, { base, key }, ctx.now()), isRehearsal: true };
  const minutes = content ? rehearsedSeconds(content.state) : [];
  return page(visit, 'live/rehearsal', {
    layout: 'screen',
    ...data,
    event: { ...data.event, state: 'published' },
    title: words.t('Rehearsal, {name}', { name: data.event.name }),
    ...{ key, base, isRehearsal: true, clockAt: ctx.now().epochMilliseconds },
    along: ['run-panel', 'undo-panel', 'desk-panel', 'more-panel', 'measured-panel'],
    run: runPanel(words, evening),
    turns: null,
    undo: undoPanel(words, evening, lastOf(content, ctx.now()), viewer.id),
    ...deskOf(words, shared, all, base),
    toRead: 0,
    here: await runs.hereAt(ctx.db, shared.event.id),
    recipients: recipientsOf(words, shared),
    longestMessage,
    measured: minutes.map(({ stem, seconds }) => ({
      title: stem,
      text: words.t('{n} min', { n: wholeMinutes(seconds) }),
    })),
    soFar: soFarOf(words, content),
    ...mistakes,
  });
}

/** Blocks that were played, with what they took beside the plan; those skipped or dropped keep the plan's minutes. */
function soFarOf({ t }: Words, content: rehearsals.RehearsalContent | null) {
  if (!content) return [];
  return measured(content.state)
    .filter(({ position, isDropped }) => isDropped || position < content.state.current)
    .map(({ title, planned, seconds, isDropped }) => ({
      title,
      minutes: seconds === null ? '' : t('{n} min', { n: wholeMinutes(seconds) }),
      note: isDropped ? t('dropped') : seconds === null ? t('skipped') : t('planned {n}', { n: planned }),
    }));
}

/** The last press that counts, as long as it can be taken back. */
function lastOf(content: rehearsals.RehearsalContent | null, now: Temporal.Instant) {
  const place = content?.presses.findLastIndex(({ takenBack }) => !takenBack) ?? -1;
  const one = content?.presses[place];
  if (!one || now.epochMilliseconds - one.arrivedAt > undoSeconds * 1000) return null;
  const arrivedAt = Temporal.Instant.fromEpochMilliseconds(one.arrivedAt);
  return { id: place, press: one.press, arrivedAt, byId: one.byId, by: null };
}

async function screen(visit: SignedInVisit) {
  const { ctx, words } = visit;
  await leadOf(visit);
  const { shared, all } = await rehearsed(visit);
  return page(visit, 'live/rehearsal-screen', {
    layout: 'screen',
    ...(await screenOf(words, ctx, shared, all, true)),
    base: addressOf(shared.event),
    clockAt: ctx.now().epochMilliseconds,
    title: words.t('Rehearsal: the screen of {name}', { name: shared.event.name }),
  });
}

/** Leads and hosts of the event; to everybody else there is no rehearsal. */
async function inRehearsal(visit: SignedInVisit) {
  const found = await rehearsed(visit);
  const { event, invitees } = found.shared;
  const { viewer } = visit;
  const own = invitees.find(({ id }) => id === viewer.id);
  const isIn = mayLead(viewer, event) || (own !== undefined && isHost(own, event, true));
  orNotFound(isIn ? event : null, 'event');
  return found;
}

async function phone(visit: SignedInVisit, mistakes: Mistakes = noMistakes) {
  const { ctx, words, viewer } = visit;
  const { t } = words;
  const { shared, all, content } = await inRehearsal(visit);
  const numbers = shared.event.shape === 'tables' ? shared.topics.map(({ number }) => number) : [];
  return page(visit, 'live/rehearsal-phone', {
    layout: 'screen',
    title: t('Rehearsal, {name}', { name: shared.event.name }),
    base: addressOf(shared.event),
    key: randomUUID(),
    event: shared.event,
    block: liveNow(content?.state, ctx.now())?.title ?? '',
    questions: all
      .filter(({ state }) => state === 'wall' || state === 'table')
      .slice(0, 30)
      .map(({ id, text, votes, state }) => ({
        ...{ id, text, votes, isOn: state === 'table' },
        pressed: String(content?.votes[id]?.includes(viewer.id) ?? false),
      })),
    notes: (content?.notes ?? []).map(({ table, text }) =>
      numbers.length > 0 ? t('Table {n}: {text}', { n: table, text }) : text,
    ),
    kinds: [
      { value: 'idea', label: t('Idea') },
      { value: 'worry', label: t('Worry') },
      { value: 'follow', label: t('Follow up') },
    ],
    tables: numbers.map((n) => ({ value: n, label: t('Table {n}', { n }) })),
    longestMessage,
    ...mistakes,
  });
}

async function makePress(visit: SignedInVisit, values: z.output<typeof pressForm>) {
  const { event } = await leadOf(visit);
  const by = { byId: visit.viewer.id, key: values.key, secondsAgo: values.ago };
  await pressRehearsal(visit.ctx, event.id, pressOf(values), by);
  return addressOf(event);
}

const backForm = z.object({ ago: pressFields.ago, key: pressFields.key.optional() });

async function takeBack(visit: SignedInVisit) {
  const { event } = await leadOf(visit);
  const { press: place } = visit.request.params as { press: string };
  await takeBackRehearsed(visit.ctx, event.id, /^\d{1,5}$/.test(place) ? Number(place) : -1);
  return addressOf(event);
}

async function sendMessage(visit: SignedInVisit) {
  const { event } = await leadOf(visit);
  return submit(visit, messageForm, {
    act: async ({ key, ago, to, text }) => {
      const by = { byId: visit.viewer.id, key, secondsAgo: ago };
      const toScreen = { kind: 'screen', shows: 'message', text } as const;
      const made = to === 0 ? toScreen : ({ kind: 'message', table: to, text } as const);
      await pressRehearsal(visit.ctx, event.id, made, by);
      return addressOf(event);
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

async function setState(visit: SignedInVisit, { state }: z.output<typeof stateForm>) {
  const { event } = await leadOf(visit);
  const { questionId } = visit.request.params as { questionId: string };
  const { all } = await rehearsed(visit);
  const question = orNotFound(all.find(({ id }) => String(id) === questionId) ?? null, 'question');
  await rehearseQuestion(visit.ctx, event.id, String(question.id), state);
  return addressOf(event);
}

const voteForm = z.object({ question: z.string().max(40) });

async function vote(visit: SignedInVisit, { question }: z.output<typeof voteForm>) {
  const { shared, all } = await inRehearsal(visit);
  const found = orNotFound(all.find(({ id }) => String(id) === question) ?? null, 'question');
  await rehearseVote(visit.ctx, shared.event.id, String(found.id), visit.viewer.id);
  return `${addressOf(shared.event)}/phone`;
}

const noteForm = z.object({
  key: pressFields.key,
  table: messageForm.shape.to,
  kind: z.enum(['idea', 'worry', 'follow']),
  text: messageForm.shape.text,
});

async function note(visit: SignedInVisit) {
  const { shared } = await inRehearsal(visit);
  return submit(visit, noteForm, {
    act: async (values) => {
      await rehearseNote(visit.ctx, shared.event.id, values);
      return `${addressOf(shared.event)}/phone`;
    },
    again: (mistakes) => phone(visit, mistakes),
    field: 'text',
  });
}

const endForm = z.object({ minutes: z.enum(['keep', 'drop']) });

async function end(visit: SignedInVisit, { minutes }: z.output<typeof endForm>) {
  const { event, leadsOnly } = await leadOf(visit);
  await endRehearsal(visit.ctx, event.id, { keeps: minutes === 'keep', personId: visit.viewer.id });
  if (minutes === 'keep') return `/events/${event.id}/run`;
  return leadsOnly ? `/events/${event.id}/live` : `/events/${event.id}`;
}
