// Reader 1: the organiser, who looks at every page at all times, and a guest who does nothing but look.
import type { Browser } from '../../support/browser.ts';
import type { Shown } from '../nameless.ts';
import type { Sight, Sign } from '../signs.ts';
import type { Knowledge } from './rows.ts';

interface Look {
  at: number;
  /** Guests of whom a page said something new. */
  named: number[];
  /** Whether anything else on a page became another. */
  moved: boolean;
  wall: Shown[];
}

export interface Pages {
  /** Looks at pages, at all of them if that is wanted; gives those on which something moved that names nobody. */
  look(at: number, wall: Shown[], all?: boolean): Promise<string[]>;
  /** A publishing hour has struck. */
  strike(at: number): void;
  sights(known: Knowledge): Sight[];
}

export interface Watched {
  browser: Browser;
  /** The wall of the event: all its pages are looked at each time, as one. */
  wall: string;
  /** Looked at each time. */
  always: string[];
  /** Looked at in turn, one in four each time: they say what others say too. */
  inTurn: string[];
}

/** Keeps what each page said last. Notifications that streams pass on are counted by `heard`. */
export function openPages(watched: Watched[], guests: Knowledge['guests'], heard: () => number): Pages {
  const last = new Map<string, Set<string>>();
  const looks: Look[] = [];
  const hours: Sign[] = [];
  let before = heard();
  let turn = 0;
  return {
    async look(at, wall, all = false) {
      turn += 1;
      const fresh: { address: string; part: string }[] = [];
      for (const { browser, wall: pagesOf, always, inTurn } of watched)
        for (const address of [pagesOf, ...always, ...inTurn.filter((_, n) => all || (n + turn) % 4 === 0)]) {
          const isWall = address === pagesOf;
          const parts = partsOf(isWall ? await wallIn(browser, address) : (await browser.get(address)).body);
          const known = last.get(address);
          if (known) for (const part of parts) if (!known.has(part)) fresh.push({ address, part });
          last.set(address, parts);
        }
      const isIn = (name: string) => fresh.some(({ part }) => part.includes(name));
      const named = guests.filter(({ name }) => isIn(name)).map(({ id }) => id);
      const unnamed = fresh.filter(({ part }) => !guests.some(({ name }) => part.includes(name)));
      const moved = new Set(unnamed.map(({ address }) => `page ${address.replace(/\/i\/[^/]+/, '/i/…')}`));
      if (heard() > before) moved.add('streams');
      before = heard();
      looks.push({ at, named, moved: moved.size > 0, wall });
      return [...moved];
    },
    strike: (at) => void hours.push({ at, hour: true }),
    sights: (known) => [{ reader: 'organiser', lens: 'pages', signs: [...signsIn(looks, known), ...hours] }],
  };
}

/** All pages of a wall. */
async function wallIn(browser: Browser, address: string): Promise<string> {
  const { body } = await browser.get(`${address}?page=1`);
  let last = body;
  let all = body;
  for (let page = 2; last.includes('rel="next"'); page++) {
    last = (await browser.get(`${address}?page=${page}`)).body;
    all += last;
  }
  return all;
}

/** A page cut at its tags, without what is new each time it is drawn. */
function partsOf(body: string): Set<string> {
  const plain = body.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}|value="[\w-]{40,}"/g, '');
  return new Set(plain.split(/(?=<)/).map((part) => part.trim()));
}

function signsIn(looks: Look[], known: Knowledge) {
  const out = new Map<string, string>();
  const votes = new Map<string, number>();
  return looks.flatMap(({ at, named, moved, wall }) => {
    const items = wall.flatMap(({ text, votes: now }) => {
      const word = known.questions.find((one) => text.includes(one.word))?.word;
      if (!word) return [];
      const more = Math.max(0, now - (votes.get(word) ?? 0));
      votes.set(word, now);
      const isNew = !out.has(word);
      const isChanged = !isNew && out.get(word) !== text;
      out.set(word, text);
      return [
        ...(isNew ? [word] : []),
        ...(isChanged ? [`gone:${word}`] : []),
        ...Array.from({ length: more }, () => `vote:${word}`),
      ];
    });
    const gone = [...out.keys()].filter((word) => !wall.some(({ text }) => text.includes(word)));
    for (const word of gone) out.delete(word);
    return [
      ...gone.map((word) => ({ at, item: `gone:${word}` })),
      ...named.map((person) => ({ at, person })),
      ...items.map((item) => ({ at, item })),
      ...(moved ? [{ at }] : []),
    ];
  });
}
