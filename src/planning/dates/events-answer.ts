// The dates of several events in the words of those who asked for them.
import type { Goal } from '../programme.ts';
import { counted, countsIn, saysOf } from './board.ts';
import { type EventPlaces, type EventsBoard, eventName } from './events-board.ts';
import type { ChosenDate, DatesAnswer, DateTally } from './wishes.ts';
import { listed, openInWords } from './words.ts';

/** How a choice came about. */
interface Made {
  goals: Goal[];
  proven: boolean;
  iterations: number;
  seed: number;
}

/** The answer: places are counted, so that somebody who comes to two events counts twice. */
export function eventsAnswer(asked: EventsBoard, places: EventPlaces, made: Made): DatesAnswer {
  const { board, events } = asked;
  const { people, dates } = board.wishes;
  const chosen = [...places.dateOf].sort((a, b) => a - b);
  const counts = (part: 'attendees' | 'yes' | 'seniors') => {
    const { who, says } = countsIn(board, part);
    return chosen.flatMap((date) =>
      places.at.get(date)!.filter((person) => who(person) && saysOf(board, person, date) >= says),
    ).length;
  };
  const open = made.goals.find(({ value, bound }) => value < bound);
  const placed = new Set([...places.at.values()].flat());
  const totals = { attendees: counts('attendees'), yes: counts('yes'), seniors: counts('seniors') };
  return {
    dates: chosen.map((date) => chosenDate(asked, places, date)),
    chosen: Object.fromEntries(events.map(({ id }, event) => [id, dates[places.dateOf[event]!]!.id])),
    without: people.filter((_, person) => !placed.has(person)).map(({ id }) => id),
    ...totals,
    goals: made.goals,
    provenOptimal: made.proven,
    gap: open ? (open.bound - open.value) / open.bound : 0,
    reason: reasonFor(asked, places, totals, open),
    reasons: Object.fromEntries(people.map(({ id }, person) => [id, reasonOf(asked, places, person)])),
    tallies: dates.map((_, date) => tallyOf(asked, places, date)),
    method: 'staged programme',
    iterations: made.iterations,
    seed: made.seed,
  };
}

function chosenDate({ board, events }: EventsBoard, { dateOf, at }: EventPlaces, date: number): ChosenDate {
  const { people, dates } = board.wishes;
  const here = at.get(date)!.toSorted((a, b) => saysOf(board, b, date) - saysOf(board, a, date) || a - b);
  const seniors = here.filter((person) => board.senior[person]).length;
  return {
    id: dates[date]!.id,
    event: events[dateOf.indexOf(date)]!.id,
    people: here.map((person) => people[person]!.id),
    maybe: here.filter((person) => saysOf(board, person, date) === 1).map((person) => people[person]!.id),
    talents: here.length - seniors,
    seniors,
  };
}

/** A date by itself; something is missing where no event can be held on it. */
function tallyOf({ board, missing }: EventsBoard, { dateOf }: EventPlaces, date: number): DateTally {
  const everybody = board.senior.map((_, person) => person);
  const saying = (what: number) => everybody.filter((person) => saysOf(board, person, date) === what);
  const [maybe, yes] = [saying(1), saying(2)];
  const coming = [...yes, ...maybe];
  const lacks = missing.flatMap((own) => (own[date] === undefined ? [] : [own[date]]));
  return {
    id: board.wishes.dates[date]!.id,
    yes: yes.length,
    maybe: maybe.length,
    seniors: coming.filter((person) => board.senior[person]).length,
    ...(board.wishes.group?.length && { group: coming.filter((person) => board.group[person]).length }),
    chosen: dateOf.includes(date),
    missing: lacks.some((own) => own.length === 0) ? [] : [...new Set(lacks.flat())],
  };
}

function reasonFor(
  { board, events }: EventsBoard,
  { dateOf }: EventPlaces,
  { attendees, seniors, yes }: { attendees: number; seniors: number; yes: number },
  open: Goal | undefined,
): string {
  const all = listed(
    events.map((event, index) => `${eventName(event)} on ${board.slots[dateOf[index]!]!.name}`),
  );
  const give = events.length === 1 ? 'gives' : 'give';
  const places = attendees === 1 ? '1 place' : `${attendees} places`;
  const proof = open ? openInWords(open) : 'No other choice of dates does better.';
  return `${all} ${give} ${places}, ${seniors} of them to seniors, ${yes} after a yes; ${counted(board.people, 'person')} were asked. ${proof}`;
}

/** Why somebody has the places they have, or none. */
function reasonOf(asked: EventsBoard, places: EventPlaces, person: number): string {
  const { board, events, needs } = asked;
  const { name } = board.wishes.people[person]!;
  const where = (event: number) => {
    const date = places.dateOf[event]!;
    const after = saysOf(board, person, date) === 2 ? 'a yes' : 'a maybe';
    const need = needs[event]!.includes(person) ? ' and is needed there' : '';
    return `${name} has a place at ${eventName(events[event]!)} on ${board.slots[date]!.name}, after ${after}${need}.`;
  };
  const numbers = [...events.keys()];
  const own = numbers.filter((event) => places.at.get(places.dateOf[event]!)!.includes(person));
  const others = numbers.filter(
    (event) => !own.includes(event) && saysOf(board, person, places.dateOf[event]!) > 0,
  );
  const told = [...own.map(where), ...others.map((event) => whyNot(asked, places, { event, person, own }))];
  if (told.length > 0) return told.join(' ');
  const can = board.slots.filter((_, date) => saysOf(board, person, date) > 0);
  if (can.length === 0) return `${name} can come on none of the dates.`;
  const was = can.length === 1 ? 'was' : 'were';
  return `${name} can come on ${listed(can.map((slot) => slot.name))}, which ${was} not chosen.`;
}

/** Why somebody who can come has no place at an event. */
function whyNot(
  { board, events, once }: EventsBoard,
  { dateOf, at }: EventPlaces,
  { event, person, own }: { event: number; person: number; own: readonly number[] },
): string {
  const { name } = board.wishes.people[person]!;
  const date = dateOf[event]!;
  const head = `${name} could come to ${eventName(events[event]!)} on ${board.slots[date]!.name}`;
  if (once && own.length > 0) return `${head} too, but everybody comes to one event.`;
  const { most } = board.slots[date]!;
  return at.get(date)!.length >= most
    ? `${head}, full with ${most}.`
    : `${head}, but the places there are needed otherwise.`;
}
