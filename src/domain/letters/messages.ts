// An e-mail that an organiser writes to a group of people: the groups, and the gaps its words may have.
import type { RsvpState } from '../events/changes.ts';
import { problemsWith, type WordsProblem } from './words.ts';

/** Groups of an event's people. */
export const eventGroups = [
  'coming',
  'coming-seniors',
  'hosts',
  'open',
  'open-seniors',
  'unsure',
  'waiting',
  'declined',
  'everyone',
] as const;
export type EventGroup = (typeof eventGroups)[number];

/** Groups of all people. */
export const programmeGroups = ['all', 'seniors', 'talents', 'organisers'] as const;
export type ProgrammeGroup = (typeof programmeGroups)[number];

/** A person on an event's list; `isKept`: a substitute whose seat is kept, and who has not answered. */
export interface Listed {
  state: RsvpState;
  side: 'senior' | 'talent';
  hosts: boolean;
  isKept: boolean;
}

/** Says whether somebody on an event's list belongs to this group; those taken off it belong to none. */
export function isInEventGroup(group: EventGroup, { state, side, hosts, isKept }: Listed): boolean {
  if (state === 'uninvited') return false;
  const isComing = state === 'coming' && !isKept;
  const isOpen = state === 'invited' || (state === 'coming' && isKept);
  const belongs: Record<EventGroup, boolean> = {
    coming: isComing,
    'coming-seniors': isComing && side === 'senior',
    hosts: hosts && state !== 'declined',
    open: isOpen,
    'open-seniors': isOpen && side === 'senior',
    unsure: state === 'maybe',
    waiting: state === 'waiting',
    declined: state === 'declined',
    everyone: true,
  };
  return belongs[group];
}

/** Says whether a person belongs to this group of the programme. */
export function isInProgrammeGroup(
  group: ProgrammeGroup,
  person: { side: 'senior' | 'talent'; isOrganiser: boolean },
): boolean {
  if (group === 'organisers') return person.isOrganiser;
  if (group === 'all') return true;
  return group === 'seniors' ? person.side === 'senior' : person.side === 'talent';
}

/** Names in curly brackets that are filled in for each reader; those about an event where it is written to its people. */
export function gapsOfMessage(isAboutEvent: boolean) {
  const always = ['First name', 'Organiser', 'Organisation'] as const;
  return isAboutEvent ? ([...always, 'Event', 'Day', 'Time', 'Place'] as const) : always;
}

/** Lists what keeps these words from being sent. */
export function problemsInMessage(
  isAboutEvent: boolean,
  words: { subject: string; body: string },
): WordsProblem[] {
  return problemsWith(gapsOfMessage(isAboutEvent), words);
}
