// Links of tables as organisers write them: a line for each table, the first for table 1.

/** The links of lines that hold one, or the number of the first line that holds no address on the web. */
export type LinksInText = { links: { number: number; url: string }[] } | { wrong: number };

/** Longest address of a table. */
const mostSigns = 500;

/** Reads the lines; an empty one is a table without a link. */
export function linksInText(text: string): LinksInText {
  const lines = text.split('\n').map((line) => line.trim());
  const wrong = lines.findIndex((line) => line !== '' && !isWebAddress(line));
  if (wrong >= 0) return { wrong: wrong + 1 };
  return { links: lines.flatMap((url, index) => (url === '' ? [] : [{ number: index + 1, url }])) };
}

/** Writes links as lines. */
export function textOfLinks(links: readonly { number: number; url: string }[]): string {
  const last = Math.max(0, ...links.map(({ number }) => number));
  const byNumber = new Map(links.map(({ number, url }) => [number, url]));
  return Array.from({ length: last }, (_, index) => byNumber.get(index + 1) ?? '').join('\n');
}

function isWebAddress(text: string): boolean {
  if (text.length > mostSigns || !URL.canParse(text)) return false;
  return /^https?:$/.test(new URL(text).protocol);
}
