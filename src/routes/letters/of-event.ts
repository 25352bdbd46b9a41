import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { addressesOf } from '../../actions/letters/addresses.ts';
import { correctAddress, dismiss, sendAgain } from '../../actions/letters/letters-again.ts';
import { whyNobodyIsAsked } from '../../actions/letters/planned.ts';
import {
  type Guests,
  guestsOf,
  remindNow,
  resume,
  sendNow,
  stop,
  unanswered,
  upcoming,
} from '../../actions/letters/reminders.ts';
import { isOver } from '../../domain/events/times.ts';
import { type PlannedKind, plannedKinds } from '../../domain/letters/reminders.ts';
import { formatNameOf } from '../../domain/run-of-show/event-format.ts';
import { orNotFound } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as eventPage from '../../store/events/page.ts';
import type { Letter } from '../../store/letters/letters.ts';
import { findByRef, refOf } from '../../store/letters/mailbox.ts';
import * as eventLetters from '../../store/letters/of-event.ts';
import * as directory from '../../store/people/people.ts';
import { idIn, messageFor, readQuery } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { addressWith, pageField, pageOf, pagerFor, rowsOn } from '../../web/paging.ts';
import { type Mistakes, noMistakes, submit } from '../../web/submit.ts';
import type { Pages, SignedInVisit, Visit } from '../../web/visit.ts';
import { listed, type Words } from '../../words.ts';
import { repliesNotReadNotice } from '../calendar/replies-not-read.ts';
import { daysUntil, whenOf } from '../events/page-view.ts';
import { warningsFor } from '../events/warnings-view.ts';
import { daysOnlySentence } from '../guests/moments.ts';
import { emailField, isSharedField } from '../people/form.ts';
import { undoOf } from './holds.ts';
import { laterSentence } from './later-turns.ts';
import { countsIn, failedIn, inOrder, lettersIn, peopleIn } from './of-event-view.ts';
import { plannedIn } from './planned-view.ts';
import { sinceChangeNotice } from './waiting-since-change.ts';

/** Registers the page of an event's letters, sent and planned: to whom, when, and what became of them. */
export function eventInvitationRoutes(at: Pages): void {
  const letter = '/events/:id/letters/:letter';
  at.get('/events/:id/invitations', 'organiser', show);
  at.post('/events/:id/reminders', 'organiser', remind);
  at.post('/events/:id/reminders/:kind/sending', 'organiser', send);
  at.post('/events/:id/reminders/:kind/stop', 'organiser', hold);
  at.post('/events/:id/reminders/:kind/resumption', 'organiser', go);
  at.post(`${letter}/address`, 'organiser', correct);
  at.post(`${letter}/settlement`, 'organiser', leave);
  at.post(`${letter}/copy`, 'organiser', again);
}

const messages = {
  written: 'Your e-mail goes out in ten seconds.',
  reminded: 'The reminders go out in ten seconds.',
  'sent-now': 'The e-mails go out in ten seconds.',
  stopped: 'That e-mail will not go out.',
  resumed: 'That e-mail goes out at its time.',
  corrected: 'The address is corrected, and an e-mail is on its way there.',
  left: 'Left as it is.',
  again: 'The e-mail is on its way again.',
  'taken-back': 'Undone. Nobody was told.',
};

/** People, or lines of letters, on one page; and letters that did not arrive. */
const pageSize = 50;
const query = z.object({
  by: z.enum(['letter', 'person']).catch('letter'),
  page: pageField,
  failed: pageField,
});

/** The address of a letter that comes back with mistakes. */
interface Correction {
  ref: string;
  errors: Mistakes['errors'];
  typed: string;
}

async function show(visit: SignedInVisit, { status, errors, typed } = noMistakes, ref?: string) {
  const { ctx, request, words } = visit;
  const event = orNotFound(await events.find(ctx.db, idIn(request)), 'event');
  const now = ctx.now();
  const asked = readQuery(request, query);
  const guests = await guestsOf(ctx.db, event.id);
  const correction =
    ref === undefined ? undefined : { ref, errors, typed: String(typed[fieldOf(ref)] ?? '') };
  return page(visit, 'events/invitations', {
    status,
    title: words.t('Invitations to {name}', { name: event.name }),
    ...(await headOf(visit, event, now)),
    ...(await lettersOf(visit, event, guests, now, asked, correction)),
    warnings: await warningsAhead(visit, event),
    waitingSince: await sinceChangeNotice(visit),
    repliesNotRead: repliesNotReadNotice(visit),
    daysOnly: daysOnlySentence(words, event),
    today: await todayOf(visit, event, guests, now),
    by: asked.by,
    errors,
    message: correction ? undefined : messageFor(visit, messages),
  });
}

/** Returns what may be wrong with an event that is still ahead. */
async function warningsAhead(visit: SignedInVisit, event: events.Event) {
  if (event.state === 'cancelled' || isOver(event, visit.ctx.now())) return [];
  const row = await eventPage.findBySlug(visit.ctx.db, event.slug, visit.viewer.id);
  return row ? warningsFor(visit, row) : [];
}

/** Head of an event's page. */
export const headOf = async (visit: SignedInVisit, event: events.Event, now: Temporal.Instant) => ({
  tab: 'events',
  keptHere: !visit.ctx.mail.configured,
  event,
  format: formatNameOf(event),
  when: whenOf(visit.words, event, now),
  isOver: isOver(event, now),
  days: daysUntil(event, now),
  undo: await undoOf(visit, event.id),
});

async function lettersOf(
  { ctx, words }: Visit,
  event: events.Event,
  guests: Guests,
  now: Temporal.Instant,
  { by, page: number, failed: failedNumber }: z.output<typeof query>,
  correction?: Correction,
) {
  const lines = inOrder(await eventLetters.aboutEvent(ctx.db, event.id, addressesOf(ctx)), event);
  const planned = await upcoming(ctx.db, event, guests, now);
  const [letters, people] = [
    by === 'letter' ? lettersIn(words, lines, event, now) : [],
    by === 'person' ? peopleIn(words, lines, event, now) : [],
  ];
  const failed = failedIn(words, lines, event, now);
  const at = pageOf(number, letters.length + people.length, pageSize);
  const wrong = failed.findIndex(({ ref }) => ref === correction?.ref);
  const failedAt = pageOf(
    wrong < 0 ? failedNumber : Math.floor(wrong / pageSize) + 1,
    failed.length,
    pageSize,
  );
  const here = `/events/${event.id}/invitations`;
  return {
    counts: countsIn(words, lines, planned, event, now, !ctx.mail.configured),
    failed: (await withOthers(ctx, words, rowsOn(failed, failedAt))).map((one) =>
      withCorrection(one, correction),
    ),
    failedPager: pagerFor(
      failedAt,
      (page) => `${addressWith(here, { failed: page > 1 ? page : '' })}#failed`,
    ),
    planned: plannedIn(words, planned, event, now),
    letters: rowsOn(letters, at),
    people: rowsOn(people, at),
    pager: pagerFor(at, (page) => `${addressWith(here, { by: by === 'letter' ? '' : by, page })}#out-title`),
  };
}

/** Adds who else is behind the same address, in words. */
async function withOthers<One extends { email: string; personId: number | null }>(
  ctx: Visit['ctx'],
  words: Words,
  failed: One[],
) {
  const there = await directory.withAddresses(ctx.db, [
    ...new Set(failed.map(({ email }) => email.toLowerCase())),
  ]);
  return failed.map((one) => {
    const beside = there.filter(
      ({ id, email }) => id !== one.personId && email.toLowerCase() === one.email.toLowerCase(),
    );
    const others = listed(
      beside.map(({ name }) => name),
      words,
    );
    return { ...one, others };
  });
}

const withCorrection = <One extends { ref: string; field: string }>(one: One, correction?: Correction) => ({
  ...one,
  errors: correction?.ref === one.ref ? correction.errors : [],
  canShare: correction?.ref === one.ref && correction.errors.some(({ params }) => params?.name !== undefined),
  typed: correction?.ref === one.ref ? { [one.field]: correction.typed } : {},
});

async function todayOf(visit: Visit, event: events.Event, guests: Guests, now: Temporal.Instant) {
  const { t } = visit.words;
  const { open, may } = unanswered(guests, now);
  const { invitees } = guests;
  const coming = invitees.filter(({ state }) => state === 'coming').length;
  const why = await whyNobodyIsAsked(event, now);
  const off = {
    weekend: t('Nobody is reminded at the weekend.'),
    holiday: t('Nobody is reminded on a public holiday.'),
  };
  return {
    open: open.map(({ name }) => name),
    may: may.length,
    off: why === null ? '' : off[why],
    later:
      why === null
        ? await laterSentence(
            visit,
            may.map(({ personId }) => personId),
            event.timeZone,
          )
        : '',
    freeSeats: Math.max(0, event.capacity - coming),
    invited: invitees.length,
  };
}

const invitationsOf = (id: number, code: string) => `/events/${id}/invitations?said=${code}`;

async function remind({ ctx, request }: SignedInVisit) {
  const id = idIn(request);
  await remindNow(ctx, id);
  return invitationsOf(id, 'reminded');
}

function kindIn(request: FastifyRequest): PlannedKind {
  const { kind } = request.params as { kind: string };
  return orNotFound(
    plannedKinds.find((one) => one === kind),
    'letter',
  );
}

async function send({ ctx, request }: SignedInVisit) {
  const id = idIn(request);
  await sendNow(ctx, id, kindIn(request));
  return invitationsOf(id, 'sent-now');
}

async function hold({ ctx, request }: SignedInVisit) {
  const id = idIn(request);
  await stop(ctx, id, kindIn(request));
  return invitationsOf(id, 'stopped');
}

async function go({ ctx, request }: SignedInVisit) {
  const id = idIn(request);
  await resume(ctx, id, kindIn(request));
  return invitationsOf(id, 'resumed');
}

async function letterIn({ ctx, request }: SignedInVisit): Promise<Letter> {
  const { letter } = request.params as { letter: string };
  return orNotFound(await findByRef(ctx.db, letter), 'letter');
}

/** The field for another address in the line of a letter. */
const fieldOf = (ref: string) => `email-${ref}`;

async function correct(visit: SignedInVisit) {
  const id = idIn(visit.request);
  const letter = await letterIn(visit);
  const field = fieldOf(refOf(letter));
  return submit(
    visit,
    z.object({ [field]: emailField, isShared: isSharedField, withOthers: isSharedField }),
    {
      act: async ({ isShared, withOthers, ...values }) => {
        const email = String(values[field]);
        await correctAddress(
          visit.ctx,
          id,
          letter.id,
          { email, isShared: isShared === true, withOthers: withOthers === true },
          visit.viewer.id,
        );
        return invitationsOf(id, 'corrected');
      },
      again: ({ errors, ...rest }) =>
        show(visit, { ...rest, errors: errors.map((one) => ({ ...one, field })) }, refOf(letter)),
    },
  );
}

async function leave(visit: SignedInVisit) {
  const { ctx, request } = visit;
  const id = idIn(request);
  await dismiss(ctx, id, (await letterIn(visit)).id);
  return invitationsOf(id, 'left');
}

async function again(visit: SignedInVisit) {
  const { ctx, request } = visit;
  const id = idIn(request);
  await sendAgain(ctx, id, (await letterIn(visit)).id);
  return `/events/${id}/invitations?by=person&said=again`;
}
