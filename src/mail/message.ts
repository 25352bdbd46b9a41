// A letter as the bytes that travel: RFC 5322 message, MIME tree of RFC 6047 with the calendar in two places.
// The tree is what calendar programs expect: alternative(text, html, text/calendar) beside an .ics attachment.
import MailComposer from 'nodemailer/lib/mail-composer';
import type { Mailbox } from './calendar/entry.ts';
import { mailAddress, oneLine } from './calendar/text.ts';
import type { CalendarPart, Letter } from './letter.ts';

export interface Posting {
  /** '<unique@domain>', given once and kept for every retry. */
  messageId: string;
  date: Temporal.Instant;
  /** The deployment's address; the name is the human organiser's or the organisation's. */
  from: Mailbox;
  /** Recipients of a reply: the human organiser, and ORGANIZER where that is another address than From. */
  replyTo?: Mailbox[];
  /** One person, never a list. */
  to: Mailbox;
  /** Address where a mail program ends letters of this sort with one press (RFC 8058). */
  unsubscribe?: string;
  /** The Message-ID of the invitation this letter follows. */
  thread?: string;
}

/** The stored bytes of one letter to one person; throws RangeError for an address, Message-ID or ORGANIZER that cannot be right. */
export function messageBytes(letter: Letter, posting: Posting): Promise<Buffer> {
  const { messageId, date, from, replyTo = [], to, unsubscribe, thread } = posting;
  if (!/^<[A-Za-z0-9._-]+@[A-Za-z0-9.-]+>$/.test(messageId))
    throw new RangeError(`Not a Message-ID: ${messageId}`);
  return new MailComposer({
    messageId,
    date: new Date(date.epochMilliseconds),
    from: box(from),
    ...(replyTo.length > 0 && { replyTo: replyTo.map(box) }),
    to: box(to),
    subject: oneLine(letter.subject),
    text: letter.text,
    html: letter.html,
    ...(thread && { references: thread }),
    headers: {
      // RFC 3834 5: nobody's holiday notice need answer it.
      'Auto-Submitted': 'auto-generated',
      ...(unsubscribe && {
        'List-Unsubscribe': `<${new URL(unsubscribe).href}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      }),
    },
    ...(letter.calendar && { icalEvent: calendarParts(letter.calendar, [from, ...replyTo]) }),
    // Mail servers end lines with CRLF anyway; the stored bytes shall be the ones that travel.
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
}

function box({ name, email }: Mailbox) {
  return { name: oneLine(name).trim(), address: mailAddress(email) };
}

// Programs that find ORGANIZER neither in From nor in Reply-To drop the invitation or send answers astray (RFC 6047 2.3).
function calendarParts({ method, content, organiserEmail }: CalendarPart, boxes: Mailbox[]) {
  const isAmong = boxes.some(({ email }) => email.toLowerCase() === organiserEmail.toLowerCase());
  if (!isAmong)
    throw new RangeError(
      `ORGANIZER is ${organiserEmail} but the letter comes from ${boxes.map(({ email }) => email).join(', ')}`,
    );
  return { method, filename: 'invite.ics', contentTransferEncoding: 'base64', content };
}
