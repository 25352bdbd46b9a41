import type { Upcoming } from '../../actions/letters/reminders.ts';
import { formatDay, formatShortDay, wallTimeOf } from '../../domain/events/wall-time.ts';
import { showsTime, withoutTimes } from '../../domain/guests/moments.ts';
import type { LetterKind } from '../../domain/letters/facts.ts';
import { letterNames } from '../../domain/letters/names.ts';
import type { Event } from '../../store/events/events.ts';
import { refOf } from '../../store/letters/mailbox.ts';
import type { Line } from '../../store/letters/of-event.ts';
import { localeOf, type Words } from '../../words.ts';

/** A few words on when a kind of letter is written, or to whom. */
const notes: Record<string, string> = {
  invitation: 'with calendar invitation',
  'invitation-host': 'with calendar invitation',
  moved: 'calendar update',
  cancelled: 'leaves the calendar',
  uninvited: 'one person, leaves the calendar',
  confirmed: 'one each, as they said yes',
  waiting: 'one each, as they said yes',
  'seat-free': 'one each, as seats came free',
  'seat-offer': 'three at a time, as a seat came free late',
  'seat-gone': 'to those who were asked',
  'seat-given-back': 'one each, leaves the calendar',
  'back-in-calendar': 'one each, as they were not sure any more',
  'no-seat': 'to those who waited until it began',
  'other-address': 'one each, leaves the calendar there',
  reminder: 'to those without an answer, or not sure',
  wondering: 'to senior managers',
  preparation: 'to hosts',
  'host-table': 'to hosts, three days ahead',
  'table-changed': 'to those whose table changed',
  'see-you-soon': 'two days ahead',
  today: 'two hours ahead',
  'answer-question': 'when we couldn’t verify a calendar reply',
  'answer-not-counted': 'one each',
  'organiser-news': 'to the organiser',
  'go-no-go': 'to the organiser, on the decision day',
  facilitator: 'to the facilitator',
  'facilitator-news': 'to the facilitator',
  message: 'written by an organiser',
  proposal: 'to the organiser',
};

/** Letters of these kinds go out one by one, so they stand in one line however long apart. */
const oneByOne = new Set([
  'confirmed',
  'waiting',
  'seat-free',
  'seat-offer',
  'seat-gone',
  'seat-given-back',
  'back-in-calendar',
  'uninvited',
]);

/** Returns the name of a kind of e-mail, the same on every screen. */
export const nameOf = ({ t }: Words, kind: string) => t(letterNames[kind as LetterKind] ?? kind);

/** 'today, 09:21' or 'Wednesday 18 November, 08:30', by the clock of the event. */
export function momentOf(
  words: Words,
  at: Temporal.Instant,
  { timeZone }: Pick<Event, 'timeZone'>,
  now: Temporal.Instant,
): string {
  const [wall, today] = [wallTimeOf(at, timeZone), wallTimeOf(now, timeZone)];
  const [clock, locale] = [wall.slice(11), localeOf(words)];
  if (wall.slice(0, 10) === today.slice(0, 10)) return words.t('today, {clock}', { clock });
  const day =
    wall.slice(0, 4) === today.slice(0, 4)
      ? formatDay(wall, locale).replace(/ \d{4}$/, '')
      : formatDay(wall, locale);
  return `${day}, ${clock}`;
}

/** Says when a letter was written; for one that may be about a guest's act the day alone, unless `showsTime`. */
function letterMoment(words: Words, at: Temporal.Instant, event: Event, now: Temporal.Instant): string {
  const moment = momentOf(words, at, event, now);
  return showsTime(event) ? moment : moment.replace(/, \d{2}:\d{2}$/, '');
}

const compareNames = new Intl.Collator('und').compare;
const inCodeOrder = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** By day, and within a day by kind and name where the order would tell when a guest did something. */
export function inOrder(lines: Line[], event: Event): Line[] {
  if (showsTime(event)) return lines;
  const days = new Map(
    lines.map((line) => [line, wallTimeOf(line.createdAt, event.timeZone).slice(0, 10)] as const),
  );
  return lines.toSorted(
    (a, b) =>
      inCodeOrder(days.get(b)!, days.get(a)!) ||
      inCodeOrder(a.kind, b.kind) ||
      compareNames(a.name, b.name) ||
      inCodeOrder(a.messageId, b.messageId),
  );
}

/** The mail server's words, without the time of day at which a guest's letter left. */
const replyOf = ({ reply }: Line, event: Event) => (showsTime(event) ? reply : withoutTimes(reply));

const isSent = ({ state }: Line) => state === 'sent';
const isKept = ({ state }: Line) => state === 'kept';
const isWritten = (line: Line) => isSent(line) || isKept(line);
const isFailed = ({ state, settledAt, heldBack }: Line) =>
  state === 'dead' && settledAt === null && !heldBack;
const isWaiting = ({ state, heldBack }: Line) => state === 'waiting' || heldBack;

/** When the next of those that wait is tried; those that wait for an organiser have no time. */
function nextTry(words: Words, waiting: Line[], event: Event, now: Temporal.Instant): string {
  const { t } = words;
  if (waiting.length === 0) return '';
  const [next] = waiting
    .filter(({ heldBack }) => !heldBack)
    .toSorted((a, b) => Temporal.Instant.compare(a.dueAt, b.dueAt));
  if (!next) return t('for an organiser to choose');
  const when = letterMoment(words, next.dueAt, event, now);
  return next.turnAt === null ? t('next try {when}', { when }) : t('leaves {when}', { when });
}

/** The e-mails that left; where none did and no mail server is set, those kept here. */
function sentIn(
  { t, tn }: Words,
  lines: Line[],
  keepsHere: boolean,
  day: (at: Temporal.Instant) => string,
): { n: number; word: string; note: string } {
  const [sent, kept] = [lines.filter(isSent), lines.filter(isKept)];
  const areKept = sent.length === 0 && (keepsHere || kept.length > 0);
  const counted = areKept ? kept : sent;
  const first = counted.at(-1);
  const more = !areKept && kept.length > 0 ? tn(kept.length, '{n} kept here', '{n} kept here') : '';
  return {
    n: counted.length,
    word: areKept ? t('kept here') : t('sent'),
    note: more || (first ? t('since {day}', { day: day(first.createdAt) }) : t('nothing yet')),
  };
}

/** The four numbers on top of the page, each with a line about it. `keepsHere`: no mail server is set. */
export function countsIn(
  words: Words,
  lines: Line[],
  planned: Upcoming[],
  event: Event,
  now: Temporal.Instant,
  keepsHere: boolean,
) {
  const { t } = words;
  const waiting = lines.filter(isWaiting);
  const ahead = planned.filter(({ state }) => state === 'planned');
  const day = (at: Temporal.Instant) => formatShortDay(wallTimeOf(at, event.timeZone), localeOf(words));
  return {
    sent: sentIn(words, lines, keepsHere, day),
    waiting: {
      n: waiting.length,
      note: nextTry(words, waiting, event, now) || t('nothing waits'),
    },
    failed: lines.filter(isFailed).length,
    planned: {
      n: ahead.length,
      note: ahead[0] ? t('the next on {day}', { day: day(ahead[0].at) }) : t('nothing automatic'),
    },
  };
}

/** Letters that did not arrive, with the mail server's words. */
export function failedIn(words: Words, lines: Line[], event: Event, now: Temporal.Instant) {
  const { t } = words;
  return lines.filter(isFailed).map((line) => ({
    ref: refOf(line),
    field: `email-${refOf(line)}`,
    personId: line.personId,
    name: line.name,
    side: line.side ?? 'senior',
    note: [
      line.jobTitle,
      t('{letter}, {when}', {
        letter: nameOf(words, line.kind),
        when: letterMoment(words, line.createdAt, event, now),
      }),
    ]
      .filter(Boolean)
      .join('. '),
    email: line.emailNow ?? line.email,
    sentTo: line.email,
    reply: replyOf(line, event),
  }));
}

/** Letters of one kind of the same minute stand in one line, or of the same day where minutes are not shown. */
const togetherAt = (at: Temporal.Instant, event: Event) =>
  showsTime(event) ? wallTimeOf(at, 'UTC') : wallTimeOf(at, event.timeZone).slice(0, 10);

/**
 * Lists what went out, letter by letter: one line for each time many were written, and for each kind written one by
 * one.
 */
export function lettersIn(words: Words, lines: Line[], event: Event, now: Temporal.Instant) {
  const { t, tn } = words;
  const groups = Map.groupBy(lines, ({ kind, createdAt, holdId }) =>
    oneByOne.has(kind) ? kind : `${kind} ${holdId ?? togetherAt(createdAt, event)}`,
  );
  return [...groups.values()].map((group) => {
    const newest = group[0]!;
    const name = nameOf(words, newest.kind);
    const note = notes[newest.kind] ? t(notes[newest.kind]!) : '';
    const first = group.at(-1)!;
    const since = oneByOne.has(newest.kind) && group.length > 1;
    return {
      name: newest.kind === 'message' && newest.subject ? newest.subject : name,
      note,
      to: group.length === 1 ? newest.name : tn(group.length, '{n} person', '{n} people'),
      when: since
        ? t('since {day}', {
            day: formatShortDay(wallTimeOf(first.createdAt, event.timeZone), localeOf(words)),
          })
        : letterMoment(words, newest.createdAt, event, now),
      became: becameOf(words, group, event, now),
      read: refOf(group.find(isWritten) ?? newest),
    };
  });
}

interface Became {
  text: string;
  tone?: string;
}

function becameOf(
  words: Words,
  group: Line[],
  event: Event,
  now: Temporal.Instant,
): { tags: Became[]; note: string } {
  const { tn } = words;
  const of = (test: (line: Line) => boolean) => group.filter(test).length;
  const [sent, kept, dead] = [
    of(isSent),
    of(isKept),
    of(({ state, heldBack }) => state === 'dead' && !heldBack),
  ];
  const waiting = group.filter(isWaiting);
  const gone = of(({ state }) => state === 'cancelled');
  const tags: Became[] = [];
  if (dead > 0) tags.push({ text: tn(dead, '{n} failed', '{n} failed'), tone: 'stop' });
  if (waiting.length > 0) tags.push({ text: tn(waiting.length, '{n} waiting', '{n} waiting'), tone: 'wait' });
  if (sent > 0) tags.push({ text: tn(sent, '{n} sent', '{n} sent'), tone: 'go' });
  if (kept > 0) tags.push({ text: tn(kept, '{n} kept here', '{n} kept here'), tone: 'go' });
  if (gone > 0) tags.push({ text: tn(gone, '{n} not sent, no longer true', '{n} not sent, no longer true') });
  const note = nextTry(words, waiting, event, now);
  return { tags, note: note && `${note[0]!.toUpperCase()}${note.slice(1)}` };
}

const states: Record<Line['state'], Became> = {
  waiting: { text: 'Waiting', tone: 'wait' },
  joined: { text: 'Leaves with others in one e-mail', tone: 'wait' },
  sent: { text: 'Sent', tone: 'go' },
  kept: { text: 'Kept here', tone: 'go' },
  dead: { text: 'Failed', tone: 'stop' },
  cancelled: { text: 'Not sent, no longer true' },
};

function stateOf({ t }: Words, line: Line): Became {
  const { text, ...rest } = states[isWaiting(line) ? 'waiting' : line.state];
  return { text: t(text), ...rest };
}

/** Lists what went out, person by person. */
export function peopleIn(words: Words, lines: Line[], event: Event, now: Temporal.Instant) {
  const groups = Map.groupBy(lines, ({ personId, email }) => personId ?? email);
  return [...groups.values()]
    .map((group) => ({
      name: group[0]!.name,
      email: group[0]!.emailNow ?? group[0]!.email,
      side: group[0]!.side ?? ('senior' as const),
      again: group[0]!.personId === null ? null : refOf(group[0]!),
      letters: group.map((line) => ({
        ref: refOf(line),
        name: nameOf(words, line.kind),
        when: letterMoment(words, line.sentAt ?? line.createdAt, event, now),
        state: stateOf(words, line),
      })),
    }))
    .sort((a, b) => compareNames(a.name, b.name));
}
