// The table plan of an event as its organisers see it: one round, ten tables, facts, wishes, and what guests know.
import type { PlannedTables, TablesOfEvent } from '../../actions/tables/evening.ts';
import type { Timed } from '../../domain/events/times.ts';
import { factsOf } from '../../domain/tables/facts.ts';
import { isAtWork } from '../../domain/tables/seating.ts';
import type { Wish } from '../../domain/tables/wishes.ts';
import type { Seating } from '../../store/tables/seatings.ts';
import { pageOf, pagerFor, rowsOn } from '../../web/paging.ts';
import type { Words } from '../../words.ts';
import { type FactName, factsInWords, linesOf } from './facts-view.ts';
import { type Plans, publicationOf } from './publication-view.ts';
import { type Address, addressesOf, type Look, mostShown, roomShown } from './room-view.ts';

/** Lines of a list behind a fact on one page. */
const linesShown = 20;

/** Returns everything the page shows of a plan. */
export function planData(
  words: Words,
  event: Timed & { id: number },
  tables: PlannedTables,
  plans: Plans,
  look: Look,
  now: Temporal.Instant,
) {
  const seats = plans.draft ? plans.seats : plans.publishedSeats;
  const facts = factsOf(tables, seats);
  const isSeated = [...seats.keys()].some((id) => tables.people.some((person) => person.id === id));
  const round = Math.min(look.round, tables.rounds);
  const base = `/events/${event.id}/tables`;
  const address = addressesOf(base, { ...look, round });
  return {
    base,
    round,
    // The round, page and search that a press comes back to.
    query: address({ list: undefined, lines: 1 }).slice(base.length),
    revision: plans.draft?.revision ?? 0,
    isSeated,
    rounds: tables.schedule.map(({ number, title }) => ({
      number,
      title: title || words.t('Round {n}', { n: number }),
      href: address({ round: number, list: undefined }),
    })),
    q: look.q,
    tables: tables.tables,
    settings: tables.settings,
    evening: eveningText(words, tables),
    facts: isSeated ? factsShown(words, tables, facts, plans, look, address) : [],
    list: isSeated && look.list ? listShown(words, tables, facts, look.list, look, address) : null,
    ...roomShown(words, tables, seats, round, look, address),
    undo: undoText(words, plans.draft?.undo ?? null),
    ...publicationOf(words, { event, tables, plans, facts }, now),
    mostShown,
  };
}

/** "34 expected; most likely 31 come, between 28 and 33 in nine evenings of ten." */
function eveningText({ t, tn }: Words, { people, expected, proposed, settings }: TablesOfEvent): string {
  if (people.length === 0) return t('Nobody has said yes yet. People who accept are seated here.');
  const tables = tn(proposed, '{n} table', '{n} tables');
  const [least, most] = [Math.floor(expected.mean / proposed), Math.ceil(expected.mean / proposed)];
  const said = t(
    '{n} people have said yes or are not sure yet. Expect {mean}, between {low} and {high} nine evenings in ten.',
    { n: people.length, mean: expected.mean, low: expected.low, high: expected.high },
  );
  const proposal =
    least === most
      ? t('That makes {tables} of {n}; people who may not come are spread over them.', { tables, n: most })
      : t('That makes {tables} of {least} or {most}; people who may not come are spread over them.', {
          tables,
          least,
          most,
        });
  return settings.tables === null ? `${said} ${proposal}` : said;
}

function factsShown(
  words: Words,
  tables: PlannedTables,
  facts: ReturnType<typeof factsOf>,
  plans: Plans,
  look: Look,
  address: Address,
) {
  return factsInWords(words, tables, facts, plans.draft?.figures ?? null).map((fact) => ({
    ...fact,
    isOpen: fact.name === look.list,
    href: `${address({ list: fact.name === look.list ? undefined : fact.name, lines: 1 })}#plan-facts`,
  }));
}

function listShown(
  words: Words,
  tables: TablesOfEvent,
  facts: ReturnType<typeof factsOf>,
  name: FactName,
  look: Look,
  address: Address,
) {
  const lines = linesOf(words, tables, facts, name);
  const at = pageOf(look.lines, lines.length, linesShown);
  const to = (page: number) => `${address({ lines: page })}#plan-facts`;
  return { lines: rowsOn(lines, at), pager: pagerFor(at, to), close: address({ list: undefined, lines: 1 }) };
}

function undoText({ t }: Words, undo: { kind: string; name: string } | null): string {
  if (undo === null) return '';
  const texts: Record<string, string> = {
    moved: t('{name} was moved.', { name: undo.name }),
    'taken-off': t('{name} was taken off.', { name: undo.name }),
    placed: t('{name} has the best free place.', { name: undo.name }),
    seated: t('Everyone was seated.'),
    mended: t('New people were seated.'),
    read: t('A list was imported.'),
  };
  return texts[undo.kind] ?? '';
}

/** Sentences about wishes that are not kept, and wishes that are offered to be left out, at most. */
const sentencesShown = 20;
const wishesOffered = 12;

/** The planner at work, in words; null where it does nothing. */
export function workData(
  words: Words,
  seating: Seating | null,
  tables: TablesOfEvent,
  now: Temporal.Instant,
) {
  if (!seating) return null;
  const { best, least, sentences, said = [], people = [], because, plan } = seating.work;
  const atWork = isAtWork(seating, now);
  const { t } = words;
  return {
    state: atWork
      ? 'working'
      : seating.state === 'asks' || seating.state === 'refused'
        ? seating.state
        : 'failed',
    sentence:
      best === undefined
        ? t('About to begin.')
        : best <= (least ?? 0)
          ? t('The best plan so far cannot repeat fewer meetings.')
          : t('Best so far: {n} repeated meetings; no plan has fewer than {least}.', {
              n: best,
              least: least ?? 0,
            }),
    sentences: [
      ...said.map(({ sentence, params }) => t(sentence, params)),
      ...sentences.map((sentence) => t(sentence)),
    ].slice(0, sentencesShown),
    leaveOut: plan && because === 'wishes' ? wishesAbout(words, tables, people) : [],
    because: because ?? '',
    hasPlan: plan !== undefined,
  };
}

/** Wishes about these people: places first, then pairs, those about two of them before others. */
function wishesAbout(words: Words, { people, wishes }: TablesOfEvent, ids: readonly number[]) {
  const about = new Set(ids);
  const count = ({ personId, otherId }: Wish) =>
    Number(about.has(personId)) + (otherId === null ? 2 : Number(about.has(otherId)));
  const some = wishes
    .filter(({ personId, otherId }) => about.has(personId) || (otherId !== null && about.has(otherId)))
    .toSorted((a, b) => count(b) - count(a) || a.id - b.id);
  return wishesData(words, { people, wishes: some }).slice(0, wishesOffered);
}

/** The wishes of organisers in words. */
export function wishesData({ t }: Words, { people, wishes }: Pick<TablesOfEvent, 'people' | 'wishes'>) {
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return wishes
    .filter(({ personId, otherId }) => names.has(personId) && (otherId === null || names.has(otherId)))
    .map(({ id, kind, personId, otherId, tableNumber, round }) => {
      const blanks = {
        a: names.get(personId)!,
        b: otherId === null ? '' : names.get(otherId)!,
        n: tableNumber ?? 0,
        round: round ?? 0,
      };
      const texts = {
        apart: t('{a} and {b} sit apart', blanks),
        together: t('{a} and {b} sit together', blanks),
        lock: t('{a} sits at table {n} in round {round}', blanks),
        stays: t('{a} keeps one seat in all rounds', blanks),
      };
      return { id, text: texts[kind] };
    });
}
