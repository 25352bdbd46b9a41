// Checks of a proposal of new seats: what stays and what it costs, a line each.
import type { Situation } from '../../actions/tables/situation.ts';
import { comesYet } from '../../domain/tables/day.ts';
import { type DayOption, moversOf } from '../../domain/tables/day-options.ts';
import { factsOf } from '../../domain/tables/facts.ts';
import type { Words } from '../../words.ts';
import { brokenText } from './facts-view.ts';

/** Wishes that are not kept, shown at once. */
const mostBroken = 6;

/** One thing that stays or that an option costs; `isFine` false wants a look. */
interface Check {
  isFine: boolean;
  text: string;
  note: string;
}

const check = (isFine: boolean, text: string, note = ''): Check => ({ isFine, text, note });

/** Lists each thing that stays, and each that an option costs. */
export function checksOf(
  words: Words,
  situation: Situation,
  option: DayOption,
  nameOf: (id: number) => string,
): Check[] {
  const { t, tn } = words;
  const { tables } = situation;
  const touched = new Set([...moversOf(option), ...leaving(option, tables.held)]);
  const staying = tables.people.filter((one) => comesYet(one, tables) && !touched.has(one.id)).length;
  const begun = tn(
    tables.held,
    'Round {n} stays as it is: it has begun',
    'Rounds 1 to {n} stay as they are: they have begun',
  );
  return [
    ...(tables.held > 0 ? [check(true, begun)] : []),
    check(true, t('{n} people keep their table', { n: staying })),
    ...wishChecks(words, option, nameOf),
    ...tableChecks(words, situation, option),
  ];
}

/** People who have no seat in the rounds to come any more. */
const leaving = ({ rows }: DayOption, held: number) =>
  rows.filter(([, row]) => row.slice(held).every((table) => table === 0)).map(([id]) => id);

function wishChecks(words: Words, { broken }: DayOption, nameOf: (id: number) => string): Check[] {
  if (broken.length === 0) return [check(true, words.t('Nobody sits with their boss, every wish is kept'))];
  return broken.slice(0, mostBroken).map((one) =>
    check(
      false,
      brokenText(words, one, (id) => (id === null ? '' : nameOf(id))),
    ),
  );
}

/** New meetings, sizes of tables, and tables that lack people or a host. */
function tableChecks({ t }: Words, { tables, known }: Situation, option: DayOption): Check[] {
  const { newMeetings, meetings, sizes, thin, hostless } = option;
  const before = factsOf(tables, known);
  const [least, most] = sizes;
  const isSame = before.meetings === meetings && before.newMeetings === newMeetings;
  return [
    check(
      meetings - newMeetings <= before.meetings - before.newMeetings,
      t('{n} of {all} meetings are new', { n: newMeetings, all: meetings }),
      isSame ? '' : t('Before: {n} of {all}', { n: before.newMeetings, all: before.meetings }),
    ),
    check(
      most - least < 2,
      least === most
        ? t('Tables of {n} people', { n: most })
        : t('Tables of {least} to {most} people', { least, most }),
    ),
    ...thin.map((n) => check(false, t('Table {n} has few people, or one side only', { n }))),
    ...hostless.map((n) => check(false, t('Table {n} has no host', { n }))),
  ];
}
