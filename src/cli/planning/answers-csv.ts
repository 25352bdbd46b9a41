import type { AnswerOf, Engine, WishesOf } from '../../planning/engines.ts';
import { type CsvFile, writeCsv } from '../../web/csv.ts';

// Answers of assign, dates and pairs as a list of people: each has what they got in columns beside what the list says already.

/** Engines whose answer is a list in which each person has what they got. */
export type ListedEngine = Exclude<Engine, 'tables'>;

const columns: Readonly<Record<ListedEngine, readonly string[]>> = {
  assign: ['Trend', 'Why'],
  dates: ['Date', 'Why'],
  pairs: ['Partner', 'Topics', 'Why'],
};

interface Named {
  id: string;
  name?: string | undefined;
}

/** Cells of each person by id, in the columns of the engine. */
type Cells = (id: string) => readonly string[];

const many = ' | ';

const namesOf = (all: readonly Named[]) => {
  const names = new Map(all.map(({ id, name }) => [id, name ?? id]));
  return (id: string) => names.get(id) ?? id;
};

function trendsOf({ trends }: WishesOf<'assign'>, { assignment, reasons }: AnswerOf<'assign'>): Cells {
  const name = namesOf(trends);
  return (id) => [assignment[id] === undefined ? '' : name(assignment[id]), reasons[id] ?? ''];
}

function datesOf(wishes: WishesOf<'dates'>, { dates, reasons }: AnswerOf<'dates'>): Cells {
  const [date, event] = [namesOf(wishes.dates), namesOf(wishes.events ?? [])];
  return (id) => [
    dates
      .filter(({ people }) => people.includes(id))
      .map((one) => (one.event === undefined ? date(one.id) : `${event(one.event)}: ${date(one.id)}`))
      .join(many),
    reasons[id] ?? '',
  ];
}

function partnersOf({ people }: WishesOf<'pairs'>, { pairs, reasons }: AnswerOf<'pairs'>): Cells {
  const name = namesOf(people);
  const groups = pairs.map((pair) => ({
    ...pair,
    all: [pair.senior, ...('talents' in pair ? pair.talents : [pair.talent])],
  }));
  return (id) => {
    const mine = groups.filter(({ all }) => all.includes(id));
    const partners = mine.map(({ all }) =>
      all
        .filter((one) => one !== id)
        .map(name)
        .join(', '),
    );
    const why = mine.length > 0 ? mine.map(({ reason }) => reason) : [reasons[id] ?? ''];
    return [
      partners.join(many),
      [...new Set(mine.flatMap(({ topics }) => topics))].join(many),
      why.join(' '),
    ];
  };
}

function cellsOf(engine: ListedEngine, wishes: WishesOf<Engine>, answer: AnswerOf<Engine>): Cells {
  if (engine === 'assign') return trendsOf(wishes as WishesOf<'assign'>, answer as AnswerOf<'assign'>);
  if (engine === 'dates') return datesOf(wishes as WishesOf<'dates'>, answer as AnswerOf<'dates'>);
  return partnersOf(wishes as WishesOf<'pairs'>, answer as AnswerOf<'pairs'>);
}

/** The list that was read with what each person got, or a list of everybody where there was none; earlier such columns go. */
export function answerToCsv(
  engine: ListedEngine,
  wishes: WishesOf<Engine>,
  answer: AnswerOf<Engine>,
  file?: CsvFile,
): string {
  const people: readonly Named[] =
    'agents' in wishes ? wishes.agents : 'people' in wishes ? wishes.people : [];
  const cells = cellsOf(engine, wishes, answer);
  const own = columns[engine];
  if (!file)
    return writeCsv(
      ['Id', 'Name', ...own],
      people.map(({ id, name = id }) => [id, name, ...cells(id)]),
    );
  const isOurs = file.header.map((name) => own.includes(name.trim()));
  const others = (row: readonly string[]) => row.filter((_, column) => !isOurs[column]);
  return writeCsv(
    [...others(file.header), ...own],
    file.rows.map((row, index) => [...others(row.cells), ...cells(people[index]!.id)]),
    { delimiter: file.delimiter },
  );
}
