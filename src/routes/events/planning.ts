import { z } from 'zod';
import { editionOf, refuseOutdated, seenIn } from '../../actions/edition.ts';
import { deleteDraft } from '../../actions/events/deletion.ts';
import { cancel, publish } from '../../actions/events/events.ts';
import { addressesOf } from '../../actions/letters/addresses.ts';
import { newerVersionFor } from '../../actions/run-of-show/newer-version.ts';
import type { Context } from '../../context.ts';
import { isOver } from '../../domain/events/times.ts';
import { formatNameOf } from '../../domain/run-of-show/event-format.ts';
import { orNotFound } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as eventPage from '../../store/events/page.ts';
import * as stops from '../../store/guests/invitation-stops.ts';
import * as eventLetters from '../../store/letters/of-event.ts';
import * as people from '../../store/people/people.ts';
import * as nameless from '../../store/questions/nameless.ts';
import { idIn, messageFor, seenField, textField } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { noMistakes, submit } from '../../web/submit.ts';
import type { Pages, SignedInVisit } from '../../web/visit.ts';
import { listed, type Words } from '../../words.ts';
import { proposalsFor } from '../calendar/replies.ts';
import { repliesNotReadNotice } from '../calendar/replies-not-read.ts';
import { decisionOf } from '../guests/go-no-go.ts';
import { undoOf } from '../letters/holds.ts';
import { laterSentence } from '../letters/later-turns.ts';
import { showEvents } from './event-list.ts';
import { create, save, showEdit, showNew } from './form.ts';
import { storedFields } from './form-fields.ts';
import { stepsIn } from './overview-view.ts';
import { countsOf, daysUntil, dayText, firstNames, pictureOf, showOf, whenOf } from './page-view.ts';
import { goesOutIn } from './review-view.ts';
import { unledText, warningsFor } from './warnings-view.ts';

/** Events as organisers plan them, and the list everyone sees of their own. */
export function eventRoutes(at: Pages): void {
  at.get('/events', 'signed-in', (visit) => showEvents(visit, messages));
  at.get('/events/new', 'organiser', showNew);
  at.post('/events', 'organiser', create);
  at.get('/events/:id', 'organiser', overview);
  at.get('/events/:id/edit', 'organiser', showEdit, { forChanges: true });
  at.post('/events/:id', 'organiser', save);
  at.get('/events/:id/review', 'organiser', review, { forChanges: true });
  at.post('/events/:id/publication', 'organiser', publishIt);
  at.post('/events/:id/cancellation', 'organiser', cancelIt);
  at.post('/events/:id/deletion', 'organiser', deleteIt);
}

const messages = {
  'nameless-on': 'Guests can ask without their name now.',
  'nameless-off': 'Guests ask with their name now.',
  kept: 'Kept as a draft. Nobody has been told.',
  saved: 'Saved. No e-mail needed.',
  told: 'Saved. Everyone concerned gets an e-mail with the new time or place, in ten seconds.',
  sent: 'The invitations go out in ten seconds.',
  'taken-back': 'Undone. Nobody was told.',
  going: 'It goes ahead.',
  cancelled: 'Cancelled. Everyone who was invited gets an e-mail.',
  deleted: 'The draft is deleted.',
  series: 'The drafts are ready. Nobody has been told.',
  'demo-gone': 'The demo programme is gone.',
};

/** The event as its organisers see it; everything an overview, a review and the list of people share. */
async function organised(visit: SignedInVisit) {
  const { ctx, request, viewer, words } = visit;
  const found = orNotFound(await events.find(ctx.db, idIn(request)), 'event');
  const row = orNotFound(await eventPage.findBySlug(ctx.db, found.slug, viewer.id), 'event');
  const now = ctx.now();
  return {
    ...row,
    tab: 'events',
    keptHere: !ctx.mail.configured,
    format: formatNameOf(row.event),
    when: whenOf(words, row.event, now),
    counts: countsOf(row),
    show: showOf(row),
    isOver: isOver(row.event, now),
    undo: await undoOf(visit, found.id),
    topics: row.topics.map((topic) => ({ ...topic, names: firstNames(words, topic.hosts) })),
    answerByText: row.event.answerBy ? dayText(words, row.event.answerBy, row.event.timeZone, now) : null,
    ...pictureOf(row.shared, { layout: 'row' }, words),
  };
}

async function overview(visit: SignedInVisit, mistakes = noMistakes) {
  const { ctx } = visit;
  const data = await organised(visit);
  const { event, invitees } = data;
  const guests = invitees.filter(({ side }) => side === 'senior');
  const decision = decisionOf(visit.words, event, data.counts.coming, ctx.now());
  const cancellationsUnderWay = await eventLetters.countUnderWay(ctx.db, event.id, 'cancelled');
  return page(visit, 'events/overview', {
    ...data,
    title: event.name,
    steps: stepsIn(visit.words, data, { decision, cancellationsUnderWay }, ctx.now()),
    decision,
    unled: unledText(visit.words, data),
    proposals: await proposalsFor(ctx, event),
    days: daysUntil(event, ctx.now()),
    funnel: funnelOf(visit.words, guests, data.counts),
    open: guests.filter(({ state }) => state === 'invited'),
    failedLetters: await eventLetters.countFailed(ctx.db, event.id, addressesOf(ctx)),
    cancellationsUnderWay,
    isFormatNewer: (await newerVersionFor(ctx, event)) !== null,
    promised: await nameless.isPromised(ctx.db, event.id),
    seen: seenIn(mistakes) ?? editionOf(await storedFields(ctx.db, event)),
    message: messageFor(visit, messages),
    ...mistakes,
  });
}

/** The name of the facilitator, where they are not the organiser too. */
async function facilitatorOf({ db }: Context, { facilitatorId, organiserId }: events.Event) {
  if (facilitatorId === null || facilitatorId === organiserId) return null;
  return (await people.find(db, facilitatorId))?.name ?? null;
}

/** Rows of the picture from invited to coming: of the seniors, and of the talents those who come. */
function funnelOf(
  { t, tn }: Words,
  seniors: readonly { state: string }[],
  { coming, invited }: ReturnType<typeof countsOf>,
) {
  const of = (state: string) => seniors.filter((guest) => guest.state === state).length;
  const all = seniors.length;
  const open = of('invited');
  return [
    { label: t('Invited'), value: all, of: all },
    {
      label: t('Answered'),
      note: open ? tn(open, '{n} still open', '{n} still open') : '',
      value: all - open,
      of: all,
    },
    {
      label: t('Coming'),
      note: t('{m} not sure, {n} can’t', { m: of('maybe'), n: of('declined') }),
      value: of('coming'),
      of: all,
    },
    ...(of('waiting') > 0
      ? [{ label: t('Waiting'), note: t('for a seat'), value: of('waiting'), of: all }]
      : []),
    { label: t('Talents'), value: coming.talent, of: invited.talent, side: 'talent' },
  ];
}

async function review(visit: SignedInVisit, mistakes = noMistakes) {
  const { t } = visit.words;
  const { stopped, ...data } = await withoutStopped(visit, await organised(visit));
  if (data.event.state !== 'draft') return `/events/${data.event.id}`;
  const hosts = new Set(data.topics.flatMap(({ hosts: team }) => team.map(({ id }) => id)));
  const hosting = data.invitees.filter(({ id }) => hosts.has(id)).length;
  const facilitator = await facilitatorOf(visit.ctx, data.event);
  const first = data.invitees.find(({ side }) => side === 'senior') ?? data.invitees[0];
  return page(visit, 'events/review', {
    ...data,
    title: t('Review, then send'),
    guests: data.invitees.length - hosting,
    notice: daysUntil(data.event, visit.ctx.now()),
    warnings: await warningsFor(visit, data),
    later: await laterSentence(
      visit,
      data.invitees.map(({ id }) => id),
      data.event.timeZone,
    ),
    goesOut: await goesOutIn(visit.words, data, { hosting, facilitator }, visit.ctx.now()),
    first: first?.name.split(/\s+/)[0] ?? t('Margareta'),
    repliesNotRead: repliesNotReadNotice(visit),
    stopped: listed(stopped, visit.words),
    ...mistakes,
  });
}

/** Takes those who want no more invitations out of what is reviewed, as sending does; returns their names beside. */
async function withoutStopped({ ctx }: SignedInVisit, data: Awaited<ReturnType<typeof organised>>) {
  const ids = data.invitees.map(({ id }) => id);
  const stopped = await stops.among(ctx.db, data.event.programmeId, ids);
  const invitees = data.invitees.filter(({ id }) => !stopped.has(id));
  const names = data.invitees.flatMap(({ id, name }) => (stopped.has(id) ? [name] : []));
  return { ...data, invitees, stopped: names };
}

const publishIt = (visit: SignedInVisit) =>
  submit(visit, z.object({}), {
    act: async () => {
      const id = idIn(visit.request);
      await publish(visit.ctx, id, { held: true });
      return `/events/${id}?said=sent`;
    },
    // On this page there is no field, whatever is wrong with the event.
    again: ({ errors, ...rest }) =>
      review(visit, { ...rest, errors: errors.map((one) => ({ ...one, field: '' })) }),
  });

const cancellation = z.object({
  reason: textField(500, 'The reason has at most 500 characters.').default(''),
});

const cancelIt = (visit: SignedInVisit) =>
  submit(visit, cancellation, {
    act: async ({ reason }) => {
      const id = idIn(visit.request);
      await cancel(visit.ctx, id, reason, { held: true });
      return `/events/${id}?said=cancelled`;
    },
    again: (mistakes) => overview(visit, mistakes),
  });

const deletion = z.object({ seen: seenField });

const deleteIt = (visit: SignedInVisit) =>
  submit(visit, deletion, {
    act: async ({ seen }) => {
      await deleteDraft(visit.ctx, idIn(visit.request), visit.viewer.id, {
        isCurrent: async (tx, now) => refuseOutdated(now.name, seen, await storedFields(tx, now)),
      });
      return '/events?said=deleted';
    },
    again: (mistakes) => overview(visit, mistakes),
    field: '',
  });
