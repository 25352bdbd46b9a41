// Tables of a host: whose notes they write, read and change.
import type { Side } from '../guests/waiting-list.ts';
import { wholeRoom } from './notes.ts';

/** Somebody on the list of an event, and what decides where they host. */
export interface PossibleHost {
  id: number;
  side: Side;
  /** Their answer to the invitation. */
  state: string;
  /** Their tables by the published plan, a round each; null where they have none. */
  seats: readonly number[] | null;
}

/** Somebody who took a table on the day, until the end of a round or of the evening. */
export type Stepped = readonly [personId: number, table: number, until?: number | undefined];

/** An event with its tables and the teams that host them. */
export interface HostedEvent {
  shape: string;
  state: string;
  topics: readonly { number: number; hosts: readonly { id: number }[] }[];
  /** People who took another table on the day; `until` is the last round where its own host comes later. */
  stepped: readonly (readonly [personId: number, table: number, until?: number])[];
}

/**
 * Lists the tables whose notes are this person's: those of their teams and one they took on the day; the whole room where
 * there are no tables. Empty for everybody who does not host, and for hosts who do not come.
 */
export function tablesHosted(person: PossibleHost, event: HostedEvent): number[] {
  if (person.side !== 'talent' || person.state !== 'coming' || event.state !== 'published') return [];
  if (event.shape === 'pair') return [];
  if (event.shape !== 'tables') return [wholeRoom];
  const own = event.topics.filter(({ hosts }) => hosts.some(({ id }) => id === person.id));
  const taken = event.stepped.filter(([id]) => id === person.id).map(([, table]) => table);
  return [...new Set([...taken, ...own.map(({ number }) => number)])];
}

/** Returns the table a host is at in a round, from 1: the one they took, else by the plan, else their team's first. */
export function tableInRound(person: PossibleHost, event: HostedEvent, round: number): number | null {
  const hosted = tablesHosted(person, event);
  const taken = event.stepped.find(([id, , until = round]) => id === person.id && round <= until)?.[1];
  const planned = person.seats?.[round - 1];
  return [taken, planned].find((table) => table !== undefined && hosted.includes(table)) ?? hosted[0] ?? null;
}
