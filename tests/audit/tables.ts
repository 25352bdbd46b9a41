// The audit's tables as text.
import { type Found, nameOf } from './run.ts';
import { isBounded, isBroken, type Line, most } from './score.ts';
import type { Kind } from './signs.ts';

const what: Record<Kind, string> = {
  question: 'Whose question is it',
  vote: 'Who voted for which question',
  slip: 'Whose spent slip is it',
  change: 'Who changed or withdrew a published question',
};
const readers = ['organiser', 'copy', 'keeper', 'journal', 'operator'] as const;
const groups = ['untraced', 'traced', 'ticked', 'evening'] as const;

/** One table a kind: of each reader the attack of ten guesses or more that came furthest, with what is allowed. */
export function tablesOf(title: string, found: Found): string {
  const head = `\n## ${title}: ${found.events} events of 12 guests, ${found.asks} asks, ${found.votes} votes\n`;
  const tables = Object.entries(what).map(([kind, words]) =>
    tableOf(words, ofKind(found.lines, kind as Kind)),
  );
  return [head, ...tables, stated(found)].join('\n');
}

const ofKind = (lines: Line[], kind: Kind) => lines.filter((line) => line.kind === kind);

function tableOf(words: string, lines: Line[]): string {
  const rows = readers.flatMap((reader) =>
    groups.flatMap((group) => {
      const these = lines.filter((line) => line.reader === reader && line.group === group);
      const enough = these.filter(({ tally }) => tally.guessed >= 10);
      const [worst] = (enough.length > 0 ? enough : these).toSorted((a, b) => over(b) - over(a));
      return worst ? [rowOf(worst)] : [];
    }),
  );
  const head = ['reader', 'asking visit', 'hits', 'of', '%', 'allowed', 'best attack'];
  return columns(`\n${words}?`, [head, ...rows]);
}

/** Standard deviations above what chance, or one in five, gives. */
const over = ({ tally: { hits, mean, variance } }: Line) => (hits - mean) / Math.sqrt(variance || 1);

function rowOf(line: Line): string[] {
  const { hits, guessed } = line.tally;
  const allowed = !isBounded(line)
    ? line.kind === 'change'
      ? `stated (${Math.floor(most(line.tally))})`
      : 'stated'
    : `${Math.floor(most(line.tally))}${isBroken(line) ? ' BROKEN' : ''}`;
  const share = `${Math.round((100 * hits) / Math.max(1, guessed))}`;
  return [line.reader, line.group, `${hits}`, `${guessed}`, share, allowed, `${line.lens}: ${line.attack}`];
}

function columns(title: string, rows: string[][]): string {
  const widths = rows[0]!.map((_, n) => Math.max(...rows.map((row) => row[n]!.length)));
  return [
    title,
    ...rows.map((row) =>
      row
        .map((cell, n) => cell.padEnd(widths[n]!))
        .join('  ')
        .trimEnd(),
    ),
  ].join('\n');
}

function stated({ moved, shared, asked, lines }: Found): string {
  const percent = (part: number, all: number) => `${Math.round((100 * part) / Math.max(1, all))} % of ${all}`;
  const names = lines.filter(isBroken).map(nameOf);
  return [
    '',
    `Something moved at ${moved.movedAtAsks} of ${moved.asks} asks and votes (${[...moved.what].join(', ') || 'nothing'}); at ${moved.movedAtLooks} of ${moved.looks} mere looks.`,
    `Votes at rest that share a value with another: ${shared}.`,
    `Whether a guest asked at all (stated): of those who left a name between two publications ${percent(asked.namedAsked, asked.named)} had asked, of the others ${percent(asked.othersAsked, asked.others)}.`,
    ...(names.length > 0
      ? ['Broken:', ...names.map((name) => `  ${name}`)]
      : ['Both bounds hold for every reader.']),
  ].join('\n');
}
