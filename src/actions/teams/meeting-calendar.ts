// The calendar entry of a team's meeting, as e-mails and feeds show it.
import type { Context } from '../../context.ts';
import type { Db } from '../../database/open.ts';
import type { CalendarFacts } from '../../domain/letters/facts.ts';
import * as people from '../../store/people/people.ts';
import type { Meeting } from '../../store/teams/meetings.ts';
import * as teams from '../../store/teams/teams.ts';

/** UID and SEQUENCE of one person's entry, and when it was written. */
export interface EntryRevision {
  uid: string;
  sequence: number;
  at: Temporal.Instant;
}

const isLink = (place: string) => /^https?:\/\/\S+$/i.test(place);

/** Makes the entry of a meeting from its parts. */
export function meetingEntry(
  ctx: Pick<Context, 'baseUrl' | 'words' | 'mail'>,
  meeting: Meeting,
  { team, organiser }: { team: string; organiser: string },
  { uid, sequence, at }: EntryRevision,
): CalendarFacts {
  const { startsAt: start, minutes, timeZone, place } = meeting;
  const url = `${ctx.baseUrl}/teams/${meeting.teamId}`;
  const { t } = ctx.words;
  return {
    uid,
    sequence,
    revisedAt: at.toString(),
    createdAt: meeting.createdAt.toString(),
    start,
    minutes,
    timeZone,
    summary: t('Meeting of {team}', { team }),
    location: place,
    description: url,
    url,
    organiser: { name: organiser, email: meeting.calendarAddress || ctx.mail.from },
    cancelled: meeting.state === 'cancelled',
    ...(isLink(place) && { conference: place }),
  };
}

/** Reads the team and who planned it, and makes the entry. */
export async function meetingCalendar(
  ctx: Pick<Context, 'baseUrl' | 'words' | 'mail'>,
  db: Db,
  meeting: Meeting,
  revision: EntryRevision,
): Promise<CalendarFacts> {
  const team = await teams.find(db, meeting.teamId);
  const planner = meeting.createdById === null ? null : await people.find(db, meeting.createdById);
  const named = { team: team?.name ?? '', organiser: planner?.name ?? '' };
  return meetingEntry(ctx, meeting, named, revision);
}
