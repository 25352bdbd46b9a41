import {
  type MeetingSlot,
  type MemberHours,
  meetingSlots,
  type Stretch,
  stretchesOf,
} from '../../domain/teams/hours.ts';
import type { IsWorkday } from '../../domain/teams/place-asks.ts';
import { planDates } from '../../planning/dates/plan-dates.ts';

/** Hours that a team shares in the coming two weeks. */
export interface SharedHours {
  /** Stretches in which everyone who stated hours can be there for the whole meeting. */
  shared: Stretch[];
  /** The first moment at which most of them can meet; null where no two can. */
  best: MeetingSlot | null;
}

/**
 * Finds the hours a team shares, by the planner of dates: the team is the group whose coming counts before all else. Of equal
 * moments the first one is best.
 */
export async function sharedHours(
  stated: readonly MemberHours[],
  when: { now: Temporal.Instant; timeZone: string; minutes: number },
  isWorkday: IsWorkday,
): Promise<SharedHours> {
  const slots = meetingSlots(stated, when, isWorkday);
  if (slots.length === 0 || stated.length < 2) return { shared: [], best: null };
  const group = stated.map(({ personId }) => String(personId));
  const people = group.map((id) => ({
    id,
    name: id,
    side: 'talent' as const,
    answers: Object.fromEntries(
      slots.flatMap(({ personIds }, at) =>
        personIds.includes(Number(id)) ? [[String(at), 'yes' as const]] : [],
      ),
    ),
  }));
  const dates = slots.map((_, at) => ({ id: String(at) }));
  const { tallies, goals } = await planDates({ people, dates, group }, { seed: 1 });
  const most = goals[0]?.value ?? 0;
  const best = tallies.findIndex((tally) => tally.group === most);
  const forAll = slots.filter((_, at) => tallies[at]!.group === group.length);
  return { shared: stretchesOf(forAll.map(({ start }) => start)), best: slots[best] ?? null };
}
