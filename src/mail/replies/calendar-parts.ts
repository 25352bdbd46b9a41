// The calendar objects in a message that came in: RFC 6047 2.4, and what mail programs do instead. Every text/calendar
// and application/ics leaf is taken, wherever it hangs; messages inside the message are somebody else's and stay shut.

import { createHash } from 'node:crypto';
import iconv from 'iconv-lite';
import type { Attachment, ParsedMail } from 'mailparser';
import { hideLinks } from '../../domain/letters/hidden-links.ts';

export interface ReceivedMessage {
  /** The Message-ID, or a hash of the bytes: the same message is worked on once. */
  key: string;
  /** The addresses of From; several make nobody the writer. */
  from: string[];
  /** Every address it was sent to, as far as its headers say. */
  to: string[];
  /** True for reports and automatic answers: they quote invitations, and answer none. */
  isAutomatic: boolean;
  /** The bytes of each calendar object once, as text. */
  calendars: string[];
  /** True where a calendar object was too large to be read. */
  hasTooLarge: boolean;
  /** The message in plain text, as written. */
  text: string;
  /** Reason in a report on a letter that could not be delivered (RFC 3464); empty in every other message. */
  failure: string;
}

/** More than any answer needs; what is larger is not read at all. Bytes. */
export const mostBytes = 1024 * 1024;
const mostCalendarBytes = 256 * 1024;
const mostCalendars = 10;

/** Reads a message; throws where it is not one that can be read. */
export async function receivedMessage(bytes: Buffer): Promise<ReceivedMessage> {
  if (bytes.length > mostBytes) throw new RangeError(`${bytes.length} bytes are too many for an answer`);
  // Brought in where a mailbox is read.
  const { simpleParser } = await import('mailparser');
  const options: Record<string, unknown> = {
    ignoreEmbedded: true,
    keepDeliveryStatus: true,
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipImageLinks: true,
    maxChildNodes: 100,
    maxHeadSize: 128 * 1024,
  };
  const mail = await simpleParser(bytes, options);
  const calendars = mail.attachments
    .filter(isCalendar)
    .map(textOf)
    .filter((text) => text !== '');
  return {
    key: mail.messageId?.trim() || `sha256:${createHash('sha256').update(bytes).digest('base64url')}`,
    from: writers(mail),
    to: [mail.to, mail.cc, ...deliveredTo(mail)].flatMap(addressesIn),
    isAutomatic: isAutomatic(mail),
    calendars: [...new Set(calendars)].slice(0, mostCalendars),
    hasTooLarge: mail.attachments.some((part) => isCalendar(part) && part.content.length > mostCalendarBytes),
    text: mail.text ?? '',
    failure: failureIn(mail),
  };
}

function isCalendar({ contentType, filename }: Attachment): boolean {
  if (['text/calendar', 'application/ics'].includes(contentType)) return true;
  return contentType === 'application/octet-stream' && /\.ics$/i.test(filename ?? '');
}

function textOf(part: Attachment): string {
  if (part.content.length > mostCalendarBytes) return '';
  const type = part.headers.get('content-type') as { params?: Record<string, string> } | undefined;
  const charset = type?.params?.charset ?? 'utf-8';
  return iconv.decode(part.content, iconv.encodingExists(charset) ? charset : 'utf-8').replace(/^\ufeff/, '');
}

function failureIn(mail: ParsedMail): string {
  const report = mail.attachments.find(({ contentType }) => contentType === 'message/delivery-status');
  const fields = report?.content.toString('utf8', 0, 8192).replace(/\r?\n[ \t]+/g, ' ') ?? '';
  if (!/^action:\s*failed\b/im.test(fields)) return '';
  const status = /^status:\s*(\d\.\d{1,3}\.\d{1,3})/im.exec(fields)?.[1] ?? '';
  const words = /^diagnostic-code:\s*(?:smtp;)?\s*(.*)$/im.exec(fields)?.[1] ?? '';
  return hideLinks(`${status} ${words}`).trim().slice(0, 300) || 'It came back.';
}

function isAutomatic(mail: ParsedMail): boolean {
  const type = mail.headers.get('content-type') as { value?: string } | undefined;
  const submitted = String(mail.headers.get('auto-submitted') ?? 'no');
  return type?.value === 'multipart/report' || /^auto-replied/i.test(submitted);
}

/** Two From lines are a trick: one program believes the first, another the last. Then nobody wrote it. */
function writers(mail: ParsedMail): string[] {
  const lines = mail.headerLines.filter(({ key }) => key === 'from');
  return lines.length === 1 ? addressesIn(mail.from) : [];
}

function deliveredTo(mail: ParsedMail): string[] {
  return mail.headerLines
    .filter(({ key }) => ['delivered-to', 'x-original-to', 'envelope-to'].includes(key))
    .map(({ line }) => line.slice(line.indexOf(':') + 1).trim());
}

function addressesIn(given: ParsedMail['to'] | string): string[] {
  if (typeof given === 'string') return [given.replace(/^<|>$/g, '')];
  return [given].flat().flatMap((one) => one?.value.flatMap(({ address }) => address ?? []) ?? []);
}
