// Seniors' meetings and the talents in them, as a mixed-integer programme.
import { addColumn, addRow, type Entry, newProgramme, type Programme } from '../programme.ts';
import { meetsTwo } from './faults.ts';
import { type Market, roomOf } from './market.ts';
import { reportingLines } from './reporting-line.ts';
import type { PairsWishes } from './wishes.ts';

/** A column that is 1 where a talent is in a meeting, the senior's first, second, and so on. */
interface Chance {
  senior: number;
  meeting: number;
  talent: number;
  column: number;
}

/** A programme, its chances, and the entries of its two goals. */
export interface TriosModel {
  programme: Programme;
  chances: Chance[];
  placed: Entry[];
  weight: Entry[];
}

/** A senior and the talents who meet them together, by number. */
export interface Meeting {
  senior: number;
  talents: number[];
}

const ones = (chances: readonly Chance[]) => chances.map(({ column }): Entry => [column, 1]);

/** The model of wishes without faults. */
export function triosModelOf(wishes: PairsWishes, market: Market): TriosModel {
  const { seniors, talents, locked } = market;
  const programme = newProgramme();
  const isLocked = (s: number, t: number) => locked.some(([senior, talent]) => senior === s && talent === t);
  const chances = seniors.flatMap((person, senior) => {
    const may = [...talents.keys()].filter(
      (talent) => market.allowed[senior * talents.length + talent] === 1 || isLocked(senior, talent),
    );
    const meetings = Math.min(roomOf(person), may.length);
    return Array.from({ length: meetings }, (_, meeting) =>
      may.map((talent): Chance => ({ senior, meeting, talent, column: addColumn(programme) })),
    ).flat();
  });
  const model: TriosModel = { programme, chances, placed: [], weight: [] };
  addMeetings(model, wishes, market);
  addTogetherOnce(model, market, isLocked);
  for (const senior of seniors.keys())
    addPlaced(
      model,
      chances.filter((one) => one.senior === senior),
    );
  for (const [talent, person] of talents.entries()) {
    const own = chances.filter((one) => one.talent === talent);
    addRow(programme, 0, roomOf(person), ones(own));
    addPlaced(model, own);
  }
  model.weight = chances.map(({ senior, talent, column }) => [
    column,
    market.weight[senior * talents.length + talent]!,
  ]);
  return model;
}

/** One talent in a meeting, or two who may meet; a senior's later meetings are no larger than those before. */
function addMeetings(
  { programme, chances }: TriosModel,
  wishes: PairsWishes,
  { seniors, talents }: Market,
): void {
  const apart = apartOf(wishes);
  for (const [senior, person] of seniors.entries()) {
    const own = Map.groupBy(
      chances.filter((one) => one.senior === senior),
      ({ meeting }) => meeting,
    );
    for (const [meeting, here] of own) {
      addRow(programme, 0, meetsTwo(wishes, person) ? 2 : 1, ones(here));
      if (meeting > 0)
        addRow(programme, 0, Number.POSITIVE_INFINITY, [
          ...ones(own.get(meeting - 1)!),
          ...here.map(({ column }): Entry => [column, -1]),
        ]);
      if (meetsTwo(wishes, person))
        for (const [index, one] of here.entries())
          for (const other of here.slice(index + 1))
            if (apart(talents[one.talent]!.id, talents[other.talent]!.id))
              addRow(programme, 0, 1, ones([one, other]));
    }
  }
}

/** Tells whether two talents may not meet a senior together. */
export function apartOf(wishes: PairsWishes): (a: string, b: string) => boolean {
  const inOneLine = reportingLines(wishes.people);
  const asked = new Set(
    (wishes.apart ?? []).flatMap(([a, b]) => [JSON.stringify([a, b]), JSON.stringify([b, a])]),
  );
  return (a, b) => inOneLine(a, b) || asked.has(JSON.stringify([a, b]));
}

/** A talent meets a senior once at most, and in any case where that is asked for. */
function addTogetherOnce(
  { programme, chances }: TriosModel,
  { seniors, talents }: Market,
  isLocked: (senior: number, talent: number) => boolean,
): void {
  for (const [key, own] of Map.groupBy(chances, ({ senior, talent }) => `${senior} ${talent}`)) {
    const [senior, talent] = key.split(' ').map(Number) as [number, number];
    if (isLocked(senior, talent))
      addRow(
        programme,
        1,
        1,
        ones(own),
        `${seniors[senior]!.name} and ${talents[talent]!.name} are locked as a pair`,
      );
    else if (own.length > 1) addRow(programme, 0, 1, ones(own));
  }
}

/** A column that is 1 at most, and 0 where somebody is in no meeting. */
function addPlaced({ programme, placed }: TriosModel, own: readonly Chance[]): void {
  if (own.length === 0) return;
  const column = addColumn(programme, { integer: false });
  addRow(programme, 0, Number.POSITIVE_INFINITY, [...ones(own), [column, -1]]);
  placed.push([column, 1]);
}

/** The meetings that take place. */
export function meetingsIn({ chances }: TriosModel, values: Float64Array): Meeting[] {
  const made = chances.filter(({ column }) => values[column] === 1);
  return [...Map.groupBy(made, ({ senior, meeting }) => `${senior} ${meeting}`).values()].map((here) => ({
    senior: here[0]!.senior,
    talents: here.map(({ talent }) => talent).sort((a, b) => a - b),
  }));
}
