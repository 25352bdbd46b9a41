// An e-mail to a group: written, looked at, sent to oneself first, and sent.
import { z } from 'zod';
import {
  filledMessage,
  type Message,
  readersAt,
  readersOf,
  senderOf,
  sendMessageToWriter,
  takeBackMessage,
  writeToEvent,
  writeToPeople,
} from '../../actions/letters/messages.ts';
import { eventGroups, problemsInMessage, programmeGroups } from '../../domain/letters/messages.ts';
import { renderLetter } from '../../mail/letter.ts';
import { viewOf } from '../../mail/letters/view.ts';
import { orNotFound } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as messages from '../../store/letters/messages.ts';
import { formKeyField, idIn, lineField, readQuery, textField } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { formKeyIn, noMistakes, press, submit } from '../../web/submit.ts';
import type { Pages, SignedInVisit } from '../../web/visit.ts';
import {
  eventGroupsIn,
  gapsShown,
  likelyGroup,
  type MessageMistakes,
  programmeGroupsIn,
  sentLately,
  takeBackOf,
} from './messages-view.ts';
import { headOf } from './of-event.ts';

/** Registers writing to a group of an event's people, and to a group of everyone. */
export function messageRoutes(at: Pages): void {
  at.get('/events/:id/message', 'organiser', (visit) => showAtEvent(visit), { forChanges: true });
  at.post('/events/:id/message', 'organiser', sendAtEvent);
  at.get('/messages', 'organiser', (visit) => showToAll(visit));
  at.post('/messages', 'organiser', sendToAll);
  at.post('/messages/withdrawal', 'organiser', press(withdrawal, takeBack));
}

const words = {
  subject: lineField(120, 'A subject has at most 120 characters. Shorten it.').default(''),
  body: textField(5000, 'An e-mail has at most 5,000 characters. Shorten it.').default(''),
};

const shared = {
  ...words,
  formKey: formKeyField,
  seen: z.coerce.number().int().min(0).max(2_147_483_647).default(0),
  do: z.enum(['preview', 'trial', 'send']).default('preview'),
};

const eventForm = z.object({ ...shared, group: z.enum(eventGroups, 'Choose who gets it.') });
const allForm = z.object({ ...shared, group: z.enum(programmeGroups, 'Choose who gets it.') });

async function showAtEvent(visit: SignedInVisit, mistakes: MessageMistakes = noMistakes) {
  const { ctx, request, words } = visit;
  const event = orNotFound(await events.find(ctx.db, idIn(request)), 'event');
  const readers = await readersAt(ctx.db, event.id);
  const groups = eventGroupsIn(words, readers);
  return page(visit, 'letters/message', {
    ...(await headOf(visit, event, ctx.now())),
    ...(await formData(visit, event, mistakes)),
    title: words.t('Write to the people of {event}', { event: event.name }),
    action: `/events/${event.id}/message`,
    back: `/events/${event.id}/invitations`,
    isDraft: event.publishedAt === null,
    groups,
    value: { group: likelyGroup(event, groups, ctx.now()), subject: '', body: '' },
    takeBack: null,
  });
}

const allQuery = z.object({ sent: formKeyField.optional().catch(undefined) });

async function showToAll(visit: SignedInVisit, mistakes: MessageMistakes = noMistakes) {
  const { ctx, request, words } = visit;
  const { sent } = readQuery(request, allQuery);
  return page(visit, 'letters/message', {
    ...(await formData(visit, null, mistakes)),
    title: words.t('Write to a group of people'),
    tab: 'mailbox',
    event: null,
    action: '/messages',
    back: '/mailbox',
    isDraft: false,
    groups: programmeGroupsIn(words, await messages.countPeople(ctx.db)),
    value: { group: 'talents', subject: '', body: '' },
    takeBack: sent === undefined ? null : await takeBackOf(visit, sent),
  });
}

/** Everything the form shows wherever it is. */
async function formData(visit: SignedInVisit, event: events.Event | null, mistakes: MessageMistakes) {
  const { ctx, words } = visit;
  const lately = await messages.latest(ctx.db, event?.id ?? null, ctx.now());
  return {
    ...mistakes,
    formKey: formKeyIn(mistakes),
    seen: lately[0]?.id ?? 0,
    lately: sentLately(words, lately),
    keptHere: !ctx.mail.configured,
    gaps: gapsShown(event !== null),
    preview: mistakes.preview ? await previewOf(visit, event, mistakes.preview) : null,
    message: mistakes.message,
  };
}

/** The e-mail as its first reader gets it. */
async function previewOf(
  { ctx, viewer, words }: SignedInVisit,
  event: events.Event | null,
  { subject, body, first, count }: NonNullable<MessageMistakes['preview']>,
) {
  const sender = await senderOf(ctx.db, viewer.id, event);
  const facts = filledMessage(ctx, sender, { name: first }, { subject, body });
  const shown = { ...facts, ...(event && { personalUrl: `${ctx.baseUrl}/i/preview` }) };
  const letter = viewOf(shown, words);
  const { text } = renderLetter(shown, { name: first, email: viewer.email }, words);
  return { count, first, from: sender.organiser, letter, plain: text };
}

type Sent = Omit<z.output<typeof eventForm>, 'group'>;

/** Mistakes in the words themselves. */
function wrongWords(isAboutEvent: boolean, { subject, body }: Sent) {
  return problemsInMessage(isAboutEvent, { subject, body }).map(({ field, sentence, values }) => ({
    field,
    message: sentence,
    params: values,
  }));
}

const nobody = { field: 'group', message: 'Nobody is in this group at the moment. Choose another.' };
const messageIn = ({ subject, body, formKey, seen }: Sent): Message => ({ subject, body, formKey, seen });

async function sendAtEvent(visit: SignedInVisit) {
  const { ctx, request, viewer } = visit;
  const event = orNotFound(await events.find(ctx.db, idIn(request)), 'event');
  return submit(visit, eventForm, {
    act: async (values, typed) => {
      const readers = (await readersAt(ctx.db, event.id))(values.group);
      const errors = [...wrongWords(true, values), ...(readers.length === 0 ? [nobody] : [])];
      if (errors.length > 0) return errors;
      if (values.do === 'send') {
        await writeToEvent(ctx, viewer.id, event.id, values.group, messageIn(values));
        return `/events/${event.id}/invitations?said=written`;
      }
      const preview = { ...values, first: readers[0]!.name, count: readers.length };
      const message = values.do === 'trial' ? await toMyself(visit, event, values) : undefined;
      return showAtEvent(visit, { ...noMistakes, typed, preview, message });
    },
    again: (mistakes) => showAtEvent(visit, mistakes),
    field: '',
  });
}

async function sendToAll(visit: SignedInVisit) {
  const { ctx, viewer } = visit;
  return submit(visit, allForm, {
    act: async (values, typed) => {
      const readers = (await readersOf(ctx.db))(values.group);
      const errors = [...wrongWords(false, values), ...(readers.length === 0 ? [nobody] : [])];
      if (errors.length > 0) return errors;
      if (values.do === 'send') {
        await writeToPeople(ctx, viewer.id, values.group, messageIn(values));
        return `/messages?sent=${values.formKey}`;
      }
      const preview = { ...values, first: readers[0]!.name, count: readers.length };
      const message = values.do === 'trial' ? await toMyself(visit, null, values) : undefined;
      return showToAll(visit, { ...noMistakes, typed, preview, message });
    },
    again: (mistakes) => showToAll(visit, mistakes),
    field: '',
  });
}

async function toMyself({ ctx, viewer, words }: SignedInVisit, event: events.Event | null, values: Sent) {
  await sendMessageToWriter(ctx, viewer, event, values);
  return words.t('A copy is on its way to you. Nobody else has it yet.');
}

const withdrawal = z.object({ formKey: formKeyField });

async function takeBack({ ctx }: SignedInVisit, { formKey }: z.output<typeof withdrawal>) {
  await takeBackMessage(ctx, formKey);
  return '/mailbox?said=taken-back';
}
