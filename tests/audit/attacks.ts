// Ways to guess whose an item is from the order in which things were seen; each is a pure function, and none knows the truth.
import { type Guess, type Item, inOrder, type Kind, kindOf, type Sign } from './signs.ts';

type Attack = (signs: Sign[]) => Guess[];
type Named = Sign & { person: number };
type Left = Sign & { item: Item };

const isNamed = (sign: Sign): sign is Named => sign.person !== undefined;
const isLeft = (sign: Sign): sign is Left => sign.item !== undefined;

/** The person named last before the item, or in the same moment. */
const lastNamed: Attack = (signs) =>
  each(signs, ({ at }, named) => named.findLast((one) => one.at <= at)?.person);

/** The person named first after the item. */
const nextNamed: Attack = (signs) =>
  each(signs, ({ at }, named) => named.find((one) => one.at >= at)?.person);

/** The person named nearest to the item, before or after. */
const nearest: Attack = (signs) =>
  each(signs, ({ at }, named) => {
    const [before, after] = [named.findLast((one) => one.at <= at), named.find((one) => one.at >= at)];
    if (!before || !after) return (before ?? after)?.person;
    return at - before.at <= after.at - at ? before.person : after.person;
  });

/** Everyone named since the items before came out, one item each, the last named first. */
const namedSince: Attack = (signs) =>
  eachRound(signs, (items, between) => dealOut(items, distinct(between.filter(isNamed)).reverse()));

/**
 * Items in the order in which they were written, dealt to those named since the items before in the order in which they
 * came, spread evenly where fewer asked than were there.
 */
const inTurnSince: Attack = (signs) =>
  eachRound(signs, (items, between) => {
    const people = distinct(between.filter(isNamed).reverse()).reverse();
    if (people.length === 0) return [];
    const step = Math.max(1, people.length / items.length);
    const at = (place: number) => Math.floor((place + 0.5) * step) % people.length;
    return items.map(({ item }, place) => ({ item, person: people[at(place)]! }));
  });

/** Everyone named since the publishing hour before, one item each, the last named first. */
const namedSinceHour: Attack = (signs) => {
  const hours = signs.filter(({ hour }) => hour).map(({ at }) => at);
  return eachRound(signs, (items, between) => {
    const since = hours.findLast((at) => at < items[0]!.at) ?? Number.NEGATIVE_INFINITY;
    const late = between.filter(isNamed).filter(({ at }) => at > since);
    return dealOut(items, distinct(late).reverse());
  });
};

/** The person named most often since the items before came out, for all that come out now. */
const busiest: Attack = (signs) =>
  eachRound(signs, (items, between) => {
    const counts = Map.groupBy(between.filter(isNamed), ({ person }) => person);
    const [most] = [...counts].toSorted((a, b) => b[1].length - a[1].length);
    return most ? items.map(({ item }) => ({ item, person: most[0] })) : [];
  });

/** Whenever something moved without a name, the person named last before it; one item each. */
const beforeStir: Attack = (signs) =>
  eachRound(signs, (items, between) => dealOut(items, distinct(besideStirs(between))));

/** Whenever something moved without a name, the person named next after it; one item each. */
const afterStir: Attack = (signs) =>
  eachRound(signs, (items, between) => dealOut(items, distinct(besideStirs(between.toReversed())).reverse()));

/** The first item is of the person first seen, the second of the second, and so on. */
const inTurn: Attack = (signs) => {
  const people = distinct(signs.filter(isNamed));
  return dealOut(signs.filter(isLeft), people);
};

/** Only where one person alone was named since the items before: they are sure of it. */
const onlyOne: Attack = (signs) =>
  eachRound(signs, (items, between) => {
    const people = distinct(between.filter(isNamed));
    return people.length === 1 ? dealOut(items, people) : [];
  });

export const attacks: Record<string, Attack> = {
  'last named before': lastNamed,
  'next named after': nextNamed,
  'nearest named': nearest,
  'named since the last': namedSince,
  'in turn since the last': inTurnSince,
  'named since the hour': namedSinceHour,
  'only one named since': onlyOne,
  'most often named since': busiest,
  'named before it moved': beforeStir,
  'named after it moved': afterStir,
  'in the same order': inTurn,
};

/** All guesses of one attack about one kind of item. */
export function guesses(attack: Attack, signs: readonly Sign[], kind: Kind): Guess[] {
  return attack(inOrder(signs.filter(({ item }) => item === undefined || kindOf(item) === kind)));
}

function each(signs: Sign[], whose: (item: Left, named: Named[]) => number | undefined): Guess[] {
  const named = signs.filter(isNamed);
  return signs.filter(isLeft).flatMap((one) => {
    const person = whose(one, named);
    return person === undefined ? [] : [{ item: one.item, person }];
  });
}

/** Items of the same moment make a round; with each round comes what was seen since the one before. */
function eachRound(signs: Sign[], act: (items: Left[], between: Sign[]) => Guess[]): Guess[] {
  const rounds = [...Map.groupBy(signs.filter(isLeft), ({ at }) => at)];
  let since = Number.NEGATIVE_INFINITY;
  return rounds.flatMap(([at, items]) => {
    const between = signs.filter((one) => !isLeft(one) && one.at > since && one.at <= at);
    since = at;
    return act(items, between);
  });
}

function distinct(named: Named[]): number[] {
  return [...new Set(named.map(({ person }) => person))];
}

function dealOut(items: Left[], people: number[]): Guess[] {
  if (people.length === 0) return [];
  return items.map(({ item }, place) => ({ item, person: people[place % people.length]! }));
}

/** Persons named last before each stir. */
function besideStirs(signs: Sign[]): Named[] {
  let last: Named | undefined;
  const found: Named[] = [];
  for (const sign of signs) {
    if (isNamed(sign)) last = sign;
    else if (!isLeft(sign) && !sign.hour && last) found.push(last);
  }
  return found;
}
