// Rights of people to do and see things, beyond what the address of a page asks for; each rule once.
import type { QuestionRules } from './questions/rules.ts';
import type { TrendState, Voting } from './trends/trend.ts';

export interface Reader {
  id: number;
  isOrganiser: boolean;
}

/** Organisers run every event; a facilitator runs the one they were chosen for. */
export function mayLead(reader: Reader, event: { facilitatorId: number | null }): boolean {
  return reader.isOrganiser || isFacilitator(reader, event);
}

/** Says whether a person was chosen to run this event, live. */
export function isFacilitator({ id }: { id: number }, event: { facilitatorId: number | null }): boolean {
  return event.facilitatorId === id;
}

/** Organisers see every event, people on its list once it is no draft. */
export function maySeeEvent(
  reader: { isOrganiser: boolean },
  event: { state: string },
  isOnList: boolean,
): boolean {
  return reader.isOrganiser || (isOnList && event.state !== 'draft');
}

/** Guests see who said yes unless the organiser turned it off; organisers always. */
export function seesGuestList(reader: { isOrganiser: boolean }, event: { guestListShown: boolean }): boolean {
  return reader.isOrganiser || event.guestListShown;
}

/** Young talents on an event's list host it: a table, the panel or the report; in a pair both are guests. */
export function isHost(
  person: { side: 'senior' | 'talent' },
  event: { shape: string; state: string },
  isOnList: boolean,
): boolean {
  return isOnList && person.side === 'talent' && event.shape !== 'pair' && event.state !== 'draft';
}

/** A team's members and organisers work on its brief and its questions. */
export function worksOnTeam(reader: Reader, team: { members: readonly { id: number }[] }): boolean {
  return reader.isOrganiser || team.members.some(({ id }) => id === reader.id);
}

/** A team and organisers read its brief at any time; everyone else once it is written and the rehearsal's day has come. */
export function readsBrief(
  reader: Reader,
  team: { members: readonly { id: number }[] },
  isOpen: boolean,
): boolean {
  return isOpen || worksOnTeam(reader, team);
}

/** Organisers see how many want to know at any time; everyone else once voting has closed, so that nobody follows the crowd. */
export function seesTallies(reader: { isOrganiser: boolean }, voting: Voting): boolean {
  return reader.isOrganiser || voting === 'closed';
}

/** Says whether a reader sees how many wonder: guests may have to wait until the event begins, organisers never. */
export function seesVotes(
  rules: Pick<QuestionRules, 'talliesHidden'>,
  reader: { isOrganiser: boolean },
  start: Temporal.Instant,
  now: Temporal.Instant,
): boolean {
  return !rules.talliesHidden || reader.isOrganiser || Temporal.Instant.compare(now, start) >= 0;
}

/** Its proposer and every organiser change a trend; a merged one nobody, since another one stands for it. */
export function mayChangeTrend(
  reader: Reader,
  trend: { state: TrendState; proposerId: number | null },
): boolean {
  return trend.state !== 'merged' && (reader.isOrganiser || trend.proposerId === reader.id);
}
