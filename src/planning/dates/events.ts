// Dates for several events with their own hosts: no two on one date.
import { cannot } from '../cannot.ts';
import { conflictInWords, leastConflict } from '../conflict.ts';
import type { Effort } from '../effort.ts';
import { type Goal, type Limits, openSolver } from '../programme.ts';
import { type Random, randomFrom } from '../random.ts';
import { optimiseInStages, type Stage } from '../stages.ts';
import { allOf, type Counted, orderOf } from './board.ts';
import { eventsAnswer } from './events-answer.ts';
import { type EventPlaces, type EventsBoard, eventsBoardOf } from './events-board.ts';
import { type EventsModel, eventsModelOf, placesFrom, placesIn } from './events-model.ts';
import type { DatesAnswer, DatesWishes } from './wishes.ts';
import { progressInWords } from './words.ts';

/** Nodes of search trees opened where the effort names neither steps nor a deadline. */
const usualNodes = 10_000;

/** The best dates for the events of wishes without faults, as far as the effort allows. */
export async function planEvents(wishes: DatesWishes, effort: Effort): Promise<DatesAnswer> {
  const asked = eventsBoardOf(wishes);
  const random = randomFrom(effort.seed);
  const limits: Limits = {
    stop: () => effort.signal?.aborted === true || effort.isOver?.() === true,
    nodes: effort.iterations ?? (effort.isOver ? Number.POSITIVE_INFINITY : usualNodes),
    seed: random.below(2147483647),
  };
  const tell = (part: Counted, value: number, bound: number) => {
    const all = mostOf(asked, part);
    effort.onProgress?.(all - value, all - bound, progressInWords(part, all, value, bound));
  };
  const model = eventsModelOf(asked, random);
  const found = await solved(asked, model, limits, tell);
  if (found.state === 'infeasible')
    throw cannot([conflictInWords(await leastConflict(model.programme, limits))]);
  if (!found.places)
    throw cannot(['No dates that keep every wish were found in time: give it longer, or drop a wish.']);
  const places = await placedOn(asked, found.places.dateOf, random);
  const goals = orderOf(asked.board).map((part, index): Goal => {
    const value = placesCounted(asked, places, part);
    return { name: part, value, bound: Math.max(value, found.goals[index]?.bound ?? mostOf(asked, part)) };
  });
  return eventsAnswer(asked, places, {
    goals,
    proven: goals.every(({ value, bound }) => value === bound),
    iterations: found.nodes,
    seed: effort.seed,
  });
}

/** The most a goal can be: everybody once, or everybody at every event. */
function mostOf({ board, events, once }: EventsBoard, part: Counted): number {
  return allOf(board, part) * (once ? 1 : events.length);
}

/** Solves a model goal after goal. */
async function solved(
  asked: EventsBoard,
  model: EventsModel,
  limits: Limits,
  tell: (part: Counted, value: number, bound: number) => void,
) {
  const stages = orderOf(asked.board).map(
    (name): Stage => ({
      name,
      sense: 1,
      entries: placesIn(asked, model, name),
      limit: () => mostOf(asked, name),
    }),
  );
  const solver = await openSolver(model.programme, limits);
  try {
    const { state, values, goals } = optimiseInStages(solver, stages, ({ name }, value, bound) =>
      tell(name as Counted, value, bound),
    );
    return { state, goals, nodes: solver.nodes, places: values && placesFrom(asked, model, values) };
  } finally {
    solver.close();
  }
}

/** The best places where every event has its date: a network, solved whatever the effort. */
async function placedOn(asked: EventsBoard, dateOf: readonly number[], random: Random): Promise<EventPlaces> {
  const limits = { stop: () => false, nodes: Number.POSITIVE_INFINITY, seed: random.below(2147483647) };
  const model = eventsModelOf(asked, random, dateOf);
  const { places } = await solved(asked, model, limits, () => {});
  if (!places) throw new Error('Events that had places have none.');
  return places;
}

/** A goal counted in places. */
function placesCounted(asked: EventsBoard, { at }: EventPlaces, part: Counted): number {
  const model = {
    places: [...at].flatMap(([date, people]) => people.map((person) => ({ person, date, column: 0 }))),
  };
  return placesIn(asked, model as EventsModel, part).length;
}
