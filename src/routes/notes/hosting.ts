import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { editionOf } from '../../actions/edition.ts';
import { changeNote, chooseSaid, deleteNote, keepNote, type NameFound } from '../../actions/notes/notes.ts';
import { talkedAbout } from '../../actions/notes/talked.ts';
import { isOver } from '../../domain/events/times.ts';
import { mostInNote, type NoteKind, noteKinds } from '../../domain/notes/notes.ts';
import { lineField, messageFor, readQuery, seenField } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { type Mistakes, noMistakes, press, submit } from '../../web/submit.ts';
import type { Pages } from '../../web/visit.ts';
import { guestData } from '../events/page.ts';
import { atBothDoors, type GuestVisit } from '../events/visitor.ts';
import { questionIdIn } from '../questions/wall.ts';
import { kindWord } from './harvest-view.ts';
import { hostCard } from './host-card.ts';
import { phoneOf } from './hosting-view.ts';

/** A host's phone during the evening: their table, its notes, and the questions for it. */
export function hostingRoutes(at: Pages): void {
  const atBoth = atBothDoors(at);
  atBoth.get('/hosting', (visit) => show(visit));
  atBoth.post('/hosting/notes', keep);
  atBoth.post('/hosting/notes/:note', change);
  atBoth.post('/hosting/notes/:note/deletion', press(deletionForm, remove));
  atBoth.post('/hosting/notes/:note/said', press(saidForm, sayThis));
  atBoth.post('/hosting/questions/:questionId', press(talkedForm, talked));
}

const query = z.object({
  edit: z.uuid().optional().catch(undefined),
  seen: z.string().max(100).optional().catch(undefined),
  write: z.literal('1').optional().catch(undefined),
});

const messages = {
  kept: 'Kept. The next group at your table reads it.',
  changed: 'Changed.',
  deleted: 'Deleted.',
};
const messagesWithoutTable = { ...messages, kept: 'Kept.' };

/** A name that was found, and the kind that was pressed. */
interface Pointed {
  found: NameFound;
  kind: NoteKind;
}

async function show(visit: GuestVisit, mistakes: Mistakes = noMistakes, pointed?: Pointed) {
  const { ctx, request, guest, words } = visit;
  const { edit, seen, write } = readQuery(request, query);
  const phone = await phoneOf(visit);
  const { event } = guest.page;
  const own = phone.notes.find(({ id }) => id === (noteIn(visit) ?? edit));
  const place = phone.table ? words.t('Table {n}', { n: phone.table }) : words.t('Your part');
  const composer = composerOf(visit, { own, mistakes, pointed });
  const isWriting = write === '1' || edit !== undefined || composer.text !== '';
  return page(visit, 'notes/hosting', {
    status: mistakes.status,
    ...guestData(visit),
    ...phone,
    title: words.t('{place}, {block}', { place, block: phone.evening.heading }),
    place,
    card: hostCard(words, phone),
    questionsTitle: phone.table ? words.t('Questions for your table') : words.t('Questions waiting'),
    messages: phone.messages.filter(({ key }) => key !== seen),
    composer,
    errors: composer.errors,
    writes: isWriting,
    // Without script the page loads itself anew, but not under somebody's hands.
    refresh: isWriting ? undefined : 60,
    message: messageFor(visit, phone.table ? messages : messagesWithoutTable),
    at: guest.page.revision,
    clockAt: ctx.now().epochMilliseconds,
    follows: event.state === 'published' && !isOver(event, ctx.now()),
  });
}

function noteIn({ request }: GuestVisit): string | undefined {
  return z.uuid().safeParse((request.params as { note?: string }).note).data;
}

function composerOf(
  { guest, words }: GuestVisit,
  {
    own,
    mistakes,
    pointed,
  }: {
    own?: { id: string; kind: NoteKind; text: string } | undefined;
    mistakes: Mistakes;
    pointed?: Pointed | undefined;
  },
) {
  const { typed } = mistakes;
  const address = `${guest.base}/hosting/notes`;
  const id = z.uuid().safeParse(typed.id).data ?? randomUUID();
  const stored = own && editionOf({ kind: own.kind, text: own.text });
  return {
    action: own ? `${address}/${own.id}` : address,
    id,
    text: String(typed.text ?? own?.text ?? ''),
    seen: own && (mistakes.stored ? stored : String(typed.seen ?? stored)),
    found: pointed?.found ?? null,
    kind: pointed?.kind ?? own?.kind ?? null,
    word: pointed ? kindWord(words, pointed.kind) : '',
    errors: mistakes.errors,
    deletes: own ? `${address}/${own.id}/deletion` : null,
  };
}

const kindField = z.enum(noteKinds).optional();
const textField = lineField(
  mostInNote,
  'A note has 140 characters at most, so that it fits on the screen.',
).refine((text) => text !== '', 'Write down what was said in one line.');
const noteForm = z.object({
  id: z.uuid(),
  table: z.coerce.number().int().min(0).max(200),
  round: z.coerce.number().int().min(1).max(12),
  text: textField,
  kind: kindField,
  anyway: kindField,
});

async function keep(visit: GuestVisit) {
  const { ctx, guest } = visit;
  let pointed: Pointed | undefined;
  return submit(visit, noteForm, {
    act: async ({ kind, anyway, ...note }) => {
      const chosen = anyway ?? kind ?? 'idea';
      const typed = { ...note, kind: chosen, withName: anyway !== undefined };
      const found = await keepNote(ctx, guest.page.event.id, guest.me.id, typed);
      if (!found) return `${guest.base}/hosting?said=kept#composer`;
      pointed = { found, kind: chosen };
      return [];
    },
    again: (mistakes) => show(visit, mistakes, pointed),
    field: 'text',
  });
}

const changeForm = z.object({ text: textField, kind: kindField, anyway: kindField, seen: seenField });

async function change(visit: GuestVisit) {
  const { ctx, guest } = visit;
  let pointed: Pointed | undefined;
  return submit(visit, changeForm, {
    act: async ({ kind, anyway, text, seen }) => {
      const chosen = anyway ?? kind ?? 'idea';
      const typed = { id: noteIn(visit) ?? '', kind: chosen, text, withName: anyway !== undefined };
      const found = await changeNote(ctx, guest.page.event.id, guest.me.id, {
        ...typed,
        ...(seen && { seen }),
      });
      if (!found) return `${guest.base}/hosting?said=changed#notes`;
      pointed = { found, kind: chosen };
      return [];
    },
    again: (mistakes) => show(visit, mistakes, pointed),
    field: 'text',
  });
}

const deletionForm = z.object({
  text: z.string().optional(),
  seen: seenField,
  delete: z.literal('yes'),
});

async function remove(visit: GuestVisit) {
  const { ctx, guest } = visit;
  await deleteNote(ctx, guest.page.event.id, guest.me.id, noteIn(visit) ?? '');
  return `${guest.base}/hosting?said=deleted#notes`;
}

const saidForm = z.object({ said: z.literal('yes') });

async function sayThis(visit: GuestVisit) {
  const { ctx, guest } = visit;
  await chooseSaid(ctx, guest.page.event.id, guest.me.id, noteIn(visit) ?? '');
  return `${guest.base}/hosting#say`;
}

const talkedForm = z.object({
  talked: z.enum(['yes', 'no']),
  round: z.coerce.number().int().min(1).max(12),
});

async function talked(visit: GuestVisit, values: z.output<typeof talkedForm>) {
  const { ctx, request, guest } = visit;
  await talkedAbout(ctx, guest.page.event.id, guest.me.id, {
    question: questionIdIn(request, 'questionId'),
    round: values.talked === 'yes' ? values.round : null,
  });
  return `${guest.base}/hosting#talked`;
}
