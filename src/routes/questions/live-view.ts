import { seesVotes } from '../../domain/access.ts';
import { rulesOf } from '../../domain/questions/rules.ts';
import type { SharedPage } from '../../store/events/page.ts';
import type { WallQuestion } from '../../store/questions/wall.ts';
import { timesOf } from '../events/page-view.ts';

/** Lists the questions everyone at an event reads: not those that are new, refused, taken back or merged. */
export function readable(all: readonly WallQuestion[]): WallQuestion[] {
  return all.filter(({ state }) => ['wall', 'table', 'answered', 'parked'].includes(state));
}

/** Says whether the room sees how many wonder: the projector and every phone show the same, so as guests do. */
export function talliesShown(shared: SharedPage, now: Temporal.Instant): boolean {
  return seesVotes(rulesOf(shared.event), { isOrganiser: false }, timesOf(shared).start, now);
}

/** The question on the table as it is shown to the room, or null. */
export function nowOf(shared: SharedPage, all: readonly WallQuestion[], now: Temporal.Instant) {
  return questionOnTable(shared, all, talliesShown(shared, now));
}

/** The same, with how many wonder or without. */
export function questionOnTable(shared: SharedPage, all: readonly WallQuestion[], tallies: boolean) {
  const question = all.find(({ state }) => state === 'table');
  if (question === undefined) return null;
  const { id, text, kind, author, votes, table, trend, fromRoom, roomVotes } = question;
  const isTables = shared.event.shape === 'tables';
  const shown = { id, text, kind, author, trend, fromRoom, roomVotes };
  return { ...shown, votes: tallies ? votes : 0, table: isTables ? table : null };
}
