// Every sentence about a plan is read by a program and held against all plans there are: none may be false.
import { expect, test } from 'vitest';
import { randomFrom } from '../../../../src/planning/random.ts';
import { faultsOf } from '../../../../src/planning/tables/faults.ts';
import { seatEveryone } from '../../../../src/planning/tables/seat-everyone.ts';
import type { TablesWishes } from '../../../../src/planning/tables/wishes.ts';
import { byLength } from '../../../support/length.ts';
import { oddEvent } from '../odd-events.ts';
import { falseAboutWishes, falseReasons } from './reason-reader.ts';
import { factsOf } from './sentence-facts.ts';
import { falseAboutPlan } from './sentence-reader.ts';

/** An odd event of up to six people with departments, soft wishes and, now and then, too few seats. */
function question(seed: number): TablesWishes {
  const random = randomFrom(seed);
  const odd = oddEvent(seed, 6);
  const rounds = Math.min(3, odd.rounds);
  const chance = (one: number) => random.below(one) === 0;
  const people = odd.people.map(({ from, until, ...person }) => ({
    ...person,
    ...(from && from <= rounds ? { from } : {}),
    ...(until && until <= rounds ? { until } : {}),
    ...(chance(2) ? { department: ['it', 'law'][random.below(2)]! } : {}),
    ...(chance(2) ? { years: random.below(30) } : {}),
  }));
  const id = () => people[random.below(people.length)]!.id;
  const tables =
    typeof odd.tables === 'number'
      ? Array.from({ length: odd.tables }, (_, t) => String(t + 1))
      : odd.tables.map((table) => table.id);
  const soft = {
    prefers: chance(3) ? [{ person: id(), table: tables[random.below(tables.length)]! }] : [],
    rather: chance(3) ? [[id(), id()] as const].filter(([a, b]) => a !== b) : [],
    ...(chance(4) && people.some(({ years }) => years !== undefined) ? { balance: 'years' } : {}),
  };
  return {
    ...odd,
    people,
    rounds,
    tables: chance(6)
      ? tables.map((table) => ({ id: table, seats: Math.max(1, Math.floor(people.length / tables.length)) }))
      : odd.tables,
    sitOut: chance(2),
    locks: odd.locks?.filter((lock) => (lock.rounds ?? []).every((round) => round <= rounds)),
    past: odd.past?.slice(0, rounds),
    previous: odd.previous?.slice(0, rounds),
    closed: odd.closed?.filter(({ from = 1 }) => from <= rounds),
    ...soft,
  };
}

const questions = byLength(120, 5000);

test(`of ${questions} small questions no sentence about the plan, a person or a broken wish is false`, {
  timeout: 600_000,
}, () => {
  const seen = { plans: 0, sentences: 0, proofs: 0, broken: 0, tooMany: 0 };
  for (let seed = 1; seed <= questions; seed += 1) {
    let wishes = question(1_000_000 + seed);
    if (!wishes.sitOut && faultsOf(wishes).length > 0) continue;
    let answer: ReturnType<typeof seatEveryone>;
    try {
      answer = seatEveryone(wishes, { seed, iterations: 60 });
    } catch {
      continue;
    }
    if (answer.sittingOut) wishes = { ...wishes, sittingOut: answer.sittingOut };
    const facts = factsOf(wishes, answer, 4000);
    if (!facts) {
      seen.tooMany += 1;
      continue;
    }
    expect(
      [...falseAboutPlan(facts), ...falseReasons(facts), ...falseAboutWishes(facts)],
      `question ${seed}`,
    ).toEqual([]);
    seen.plans += 1;
    seen.sentences += answer.sentences.length + Object.values(answer.reasons).join(' ').split('. ').length;
    seen.proofs += answer.sentences.join().match(/no plan|no more/gi)?.length ?? 0;
    seen.broken += answer.broken.filter(({ proven }) => proven).length;
  }
  expect(seen.plans).toBeGreaterThan(questions / 3);
  expect(seen.proofs).toBeGreaterThan(questions / 5);
  expect(seen.broken).toBeGreaterThan(questions / 50);
});

test('the reader notices a number that is off by one', () => {
  let [changed, noticed] = [0, 0];
  for (let seed = 1; seed <= 40; seed += 1) {
    const { sitOut, absence, ...wishes } = question(1_000_000 + seed);
    if (faultsOf(wishes).length > 0) continue;
    const answer = seatEveryone(wishes, { seed, iterations: 120 });
    const facts = factsOf(wishes, answer, 4000);
    if (!facts) continue;
    const { sentences, reasons } = answer;
    const off = (text: string) =>
      text.replace(/(?<!Person |table )\b\d+/, (number) => String(Number(number) + 1));
    for (const sentence of sentences.filter((one) => off(one) !== one)) {
      changed += 1;
      noticed += falseAboutPlan({ ...facts, answer: { ...answer, sentences: [off(sentence)] } }).length;
    }
    for (const [id, reason] of Object.entries(reasons)) {
      if (off(reason) === reason) continue;
      changed += 1;
      const lie = { [id]: off(reason) };
      noticed += falseReasons({ ...facts, answer: { ...answer, reasons: lie } }).length > 0 ? 1 : 0;
    }
  }
  expect(changed).toBeGreaterThan(100);
  expect(noticed).toBeGreaterThan(changed * 0.98);
});
