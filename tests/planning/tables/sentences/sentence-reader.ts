// Reads the sentences about a plan as a person would, and holds each against the facts. A sentence that it cannot read
// counts as false.
import type { Extremes, Facts } from './sentence-facts.ts';

/** A form of sentence and whether what it says is so; the rest are the groups of the expression. */
type Form = [RegExp, (facts: Facts, groups: string[], person: string) => boolean];

const listOf = (said: string) => said.split(/, | and /);
const roundsIn = (said: string) => listOf(said.replace(/^rounds? /, '')).map(Number);
const isSame = (a: readonly unknown[], b: readonly unknown[]) => a.join() === b.join();
const rounds = '(rounds? [\\d, and]+)';
const some = '(\\d+)';

/** The plans that "no plan" is about. */
const spokenOf = (facts: Facts, which: string): Extremes =>
  which.includes('keeps') ? facts.keeping : facts.all;
const noPlan = '(no plan(?: that keeps what this one keeps)?)';
const notNew = `${some} meetings? (?:is|are) not new`;
const asPairs = `Counted as pairs of rounds in which the same two meet that is ${some}`;

const aboutPlans: Form[] = [
  [/^Everybody meets new people in every round\.$/, ({ found }) => found.repeats === 0],
  [
    new RegExp(`^${notNew}; ${noPlan} can have fewer\\.$`),
    (facts, [n, which]) => facts.found.repeats === +n! && spokenOf(facts, which!).repeats >= +n!,
  ],
  [
    new RegExp(`^${notNew}\\. ${asPairs}; ${noPlan} can have fewer of these\\.$`),
    (facts, [n, value, which]) =>
      facts.found.repeats === +n! &&
      facts.found.repeatedMeetings === +value! &&
      spokenOf(facts, which!).repeatedMeetings >= +value!,
  ],
  [
    new RegExp(`^${notNew}\\. ${asPairs}; ${noPlan} can have fewer than ${some}\\.$`),
    (facts, [n, value, which, bound]) =>
      facts.found.repeats === +n! &&
      facts.found.repeatedMeetings === +value! &&
      spokenOf(facts, which!).repeatedMeetings >= +bound!,
  ],
  [
    new RegExp(`^${notNew}\\. ${asPairs}; it is not known whether fewer are possible\\.$`),
    ({ found }, [n, value]) => found.repeats === +n! && found.repeatedMeetings === +value!,
  ],
  [
    new RegExp(
      `^${some} of ${some} meetings? (?:is|are) new this season; there can be (?:no more|at most ${some})\\.$`,
    ),
    (facts, [first, all, most]) => {
      const { meetings, firsts } = season(facts);
      return meetings === +all! && firsts === +first! && facts.all.firsts <= +(most ?? first!);
    },
  ],
  [
    new RegExp(
      `^${some} meetings? (?:is|are) between people of one department(; no plan can have fewer(?: than ${some})?)?\\.$`,
    ),
    ({ found, all }, [n, claim, bound]) =>
      found.departments === +n! && (claim === undefined || all.departments >= +(bound ?? n!)),
  ],
  [/^Nobody moves from the plan people know\.$/, ({ found }) => found.moved === 0],
  [
    new RegExp(`^${some} seats? differs? from the plan people know(?:; ${noPlan} can have fewer)?\\.$`),
    (facts, [n, which]) =>
      facts.found.moved === +n! && (which === undefined || spokenOf(facts, which).moved >= +n!),
  ],
  [
    new RegExp(
      `^In round ${some} table (\\S+) has ${some} seniors? and ${some} talents?: less even than the room\\.$`,
    ),
    (facts, [round, table, seniors, talents]) =>
      facts.found.mix > 0 && isSame(sidesAt(facts, +round!, table!), [+seniors!, +talents!]),
  ],
  [
    new RegExp(`^Keeping (.+) together in ${rounds} makes ${some} meetings? that (?:is|are) not new\\.$`),
    (facts, [pair, when, n]) => {
      const [a, b] = listOf(pair!).map(facts.personId) as [string, string];
      const both = facts
        .roundsOf(a)
        .filter((round) => round > facts.held && facts.roundsOf(b).includes(round));
      return isSame(both, roundsIn(when!)) && +n! === both.length - 1;
    },
  ],
];

function season({ wishes, answer, together, areCoHosts }: Facts) {
  const met = new Set(
    (wishes.met ?? []).filter(([, , n]) => n > 0).flatMap(([a, b]) => [`${a} ${b}`, `${b} ${a}`]),
  );
  let [meetings, firsts] = [0, 0];
  const ids = wishes.people.map(({ id }) => id);
  for (const [index, a] of ids.entries())
    for (const b of ids.slice(index + 1)) {
      if (areCoHosts(a, b) || answer.rounds.length === 0) continue;
      const times = together(a, b).length;
      meetings += times;
      if (times > 0 && !met.has(`${a} ${b}`)) firsts += 1;
    }
  return { meetings, firsts };
}

function sidesAt({ wishes, tableOf, tableId }: Facts, round: number, table: string): [number, number] {
  const here = wishes.people.filter(({ id }) => tableOf(round, id) === tableId(table));
  const seniors = here.filter(({ side }) => side === 'senior').length;
  return [seniors, here.length - seniors];
}

const aboutSoft: Form[] = [
  [
    new RegExp(`^(.+) would rather sit at (?:table|one of tables) (.+), but sits elsewhere in ${rounds}\\.$`),
    (facts, [name, tables, when]) => {
      const id = facts.personId(name!);
      const wanted = listOf(tables!).map(facts.tableId);
      const asked = (facts.wishes.prefers ?? [])
        .filter(({ person }) => person === id)
        .map(({ table }) => table);
      const elsewhere = facts
        .roundsOf(id)
        .filter((round) => round > facts.held && !wanted.includes(facts.tableOf(round, id)!));
      return isSame([...new Set(asked)].toSorted(), wanted.toSorted()) && isSame(elsewhere, roundsIn(when!));
    },
  ],
  [
    /^(.+) like to meet, but share no table\.$/,
    (facts, [pair]) => {
      const [a, b] = listOf(pair!).map(facts.personId) as [string, string];
      const asked = (facts.wishes.rather ?? []).some((one) => one.includes(a) && one.includes(b));
      return asked && facts.together(a, b).length === 0;
    },
  ],
  [
    /^In round (\d+) the mean of (\w+) is ([\d.]+) at table (\S+) and ([\d.]+) at table (\S+), the lowest and the highest; in the room it is ([\d.]+)\.$/,
    (facts, [round, field, low, lowAt, high, highAt, room]) => {
      const means = meansIn(facts, +round!, field!);
      const near = (a: number | undefined, b: string) => a !== undefined && Math.abs(a - +b) <= 0.00501;
      const all = [...means.tables.values()];
      return (
        near(Math.min(...all), low!) &&
        near(Math.max(...all), high!) &&
        near(means.tables.get(facts.tableId(lowAt!)), low!) &&
        near(means.tables.get(facts.tableId(highAt!)), high!) &&
        near(means.room, room!)
      );
    },
  ],
  [
    new RegExp(`^(.+) sits? out in round ${some}: there (?:is|are) ${some} seats? for ${some} people\\.$`),
    (facts, [names, round, seats, people]) => {
      const here = facts.wishes.people.filter(
        ({ from = 1, until = facts.wishes.rounds }) => from <= +round! && +round! <= until,
      );
      const seated = here.filter(({ id }) => facts.tableOf(+round!, id) !== undefined);
      const out = here.filter(({ id }) => facts.tableOf(+round!, id) === undefined).map(({ name }) => name);
      return (
        isSame(listOf(names!).toSorted(), out.toSorted()) &&
        here.length === +people! &&
        seated.length === +seats!
      );
    },
  ],
  [
    /^People sit out in turn: nobody twice before everybody/,
    ({ answer }) => answer.sittingOut!.flat().length > 0,
  ],
];

function meansIn({ wishes, tableOf }: Facts, round: number, field: string) {
  const at = new Map<string, number[]>();
  for (const person of wishes.people) {
    const value = (person as unknown as Record<string, number | undefined>)[field];
    const table = tableOf(round, person.id);
    if (value !== undefined && table !== undefined) at.set(table, [...(at.get(table) ?? []), value]);
  }
  const mean = (list: readonly number[]) => list.reduce((sum, one) => sum + one, 0) / list.length;
  return {
    tables: new Map([...at].map(([table, list]) => [table, mean(list)])),
    room: mean([...at.values()].flat()),
  };
}

/** The sentences about the plan that are false or cannot be read. */
export const falseAboutPlan = (facts: Facts): string[] =>
  facts.answer.sentences.filter((sentence) => !isTrue([...aboutPlans, ...aboutSoft], facts, sentence, ''));

/** Whether a form fits a sentence, and what it says is so. */
export function isTrue(forms: readonly Form[], facts: Facts, sentence: string, person: string): boolean {
  for (const [form, holds] of forms) {
    const match = form.exec(sentence);
    if (match) return holds(facts, match.slice(1), person);
  }
  return false;
}

export { type Form, isSame, listOf, rounds, roundsIn, some, spokenOf };
