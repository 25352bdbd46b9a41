// A technology radar as a file of rows: which column is which, and what each row would do to the trends we have.
import { folded, limits, type TrendState } from './trend.ts';

export type RadarField = 'name' | 'ring' | 'quadrant' | 'description';

/** One row of the file, its description already clean text. */
export interface RadarRow {
  /** As a spreadsheet numbers it: the header is row 1. */
  line: number;
  name: string;
  ring: string;
  quadrant: string;
  detail: string;
  links: string[];
}

export interface KnownTrend {
  id: number;
  sentence: string;
  state: TrendState;
  sourceKey: string | null;
  detail: string;
  links: string[];
  ring: string;
  quadrant: string;
}

/** A sentence of the catalogue with what fills its placeholders. */
export interface Reason {
  sentence: string;
  values: Record<string, string | number>;
}

/**
 * State of a row beside the trends we have: `new`; `similar`, new but close to one; `there`, nothing to do; `changed`,
 * imported before and different now; `wrong`, left out for the reason given.
 */
export type Mark = 'new' | 'similar' | 'there' | 'changed' | 'wrong';

export interface ComparedRow extends RadarRow {
  sourceKey: string;
  mark: Mark;
  reasons: Reason[];
  /** The trend it is, or is close to. */
  trendId: number | null;
}

const headings: Record<RadarField, readonly string[]> = {
  name: ['name', 'title', 'blip', 'trend', 'technology', 'naam', 'nom', 'titre', 'titel', 'technologie'],
  ring: ['ring', 'anneau', 'phase', 'fase'],
  quadrant: ['quadrant', 'kwadrant', 'cadran', 'category', 'categorie'],
  description: ['description', 'text', 'summary', 'beschrijving', 'omschrijving', 'tekst', 'texte'],
};

/** Finds each field's column by its heading, in any order; null without a column of names. */
export function findColumns(header: readonly string[]): Partial<Record<RadarField, number>> | null {
  const plain = header.map((heading) =>
    folded(heading.normalize('NFD').replace(/\p{M}/gu, '')).replace(/[\s_-]/g, ''),
  );
  const found: Partial<Record<RadarField, number>> = {};
  for (const [field, names] of Object.entries(headings) as [RadarField, readonly string[]][]) {
    const index = names.map((name) => plain.indexOf(name)).find((at) => at >= 0);
    if (index !== undefined) found[field] = index;
  }
  return found.name === undefined ? null : found;
}

/** The radar's own name for a thing, so that it is found again: 'radar:pre-commit hooks'. */
export function sourceKeyOf(name: string): string {
  return `radar:${folded(name)}`;
}

/** A ring or quadrant as people read it: 'languages-and-frameworks' is 'Languages and frameworks'. */
export function labelOf(cell: string): string {
  const tidy = cell.replace(/\s+/g, ' ').trim();
  const spaced = tidy.includes(' ') ? tidy : tidy.replace(/[-_]+/g, ' ').trim();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/** Says of each row, in the file's order, what it would do; the same name twice counts once. */
export function compareRadar(rows: readonly RadarRow[], known: readonly KnownTrend[]): ComparedRow[] {
  const bySource = new Map(
    known.flatMap((trend) => (trend.sourceKey ? [[trend.sourceKey, trend] as const] : [])),
  );
  const bySentence = new Map(known.map((trend) => [folded(trend.sentence), trend]));
  const closest = closestAmong(known.filter((trend) => trend.state !== 'merged'));
  const lineOf = new Map<string, number>();
  return rows.map((row) => {
    const sourceKey = sourceKeyOf(row.name);
    const problem = problemWith(row, lineOf.get(sourceKey));
    if (problem) return { ...row, sourceKey, mark: 'wrong', reasons: [problem], trendId: null };
    lineOf.set(sourceKey, row.line);
    const same = bySource.get(sourceKey) ?? bySentence.get(folded(row.name));
    const other = same ?? closest(row.name);
    return { ...row, sourceKey, ...beside(row, same, other), trendId: other?.id ?? null };
  });
}

function problemWith(row: RadarRow, earlierLine: number | undefined): Reason | undefined {
  if (row.name === '') return { sentence: 'It has no name.', values: {} };
  if (earlierLine !== undefined) {
    return {
      sentence: 'It has the same name as row {line}; only the first one counts.',
      values: { line: earlierLine },
    };
  }
  for (const [value, most, sentence] of [
    [row.name, limits.sentence, 'Its name is longer than {most} characters. Shorten it in the file.'],
    [row.ring, 60, 'Its ring is longer than {most} characters. Shorten it in the file.'],
    [row.quadrant, 60, 'Its quadrant is longer than {most} characters. Shorten it in the file.'],
    [row.detail, limits.detail, 'Its description is longer than {most} characters. Shorten it in the file.'],
  ] as const) {
    if ([...value].length > most) return { sentence, values: { most } };
  }
  return undefined;
}

function beside(
  row: RadarRow,
  same: KnownTrend | undefined,
  other: KnownTrend | undefined,
): { mark: Mark; reasons: Reason[] } {
  if (!same) {
    if (!other) return { mark: 'new', reasons: [] };
    return {
      mark: 'similar',
      reasons: [{ sentence: 'Close to “{other}”.', values: { other: other.sentence } }],
    };
  }
  const reasons = same.sourceKey && canChange(same) ? changes(row, same) : [];
  return reasons.length > 0
    ? { mark: 'changed', reasons }
    : { mark: 'there', reasons: [whereItIs(row, same)] };
}

function canChange(trend: KnownTrend): boolean {
  return trend.state === 'proposed' || trend.state === 'shortlisted';
}

function changes(row: RadarRow, trend: KnownTrend): Reason[] {
  const reasons: Reason[] = [];
  if (row.ring !== trend.ring) {
    reasons.push({
      sentence: 'Ring: {was}, now {is}.',
      values: { was: trend.ring || '–', is: row.ring || '–' },
    });
  }
  if (row.quadrant !== trend.quadrant) {
    reasons.push({
      sentence: 'Quadrant: {was}, now {is}.',
      values: { was: trend.quadrant || '–', is: row.quadrant || '–' },
    });
  }
  if (row.detail !== trend.detail || row.links.join('\n') !== trend.links.join('\n')) {
    reasons.push({
      sentence: 'The description differs; the one from the file would replace yours.',
      values: {},
    });
  }
  return reasons;
}

function whereItIs(row: RadarRow, trend: KnownTrend): Reason {
  const as = folded(trend.sentence) === folded(row.name) ? '' : trend.sentence;
  const sentences: Record<TrendState, [plain: string, renamed: string]> = {
    proposed: ['Proposed, open for voting.', 'Proposed as “{as}”, open for voting.'],
    shortlisted: ['Shortlisted.', 'Shortlisted as “{as}”.'],
    parked: ['Parked.', 'Parked as “{as}”.'],
    merged: ['Merged into another trend.', 'Merged into another trend.'],
  };
  return { sentence: sentences[trend.state][as === '' ? 0 : 1], values: { as } };
}

/** Finds the trend that shares most words with a name: at least three in five of both taken together (Dice 0.6). */
function closestAmong(known: readonly KnownTrend[]): (name: string) => KnownTrend | undefined {
  const counts = known.map((trend) => wordsOf(trend.sentence).size);
  const holders = new Map<string, number[]>();
  for (const [index, trend] of known.entries()) {
    for (const word of wordsOf(trend.sentence)) {
      const list = holders.get(word);
      if (list) list.push(index);
      else holders.set(word, [index]);
    }
  }
  return (name) => {
    const words = wordsOf(name);
    const shared = new Map<number, number>();
    for (const word of words) {
      for (const index of holders.get(word) ?? []) shared.set(index, (shared.get(index) ?? 0) + 1);
    }
    let best: { score: number; index: number } | undefined;
    for (const [index, count] of shared) {
      const score = (2 * count) / (words.size + counts[index]!);
      if (count >= 2 && score >= 0.6 && score > (best?.score ?? 0)) best = { score, index };
    }
    return best && known[best.index];
  };
}

/** Words that carry meaning: three letters or more, plural and singular alike. */
function wordsOf(text: string): Set<string> {
  const all = folded(text).match(/[\p{L}\p{N}]{3,}/gu) ?? [];
  return new Set(all.filter((word) => !small.has(word)).map((word) => word.replace(/(?<=\p{L}{3})s$/u, '')));
}

const small = new Set([
  'the',
  'and',
  'for',
  'with',
  'that',
  'from',
  'into',
  'are',
  'our',
  'their',
  'they',
  'who',
  'how',
]);
