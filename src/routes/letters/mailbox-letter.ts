import { keptBytes } from '../../actions/letters/kept-bytes.ts';
import type { Context } from '../../context.ts';
import { hideLinks } from '../../domain/letters/hidden-links.ts';
import type { Letter } from '../../store/letters/letters.ts';

export interface LetterContent {
  text: string;
  html: string;
  /** The .ics, or null where the letter has none. */
  calendar: string | null;
}

/**
 * Reads what a stored letter says. 'waiting' while it is not written yet; 'joined' where it leaves in another; 'dropped' where it never was; 'lost' where it was kept under a secret that is gone; 'secret' for a sign-in letter that goes out by
 * mail: an organiser who reads it could sign in as anybody.
 */
export async function readLetter(
  letter: Letter,
  ctx: Context,
): Promise<LetterContent | 'waiting' | 'joined' | 'dropped' | 'secret' | 'lost' | 'deleted'> {
  if (letter.kind === 'sign-in' && ctx.mail.configured) return 'secret';
  if (!letter.bytes) return unwritten(letter);
  const bytes = keptBytes(ctx, letter);
  if (!bytes) return 'lost';
  // Loaded when somebody reads a letter: it weighs as much as the rest of a page's code together.
  const { simpleParser } = await import('mailparser');
  const message = await simpleParser(bytes, { skipTextToHtml: true, skipTextLinks: true });
  const part = message.attachments.find(({ contentType }) => contentType === 'text/calendar');
  const content = {
    text: message.text ?? '',
    html: message.html || '',
    calendar: part ? part.content.toString('utf8') : null,
  };
  return ctx.mail.configured ? withoutPersonalLinks(content) : content;
}

function unwritten({ state, subject, joinedId }: Letter): 'waiting' | 'joined' | 'dropped' | 'deleted' {
  if (state === 'waiting') return 'waiting';
  if (joinedId !== null) return 'joined';
  return state === 'cancelled' && subject === '' ? 'dropped' : 'deleted';
}

/** Takes personal links out of a letter that went out: with one, anybody could answer as that guest. */
function withoutPersonalLinks({ text, html, calendar }: LetterContent): LetterContent {
  // Lines of an .ics are folded (RFC 5545 3.1), also in the middle of a link.
  return {
    text: hideLinks(text),
    html: hideLinks(html),
    calendar: calendar && hideLinks(calendar.replace(/\r?\n[ \t]/g, '')),
  };
}

export interface Piece {
  text: string;
  /** Present for an address of ours; what others wrote never becomes a link. */
  href?: string;
}

/** The text as paragraphs of lines; addresses that begin with our own become links. */
export function paragraphs(text: string, baseUrl: string): Piece[][][] {
  return text
    .replace(/\r\n?/g, '\n')
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.trim())
    .filter(Boolean)
    .map((paragraph) => paragraph.split('\n').map((line) => pieces(line, baseUrl)));
}

function pieces(line: string, baseUrl: string): Piece[] {
  return line
    .split(/(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]])/)
    .filter((piece) => piece !== '')
    .map((piece) => (isOurs(piece, baseUrl) ? { text: piece, href: piece } : { text: piece }));
}

function isOurs(piece: string, baseUrl: string): boolean {
  return (
    URL.canParse(piece) && new URL(piece).origin === baseUrl && /^https?:$/.test(new URL(piece).protocol)
  );
}
