// Reads the reasons for people, and why wishes are broken, and holds each sentence against the facts.
import { bits, masksOf } from '../every-plan.ts';
import type { Facts } from './sentence-facts.ts';
import { type Form, isSame, isTrue, listOf, rounds, roundsIn, some, spokenOf } from './sentence-reader.ts';

/** How often somebody meets each other person, co-hosts left out. */
function meetings({ wishes, together, areCoHosts }: Facts, person: string): Map<string, number[]> {
  const met = new Map<string, number[]>();
  for (const { id } of wishes.people)
    if (id !== person && !areCoHosts(person, id) && together(person, id).length > 0)
      met.set(id, together(person, id));
  return met;
}

const toCome = (facts: Facts, person: string) => facts.roundsOf(person).filter((round) => round > facts.held);

/** Whether somebody sits at one table, of this name, in every round to come, and at no other. */
function keeps(facts: Facts, person: string, table: string): boolean {
  return toCome(facts, person).every((round) => facts.tableOf(round, person) === facts.tableId(table));
}

function isLocked({ wishes, tableOf }: Facts, person: string, round: number): boolean {
  return (wishes.locks ?? []).some(
    (lock) =>
      lock.person === person &&
      (lock.rounds ?? [round]).includes(round) &&
      lock.table === tableOf(round, person),
  );
}

/** Whether somebody keeps a table, or is locked to the one they are at in a round. */
function isHeld(facts: Facts, person: string, round: number): boolean {
  const one = facts.wishes.people.find(({ id }) => id === person)!;
  return Boolean(one.host || one.stays) || isLocked(facts, person, round);
}

const seatBefore = ({ wishes }: Facts, round: number, person: string) => {
  const table = wishes.previous?.[round - 1]?.findIndex((list) => list.includes(person)) ?? -1;
  const ids = typeof wishes.tables === 'number' ? [] : wishes.tables.map(({ id }) => id);
  return table < 0 ? undefined : (ids[table] ?? String(table + 1));
};

const place: Form[] = [
  [
    new RegExp(`^.+ sits out in ${rounds}\\.$`),
    (facts, [when], person) =>
      roundsIn(when!).every((round) => facts.answer.sittingOut![round - 1]!.includes(person)),
  ],
  [
    new RegExp(`^.+ moves from table (\\S+) to table (\\S+) in round ${some}\\.$`),
    (facts, [from, to, round], person) =>
      seatBefore(facts, +round!, person) === facts.tableId(from!) &&
      facts.tableOf(+round!, person) === facts.tableId(to!) &&
      from !== to,
  ],
  [
    new RegExp(`^.+ has a seat at table (\\S+) in round ${some}, and none in the plan people know\\.$`),
    (facts, [to, round], person) =>
      facts.tableOf(+round!, person) === facts.tableId(to!) &&
      seatBefore(facts, +round!, person) === undefined,
  ],
  [
    new RegExp(`^.+ has no seat in round ${some}, but table (\\S+) in the plan people know\\.$`),
    (facts, [round, from], person) =>
      facts.tableOf(+round!, person) === undefined &&
      seatBefore(facts, +round!, person) === facts.tableId(from!),
  ],
  [/^.+ has no seat in a round to come\.$/, (facts, _, person) => toCome(facts, person).length === 0],
  [
    /^.+ hosts table (\S+?)(?: with (.+))?\.$/,
    (facts, [table, others], person) => {
      const team = facts.wishes.people.filter(({ id }) => id !== person && facts.areCoHosts(id, person));
      const named = others === undefined ? [] : listOf(others).map(facts.personId);
      return keeps(facts, person, table!) && isSame(named.toSorted(), team.map(({ id }) => id).toSorted());
    },
  ],
  [
    /^.+ keeps a seat at table (\S+)\.$/,
    (facts, [table], person) =>
      keeps(facts, person, table!) &&
      facts.wishes.people.some(({ id, stays }) => id === person && stays === true),
  ],
  [
    new RegExp(`^.+ is locked to a table in ${rounds}\\.$`),
    (facts, [when], person) =>
      isSame(
        toCome(facts, person).filter((round) => isLocked(facts, person, round)),
        roundsIn(when!),
      ),
  ],
];

const whom: Form[] = [
  [/^They meet nobody\.$/, (facts, _, person) => meetings(facts, person).size === 0],
  [
    new RegExp(`^They meet ${some} (?:person|people), nobody twice\\.$`),
    (facts, [n], person) => {
      const met = meetings(facts, person);
      return met.size === +n! && [...met.values()].every(({ length }) => length === 1);
    },
  ],
  [
    new RegExp(`^They meet ${some} (?:person|people), ${some} of them more than once\\.$`),
    (facts, [n, again], person) => {
      const met = [...meetings(facts, person).values()];
      return met.length === +n! && met.filter(({ length }) => length > 1).length === +again!;
    },
  ],
  [
    new RegExp(`^${some} other (?:person|people) more than once\\.$`),
    (facts, [n], person) =>
      [...meetings(facts, person).values()].filter(({ length }) => length > 1).length === 4 + +n!,
  ],
  [
    new RegExp(`^That is ${some} seats beside them, for ${some} (?:person|people) they could meet\\.$`),
    (facts, [seats, people], person) => {
      const beside = [...meetings(facts, person).values()].reduce((sum, { length }) => sum + length, 0);
      const could = facts.wishes.people.filter(
        ({ id }) =>
          id !== person &&
          !facts.areCoHosts(id, person) &&
          !facts.areApart(id, person) &&
          facts.roundsOf(id).some((round) => facts.roundsOf(person).includes(round)),
      );
      return beside === +seats! && could.length === +people! && +seats! > +people!;
    },
  ],
  [
    /^(No plan(?: that keeps what this one keeps)?) has fewer meetings that are not new\.$/,
    (facts, [which]) => spokenOf(facts, which!).repeats >= facts.found.repeats,
  ],
  [
    /^(No plan(?: that keeps what this one keeps)?) has fewer pairs of rounds in which the same two meet\.$/,
    (facts, [which]) => spokenOf(facts, which!).repeatedMeetings >= facts.found.repeatedMeetings,
  ],
  [
    new RegExp(`^(.+) in ${rounds}(, which have been held|: .+)?\\.$`),
    (facts, [name, when, why], person) => {
      const other = facts.personId(name!);
      if (other === person) return false;
      const isFriend = (facts.wishes.together ?? []).some(
        (pair) => pair.includes(other) && pair.includes(person),
      );
      if (!isSame(facts.together(person, other), roundsIn(when!))) return false;
      if (why === ': the two are to sit together') return isFriend;
      if (why === ': each keeps that table or is locked to it')
        return (
          roundsIn(when!).filter(
            (round) => round > facts.held && isHeld(facts, person, round) && isHeld(facts, other, round),
          ).length > 1
        );
      return why === undefined || roundsIn(when!).every((round) => round <= facts.held);
    },
  ],
];

const nameOf = ({ wishes }: Facts, id: string) => wishes.people.find((person) => person.id === id)!.name;

/** The sentences in the reasons for people that are false or cannot be read. */
export const falseReasons = (facts: Facts): string[] =>
  Object.entries(facts.answer.reasons).flatMap(([id, reason]) =>
    reason
      .split(/(?<=\.) /)
      .filter(
        (sentence) =>
          !isTrue(
            sentence.startsWith(`${nameOf(facts, id)} `) ? [...place, ...whom] : whom,
            facts,
            sentence,
            id,
          ),
      )
      .map((sentence) => `${id}: ${sentence}`),
  );

/** The sentences about broken wishes that are false or cannot be read. */
export const falseAboutWishes = (facts: Facts): string[] =>
  facts.answer.broken
    .filter(({ wish, people, rounds: when, sentence }) => {
      const [a, b] = people as [string, string];
      const isBroken = when.every((round) => facts.together(a, b).includes(round) === (wish === 'apart'));
      return !isBroken || !isTrue(why, facts, sentence, '');
    })
    .map(({ sentence }) => sentence);

const why: Form[] = [
  [/^No plan found keeps (.+) (apart|together)\.$/, () => true],
  [
    /^No plan can keep all wishes: .+ sit (?:together|apart) in .+ here, and every plan breaks as many\.$/,
    ({ all, found }) => all.wishes >= found.apart + found.together,
  ],
  [
    /^No plan can keep (.+?)(?: at \w+ tables?)? in round (\d+)(?:, with .+|, where no table has more than \d+ people)?\.$/,
    (facts, [said, round]) => {
      const { apart, together } = masksSaid(facts, said!);
      const all = bits(together);
      return facts.options[+round! - 1 - facts.held]!.every(
        ({ raw }) => (raw & apart) !== 0 || bits(raw & together) < all,
      );
    },
  ],
];

/** "A and B together, C, D and E apart": the pairs that are meant. */
function masksSaid({ wishes, personId }: Facts, said: string) {
  const { pair } = masksOf(wishes);
  const every = (ids: readonly string[]) =>
    ids
      .flatMap((a, index) => ids.slice(index + 1).map((b) => pair(a, b)))
      .reduce((mask, one) => mask | one, 0);
  let [apart, together, rest] = [0, 0, said];
  // The last name before “apart from” is the one all others are kept from.
  const from = /^(?:(.*)(?:, | and ))?(.+?) apart from (.+)$/.exec(rest);
  if (from) {
    const centre = personId(from[2]!.split(' and ').at(-1)!);
    for (const other of listOf(from[3]!)) apart |= pair(centre, personId(other));
    rest = from[1] ?? '';
  }
  for (const [, names, how] of rest.matchAll(/(.+?) (apart|together)(?:, | and |$)/g)) {
    const mask = every(listOf(names!).map(personId));
    if (how === 'apart') apart |= mask;
    else together |= mask;
  }
  return { apart, together };
}
