import type { Upcoming } from '../../actions/letters/reminders.ts';
import { formatDay, formatMonth, formatShortDay, wallTimeOf } from '../../domain/events/wall-time.ts';
import { showsTime, withoutTimes } from '../../domain/guests/moments.ts';
import type { PlannedKind } from '../../domain/letters/reminders.ts';
import type { Event } from '../../store/events/events.ts';
import { refOf } from '../../store/letters/mailbox.ts';
import type { Line } from '../../store/letters/of-event.ts';
import { localeOf, type Words } from '../../words.ts';

/** Name of each kind of letter, and a few words on when it is written. */
const names: Record<string, [name: string, note: string]> = {
  invitation: ['A seat is kept for you', 'with calendar invitation'],
  'invitation-host': ['You are part of it', 'to hosts, with calendar invitation'],
  moved: ['A new time or place', 'calendar update'],
  cancelled: ['Called off', 'leaves the calendar'],
  uninvited: ['Invitation withdrawn', 'one person, leaves the calendar'],
  confirmed: ['We have your answer', 'one each, as they said yes'],
  waiting: ['You are on the waiting list', 'one each, as they said yes'],
  'seat-free': ['A seat is free, and it is yours', 'one each, as seats came free'],
  'seat-given-back': ['You can’t come', 'one each, leaves the calendar'],
  'back-in-calendar': ['Back in your calendar', 'one each, as they were not sure any more'],
  reminder: ['A short reminder', 'to those without an answer, or not sure'],
  wondering: ['One question from everyone', 'to senior managers'],
  preparation: ['Your brief is due soon', 'to hosts'],
  'see-you-soon': ['See you soon', 'two days ahead'],
  today: ['About to start', 'two hours ahead'],
  'answer-question': ['Was this your answer', 'where an answer from a calendar could not be proved'],
  'answer-not-counted': ['An answer that could not be counted', 'one each'],
  proposal: ['A guest proposes something', 'to the organiser'],
};

/** Letters of these kinds go out one by one, so they stand in one line however long apart. */
const oneByOne = new Set([
  'confirmed',
  'waiting',
  'seat-free',
  'seat-given-back',
  'back-in-calendar',
  'uninvited',
]);

const both = ({ t }: Words, [one, other]: [string, string]) => [t(one), t(other)] as const;

const nameOf = ({ t }: Words, kind: string) => (names[kind] ? t(names[kind][0]) : kind);

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

/** By day, and within a day by kind and name where the order would tell when a guest did something. */
export function inOrder(lines: Line[], event: Event): Line[] {
  if (showsTime(event)) return lines;
  const day = (line: Line) => wallTimeOf(line.createdAt, event.timeZone).slice(0, 10);
  return lines.toSorted(
    (a, b) =>
      day(b).localeCompare(day(a)) ||
      a.kind.localeCompare(b.kind) ||
      a.name.localeCompare(b.name, 'und') ||
      a.messageId.localeCompare(b.messageId),
  );
}

/** The mail server's words, without the time of day at which a guest's letter left. */
const replyOf = ({ reply }: Line, event: Event) => (showsTime(event) ? reply : withoutTimes(reply));

const isSent = ({ state }: Line) => state === 'sent' || state === 'kept';
const isFailed = ({ state, settledAt, heldBack }: Line) =>
  state === 'dead' && settledAt === null && !heldBack;
const isWaiting = ({ state, heldBack }: Line) => state === 'waiting' || heldBack;

/** When the next of those that wait is tried; those that wait for an organiser have no time. */
function nextTry(words: Words, waiting: Line[], event: Event, now: Temporal.Instant): string {
  const { t } = words;
  if (waiting.length === 0) return '';
  const next = waiting
    .filter(({ heldBack }) => !heldBack)
    .map(({ dueAt }) => dueAt)
    .sort(Temporal.Instant.compare)[0];
  return next
    ? t('next try {when}', { when: letterMoment(words, next, event, now) })
    : t('for an organiser to choose');
}

/** The four numbers on top of the page, each with a line about it. */
export function countsIn(
  words: Words,
  lines: Line[],
  planned: Upcoming[],
  event: Event,
  now: Temporal.Instant,
) {
  const { t } = words;
  const [sent, waiting] = [lines.filter(isSent), lines.filter(isWaiting)];
  const first = sent.at(-1);
  const ahead = planned.filter(({ state }) => state === 'planned');
  const day = (at: Temporal.Instant) => formatShortDay(wallTimeOf(at, event.timeZone), localeOf(words));
  return {
    sent: {
      n: sent.length,
      note: first ? t('since {day}', { day: day(first.createdAt) }) : t('nothing yet'),
    },
    waiting: {
      n: waiting.length,
      note: nextTry(words, waiting, event, now) || t('nothing waits'),
    },
    failed: lines.filter(isFailed).length,
    planned: {
      n: ahead.length,
      note: ahead[0] ? t('the next on {day}', { day: day(ahead[0].at) }) : t('nothing by itself'),
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

const plannedNames: Record<PlannedKind, [name: string, to: string]> = {
  'answer-first': ['A short reminder', 'those without an answer'],
  'answer-second': ['Second reminder', 'those without an answer'],
  maybe: ['Do you know by now?', 'those who were not sure'],
  host: ['Your brief is due soon', 'the hosts'],
  coming: ['See you soon', 'everyone coming'],
  today: ['About to start', 'everyone coming, with the table or the link'],
};

/** Lists the planned letters that go out next, as leaves of a calendar. */
export function plannedIn(words: Words, planned: Upcoming[], event: Event, now: Temporal.Instant) {
  const { tn } = words;
  return planned.map(({ kind, at, state, to }) => {
    const wall = wallTimeOf(at, event.timeZone);
    const [name, whom] = both(words, plannedNames[kind]);
    return {
      kind,
      name,
      state,
      n: to.length,
      month: formatMonth(wall, localeOf(words)),
      day: String(Number(wall.slice(8, 10))),
      when: momentOf(words, at, event, now),
      to: tn(to.length, 'To {n} person today: {whom}.', 'To {n} people today: {whom}.', { whom }),
      base: `/events/${event.id}/reminders/${kind}`,
    };
  });
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
    const [name, note] = both(words, names[newest.kind] ?? [newest.kind, '']);
    const first = group.at(-1)!;
    const since = oneByOne.has(newest.kind) && group.length > 1;
    return {
      name,
      note,
      to: group.length === 1 ? newest.name : tn(group.length, '{n} person', '{n} people'),
      when: since
        ? t('since {day}', {
            day: formatShortDay(wallTimeOf(first.createdAt, event.timeZone), localeOf(words)),
          })
        : letterMoment(words, newest.createdAt, event, now),
      became: becameOf(words, group, event, now),
      read: refOf(group.find(isSent) ?? newest),
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
  const [sent, dead] = [of(isSent), of(({ state, heldBack }) => state === 'dead' && !heldBack)];
  const waiting = group.filter(isWaiting);
  const gone = of(({ state }) => state === 'cancelled');
  const tags: Became[] = [];
  if (dead > 0) tags.push({ text: tn(dead, '{n} failed', '{n} failed'), tone: 'stop' });
  if (waiting.length > 0) tags.push({ text: tn(waiting.length, '{n} waiting', '{n} waiting'), tone: 'wait' });
  if (sent > 0) tags.push({ text: tn(sent, '{n} sent', '{n} sent'), tone: 'go' });
  if (gone > 0) tags.push({ text: tn(gone, '{n} not sent, no longer true', '{n} not sent, no longer true') });
  const note = nextTry(words, waiting, event, now);
  return { tags, note: note && `${note[0]!.toUpperCase()}${note.slice(1)}` };
}

const states: Record<Line['state'], Became> = {
  waiting: { text: 'Waiting', tone: 'wait' },
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
    .sort((a, b) => a.name.localeCompare(b.name, 'und'));
}
