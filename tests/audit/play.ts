// One event played from its plan, with every reader looking on; what was seen and whose everything really was come out.

import { turnTo } from './clock.ts';
import { actNamed, deliver } from './guest-acts.ts';
import type { Nameless } from './nameless.ts';
import type { Place } from './places.ts';
import { type Act, isTraced, type Plan, type Visit } from './plan.ts';
import { askedAtAll } from './readers/asked.ts';
import { type Eyes, openEyes } from './readers/eyes.ts';
import type { Asked } from './run.ts';
import type { Truth } from './score.ts';
import type { Sight } from './signs.ts';
import { clearStage, type Guest, type Stage, setStage, withNames } from './stage.ts';

export interface Played {
  truths: Truth[];
  sights: Sight[];
  moved: Moved;
  asked: Asked;
  asks: number;
  votes: number;
  shared: number;
}

/** How often something moved while somebody asked or wondered, and while somebody only looked: rows, files, pages. */
export interface Moved {
  asks: number;
  movedAtAsks: number;
  looks: number;
  movedAtLooks: number;
  what: Set<string>;
}

/** State of the game that no reader knows. */
interface Game {
  stage: Stage;
  eyes: Eyes;
  truths: Truth[];
  moved: Moved;
}

/** Plays the event; `nameless` is the program itself or a stand-in. */
export async function play(
  place: Place,
  plan: Plan,
  nameless: (place: Place) => Nameless,
  withPages = true,
): Promise<Played> {
  const stage = await setStage(place, plan, nameless);
  if (!withPages) stage.watched = [];
  const eyes = await openEyes(stage);
  const moved: Moved = { asks: 0, movedAtAsks: 0, looks: 0, movedAtLooks: 0, what: new Set() };
  const game: Game = { stage, eyes, truths: [], moved };
  const begin = now(stage);
  const minutes = [...plan.visits, ...plan.evening];
  for (const visit of minutes) {
    await turnTo(stage, begin + visit.minute * 60_000, eyes);
    await pay(game, visit);
  }
  await turnTo(stage, stage.startsAt.epochMilliseconds + 4 * 3_600_000, eyes);
  const sights = await eyes.close();
  await clearStage(stage);
  const out = new Map(eyes.known.questions.map(({ word, at }) => [word, at]));
  const truths = game.truths.filter(({ item }) => item.includes(':') || out.has(item));
  const people = stage.guests.map(({ person }) => person.id);
  return {
    truths: truths.map((one) => ({ ...one, holders: eyes.holdersWhen(one.item) })),
    sights,
    moved,
    asked: askedAtAll(plan, people, begin, truths, out),
    asks: game.truths.filter(({ item }) => !item.includes(':')).length,
    votes: game.truths.filter(({ item }) => item.startsWith('vote:')).length,
    shared: eyes.shared(),
  };
}

/** One visit: what is usual first, a look at all pages at its end. */
async function pay(game: Game, visit: Visit): Promise<void> {
  const { stage, eyes } = game;
  const guest = stage.guests[visit.guest]!;
  await guest.hand.browser.get(guest.hand.base);
  if (!guest.hasSlips) await come(stage, guest);
  await eyes.listen();
  for (const act of visit.acts) {
    await turnTo(stage, now(stage) + 20_000 + stage.below(60_000), eyes);
    if (act === 'ask' || act === 'wonder' || act === 'look') await unnamed(game, act, guest, visit);
    else {
      await other(game, guest, act, visit);
      await deliver(stage.place.world);
      await eyes.listen();
    }
  }
  await eyes.look();
}

async function come({ nameless, event }: Stage, guest: Guest): Promise<void> {
  await nameless.draw(event.id, guest.hand);
  guest.hasSlips = true;
}

async function other(game: Game, guest: Guest, act: Act, visit: Visit): Promise<void> {
  const { place, event, spares, below, nameless, wall } = game.stage;
  const { person, hand } = guest;
  if (act === 'ask' || act === 'wonder' || act === 'look') return;
  if (act !== 'edit' && act !== 'withdraw') {
    const open = wall.slice(0, withNames);
    return actNamed(act, { world: place.world, event, person, hand, spares, wall: open, below });
  }
  const last = hand.asked.at(-1);
  if (!last) return;
  const isDone =
    act === 'edit' ? await nameless.edit(hand, inOtherWords(last.text)) : await nameless.withdraw(hand);
  const word = game.eyes.known.questions.find((one) => last.text.includes(one.word))?.word;
  const about = { person: person.id, traced: isTraced(visit), holders: 0, apart: null };
  if (isDone && word) game.truths.push({ item: `gone:${word}`, ...about });
}

const inOtherWords = (text: string) => text.replace('How does', 'How exactly does');

/** Asks, wonders or only looks, and sees whether anything moved at that. */
async function unnamed(
  game: Game,
  act: 'ask' | 'wonder' | 'look',
  guest: Guest,
  visit: Visit,
): Promise<void> {
  const { stage, eyes, moved } = game;
  const isEvening = now(stage) >= stage.startsAt.epochMilliseconds;
  const withPages = stage.below(3) === 0;
  await eyes.settle(withPages);
  if (act === 'ask') await ask(game, guest, visit, isEvening);
  else if (act === 'wonder') await wonder(game, guest, visit);
  else await guest.hand.browser.get(guest.hand.base);
  const what = await eyes.whatMoved(withPages);
  if (!isEvening) {
    const [count, hit] =
      act === 'look' ? (['looks', 'movedAtLooks'] as const) : (['asks', 'movedAtAsks'] as const);
    moved[count] += 1;
    moved[hit] += Number(what.length > 0);
    if (act !== 'look') for (const one of what) moved.what.add(one);
  }
  if (act !== 'look') await eyes.perhapsCopy();
}

const now = ({ place }: Stage) => place.world.clock.now.epochMilliseconds;

const words = (below: Stage['below']) => `${below(2 ** 31).toString(36)}x${below(2 ** 31).toString(36)}`;

async function ask(
  { stage, truths, eyes }: Game,
  guest: Guest,
  visit: Visit,
  isEvening: boolean,
): Promise<void> {
  const word = words(stage.below);
  const ticked: boolean = stage.plan.ticking.has(visit.guest);
  const { taken, slip } = await stage.nameless.ask(
    stage.event.id,
    guest.hand,
    `How does ${word} work?`,
    ticked,
  );
  if (!taken) return;
  const apart: Truth['apart'] = isEvening ? 'evening' : ticked ? 'ticked' : null;
  const about = { person: guest.person.id, traced: isTraced(visit), holders: 0, apart } as const;
  truths.push({ item: word, ...about }, { item: `slip:${slip}`, ...about });
  eyes.learn(word, slip);
}

/** About one of the questions that fewest wonder about without a name. */
async function wonder({ stage, truths, eyes }: Game, guest: Guest, visit: Visit): Promise<void> {
  const open = stage.wall.slice(withNames);
  const counts = (id: string) => truths.filter(({ item }) => item === `vote:${eyes.wordOf(id)}`).length;
  const fewest = Math.min(...open.map(({ id }) => counts(id)));
  const among = open.filter(({ id }) => counts(id) === fewest);
  const question = among[stage.below(Math.max(1, among.length))];
  if (!question || !(await stage.nameless.wonder(stage.event.id, guest.hand, question.id))) return;
  const about = { person: guest.person.id, traced: isTraced(visit), holders: 0, apart: null };
  truths.push({ item: `vote:${eyes.wordOf(question.id)}`, ...about });
}
