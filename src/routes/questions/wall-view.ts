import { seesVotes } from '../../domain/access.ts';
import { formatDay } from '../../domain/events/wall-time.ts';
import { rulesOf } from '../../domain/questions/rules.ts';
import type { SharedPage } from '../../store/events/page.ts';
import type { WallQuestion } from '../../store/questions/wall.ts';
import { cached, cachedFragment, joinShared } from '../../web/fragments.ts';
import { renderMarkdown } from '../../web/markdown.ts';
import { addressWith, pageOf, rowsOn } from '../../web/paging.ts';
import { localeOf, type Words } from '../../words.ts';
import { timesOf, whenIn } from '../events/page-view.ts';
import { addressesFor, type Guest } from '../events/visitor.ts';
import { questionOnTable } from './live-view.ts';

export type Chosen = {
  table?: number | undefined;
  order: 'wanted' | 'newest';
  page: number;
  /** The key of a question whose page is wanted, whatever page that is. */
  at?: string | undefined;
  named?: '1' | undefined;
};

/** Returns what the event's rules allow on this wall at this moment. */
export function wallRules(shared: SharedPage, isOrganiser: boolean, now: Temporal.Instant) {
  const rules = rulesOf(shared.event);
  return {
    readFirst: rules.readFirst,
    everyoneAsks: rules.everyoneAsks,
    /** Until the event begins nobody is led by what others wonder about, if the organiser wants it so. */
    talliesHidden: !seesVotes(rules, { isOrganiser }, timesOf(shared).start, now),
  };
}

/** Questions on one page of the wall; and of those answered, parked or turned down, which have a page of their own. */
const pageSize = 30;
const mostSettled = 30;

const isOpen = ({ state }: WallQuestion) => state === 'wall' || state === 'table';

/** A choice of questions, with the rules of the moment. */
export type WallChoice = Chosen & { talliesHidden: boolean; isOver: boolean };

/** The wall in the chosen order and for the chosen table, with what is answered, parked or turned down apart. */
export const wallIn = cached((all: readonly WallQuestion[], chosen: WallChoice) => {
  const { talliesHidden, isOver } = chosen;
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
    refused: refused.slice(0, mostSettled),
    refusedCount: refused.length,
  };
});

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

/** The address of a page of the wall, below the event's own, with the same filter and order. */
export function addressOnWall({ table, order, named, page }: Chosen): string {
  return addressWith('/questions', { table, order: order === 'wanted' ? '' : order, named, page });
}

interface Reader {
  guest: Guest;
  all: readonly WallQuestion[];
  look: WallChoice;
  /** Whether their vote is counted with their name or without. */
  votes: 'named' | 'nameless';
  /** Whether questions can still be asked. */
  open: boolean;
  /** Whether the question on the table shows how many wonder. */
  tallies: boolean;
  facts: {
    year: number;
    nameless: {
      /** The event is being held, so that votes without a name count at once. */
      live: boolean;
    };
  };
  words: Words;
}

/** Fragments of the wall for one reader: what is on top, the choice of order, and each question. */
export function fragmentsFor({ guest, all, look, votes, open, tallies, facts, words }: Reader) {
  const { base, fill } = addressesFor(guest);
  const { shared } = guest.page;
  const { lead, most } = wallIn(all, look);
  const wall = joinShared(all, shared);
  const { talliesHidden, isOver } = look;
  const { year } = facts;
  const { live } = facts.nameless;
  const everyone = { base, votes, talliesHidden, isOver };
  const chosen = { table: look.table, order: look.order };
  const wonders = ({ voters }: WallQuestion) => voters.has(guest.me.id);
  const manage = guest.isOrganiser;
  const { shape } = shared.event;
  return {
    top: top(
      wall,
      { ...everyone, ...chosen, open, tallies, year, wondering: lead !== null && wonders(lead) },
      words,
      fill,
    ),
    order: order(wall, { ...everyone, ...chosen, named: look.named, live }, words, fill),
    question: (question: WallQuestion) => {
      const own = question.authorId === guest.me.id;
      const variant = { ...everyone, open, most, shape, manage, own, wondering: wonders(question) };
      return one(question, variant, words, fill);
    },
  };
}

/** The list of questions with the page of their event. */
type Wall = readonly [all: readonly WallQuestion[], page: SharedPage];

type TopVariant = {
  base: string;
  table: number | undefined;
  order: Chosen['order'];
  talliesHidden: boolean;
  isOver: boolean;
  votes: Reader['votes'];
  open: boolean;
  wondering: boolean;
  tallies: boolean;
  year: number;
};

/** The top of the wall, with the most wanted question. */
const top = cachedFragment(
  ([all, page]: Wall, { table, order, tallies, year, ...variant }: TopVariant, words) => {
    const { talliesHidden, isOver } = variant;
    const { total, withoutName, lead } = wallIn(all, { table, order, page: 1, talliesHidden, isOver });
    return {
      ...variant,
      total,
      withoutName,
      lead,
      now: questionOnTable(page, all, tallies),
      together: page.event.namelessTogether,
      everyoneAsks: rulesOf(page.event).everyoneAsks,
      event: page.event,
      when: whenIn(words, page.event, year),
    };
  },
);

type OrderVariant = Pick<Chosen, 'table' | 'order' | 'named'> &
  Pick<TopVariant, 'base' | 'votes' | 'talliesHidden' | 'isOver'> & { live: boolean };

/** The choice of table and order. */
const order = cachedFragment(([all, page]: Wall, { isOver, ...variant }: OrderVariant) => {
  const { base, votes, talliesHidden, live, ...chosen } = variant;
  const { total, perTable } = wallIn(all, { ...chosen, page: 1, talliesHidden, isOver });
  const address = (change: Partial<Chosen>) => addressOnWall({ ...chosen, page: 1, ...change });
  const { event, topics } = page;
  return { base, votes, live, talliesHidden, chosen, total, perTable, address, event, topics };
});

type QuestionVariant = Pick<
  TopVariant,
  'base' | 'votes' | 'open' | 'wondering' | 'talliesHidden' | 'isOver'
> & {
  own: boolean;
  manage: boolean;
  most: number;
  shape: string;
};

/** A question looks the same to everyone who does not ask, settle or wonder. */
const one = cachedFragment((question: WallQuestion, { shape, ...variant }: QuestionVariant, words) => ({
  ...variant,
  question,
  due: dueText(words, question),
  event: { shape },
  errors: [],
  typed: {},
}));

/** The day on which somebody answers, as people write it. */
export function dueText(words: Words, { work }: WallQuestion): string {
  return work.dueOn ? formatDay(`${work.dueOn}T00:00`, localeOf(words)) : '';
}
