import { randomUUID } from 'node:crypto';
import { editionOf } from '../../../actions/edition.ts';
import { isMeetingOver } from '../../../actions/teams/meeting-entries.ts';
import { meetingFields, zoneOf } from '../../../actions/teams/meetings.ts';
import { workdaysFrom } from '../../../actions/teams/place-asks.ts';
import { sharedHours } from '../../../actions/teams/shared-hours.ts';
import { worksOnTeam } from '../../../domain/access.ts';
import { formatNearDay } from '../../../domain/events/coming.ts';
import { formatTimes, formatWeekday, wallTimeOf, zoneLabel } from '../../../domain/events/wall-time.ts';
import {
  hourNumber,
  type MemberHours,
  meetingDays,
  meetingHours,
  type Stretch,
} from '../../../domain/teams/hours.ts';
import type { Programme } from '../../../store/events/programmes.ts';
import * as people from '../../../store/people/people.ts';
import * as meetings from '../../../store/teams/meetings.ts';
import type * as teams from '../../../store/teams/teams.ts';
import type { SignedInVisit } from '../../../web/visit.ts';
import { listed, localeOf, type Words } from '../../../words.ts';

/** Minutes of a first meeting, and stretches of shared time that a page names. */
export const usualMinutes = 60;
const stretchesShown = 6;
const meetingsShown = 5;

/** Hours and meetings of a team for those who work on it; null for everybody else. */
export async function meetingsData(visit: SignedInVisit, programme: Programme, team: teams.TeamWithMembers) {
  const { ctx, viewer } = visit;
  if (!worksOnTeam(viewer, team)) return null;
  const isMember = team.members.some(({ id }) => id === viewer.id);
  const timeZone = zoneOf(await people.find(ctx.db, viewer.id), programme.timeZone);
  const stated = await meetings.hoursOf(
    ctx.db,
    team.id,
    team.members.map(({ id }) => id),
  );
  const own = stated.find(({ personId }) => personId === viewer.id);
  const all = await meetings.plannedOf(ctx.db, team.id, meetingsShown);
  const coming = all.filter((one) => !isMeetingOver(one, ctx.now())).reverse();
  return {
    zone: zoneLabel(timeZone),
    grid: isMember ? gridOf(visit.words, own?.hours ?? []) : null,
    hasStated: own !== undefined,
    shared: await sharedText(visit, team, stated, timeZone),
    coming: await comingRows(visit, coming, team, timeZone),
    formKey: randomUUID(),
  };
}

/** Coming meetings with who comes to each, and the reader's own answer. */
async function comingRows(
  { ctx, words, viewer }: SignedInVisit,
  coming: readonly meetings.Meeting[],
  team: teams.TeamWithMembers,
  timeZone: string,
) {
  const entries = await meetings.entriesOf(
    ctx.db,
    coming.map(({ id }) => id),
  );
  return coming.map((one) => {
    const held = entries.filter(({ meetingId, method }) => meetingId === one.id && method === 'REQUEST');
    const own = held.find(({ personId }) => personId === viewer.id);
    return {
      ...meetingRow(words, one, timeZone),
      answers: answersText(words, held, team),
      buttons: own ? answerButtons(words, own.said) : [],
    };
  });
}

/** Says who comes: 'Coming: Ada, Bo. Can’t come: Cy. Not answered yet: Di.' */
function answersText(
  words: Words,
  held: readonly meetings.Entry[],
  { members }: teams.TeamWithMembers,
): string {
  const { t } = words;
  const names = (said: meetings.Entry['said']) => {
    const ids = new Set(held.filter((one) => one.said === said).map(({ personId }) => personId));
    return listed(
      members.filter(({ id }) => ids.has(id)).map(({ name }) => name),
      words,
    );
  };
  const lists = { yes: names('yes'), maybe: names('maybe'), no: names('no'), none: names(null) };
  return [
    lists.yes && t('Coming: {names}.', { names: lists.yes }),
    lists.maybe && t('Not sure yet: {names}.', { names: lists.maybe }),
    lists.no && t('Can’t come: {names}.', { names: lists.no }),
    lists.none && t('Not answered yet: {names}.', { names: lists.none }),
  ]
    .filter(Boolean)
    .join(' ');
}

/** The three answers as buttons, one of them pressed. */
const answerButtons = ({ t }: Words, said: meetings.Entry['said']) =>
  [
    { value: 'yes', label: t('I’ll be there') },
    { value: 'maybe', label: t('Not sure yet') },
    { value: 'no', label: t('I can’t come') },
  ].map((one) => ({ ...one, isChosen: one.value === said }));

/** The week as a grid of boxes; Monday is the first day. */
function gridOf(words: Words, hours: readonly number[]) {
  const chosen = new Set(hours);
  const monday = Temporal.PlainDate.from('2024-01-01');
  const day = (n: number) => monday.add({ days: n }).toString();
  const names = meetingDays.map((n) => ({
    short: formatWeekday(day(n), localeOf(words)),
    long: monday.add({ days: n }).toLocaleString(localeOf(words), { weekday: 'long' }),
  }));
  return {
    days: names,
    rows: meetingHours.map((hour) => ({
      label: `${String(hour).padStart(2, '0')}:00`,
      cells: meetingDays.map((n) => ({
        value: hourNumber(n, hour),
        label: words.t('{day} at {time}', {
          day: names[n]!.long,
          time: `${String(hour).padStart(2, '0')}:00`,
        }),
        isChosen: chosen.has(hourNumber(n, hour)),
      })),
    })),
  };
}

/** Sentence about the hours that the team shares, with the best moment for a first meeting. */
async function sharedText(
  { ctx, words }: SignedInVisit,
  team: teams.TeamWithMembers,
  stated: readonly MemberHours[],
  timeZone: string,
) {
  const { t, tn } = words;
  const isWorkday = await workdaysFrom(ctx.now(), timeZone);
  const found = await sharedHours(stated, { now: ctx.now(), timeZone, minutes: usualMinutes }, isWorkday);
  const missing = team.members.filter(({ id }) => !stated.some(({ personId }) => personId === id));
  const names = (ids: readonly number[]) =>
    listed(
      team.members.filter(({ id }) => ids.includes(id)).map(({ name }) => name),
      words,
    );
  const start = found.best && wallTimeOf(found.best.start, timeZone);
  const isForAll = found.best !== null && found.best.personIds.length === stated.length;
  return {
    text: isForAll
      ? tn(stated.length, 'You can meet then:', 'All {n} who said so can meet then:')
      : stated.length < 2
        ? t('Once two of you have said when you can, the hours you share appear here.')
        : found.best
          ? t('There is no hour that everyone shares. Most of you can at this time: {names}.', {
              names: names(found.best.personIds),
            })
          : t('You share no hour in the next two weeks. Add some, or choose a time yourselves.'),
    stretches: isForAll
      ? found.shared.slice(0, stretchesShown).map((one) => stretchText(words, one, timeZone))
      : [],
    missing:
      missing.length > 0 ? t('Not said yet: {names}.', { names: names(missing.map(({ id }) => id)) }) : '',
    best: start && {
      start,
      timeZone,
      minutes: usualMinutes,
      text: momentWords(words, start),
    },
  };
}

/** A wall time in words: 'Tuesday 8 December, 09:00'. */
export const momentWords = (words: Words, wall: string) =>
  words.t('{day}, {time}', {
    day: formatNearDay(wall.slice(0, 10), localeOf(words)),
    time: wall.slice(11),
  });

function stretchText(words: Words, { start, end }: Stretch, timeZone: string): string {
  const [from, to] = [wallTimeOf(start, timeZone), wallTimeOf(end, timeZone)];
  return `${momentWords(words, from)}–${to.slice(11)}`;
}

/** A meeting on the clock of its reader. */
export function meetingRow(words: Words, meeting: meetings.Meeting, timeZone: string) {
  const start = Temporal.PlainDateTime.from(meeting.startsAt).toZonedDateTime(meeting.timeZone).toInstant();
  const when = { start: wallTimeOf(start, timeZone), minutes: meeting.minutes, timeZone };
  return {
    id: meeting.id,
    when: formatTimes(when, localeOf(words)),
    place: meeting.place,
    isLink: /^https?:\/\/\S+$/i.test(meeting.place),
    seen: editionOf(meetingFields(meeting)),
  };
}
