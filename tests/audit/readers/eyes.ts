// All readers of one event together: what they look at when, and what they have learnt at the end.
import { statSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import type { Passing } from '../clock.ts';
import type { Shown } from '../nameless.ts';
import type { Item, Sight } from '../signs.ts';
import type { Stage } from '../stage.ts';
import { type Copy, copyOf, nightlySights, sharing, sightsOf } from './copies.ts';
import { filesBeside } from './files.ts';
import { openJournal } from './journal.ts';
import { slotsIn } from './operator.ts';
import { openPages } from './pages.ts';
import type { Knowledge } from './rows.ts';
import { numbersOf } from './sequences.ts';
import { usesOf } from './statistics.ts';

export interface Eyes extends Passing {
  known: Knowledge;
  /** Reads the journal on. */
  listen(): Promise<void>;
  /** Looks at all pages. */
  look(): Promise<void>;
  /** Reads and looks, so that only what comes now is new; pages only where that is wanted. */
  settle(withPages: boolean): Promise<void>;
  /** Lists what moved since: tables that were written, sequences, counters of use, 'files', pages. */
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
  const clock = openClock();
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
  let counts = new Map<string, string>();
  let asked = 0;

  const listen = async () => {
    clock.note(now());
    return journal.read();
  };
  async function copy(): Promise<Copy> {
    // As a server does at any moment, and the embedded home when it keeps house.
    if (stage.below(2) === 0) await world.db.execute(sql`ANALYZE`);
    clock.note(now());
    return copyOf(place, now(), clock.asPlayed);
  }
  async function look(all = false): Promise<string[]> {
    await listen();
    const before = stage.wall;
    stage.wall = await nameless.wall(event.slug);
    for (const { id, text } of stage.wall) noteQuestion(id, text);
    for (const id of changedSince(before, stage.wall)) journal.noteChange(`gone:${eyes.wordOf(id)}`);
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
    listen: async () => void (await listen()),
    async settle(withPages) {
      if (withPages) await look(true);
      // Looking may write too: that somebody exported a list is noted.
      await listen();
      files = datesOf(place.folder);
      counts = await countsOf(place);
    },
    async whatMoved(withPages) {
      const now = await countsOf(place);
      const counted = [...now].filter(([name, count]) => counts.get(name) !== count).map(([name]) => name);
      const rows = await listen();
      for (const text of slotsIn(world.ctx, place.folder)) journal.noteSlot(text);
      const dated = datesOf(place.folder) !== files;
      const drawn = withPages ? await look(true) : [];
      return [...rows, ...counted, ...(dated ? ['files'] : []), ...drawn];
    },
    async perhapsCopy() {
      asked += 1;
      if (stage.below(3) === 0) copies.push(await copy());
    },
    async ticked(wasHour) {
      await listen();
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

/** All that the database counts up by itself. */
async function countsOf({ home, world: { db } }: Stage['place']): Promise<Map<string, string>> {
  const uses = home === 'embedded' ? await usesOf(db) : [];
  return new Map([...(await numbersOf(db)), ...uses]);
}

/** Keeps which moment of the game each moment of the machine's clock was. */
function openClock() {
  const moments: { real: number; played: number }[] = [];
  return {
    note: (played: number) => void moments.push({ real: Date.now(), played }),
    /** The moment noted first after it; times before the game are times of the game already. */
    asPlayed(real: number): number {
      if (real < (moments[0]?.real ?? 0)) return real;
      return (moments.find((one) => one.real >= real) ?? moments.at(-1)!).played;
    },
  };
}

/** Questions that have other words now, or are gone. */
function changedSince(before: readonly Shown[], now: readonly Shown[]): string[] {
  const words = new Map(now.map(({ id, text }) => [id, text]));
  return before.filter(({ id, text }) => words.get(id) !== text).map(({ id }) => id);
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
  return filesBeside(folder)
    .map((name) => [name, statSync(name).size, statSync(name).mtimeMs].join(' '))
    .sort()
    .join('\n');
}
