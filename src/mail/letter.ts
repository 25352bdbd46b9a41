// A letter: facts in, words out. Subject, plain text, HTML and, where a calendar is concerned, the .ics that goes with it.
import { fileURLToPath } from 'node:url';
import { Eta } from 'eta';
import type { CalendarFacts, LetterFacts, LetterKind } from '../domain/letter-facts.ts';
import { type Attendee, entryFromJson, type PartStat } from './calendar/entry.ts';
import { cancellation, invitationRequest, uninvitation } from './calendar/invitation.ts';
import type { Method } from './calendar/object.ts';
import { darkScheme, styles } from './letters/styles.ts';
import { viewOf } from './letters/view.ts';
import { Html, printHtml, printText, withWholeHours } from './markup.ts';
import { cleanFacts } from './plain-text.ts';
import { english, type Words } from './words.ts';

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

const views = fileURLToPath(new URL('../../views/letters', import.meta.url));
const htmlTemplates = new Eta({ views, cache: true, escapeFunction: printHtml });
const textTemplates = new Eta({ views, cache: true, escapeFunction: printText, autoTrim: [false, false] });

/** Words and calendar of a letter for the person it is addressed to; throws where a fact is missing or wrong. */
export function renderLetter(facts: LetterFacts, to: Attendee, words: Words = english): Letter {
  const { calendar, ...said } = 'calendar' in facts ? facts : { ...facts, calendar: undefined };
  const view = viewOf({ ...cleanFacts(said), calendar } as LetterFacts, words);
  const it = { ...view, t: words.t, tn: words.tn, language: words.language, styles };
  const letter = { subject: view.subject, text: inPlainText(facts.kind, it), html: inHtml(facts.kind, it) };
  return calendar ? { ...letter, calendar: calendarPart(facts.kind, calendar, to) } : letter;
}

function inHtml(kind: LetterKind, it: object): string {
  const part = (name: string) =>
    new Html(htmlTemplates.render(`${name}.html.eta`, { ...it, part, withWholeHours }));
  return htmlTemplates.render('_layout.html.eta', {
    ...it,
    body: part(kind),
    darkScheme: new Html(darkScheme),
  });
}

function inPlainText(kind: LetterKind, it: object): string {
  const part = (name: string) => new Html(textTemplates.render(`${name}.text.eta`, { ...it, part }));
  const text = textTemplates.render('_layout.text.eta', { ...it, body: part(kind) });
  return `${text
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;
}

const ANSWERED: Partial<Record<LetterKind, PartStat>> = {
  confirmed: 'ACCEPTED',
  'seat-free': 'ACCEPTED',
  'seat-given-back': 'DECLINED',
};

function calendarPart(kind: LetterKind, facts: CalendarFacts, to: Attendee): CalendarPart {
  const entry = entryFromJson(facts);
  const organiserEmail = entry.organiser.email;
  if (kind === 'cancelled') return { method: 'CANCEL', content: cancellation(entry, to), organiserEmail };
  if (kind === 'uninvited') return { method: 'CANCEL', content: uninvitation(entry, to), organiserEmail };
  const partstat = ANSWERED[kind] ?? to.partstat ?? 'NEEDS-ACTION';
  return { method: 'REQUEST', content: invitationRequest(entry, { ...to, partstat }), organiserEmail };
}
