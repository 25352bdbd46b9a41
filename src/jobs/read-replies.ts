import { takeReply } from '../actions/calendar/replies.ts';
import type { Context } from '../context.ts';
import { type WhyPutAside, whyPutAside } from '../domain/calendar/put-aside.ts';
import { letterOfBounce } from '../mail/bounce-address.ts';
import { type ReceivedMessage, receivedMessage } from '../mail/replies/calendar-parts.ts';
import type { Arrived, Handled, Mailbox } from '../mail/replies/mailbox.ts';
import { type Proofs, writerOf } from '../mail/replies/proof.ts';
import { repliesIn } from '../mail/replies/reading.ts';
import { writtenWords } from '../mail/replies/written-words.ts';
import * as replies from '../store/calendar/replies.ts';
import * as letters from '../store/letters/letters.ts';

/** Mailbox for answers, and how their writers are proved. */
export interface ReplyMailbox extends Proofs {
  mailbox: Mailbox;
  bouncesTo?: string | undefined;
}

const mostTries = 3;

/** Reads the mailbox once: answers are taken, reports noted, all of it moved away; a message that fails three times is put aside. */
export async function readReplies(ctx: Context, from: ReplyMailbox): Promise<number> {
  return from.mailbox.readAll((message) => handle(ctx, from, message));
}

async function handle(ctx: Context, from: ReplyMailbox, arrived: Arrived): Promise<Handled> {
  const { bytes, receivedAt } = arrived;
  if (bytes === null) return putUnread(ctx, arrived, 'too large');
  const message = await receivedMessage(bytes).catch(() => null);
  if (!message) return putUnread(ctx, arrived, 'unreadable');
  const writer = await writerOf(bytes, message.from, from);
  // A forged message must not keep a real one of the same Message-ID from being read.
  const key = `${writer.proved ? 'proved' : 'unproved'} ${message.key}`.slice(0, 1000);
  const { state, tries } = await replies.beginMessage(ctx.db, key, ctx.now());
  if (state !== 'trying') return state === 'done' ? 'read' : 'put-aside';
  const sender = message.from.join(', ').slice(0, 254);
  try {
    const outcome = await outcomeOf(ctx, from, message, writer, receivedAt);
    const isForPerson = outcome in whyPutAside;
    await replies.endMessage(
      ctx.db,
      key,
      isForPerson ? 'put-aside' : 'done',
      outcome,
      isForPerson ? sender : '',
    );
    return isForPerson ? 'put-aside' : 'read';
  } catch (error) {
    if (tries < mostTries) return 'later';
    await replies.endMessage(ctx.db, key, 'put-aside', String(error).slice(0, 300), sender);
    return 'put-aside';
  }
}

/** Notes mail that is put aside without being read, with its sender. */
async function putUnread(ctx: Context, { id, sender }: Arrived, why: WhyPutAside): Promise<Handled> {
  const key = `unread ${id}`.slice(0, 1000);
  await replies.beginMessage(ctx.db, key, ctx.now());
  await replies.endMessage(ctx.db, key, 'put-aside', why, sender.slice(0, 254));
  return 'put-aside';
}

/** Somebody wrote to us rather than to the organiser: a person has to look at that. */
const nothingToRead: WhyPutAside = 'no answer in it';
const tooLarge: WhyPutAside = 'calendar too large';

async function outcomeOf(
  ctx: Context,
  { bouncesTo }: ReplyMailbox,
  message: ReceivedMessage,
  writer: Awaited<ReturnType<typeof writerOf>>,
  receivedAt: Temporal.Instant,
): Promise<string> {
  if (message.failure && bouncesTo) return noteBounce(ctx, message, bouncesTo);
  // A report or a holiday notice quotes what it answers: whatever is in it, nobody pressed anything.
  if (message.isAutomatic) return 'automatic';
  const found = message.calendars.flatMap(repliesIn);
  if (found.length === 0 && message.hasTooLarge) return tooLarge;
  if (found.length === 0) return message.calendars.length > 0 ? 'no reply' : nothingToRead;
  const written = writtenWords(message.text);
  const became: string[] = [];
  for (const reply of found)
    became.push(await takeReply(ctx, { ...reply, words: reply.words || written }, writer, receivedAt));
  return became.join(', ');
}

async function noteBounce(ctx: Context, message: ReceivedMessage, bouncesTo: string): Promise<string> {
  const [letterId] = message.to.flatMap((address) => letterOfBounce(address, bouncesTo, ctx.secret) ?? []);
  const letter = letterId === undefined ? null : await letters.find(ctx.db, letterId);
  if (letter?.state !== 'sent') return 'a report about no letter of ours';
  const { sentAt } = letter;
  await letters.close(ctx.db, letter.id, { state: 'dead', reply: message.failure, sentAt });
  return `letter ${letter.id} came back`;
}
