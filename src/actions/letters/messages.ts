// An e-mail that an organiser writes to a group: one copy for each person, held for ten seconds.
import type { Context } from '../../context.ts';
import type { Db, Tx } from '../../database/open.ts';
import { lengthOf } from '../../domain/events/times.ts';
import { formatShortDay, formatTimes } from '../../domain/events/wall-time.ts';
import type { MessageLetter } from '../../domain/letters/facilitator-facts.ts';
import type { LetterEvent } from '../../domain/letters/facts.ts';
import {
  type EventGroup,
  isInEventGroup,
  isInProgrammeGroup,
  type ProgrammeGroup,
} from '../../domain/letters/messages.ts';
import { undoEnds } from '../../domain/letters/timing.ts';
import { fillWords, type GapValues, type LetterWords } from '../../domain/letters/words.ts';
import { type Greeted, greetingOf } from '../../domain/people/names.ts';
import { orNotFound, Refusal } from '../../refusal.ts';
import * as events from '../../store/events/events.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as eventTeams from '../../store/events/teams.ts';
import * as rsvps from '../../store/guests/rsvps.ts';
import * as messages from '../../store/letters/messages.ts';
import { removeHeldPress } from '../../store/letters/presses.ts';
import * as people from '../../store/people/people.ts';
import { localeOf } from '../../words.ts';
import { type Actor, note } from '../audit/note.ts';
import { letterEvent } from './about-event.ts';
import { openHold, recordUndo } from './holds.ts';
import { type Held, sendLetter } from './send.ts';

/** A reader of the e-mail. */
export interface Reader {
  id: number;
  name: string;
  email: string;
}

/** Words for a group; the key makes the same form, sent twice, one e-mail for each person. */
export interface Message extends LetterWords {
  formKey: string;
  /** The newest e-mail of this sort that the writer had seen, so that two organisers do not write the same. */
  seen: number;
}

/** People of an event by group, each once; those who have left the organisation are in none. */
export async function readersAt(db: Db, eventId: number): Promise<(group: EventGroup) => Reader[]> {
  const hosting = await eventTeams.hostingAt(db, eventId);
  const listed = await rsvps.everListed(db, eventId);
  return (group) =>
    listed
      .filter((one) =>
        isInEventGroup(group, {
          state: one.state,
          side: one.side,
          hosts: hosting.has(one.personId),
          isKept: one.seatKeptUntil !== null,
        }),
      )
      .map(({ personId: id, name, email }) => ({ id, name, email }));
}

/** People of the programme by group. */
export async function readersOf(db: Db): Promise<(group: ProgrammeGroup) => Reader[]> {
  const active = await messages.activePeople(db);
  return (group) => active.filter((one) => isInProgrammeGroup(group, one));
}

/** Everything a message has in common for all its readers. */
export interface Sender {
  organisation: string;
  programme: string;
  organiser: string;
  organiserEmail: string;
  event?: LetterEvent;
}

/** Reads who writes, and about what. */
export async function senderOf(db: Db, by: number, event: events.Event | null): Promise<Sender> {
  const programme = orNotFound(await programmes.current(db), 'page');
  const organiser = orNotFound(await people.find(db, by), 'person');
  return {
    organisation: programme.organisation,
    programme: programme.name,
    organiser: organiser.name,
    organiserEmail: organiser.email,
    ...(event && { event: letterEvent({ event, minutes: lengthOf(event) }) }),
  };
}

/** Fills a message in for one reader. */
export function filledMessage(
  ctx: Context,
  sender: Sender,
  reader: Greeted,
  words: LetterWords,
): MessageLetter {
  const { event, organiser, organisation } = sender;
  const values: GapValues = {
    'First name': greetingOf(reader),
    Organiser: organiser,
    Organisation: organisation,
    ...(event && aboutEvent(event, localeOf(ctx.words))),
  };
  return { kind: 'message', recipient: reader, ...sender, ...fillWords(words, values) };
}

function aboutEvent(event: LetterEvent, locale: string): GapValues {
  return {
    Event: event.name,
    Day: formatShortDay(event.start, locale),
    Time: formatTimes(event, locale),
    Place: event.place,
  };
}

/** Sends a trial to the organiser who writes; every press sends one. */
export async function sendMessageToWriter(
  ctx: Context,
  to: Reader,
  event: events.Event | null,
  words: LetterWords,
): Promise<void> {
  const key = `trial:${to.id}:${ctx.random(8).toString('hex')}`;
  await ctx.db.transaction(async (tx) => {
    const facts = filledMessage(ctx, await senderOf(tx, to.id, event), { name: to.name }, words);
    const page = event ? { personalUrl: `${ctx.baseUrl}/e/${event.slug}` } : {};
    await sendLetter(ctx, tx, { key, kind: 'message', to, facts: { ...facts, ...page } });
  });
}

/** Writes to a group of an event's people. Returns how many e-mails; none where this form was sent before. */
export async function writeToEvent(
  ctx: Context,
  by: number,
  eventId: number,
  group: EventGroup,
  message: Message,
): Promise<number> {
  return ctx.db.transaction(async (tx) => {
    const event = orNotFound(await events.lock(tx, eventId), 'event');
    if (event.publishedAt === null)
      throw new Refusal('conflict', 'Nobody has been told of this event yet. Send the invitations first.');
    if (await messages.wasSent(tx, message.formKey, ctx.now())) return 0;
    await refuseUnseen(ctx, tx, eventId, message);
    const readers = (await readersAt(tx, eventId))(group);
    refuseNobody(readers);
    const hold = await openHold(ctx, tx, eventId, 'message');
    await write(ctx, tx, { by, event, readers, message, hold });
    await recordUndo(tx, hold, event, {});
    return readers.length;
  });
}

/** Writes to a group of all people. Returns how many e-mails; none where this form was sent before. */
export async function writeToPeople(
  ctx: Context,
  by: number,
  group: ProgrammeGroup,
  message: Message,
): Promise<number> {
  return ctx.db.transaction(async (tx) => {
    orNotFound(await programmes.lockCurrent(tx), 'page');
    if (await messages.wasSent(tx, message.formKey, ctx.now())) return 0;
    await refuseUnseen(ctx, tx, null, message);
    const readers = (await readersOf(tx))(group);
    refuseNobody(readers);
    const hold = { id: null, until: undoEnds(ctx.now()) };
    await write(ctx, tx, { by, event: null, readers, message, hold });
    return readers.length;
  });
}

function refuseNobody(readers: readonly Reader[]): void {
  if (readers.length === 0)
    throw new Refusal('invalid', 'Nobody is in this group at the moment. Choose another.', {}, 'group');
}

/** Refuses ('conflict') where another organiser wrote since this form was opened. */
async function refuseUnseen(ctx: Context, tx: Tx, eventId: number | null, { seen }: Message): Promise<void> {
  const [last] = await messages.latest(tx, eventId, ctx.now());
  if (!last || last.id <= seen) return;
  throw new Refusal(
    'conflict',
    '{name} has just written “{subject}”. Read it below, then send yours if it is still needed.',
    { name: last.organiser, subject: last.subject },
    '',
  );
}

interface Writing {
  by: number;
  event: events.Event | null;
  readers: readonly Reader[];
  message: Message;
  hold: Held;
}

async function write(ctx: Context, tx: Tx, { by, event, readers, message, hold }: Writing): Promise<void> {
  const sender = await senderOf(tx, by, event);
  const { formKey, seen: _, ...words } = message;
  const greetings = await people.greetings(
    tx,
    readers.map(({ id }) => id),
  );
  for (const to of readers) {
    const greeting = greetings.get(to.id);
    const reader = { name: to.name, ...(greeting && { greeting }) };
    await sendLetter(ctx, tx, {
      key: messages.keyOf(formKey, to.id),
      kind: 'message',
      to,
      ...(event && { eventId: event.id }),
      facts: { ...filledMessage(ctx, sender, reader, words) },
      hold,
    });
  }
  await noteMessage(ctx, tx, by, event?.name ?? sender.programme, readers.length);
}

const noteMessage = (ctx: Context, tx: Tx, by: Actor, about: string, n: number) =>
  note(ctx, tx, { by, act: 'wrote-message', about, numbers: { n } });

/** Takes back an e-mail to a group of all people that has not left. Throws a Refusal ('conflict') once it is on its way. */
export async function takeBackMessage(ctx: Context, formKey: string): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    if ((await removeHeldPress(tx, 'message', messages.pressOf(formKey), ctx.now())) > 0) return;
    throw new Refusal('conflict', 'The ten seconds are over and the e-mails are on their way.');
  });
}
