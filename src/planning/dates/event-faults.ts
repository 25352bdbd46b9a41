// Faults of dates for several events that show without solving anything.
import { datesOf, eventName, eventsBoardOf } from './events-board.ts';
import type { DatesWishes, EventWish } from './wishes.ts';

/** One sentence for every fault of events, in wishes that have no other. */
export function eventFaults(wishes: DatesWishes, events: readonly EventWish[]): string[] {
  const faults = [...countFaults(wishes, events), ...idFaults(wishes, events)];
  if (faults.length > 0) return faults;
  return [...onceFaults(wishes, events), ...holdFaults(wishes, events)];
}

function countFaults({ dates, choose }: DatesWishes, events: readonly EventWish[]): string[] {
  const faults: string[] = [];
  if (choose !== undefined)
    faults.push('Choose a number of dates, or name events: choose goes without events.');
  if (events.length === 0) faults.push('There is no event.');
  if (events.length > dates.length)
    faults.push(`${events.length} events need a date each, but there are ${dates.length}.`);
  return faults;
}

function idFaults({ people, dates }: DatesWishes, events: readonly EventWish[]): string[] {
  const [peopleIds, dateIds] = [people, dates].map((list) => new Set(list.map(({ id }) => id)));
  const ids = events.map(({ id }) => id);
  const twice = [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))];
  return [
    ...twice.map((id) => `Two events have the id ${id}.`),
    ...events.flatMap((event) => [
      ...(event.needs ?? [])
        .filter((id) => !peopleIds!.has(id))
        .map((id) => `${eventName(event)} needs ${id}, who is not among the people.`),
      ...(event.dates ?? [])
        .filter((id) => !dateIds!.has(id))
        .map((id) => `${eventName(event)} can be held on ${id}, which is not among the dates.`),
    ]),
  ];
}

/** People needed at two events where everybody comes to one. */
function onceFaults(wishes: DatesWishes, events: readonly EventWish[]): string[] {
  if (!wishes.once) return [];
  const { needs } = eventsBoardOf(wishes);
  return wishes.people.flatMap(({ name }, person) => {
    const own = events.filter((_, event) => needs[event]!.includes(person));
    return own.length < 2
      ? []
      : [`${name} is needed at ${own.map(eventName).join(' and ')}, but everybody comes to one event.`];
  });
}

function holdFaults(wishes: DatesWishes, events: readonly EventWish[]): string[] {
  const asked = eventsBoardOf(wishes);
  return events.flatMap((event, index) =>
    datesOf(asked, index).length > 0
      ? []
      : [
          `${eventName(event)} can be held on none of its dates.`,
          ...new Set(asked.missing[index]!.flatMap((one) => one ?? [])),
        ],
  );
}
