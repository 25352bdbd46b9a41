import type { Tx } from '../../database/open.ts';
import { isUndoneBy } from '../../domain/guests/invitation-stops.ts';
import type { Event } from '../../store/events/events.ts';
import * as stops from '../../store/guests/invitation-stops.ts';
import * as rsvps from '../../store/guests/rsvps.ts';

type OfProgramme = Pick<Event, 'programmeId'>;

/** Leaves out those who want no more invitations of the event's programme. */
export async function withoutStopped(tx: Tx, event: OfProgramme, personIds: number[]): Promise<number[]> {
  const stopped = await stops.among(tx, event.programmeId, personIds);
  return personIds.filter((id) => !stopped.has(id));
}

/** Takes people off the list of a draft who asked for no more invitations since they were put on it. */
export async function strikeStopped(tx: Tx, event: Pick<Event, 'id' | 'programmeId'>): Promise<void> {
  const ids = (await rsvps.invitees(tx, event.id)).map(({ personId }) => personId);
  await rsvps.removeMany(tx, event.id, [...(await stops.among(tx, event.programmeId, ids))]);
}

/** A person who answers an invitation gets invitations again: mail scanners may have asked for none. */
export async function resumeByAnswer(
  tx: Tx,
  event: OfProgramme,
  personId: number,
  said: 'yes' | 'maybe' | 'no',
): Promise<void> {
  const stop = await stops.find(tx, event.programmeId, personId);
  if (stop && isUndoneBy(stop.way, said)) await stops.remove(tx, event.programmeId, personId);
}
