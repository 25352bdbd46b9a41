// A bench's line about each run: the answer, and the CPU seconds it took in this process.

export interface Measured<Answer> {
  answer: Answer;
  cpu: string;
}

/** Runs it once; seconds of all threads, of the machine the bench runs on. */
export async function measured<Answer>(run: () => Answer | Promise<Answer>): Promise<Measured<Answer>> {
  const before = process.cpuUsage();
  const answer = await run();
  const { user, system } = process.cpuUsage(before);
  return { answer, cpu: ((user + system) / 1e6).toFixed(2) };
}

/** A table in Markdown, as docs/figures.md carries it; times are the last columns, all others the same in every run. */
export function print(header: readonly string[], rows: readonly (readonly (string | number)[])[]): void {
  const all = [header, ...rows].map((row) => row.map(String));
  const widths = header.map((_, column) => Math.max(...all.map((row) => [...row[column]!].length)));
  const line = (row: readonly string[]) => `| ${row.map((cell, c) => cell.padEnd(widths[c]!)).join(' | ')} |`;
  const [top, ...below] = all;
  console.log(
    [line(top!), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...below.map(line)].join(
      '\n',
    ),
  );
}
