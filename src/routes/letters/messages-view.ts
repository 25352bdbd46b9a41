import type { Reader } from '../../actions/letters/messages.ts';
import { hasBegun } from '../../domain/events/times.ts';
import {
  type EventGroup,
  eventGroups,
  gapsOfMessage,
  type ProgrammeGroup,
  programmeGroups,
} from '../../domain/letters/messages.ts';
import type { Event } from '../../store/events/events.ts';
import * as messages from '../../store/letters/messages.ts';
import type { Mistakes } from '../../web/submit.ts';
import type { Visit } from '../../web/visit.ts';
import type { Words } from '../../words.ts';

/** A form that comes back: with mistakes, or to be looked at before it goes out. */
export interface MessageMistakes extends Mistakes {
  preview?: { subject: string; body: string; first: string; count: number };
  message?: string | undefined;
}

interface Group<Name extends string> {
  value: Name;
  label: string;
  hint: string;
  n: number;
}

const groupOf = <Name extends string>({ tn }: Words, value: Name, label: string, n: number): Group<Name> => ({
  value,
  label,
  hint: tn(n, '{n} person', '{n} people'),
  n,
});

/** Groups of an event's people, each with how many are in it today. */
export function eventGroupsIn(words: Words, readers: (group: EventGroup) => Reader[]): Group<EventGroup>[] {
  const { t } = words;
  const names: Record<EventGroup, string> = {
    coming: t('Everyone coming'),
    'coming-seniors': t('Senior managers who are coming'),
    hosts: t('The hosts'),
    open: t('Everyone who has not answered'),
    'open-seniors': t('Senior managers who have not answered'),
    unsure: t('Those who are not sure yet'),
    waiting: t('The waiting list'),
    declined: t('Those who can’t come'),
    everyone: t('Everyone who was invited'),
  };
  // A group that nobody is in would only be in the way.
  return eventGroups
    .map((group) => groupOf(words, group, names[group], readers(group).length))
    .filter(({ n }) => n > 0);
}

/** Groups of everyone, each with how many are in it. */
export function programmeGroupsIn(
  words: Words,
  counts: Record<ProgrammeGroup, number>,
): Group<ProgrammeGroup>[] {
  const { t } = words;
  const names: Record<ProgrammeGroup, string> = {
    all: t('Everyone'),
    seniors: t('All senior managers'),
    talents: t('All young talents'),
    organisers: t('The organisers'),
  };
  return programmeGroups.map((group) => groupOf(words, group, names[group], counts[group]));
}

/** Returns the group that is chosen at first: the likeliest that is not empty. */
export function likelyGroup(event: Event, groups: readonly Group<EventGroup>[], now: Temporal.Instant) {
  const likely: EventGroup[] =
    event.state === 'published' && !hasBegun(event, now) ? ['open-seniors', 'coming'] : ['coming'];
  const found = likely.find((group) => groups.some(({ value, n }) => value === group && n > 0));
  return found ?? 'everyone';
}

export const gapsShown = (isAboutEvent: boolean) =>
  gapsOfMessage(isAboutEvent)
    .map((gap) => `{${gap}}`)
    .join(', ');

/** E-mails of the last day, so that two organisers do not write the same. */
export function sentLately(words: Words, lately: Awaited<ReturnType<typeof messages.latest>>) {
  return lately.map(({ subject, organiser, n, ref }) => ({
    href: `/mailbox/${ref}`,
    subject,
    by: words.tn(n, 'by {organiser}, to {n} person', 'by {organiser}, to {n} people', { organiser }),
  }));
}

/** The button that takes back what was just written to everyone; null once it has left. */
export async function takeBackOf({ ctx, words }: Visit, formKey: string) {
  const n = await messages.countUnsent(ctx.db, formKey, ctx.now());
  if (n === 0) return null;
  const text = words.tn(n, 'One e-mail goes out in ten seconds.', '{n} e-mails go out in ten seconds.');
  return { formKey, text };
}
