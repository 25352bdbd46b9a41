// All readers of one event together: what they look at when, and what they have learnt at the end.
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Passing } from './clock.ts';
import { type Copy, copyOf, nightlySights, sharing, sightsOf } from './copies.ts';
import { openJournal } from './journal.ts';
import { slotsIn } from './operator.ts';
import { openPages } from './pages.ts';
import type { Knowledge } from './rows.ts';
import type { Item, Sight } from './signs.ts';
import type { Stage } from './stage.ts';

export interface Eyes extends Passing {
  known: Knowledge;
  /** Reads the journal on. */
  listen(): Promise<void>;
  /** Looks at all pages. */
  look(): Promise<void>;
  /** Reads and looks, so that only what comes now is new; pages only where that is wanted. */
  settle(withPages: boolean): Promise<void>;
  /** What moved since: tables that were written, 'files', pages. */
  whatMoved(withPages: boolean): Promise<string[]>;
  /** A copy at a random moment, as long as few wait. */
  perhapsCopy(): Promise<void>;
  /** A word of a question, and a slip that was spent: what the truth is about. */
  learn(word: string, slip: string): void;
  wordOf(id: string): string;
  holdersWhen(item: Item): number;
  close(): Promise<Sight[]>;
  /** Votes at rest that have a value in common with another, in any copy. */
  shared(): number;
}

export async function openEyes(stage: Stage): Promise<Eyes> {
  const { place, nameless, event } = stage;
  const { world } = place;
  const began = Date.now();
  const now = () => world.clock.now.epochMilliseconds;
  const guests = stage.guests.map(({ person }) => person);
  const known: Knowledge = { guests, questions: [], slips: [] };
  let heard = 0;
  const listening = await place.database.listen('event_changed', () => {
    heard += 1;
  });
  const pages = openPages(stage.watched, guests, () => heard);
  const journal = await openJournal(world.db);
  const [copies, nights]: [Copy[], Copy[]] = [[], []];
  const words = new Set<string>();
  const holders = new Map<Item, number>();
  let files = datesOf(place.folder);
  let asked = 0;

  const copy = () => copyOf(world.db, place.folder, now(), began);
  async function look(all = false): Promise<string[]> {
    await journal.read();
    stage.wall = await nameless.wall(event.slug);
    for (const { id, text } of stage.wall) noteQuestion(id, text);
    return pages.look(now(), stage.wall, all);
  }
  function noteQuestion(id: string, text: string): void {
    if (known.questions.some((one) => one.id === id)) return;
    const word = [...words].find((one) => text.includes(one)) ?? /\S+-\w+/.exec(text)?.[0];
    if (!word) return;
    known.questions.push({ word, id, at: now() });
    holders.set(word, stage.guests.filter(({ hasSlips }) => hasSlips).length);
  }

  const eyes: Eyes = {
    known,
    look: async () => void (await look()),
    listen: async () => void (await journal.read()),
    async settle(withPages) {
      if (withPages) await look(true);
      // Looking may write too: that somebody exported a list is noted.
      await journal.read();
      files = datesOf(place.folder);
    },
    async whatMoved(withPages) {
      const rows = await journal.read();
      for (const text of slotsIn(world.ctx, place.folder)) journal.noteSlot(text);
      const dated = datesOf(place.folder) !== files;
      const drawn = withPages ? await look(true) : [];
      return [...rows, ...(dated ? ['files'] : []), ...drawn];
    },
    async perhapsCopy() {
      asked += 1;
      if (stage.below(3) === 0) copies.push(await copy());
    },
    async ticked(wasHour) {
      await journal.read();
      if (!wasHour) return;
      await look();
      journal.strike();
      pages.strike(now());
      if (asked > 0 && stage.below(4) === 0) copies.push(await copy());
      asked = 0;
    },
    night: async () => void nights.push(await copy()),
    learn(word, slip) {
      words.add(word);
      known.slips.push(slip);
    },
    wordOf: (id) => known.questions.find((one) => one.id === id)?.word ?? id,
    holdersWhen: (item) => holders.get(item.replace(/^(vote|gone):/, '')) ?? guests.length,
    shared: () => Math.max(0, ...[...copies, ...nights].map((one) => sharing(one, known))),
    async close() {
      await look();
      nights.push(await copy());
      await listening.unlisten();
      const all = [...copies, ...nights].toSorted((a, b) => a.at - b.at);
      const single = onlyFresh(all.map((one) => sightsOf(one, known)));
      return [...pages.sights(known), ...journal.sights(known), ...nightlySights(nights, known), ...single];
    },
  };
  await look();
  return eyes;
}

/** Each item is guessed from the first copy that holds it, so that it counts once. */
function onlyFresh(copies: Sight[][]): Sight[] {
  const seen = new Map<string, Set<Item>>();
  return copies.flat().map((sight) => {
    const before = seen.get(sight.lens) ?? new Set();
    const items = sight.signs.flatMap(({ item }) => item ?? []);
    seen.set(sight.lens, new Set([...before, ...items]));
    return { ...sight, fresh: new Set(items.filter((item) => !before.has(item))) };
  });
}

/** Sizes and dates of all files beside the database. */
function datesOf(folder: string): string {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((one) => one.isFile() && !path.relative(folder, one.parentPath).startsWith('database'))
    .map((one) => path.join(one.parentPath, one.name))
    .map((name) => [name, statSync(name).size, statSync(name).mtimeMs].join(' '))
    .sort()
    .join('\n');
}
