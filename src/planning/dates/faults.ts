// Faults that no choice of dates can avoid, seen without solving anything: one sentence for every fault, naming it.
import { boardOf, missingAt, saysOf } from './board.ts';
import { eventFaults } from './event-faults.ts';
import type { DatesWishes, Quorum } from './wishes.ts';

/**
 * The faults of wishes: unknown and doubled ids, numbers that contradict each other, too few dates that can be held.
 * Wishes without faults may still contradict each other all together, which only `planDates` finds.
 */
export function faultsOf(wishes: DatesWishes): string[] {
  const basic = [...countFaults(wishes), ...idFaults(wishes), ...numberFaults(wishes)];
  if (basic.length > 0) return basic;
  if (wishes.events) return eventFaults(wishes, wishes.events);
  return wishes.once ? ['once goes with events.'] : holdFaults(wishes);
}

function countFaults({ people, dates, choose = 1 }: DatesWishes): string[] {
  const faults: string[] = [];
  if (people.length === 0) faults.push('There is nobody to ask.');
  if (dates.length === 0) faults.push('There is no date.');
  if (!Number.isSafeInteger(choose) || choose < 1) faults.push('Choose one date or more.');
  else if (dates.length > 0 && choose > dates.length)
    faults.push(`${choose} dates are to be chosen, but there are ${dates.length}.`);
  return faults;
}

const twice = (ids: readonly string[]) => [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))];

function idFaults({ people, dates, group }: DatesWishes): string[] {
  const known = new Set(dates.map(({ id }) => id));
  return [
    ...twice(people.map(({ id }) => id)).map((id) => `Two people have the id ${id}.`),
    ...twice(dates.map(({ id }) => id)).map((id) => `Two dates have the id ${id}.`),
    ...(group ?? [])
      .filter((id) => !people.some((person) => person.id === id))
      .map((id) => `group names ${id}, who is not among the people.`),
    ...people.flatMap(({ id, answers }) =>
      Object.keys(answers)
        .filter((date) => !known.has(date))
        .map((date) => `${id} answers about ${date}, which is not among the dates.`),
    ),
  ];
}

const isCount = (value: number | undefined) =>
  value === undefined || (Number.isSafeInteger(value) && value >= 0);

function numberFaults(wishes: DatesWishes): string[] {
  const every = [
    { where: 'All dates', quorum: wishes.quorum, least: wishes.least, most: wishes.most },
    ...wishes.dates.map(({ id, name = id, quorum, least, most }) => ({ where: name, quorum, least, most })),
  ];
  const whole = ({ quorum, least, most }: { quorum?: Quorum; least?: number; most?: number }) =>
    [quorum?.talent, quorum?.senior, least, most].every(isCount);
  return every
    .filter((one) => !whole(one as Parameters<typeof whole>[0]))
    .map(({ where }) => `${where}: write whole numbers for quorum, least and most.`);
}

/** Fewer dates that can be held than are to be chosen, or somebody needed who can come on none of them. */
function holdFaults(wishes: DatesWishes): string[] {
  const board = boardOf(wishes);
  const missing = wishes.dates.map((_, date) => missingAt(board, date));
  const held = wishes.dates.map((_, date) => date).filter((date) => missing[date]!.length === 0);
  if (held.length < board.choose)
    return [
      `${board.choose} of ${board.dates} dates are to be held, but only ${held.length} can be.`,
      ...missing.flat(),
    ];
  return board.once
    .filter((person) => held.every((date) => saysOf(board, person, date) === 0))
    .map(
      (person) => `${wishes.people[person]!.name} is needed once, but can come on no date that can be held.`,
    );
}
