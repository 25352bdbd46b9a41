import { isLink } from '../../domain/trends/links.ts';
import { findColumns, labelOf, type RadarRow } from '../../domain/trends/radar.ts';
import { limits } from '../../domain/trends/trend.ts';
import type { CsvFile, CsvRow } from '../../web/csv.ts';
import { plainTextsOf, unreadProblem } from '../../web/read-files.ts';

/** A radar has a hundred or two; more than this is another kind of file. */
const mostRows = 1000;

/** The file's rows with clean descriptions, or why it is no radar. */
export async function rowsOf(file: CsvFile): Promise<{ rows: RadarRow[] } | { problem: string }> {
  if (file.problem) return { problem: file.problem };
  const columns = findColumns(file.header);
  if (!columns) {
    return {
      problem:
        'There is no column “name”. Name the columns in the first row, as in the example, and choose the file again.',
    };
  }
  if (file.rows.length > mostRows) {
    return {
      problem: 'The file has more than 1,000 rows. Split it and import the parts one after the other.',
    };
  }
  const described = ({ cells }: CsvRow) =>
    columns.description === undefined ? '' : (cells[columns.description] ?? '');
  const texts = await plainTextsOf(file.rows.map(described));
  if (!texts) return { problem: unreadProblem };
  const rows = file.rows.map(({ line, cells }, index): RadarRow => {
    const cell = (at: number | undefined) => (at === undefined ? '' : (cells[at] ?? ''));
    const { text, addresses } = texts[index]!;
    return {
      line,
      name: oneLine(cell(columns.name)),
      ring: labelOf(oneLine(cell(columns.ring))),
      quadrant: labelOf(oneLine(cell(columns.quadrant))),
      detail: text,
      links: addresses
        .filter(isLink)
        .map((address) => new URL(address).href)
        .slice(0, limits.links),
    };
  });
  return { rows };
}

function oneLine(cell: string): string {
  return cell.replace(/[\s\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').trim();
}
