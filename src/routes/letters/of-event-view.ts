import type { Upcoming } from '../../actions/letters/reminders.ts';
import { formatDay, formatMonth, formatShortDay, wallTimeOf } from '../../domain/events/wall-time.ts';
import { showsTime, withoutTimes } from '../../domain/guests/moments.ts';
import type { PlannedKind } from '../../domain/letters/reminders.ts';
import type { Event } from '../../store/events/events.ts';
import { refOf } from '../../store/letters/mailbox.ts';
import type { Line } from '../../store/letters/of-event.ts';
import { english } from '../../words.ts';

const { t, tn } = english;

/** Name of each kind of letter, and a few words on when it is written. */
const names: Record<string, [name: string, note: string]> = {
  invitation: [t('A seat is kept for you'), t('with calendar invitation')],
  'invitation-host': [t('You are part of it'), t('to hosts, with calendar invitation')],
  moved: [t('A new time or place'), t('calendar update')],
  cancelled: [t('Called off'), t('leaves the calendar')],
  uninvited: [t('Invitation withdrawn'), t('one person, leaves the calendar')],
  confirmed: [t('We have your answer'), t('one each, as they said yes')],
  waiting: [t('You are on the waiting list'), t('one each, as they said yes')],
  'seat-free': [t('A seat is free, and it is yours'), t('one each, as seats came free')],
  'seat-given-back': [t('You can’t come'), t('one each, leaves the calendar')],
  'back-in-calendar': [t('Back in your calendar'), t('one each, as they were not sure any more')],
  reminder: [t('A short reminder'), t('to those without an answer, or not sure')],
  wondering: [t('One question from everyone'), t('to senior managers')],
  preparation: [t('Your brief is due soon'), t('to hosts')],
  'see-you-soon': [t('See you soon'), t('two days ahead')],
  today: [t('About to start'), t('two hours ahead')],
  'answer-question': [t('Was this your answer'), t('where an answer from a calendar could not be proved')],
  'answer-not-counted': [t('An answer that could not be counted'), t('one each')],
  proposal: [t('A guest proposes something'), t('to the organiser')],
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

const nameOf = (kind: string) => names[kind]?.[0] ?? kind;

/** 'today, 09:21' or 'Wednesday 18 November, 08:30', by the clock of the event. */
export function momentOf(
  at: Temporal.Instant,
  { timeZone }: Pick<Event, 'timeZone'>,
  now: Temporal.Instant,
): string {
  const [wall, today] = [wallTimeOf(at, timeZone), wallTimeOf(now, timeZone)];
  const clock = wall.slice(11);
  if (wall.slice(0, 10) === today.slice(0, 10)) return t('today, {clock}', { clock });
  const day =
    wall.slice(0, 4) === today.slice(0, 4) ? formatDay(wall).replace(/ \d{4}$/, '') : formatDay(wall);
  return `${day}, ${clock}`;
}

/** Says when a letter was written; for one that may be about a guest's act the day alone, unless `showsTime`. */
function letterMoment(at: Temporal.Instant, event: Event, now: Temporal.Instant): string {
  const words = momentOf(at, event, now);
  return showsTime(event) ? words : words.replace(/, \d{2}:\d{2}$/, '');
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
function nextTry(waiting: Line[], event: Event, now: Temporal.Instant): string {
  if (waiting.length === 0) return '';
  const next = waiting
    .filter(({ heldBack }) => !heldBack)
    .map(({ dueAt }) => dueAt)
    .sort(Temporal.Instant.compare)[0];
  return next
    ? t('next try {when}', { when: letterMoment(next, event, now) })
    : t('for an organiser to choose');
}

/** The four numbers on top of the page, each with a line about it. */
export function countsIn(lines: Line[], planned: Upcoming[], event: Event, now: Temporal.Instant) {
  const [sent, waiting] = [lines.filter(isSent), lines.filter(isWaiting)];
  const first = sent.at(-1);
  const ahead = planned.filter(({ state }) => state === 'planned');
  const day = (at: Temporal.Instant) => formatShortDay(wallTimeOf(at, event.timeZone));
  return {
    sent: {
      n: sent.length,
      note: first ? t('since {day}', { day: day(first.createdAt) }) : t('nothing yet'),
    },
    waiting: {
      n: waiting.length,
      note: nextTry(waiting, event, now) || t('nothing waits'),
    },
    failed: lines.filter(isFailed).length,
    planned: {
      n: ahead.length,
      note: ahead[0] ? t('the next on {day}', { day: day(ahead[0].at) }) : t('nothing by itself'),
    },
  };
}

/** Letters that did not arrive, with the mail server's words. */
export function failedIn(lines: Line[], event: Event, now: Temporal.Instant) {
  return lines.filter(isFailed).map((line) => ({
    ref: refOf(line),
    field: `email-${refOf(line)}`,
    personId: line.personId,
    name: line.name,
    side: line.side ?? 'senior',
    note: [
      line.jobTitle,
      t('{letter}, {when}', { letter: nameOf(line.kind), when: letterMoment(line.createdAt, event, now) }),
    ]
      .filter(Boolean)
      .join('. '),
    email: line.emailNow ?? line.email,
    sentTo: line.email,
    reply: replyOf(line, event),
  }));
}

const plannedNames: Record<PlannedKind, [name: string, to: string]> = {
  'answer-first': [t('A short reminder'), t('those without an answer')],
  'answer-second': [t('Second reminder'), t('those without an answer')],
  maybe: [t('Do you know by now?'), t('those who were not sure')],
  host: [t('Your brief is due soon'), t('the hosts')],
  coming: [t('See you soon'), t('everyone coming')],
  today: [t('About to start'), t('everyone coming, with the table or the link')],
};

/** Lists the planned letters that go out next, as leaves of a calendar. */
export function plannedIn(planned: Upcoming[], event: Event, now: Temporal.Instant) {
  return planned.map(({ kind, at, state, to }) => {
    const wall = wallTimeOf(at, event.timeZone);
    const [name, whom] = plannedNames[kind];
    return {
      kind,
      name,
      state,
      n: to.length,
      month: formatMonth(wall),
      day: String(Number(wall.slice(8, 10))),
      when: momentOf(at, event, now),
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
export function lettersIn(lines: Line[], event: Event, now: Temporal.Instant) {
  const groups = Map.groupBy(lines, ({ kind, createdAt, holdId }) =>
    oneByOne.has(kind) ? kind : `${kind} ${holdId ?? togetherAt(createdAt, event)}`,
  );
  return [...groups.values()].map((group) => {
    const newest = group[0]!;
    const [name, note] = names[newest.kind] ?? [newest.kind, ''];
    const first = group.at(-1)!;
    const since = oneByOne.has(newest.kind) && group.length > 1;
    return {
      name,
      note,
      to: group.length === 1 ? newest.name : tn(group.length, '{n} person', '{n} people'),
      when: since
        ? t('since {day}', { day: formatShortDay(wallTimeOf(first.createdAt, event.timeZone)) })
        : letterMoment(newest.createdAt, event, now),
      became: becameOf(group, event, now),
      read: refOf(group.find(isSent) ?? newest),
    };
  });
}

interface Became {
  text: string;
  tone?: string;
}

function becameOf(group: Line[], event: Event, now: Temporal.Instant): { tags: Became[]; note: string } {
  const of = (test: (line: Line) => boolean) => group.filter(test).length;
  const [sent, dead] = [of(isSent), of(({ state, heldBack }) => state === 'dead' && !heldBack)];
  const waiting = group.filter(isWaiting);
  const gone = of(({ state }) => state === 'cancelled');
  const tags: Became[] = [];
  if (dead > 0) tags.push({ text: tn(dead, '{n} failed', '{n} failed'), tone: 'stop' });
  if (waiting.length > 0) tags.push({ text: tn(waiting.length, '{n} waiting', '{n} waiting'), tone: 'wait' });
  if (sent > 0) tags.push({ text: tn(sent, '{n} sent', '{n} sent'), tone: 'go' });
  if (gone > 0) tags.push({ text: tn(gone, '{n} not sent, no longer true', '{n} not sent, no longer true') });
  const note = nextTry(waiting, event, now);
  return { tags, note: note && `${note[0]!.toUpperCase()}${note.slice(1)}` };
}

const states: Record<Line['state'], Became> = {
  waiting: { text: t('Waiting'), tone: 'wait' },
  sent: { text: t('Sent'), tone: 'go' },
  kept: { text: t('Kept here'), tone: 'go' },
  dead: { text: t('Failed'), tone: 'stop' },
  cancelled: { text: t('Not sent, no longer true') },
};

/** Lists what went out, person by person. */
export function peopleIn(lines: Line[], event: Event, now: Temporal.Instant) {
  const groups = Map.groupBy(lines, ({ personId, email }) => personId ?? email);
  return [...groups.values()]
    .map((group) => ({
      name: group[0]!.name,
      email: group[0]!.emailNow ?? group[0]!.email,
      side: group[0]!.side ?? ('senior' as const),
      again: group[0]!.personId === null ? null : refOf(group[0]!),
      letters: group.map((line) => ({
        ref: refOf(line),
        name: nameOf(line.kind),
        when: letterMoment(line.sentAt ?? line.createdAt, event, now),
        state: states[isWaiting(line) ? 'waiting' : line.state],
      })),
    }))
    .sort((a, b) => a.name.localeCompare(b.name, 'und'));
}
