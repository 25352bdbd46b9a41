// A letter: facts in, words out. Subject, plain text, HTML and, where a calendar is concerned, the .ics that goes with it.
import { fileURLToPath } from 'node:url';
import { Eta } from 'eta';
import { instantOf } from '../domain/events/wall-time.ts';
import type { CalendarFacts, LetterFacts, MovedLetter } from '../domain/letters/facts.ts';
import { carriesCancel } from '../domain/letters/kinds.ts';
import type { Words } from '../words.ts';
import { entryFromJson, type Mailbox, type PartStat } from './calendar/entry.ts';
import { cancellation, invitationRequest, uninvitation } from './calendar/invitation.ts';
import type { Method } from './calendar/object.ts';
import { darkScheme, styles } from './letters/styles.ts';
import { noRepliesSentence, viewOf } from './letters/view.ts';
import { Html, printHtml, printText, withWholeHours } from './markup.ts';
import { cleanFacts } from './plain-text.ts';

export interface CalendarPart {
  method: Method;
  /** The whole .ics. */
  content: string;
  /** ORGANIZER's address, which has to be the From address. */
  organiserEmail: string;
}

export interface Letter {
  subject: string;
  text: string;
  html: string;
  calendar?: CalendarPart;
}

const views = (form: 'html' | 'text') =>
  fileURLToPath(new URL(`../../views/letters/mail/${form}`, import.meta.url));
const htmlTemplates = new Eta({ views: views('html'), cache: true, escapeFunction: printHtml });
const textTemplates = new Eta({
  views: views('text'),
  cache: true,
  escapeFunction: printText,
  autoTrim: [false, false],
});

/** Words and calendar of a letter for the person it is addressed to; throws where a fact is missing or wrong. */
export function renderLetter(facts: LetterFacts, to: Mailbox, words: Words): Letter {
  const { calendar, ...said } = 'calendar' in facts ? facts : { ...facts, calendar: undefined };
  const view = viewOf({ ...cleanFacts(said), calendar } as LetterFacts, words);
  const it = { ...view, t: words.t, tn: words.tn, language: words.language, styles };
  const template = view.template ?? facts.kind;
  const letter = { subject: view.subject, text: inPlainText(template, it), html: inHtml(template, it) };
  return calendar ? { ...letter, calendar: calendarPart(facts, calendar, to, words) } : letter;
}

function inHtml(template: string, it: object): string {
  const part = (name: string) =>
    new Html(htmlTemplates.render(`${name}.eta`, { ...it, part, withWholeHours }));
  return htmlTemplates.render('parts/_layout.eta', {
    ...it,
    body: part(template),
    darkScheme: new Html(darkScheme),
  });
}

function inPlainText(template: string, it: object): string {
  const part = (name: string) => new Html(textTemplates.render(`${name}.eta`, { ...it, part }));
  const text = textTemplates.render('parts/_layout.eta', { ...it, body: part(template) });
  return `${text
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;
}

function calendarPart(facts: LetterFacts, calendar: CalendarFacts, to: Mailbox, words: Words): CalendarPart {
  const entry = entryFromJson(calendar);
  const organiserEmail = entry.organiser.email;
  if (endsForEveryone(facts)) return { method: 'CANCEL', content: cancellation(entry, to), organiserEmail };
  if (carriesCancel(facts.kind))
    return { method: 'CANCEL', content: uninvitation(entry, to), organiserEmail };
  const guest = { ...to, partstat: partstatOf(facts) };
  const hasTables = 'hasTables' in facts && facts.hasTables && entry.url !== '';
  const table = hasTables ? words.t('My table: {address}', { address: `${entry.url}/seat` }) : '';
  const lines = [noRepliesSentence(facts, words), table, entry.description];
  const description = lines.filter(Boolean).join('\n\n');
  return { method: 'REQUEST', content: invitationRequest({ ...entry, description }, guest), organiserEmail };
}

const partstats = { yes: 'ACCEPTED', maybe: 'TENTATIVE', no: 'DECLINED' } as const;

/** A meeting of a pair that leaves one calendar leaves all. */
function endsForEveryone(facts: LetterFacts): boolean {
  if (facts.kind === 'team-meeting-off') return facts.why === 'cancelled';
  return facts.kind === 'cancelled' || facts.kind === 'pair-meeting-off';
}

/** The answer a guest's calendar shows: the known one, or none where it has to be given again for another time (RFC 5546 3.2.2.1). */
function partstatOf(facts: LetterFacts): PartStat {
  const known: Partial<Record<string, PartStat>> = {
    coming: 'ACCEPTED',
    maybe: 'TENTATIVE',
    declined: 'DECLINED',
  };
  if (facts.kind === 'team-meeting')
    return facts.isOwn ? 'ACCEPTED' : facts.said ? partstats[facts.said] : 'NEEDS-ACTION';
  if (facts.kind === 'pair-meeting' && facts.isOwn) return 'ACCEPTED';
  if (facts.kind === 'confirmed' || facts.kind === 'seat-free') return 'ACCEPTED';
  if (facts.kind === 'new-link' || facts.kind === 'back-in-calendar')
    return known[facts.answer] ?? 'NEEDS-ACTION';
  if (facts.kind !== 'moved' || isAnotherTime(facts)) return 'NEEDS-ACTION';
  return known[facts.answer] ?? 'NEEDS-ACTION';
}

/** Another beginning; another end alone leaves the answer as it is. */
function isAnotherTime({ before, event }: MovedLetter): boolean {
  const [then, now] = [before, event].map(({ start, timeZone }) => instantOf(start, timeZone));
  return !now!.equals(then!);
}
