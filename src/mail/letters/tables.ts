// Letters about tables: to hosts, who sits with them; to guests, that they sit elsewhere than they knew.
import type { HostTableLetter, TableChangedLetter } from '../../domain/letters/facts.ts';
import type { CompanyInRound, TableInRound } from '../../domain/tables/telling.ts';
import { listed, type Words } from '../../words.ts';
import { Link } from '../markup.ts';
import { aboutAnEvent, headingValues } from './about-event.ts';
import type { LetterView } from './letter-view.ts';

/** Tells a host who sits at their table in each round, the first time or since others sit there. */
export function hostTable(facts: HostTableLetter, words: Words): LetterView {
  const { t } = words;
  const [title, heading] = facts.isChanged
    ? [
        t('Others sit at your table'),
        t('{name}, the people at your table have changed', headingValues(facts)),
      ]
    : [t('Who sits at your table'), t('{name}, these people sit at your table', headingValues(facts))];
  return {
    ...aboutAnEvent(facts, words, title, heading),
    template: 'lines',
    lines: facts.rounds.map((round) => companyLine(round, words)),
    buttons: [ownTables(facts, words)],
    stop: { label: t('No more reminders about this event'), link: new Link(facts.stopUrl) },
  };
}

/** Tells a guest that they sit elsewhere than they knew, round by round. */
export function tableChanged(facts: TableChangedLetter, words: Words): LetterView {
  const { t } = words;
  const heading = t('{name}, your table has changed', headingValues(facts));
  return {
    ...aboutAnEvent(facts, words, t('Your table has changed'), heading),
    template: 'lines',
    lines: facts.rounds.map((round) => tableLine(round, words)),
    buttons: [ownTables(facts, words)],
  };
}

const ownTables = ({ personalUrl }: { personalUrl: string }, { t }: Words) => ({
  label: t('My table'),
  link: new Link(`${personalUrl}/seat`),
  primary: true,
});

/** 'Round 1, 16:15' */
const roundText = ({ number, title, at }: { number: number; title: string; at: string }, { t }: Words) =>
  [title || t('Round {n}', { n: number }), at].filter(Boolean).join(', ');

function companyLine(round: CompanyInRound, words: Words): string {
  const { t } = words;
  const when = roundText(round, words);
  if (round.table === 0) return t('{when}: you have no table.', { when });
  if (round.people.length === 0)
    return t('{when}, table {table}: nobody else yet.', { when, table: round.table });
  const people = listed(round.people, words);
  return t('{when}, table {table}: {people}.', { when, table: round.table, people });
}

function tableLine(round: TableInRound, words: Words): string {
  const { t } = words;
  const { table, before, topic } = round;
  const when = roundText(round, words);
  const hosts = round.hosts.length > 0 ? t('Hosts: {names}.', { names: listed(round.hosts, words) }) : '';
  const trend = topic === '' || /[.?!]$/.test(topic) ? topic : `${topic}.`;
  return [placeText(when, table, before, words), ...(table > 0 ? [trend, hosts] : [])]
    .filter(Boolean)
    .join(' ');
}

function placeText(when: string, table: number, before: number, { t }: Words): string {
  if (table === 0) return t('{when}: you have no seat.', { when });
  if (table === before) return t('{when}: table {table}, as before.', { when, table });
  return before === 0
    ? t('{when}: table {table}.', { when, table })
    : t('{when}: table {table} instead of table {before}.', { when, table, before });
}
