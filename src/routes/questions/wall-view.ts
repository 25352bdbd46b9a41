import { seesVotes } from '../../domain/access.ts';
import { startOf } from '../../domain/events/times.ts';
import { formatDay } from '../../domain/events/wall-time.ts';
import { rulesOf } from '../../domain/questions/rules.ts';
import type { SharedPage } from '../../store/events/page.ts';
import type { WallQuestion } from '../../store/questions/wall.ts';
import { cached } from '../../web/kept.ts';
import { renderMarkdown } from '../../web/markdown.ts';
import { pageOf, rowsOn } from '../../web/paging.ts';

export interface Chosen {
  table?: number | undefined;
  order: 'wanted' | 'newest';
  page: number;
  /** The key of a question whose page is wanted, whatever page that is. */
  at?: string | undefined;
  named?: '1' | undefined;
}

/** Returns what the event's rules allow on this wall at this moment. */
export function wallRules(shared: SharedPage, isOrganiser: boolean, now: Temporal.Instant) {
  const rules = rulesOf(shared.event);
  const start = cached(shared, 'start', () => startOf(shared.event));
  return {
    readFirst: rules.readFirst,
    everyoneAsks: rules.everyoneAsks,
    /** Until the event begins nobody is led by what others wonder about, if the organiser wants it so. */
    talliesHidden: !seesVotes(rules, { isOrganiser }, start, now),
  };
}

/** Questions on one page of the wall; and of those answered, parked or turned down, which have a page of their own. */
const pageSize = 30;
const mostSettled = 30;

const isOpen = ({ state }: WallQuestion) => state === 'wall' || state === 'table';

/** The wall in the chosen order and for the chosen table, with what is answered, parked or turned down apart. */
export function wallOf(
  all: readonly WallQuestion[],
  chosen: Chosen,
  { talliesHidden, isOver, locale }: { talliesHidden: boolean; isOver: boolean; locale: string },
) {
  const here = chosen.table === undefined ? all : all.filter(({ table }) => table === chosen.table);
  const open = all.filter(isOpen);
  const lead = isOver ? null : topQuestion(open, chosen, talliesHidden);
  const list = here.filter((one) => isOpen(one) && one !== lead);
  if (chosen.order === 'newest' || talliesHidden) list.sort(newestFirst);
  const place = list.findIndex(({ id }) => String(id) === chosen.at);
  const at = pageOf(place < 0 ? chosen.page : Math.floor(place / pageSize) + 1, list.length, pageSize);
  const most = talliesHidden ? 0 : open.reduce((highest, one) => Math.max(highest, one.votes), 0);
  const refused = all.filter(({ state }) => state === 'refused');
  const of = (state: WallQuestion['state']) => here.filter((one) => one.state === state);
  return {
    questions: rowsOn(list, at),
    page: at,
    total: open.length,
    withoutName: open.filter(({ kind }) => kind === 'nameless').length,
    lead,
    most,
    perTable: new Map(
      [...Map.groupBy(open, (one) => one.table)].map(([table, list]) => [table, list.length]),
    ),
    answered: of('answered')
      .slice(0, mostSettled)
      .map((one) => ({ ...one, written: writtenOf(one) })),
    parked: of('parked').slice(0, mostSettled),
    settledCounts: { answered: of('answered').length, parked: of('parked').length },
    days: new Map(
      open.flatMap(({ work }) =>
        work.dueOn ? [[work.dueOn, formatDay(`${work.dueOn}T00:00`, locale)]] : [],
      ),
    ),
    refused: refused.slice(0, mostSettled),
    refusedCount: refused.length,
  };
}

/** The answer a team wrote, as markup; null where it was answered in the room. */
function writtenOf({ work }: WallQuestion) {
  return work.answer === '' ? null : renderMarkdown(work.answer, { under: 3 });
}

/** Compares by time; questions without a name have none and come last, in the order of their random numbers. */
function newestFirst(a: WallQuestion, b: WallQuestion): number {
  if (a.kind === 'named' && b.kind === 'named')
    return Temporal.Instant.compare(b.createdAt, a.createdAt) || b.id - a.id;
  if (a.kind !== b.kind) return a.kind === 'named' ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

/** The most wanted question on the wall stands large on top, and then not again below; what is on the table stands above it. */
function topQuestion(
  open: readonly WallQuestion[],
  chosen: Chosen,
  talliesHidden: boolean,
): WallQuestion | null {
  if (chosen.order !== 'wanted' || chosen.table !== undefined) return null;
  if (talliesHidden) return null;
  const first = open.find(({ state }) => state === 'wall');
  return first && first.votes > 0 ? first : null;
}
