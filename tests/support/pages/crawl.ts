// Looks at pages by following links, as a person would.
import type { FastifyInstance } from 'fastify';
import type { Browser, Shown } from '../browser.ts';
import { factsOf } from './facts.ts';

export interface Visit {
  who: string;
  browser: Browser;
  /** The secret of the personal link whose pages these are. */
  link: string | undefined;
  /** By address, every answer got by following links. */
  seen: Map<string, Shown>;
}

const pathOf = (address: string) => address.replace(/\?.*$/, '');

/** Number of variants looked at: filters combined show no page that others do not, so a few of each are enough. */
const variants = 14;

const withoutNumbers = (address: string) => pathOf(address).replace(/[0-9a-f]{32}|\d+/g, '…');

/**
 * Follows links; `kindOf` tells apart the addresses of which a few are enough, by their path unless it is given. `numbered`
 * is the number of addresses looked at that differ in a number alone, as those of people and e-mails do: all by default; `within`
 * keeps to addresses of which it is true.
 */
export async function follow(
  who: string,
  browser: Browser,
  starts: string[],
  link?: string,
  {
    most = variants,
    kindOf = pathOf,
    numbered = Number.POSITIVE_INFINITY,
    within = (_address: string): boolean => true,
  } = {},
): Promise<Visit> {
  const visit: Visit = { who, browser, link, seen: new Map() };
  const queue = [...starts];
  const perKind = new Map<string, number>();
  const perShape = new Map<string, number>();
  for (let address = queue.shift(); address !== undefined; address = queue.shift()) {
    const kind = kindOf(address);
    const shape = withoutNumbers(address);
    const count = perKind.get(kind) ?? 0;
    const ofShape = perShape.get(shape) ?? 0;
    if (!within(address) || visit.seen.has(address) || count >= most || address.startsWith('/static/'))
      continue;
    if (shape !== pathOf(address) && ofShape >= numbered) continue;
    perKind.set(kind, count + 1);
    perShape.set(shape, ofShape + 1);
    const { statusCode, headers, body } = await browser.get(address);
    const answer = { statusCode, headers, body };
    visit.seen.set(address, answer);
    if (answer.statusCode === 303) queue.push(String(answer.headers.location));
    if (isPage(answer)) queue.push(...factsOf(answer).links);
  }
  return visit;
}

export const isPage = (answer: Shown) =>
  /^text\/html/.test(String(answer.headers['content-type'])) && answer.body.includes('<html');
/** The frame of a letter's own HTML is somebody's mail, not a page of ours. */
export const isLetter = (address: string) => /^\/mailbox\/[0-9a-f]{32}\/html$/.test(address);

/** Lists the routes one can open with GET, as the app itself lists them. */
export function openable(app: FastifyInstance): string[] {
  const above: string[] = [];
  return app
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const found = /^((?:[│ ] {3})*)[├└]── (\S+) \(([^)]*)\)/.exec(line);
      if (!found) return [];
      const depth = found[1]!.length / 4;
      above.splice(depth, above.length, found[2]!);
      const isOpen = found[3]!.includes('GET') && !found[2]!.includes('*');
      return isOpen ? [above.join('').replace(/\/{2,}/g, '/')] : [];
    });
}

export const asPattern = (route: string) =>
  new RegExp(`^${route.replace(/\./g, '\\.').replace(/:\w+/g, '[^/]+')}$`);

/** Says whether a route is no page: files to download, lists that scripts read, and streams that never end. */
export const isFile = (route: string) => /\.(csv|md|ics|txt)$|\/(list|changes|keys|html)$/.test(route);
