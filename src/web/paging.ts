// Pages of a long list: which rows one shows, and the addresses of the pages beside it.
import { z } from 'zod';

/** The number of a page in an address; anything else is the first. */
export const pageField = z.coerce.number().int().min(1).max(100_000).catch(1);

export interface Page {
  /** Its number, from 1. */
  at: number;
  offset: number;
  limit: number;
  total: number;
}

/** Page `asked` of a list of `total` rows, `limit` a page; the last one where there are not so many. */
export function pageOf(asked: number, total: number, limit: number): Page {
  const at = Math.min(asked, Math.max(1, Math.ceil(total / limit)));
  return { at, offset: (at - 1) * limit, limit, total };
}

/** Rows of a page, from a list that was read whole. */
export function rowsOn<Row>(rows: readonly Row[], { offset, limit }: Page): Row[] {
  return rows.slice(offset, offset + limit);
}

/** Place in a long list; its sentence is put into words by the template. */
export interface Pager {
  /** '{first} to {last} of {n}', with what fills it. */
  text: string;
  values: { first: number; last: number; n: number };
  back?: string;
  next?: string;
  /** How many the next page shows. */
  rest?: number;
}

interface PagerWords {
  /** With the blanks {first}, {last} and {n}. */
  text?: string;
}

/** Data of `shared/_pager`; `address` is that of a page of this list, with its filter and search. */
export function pagerFor(
  page: Page,
  address: (at: number) => string,
  { text = '{first} to {last} of {n}' }: PagerWords = {},
): Pager {
  const { at, offset, limit, total } = page;
  const last = Math.min(total, offset + limit);
  const rest = Math.min(limit, total - last);
  return {
    text,
    values: { first: offset + 1, last, n: total },
    ...(at > 1 && { back: address(at - 1) }),
    ...(rest > 0 && { next: address(at + 1), rest }),
  };
}

/** An address with its query; what is empty, and the first page, is left out. */
export function addressWith(path: string, query: Record<string, string | number | undefined>): string {
  const fields = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    const goesWithoutSaying = value === undefined || value === '' || (name === 'page' && value === 1);
    if (!goesWithoutSaying) fields.set(name, String(value));
  }
  return fields.size > 0 ? `${path}?${fields}` : path;
}
