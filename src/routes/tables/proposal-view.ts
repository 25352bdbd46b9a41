// One proposal of new seats: who moves where, what stays, what it costs, and the other ways.
import { canUndo } from '../../actions/tables/day.ts';
import type { Situation } from '../../actions/tables/situation.ts';
import type { Attendee } from '../../domain/tables/attendance.ts';
import { changedFacts, type DayChange, newcomer } from '../../domain/tables/day.ts';
import { type DayOption, type Hop, moversOf, standInsFor } from '../../domain/tables/day-options.ts';
import { withFacts } from '../../domain/tables/day-questions.ts';
import type { SeatProposal } from '../../store/tables/day.ts';
import { listed, type Words } from '../../words.ts';
import { checksOf } from './proposal-checks-view.ts';

export interface ProposalLook {
  proposal: SeatProposal;
  situation: Situation;
  /** The names of people with new seats, also of those who have only just come. */
  names: ReadonlyMap<number, string>;
  now: Temporal.Instant;
}

/** Returns everything the page shows. */
export function proposalData(words: Words, look: ProposalLook) {
  const { proposal, situation } = look;
  const { change, options, sentences, acceptedAt, undoneAt, accepted } = proposal;
  const base = `/events/${situation.event.id}/tables/day`;
  const title = titleOf(words, look);
  const isDone = acceptedAt !== null && undoneAt === null;
  const chosen = options.find(({ name }) => name === accepted);
  return {
    base,
    title,
    id: proposal.id,
    time: clockOf(situation, look.now),
    isDone,
    isUndone: undoneAt !== null,
    isMeanwhile: acceptedAt === null && proposal.situation !== situation.mark,
    canUndo: isDone && canUndo(proposal, situation),
    options: (isDone && chosen ? [chosen] : options).map((one, index) =>
      optionShown(words, look, one, index === 0),
    ),
    sentences: options.length === 0 ? sentences : [],
    isOpen: acceptedAt === null && proposal.situation === situation.mark,
    again: fieldsOf(change),
    /** The address at which the same change is reported again. */
    reported: `${base}/${change.kind === 'named' ? 'arrivals' : 'proposals'}`,
    later: acceptedAt === null ? laterOf(words, look) : [],
    hosts: acceptedAt === null ? hostsOf(look) : [],
    fields: fieldsOf(change),
  };
}

const clockOf = ({ event }: Situation, at: Temporal.Instant) =>
  at.toZonedDateTimeISO(event.timeZone).toPlainTime().toString({ smallestUnit: 'minute' });

/** Returns how people of a proposal are called, also somebody who has only just come. */
function namesIn({ situation, names, proposal: { change } }: ProposalLook): (id: number) => string {
  const seated = new Map(situation.tables.people.map(({ id, name }) => [id, name]));
  return (id) => {
    if (id === newcomer && change.kind === 'named') return change.name;
    return seated.get(id) ?? names.get(id) ?? '';
  };
}

function titleOf({ t, tn }: Words, look: ProposalLook): string {
  const { change } = look.proposal;
  const nameOf = namesIn(look);
  if (change.kind === 'missing')
    return change.back === null
      ? t('{name} is not here', { name: nameOf(change.person) })
      : t('{name} comes for round {n}', { name: nameOf(change.person), n: change.back });
  if (change.kind === 'came') return t('{name} has come', { name: nameOf(change.person) });
  if (change.kind === 'named') return t('{name} has come', { name: change.name });
  if (change.kind === 'dropped') return t('Table {n} is dropped', { n: change.table });
  if (change.kind === 'hostless') return t('Table {n} has no host', { n: change.table });
  return tn(
    change.away.length,
    'Seat who is here: {n} person is not',
    'Seat who is here: {n} people are not',
  );
}

/** The fields by which the same change is reported again. */
export function fieldsOf(change: DayChange): [name: string, value: string | number][] {
  if (change.kind === 'missing')
    return [
      ['missing', change.person],
      ...(change.back === null ? [] : [['back', change.back] as [string, number]]),
    ];
  if (change.kind === 'came')
    return [
      ['came', change.person],
      ...(change.until === null ? [] : [['until', change.until] as [string, number]]),
    ];
  if (change.kind === 'dropped')
    return [
      ['table', change.table],
      ['from', change.from],
    ];
  if (change.kind === 'hostless') return [['hostless', change.table]];
  if (change.kind === 'named')
    return [
      ['name', change.name],
      ['side', change.side],
      ['as', 'plain'],
    ];
  return [['here', 1]];
}

/** Other rounds that the same change could be about, each a button. */
function laterOf({ t }: Words, { proposal, situation }: ProposalLook) {
  const { change } = proposal;
  const { held, rounds } = situation.tables;
  const toCome = Array.from({ length: Math.max(0, rounds - held - 1) }, (_, index) => held + index + 2);
  if (change.kind === 'missing')
    return toCome
      .filter((round) => round !== change.back)
      .map((n) => ({
        label: t('They come for round {n}', { n }),
        name: 'back',
        value: n,
        keep: ['missing'],
      }));
  if (change.kind === 'came')
    return toCome
      .map((round) => round - 1)
      .filter((round) => round !== change.until)
      .map((n) => ({
        label: t('They stay until the end of round {n}', { n }),
        name: 'until',
        value: n,
        keep: ['came'],
      }));
  if (change.kind === 'dropped')
    return [held + 1, ...toCome]
      .filter((round) => round !== change.from)
      .map((n) => ({ label: t('Only from round {n} on', { n }), name: 'from', value: n, keep: ['table'] }));
  return [];
}

/** Talents who could take the table that has no host left, where the proposal asks for one. */
function hostsOf({ proposal, situation }: ProposalLook): { id: number; name: string }[] {
  const { change, options } = proposal;
  const host = options.find(({ name }) => name === 'host');
  if (!host || (change.kind !== 'missing' && change.kind !== 'hostless') || host.hosts.length !== 1)
    return [];
  const { tables, known } = situation;
  const after = withFacts(tables, changedFacts(tables.day.facts, change, tables));
  const [[chosen, table, until]] = host.hosts as [DayOption['hosts'][number]];
  const names = new Map(tables.people.map(({ id, name }) => [id, name]));
  return standInsFor(after, known, table, until)
    .filter((id) => id !== chosen)
    .map((id) => ({ id, name: names.get(id) ?? '' }));
}

function optionShown(words: Words, look: ProposalLook, option: DayOption, isFirst: boolean) {
  const nameOf = namesIn(look);
  const people = new Map(look.situation.tables.people.map((one) => [one.id, one]));
  return {
    name: option.name,
    isFirst,
    headline: headlineOf(words, look, option),
    text: textOf(words, look, option),
    button: buttonOf(words, look, option),
    movers: moversShown(option.hops, nameOf, people, look),
    moversMore: Math.max(0, new Set(option.hops.map(({ id }) => id)).size - mostMovers),
    checks: checksOf(words, look.situation, option, nameOf),
  };
}

/** Most people who are listed with their new table. */
const mostMovers = 40;

function moversShown(
  hops: readonly Hop[],
  nameOf: (id: number) => string,
  people: ReadonlyMap<number, Attendee>,
  { proposal }: ProposalLook,
) {
  const side = proposal.change.kind === 'named' ? proposal.change.side : 'senior';
  return [...Map.groupBy(hops, ({ id }) => id)].slice(0, mostMovers).map(([id, mine]) => ({
    name: nameOf(id),
    side: people.get(id)?.side ?? side,
    hops: mine.map(({ round, from, to }) => ({ round, from, to })),
  }));
}

function headlineOf({ t, tn }: Words, look: ProposalLook, option: DayOption): string {
  const movers = moversOf(option).length;
  const given = option.hops.filter(({ from }) => from === 0).map(({ id }) => id);
  const nameOf = namesIn(look);
  const newly = new Set(given);
  if (movers === 0 && newly.size === 1)
    return t('{name} gets a seat, nobody else moves', { name: nameOf(given[0]!) });
  if (movers === 0) return t('Nobody has to move');
  return tn(movers, '{n} person gets another table', '{n} people get another table');
}

/** Says what an option does besides moving people. */
function textOf(
  words: Words,
  look: ProposalLook,
  { name, hosts, dropped, hostless, reopened }: DayOption,
): string {
  const { t } = words;
  const nameOf = namesIn(look);
  if (name === 'still' && hostless.length > 0)
    return t('Tables without a host: {tables}.', { tables: listed(hostless.map(String), words) });
  if (name === 'host')
    return hosts
      .map(([id, n, round]) =>
        round === undefined
          ? t('{name} takes table {n}.', { name: nameOf(id), n })
          : t('{name} takes table {n} until the end of round {round}.', { name: nameOf(id), n, round }),
      )
      .join(' ');
  if (name === 'back') return t('Table {n} is set again, with its host.', { n: reopened! });
  if (name === 'drop')
    return t('Tables dropped: {tables}. Their hosts sit like everyone else.', {
      tables: listed(
        dropped.map(({ table }) => String(table)),
        words,
      ),
    });
  if (name === 'seats') return t('Tables have more people than you allowed seats.');
  return '';
}

function buttonOf({ t, tn }: Words, look: ProposalLook, option: DayOption): string {
  const movers = moversOf(option).length;
  const { change } = look.proposal;
  if (option.name === 'host') {
    const [[id, n]] = option.hosts as [DayOption['hosts'][number]];
    return option.hosts.length === 1
      ? t('{name} takes table {n}', { name: namesIn(look)(id), n })
      : t('These take the tables');
  }
  if (option.name === 'back')
    return tn(movers, 'Set it again, move {n} person', 'Set it again, move {n} people');
  if (option.name === 'drop') return tn(movers, 'Drop it, move {n} person', 'Drop it, move {n} people');
  if (option.name === 'even' && change.kind !== 'dropped')
    return tn(movers, 'Even tables: move {n} person', 'Even tables: move {n} people');
  if (option.name === 'fresh')
    return tn(movers, 'More new meetings: move {n}', 'More new meetings: move {n} people');
  if (option.name === 'seats') return t('Let tables have {n} people', { n: option.sizes[1] });
  if (movers > 0) return tn(movers, 'Move {n} person', 'Move these {n}');
  if (change.kind === 'missing')
    return change.back === null ? t('Take them off') : t('Keep their later seats');
  if (change.kind === 'here') return t('Seat who is here');
  return t('Give them this seat');
}
