// Counts a choice of dates afresh from its ids, sharing nothing with the planner but the shape of wishes and answers.
import type { DatesAnswer, DatesWishes } from '../../../src/planning/dates/wishes.ts';

/** Guests of each date: people's ids by the date's id. */
export type Given = Record<string, readonly string[]>;

/** Findings of a checker; `broken` are sentences about wishes that are not kept. */
export interface Found {
  broken: string[];
  group: number;
  groupYes: number;
  attendees: number;
  yes: number;
  seniors: number;
}

/** Everything counted from the ids alone. */
export function check(wishes: DatesWishes, given: Given): Found {
  const broken: string[] = [];
  const held = Object.keys(given);
  if (held.length !== (wishes.choose ?? 1)) broken.push(`${held.length} dates`);
  for (const id of held) broken.push(...dateFaults(wishes, id, given[id]!));
  let [attendees, yes, seniors, group, groupYes] = [0, 0, 0, 0, 0];
  for (const { id, side, needed, answers } of wishes.people) {
    const own = held.filter((date) => given[date]!.includes(id));
    if (needed === 'always' && own.length < held.length) broken.push(`${id} is not at every date`);
    if (needed !== 'always' && own.length > 1) broken.push(`${id} has ${own.length} places`);
    if (needed === 'once' && own.length === 0) broken.push(`${id} has no place`);
    if (own.some((date) => answers[date] !== 'yes' && answers[date] !== 'maybe'))
      broken.push(`${id} cannot come`);
    if (own.length === 0) continue;
    attendees += 1;
    if (side === 'senior') seniors += 1;
    const agreed = own.every((date) => answers[date] === 'yes');
    if (agreed) yes += 1;
    if (!wishes.group?.includes(id)) continue;
    group += 1;
    if (agreed) groupYes += 1;
  }
  return { broken, attendees, yes, seniors, group, groupYes };
}

function dateFaults(wishes: DatesWishes, id: string, here: readonly string[]): string[] {
  const date = wishes.dates.find((one) => one.id === id);
  if (!date) return [`${id} is no date`];
  if (new Set(here).size !== here.length) return [`${id} has somebody twice`];
  const ofSide = (side: string) =>
    wishes.people.filter((person) => person.side === side && here.includes(person.id)).length;
  const talents = date.quorum?.talent ?? wishes.quorum?.talent ?? 0;
  const seniors = date.quorum?.senior ?? wishes.quorum?.senior ?? 0;
  const least = date.least ?? wishes.least ?? 0;
  const most = date.most ?? wishes.most ?? 1e9;
  const short = ofSide('talent') < talents || ofSide('senior') < seniors;
  return short || here.length < least || here.length > most ? [`${id} with ${here.length} people`] : [];
}

/** Returns the values compared, the first number before all others. */
export const rank = (
  { first, group: ids }: DatesWishes,
  { seniors, attendees, yes, group, groupYes }: Found,
): number[] => [
  ...(ids && ids.length > 0 ? [group, groupYes] : []),
  ...(first === 'seniors' ? [seniors] : []),
  attendees,
  yes,
];

/** Returns each date's guests in an answer. */
export const givenBy = ({ dates }: DatesAnswer): Given =>
  Object.fromEntries(dates.map(({ id, people }) => [id, people]));

/** Contradictions within an answer: counts, lists, goals and proof that do not agree with who is where. */
export function bookFaults(wishes: DatesWishes, answer: DatesAnswer): string[] {
  const found = check(wishes, givenBy(answer));
  const faults: string[] = [];
  const same = (what: string, a: unknown, b: unknown) => {
    if (JSON.stringify(a) !== JSON.stringify(b)) faults.push(`${what}: ${JSON.stringify([a, b])}`);
  };
  same('attendees', answer.attendees, found.attendees);
  same('yes', answer.yes, found.yes);
  same('seniors', answer.seniors, found.seniors);
  same(
    'goals',
    answer.goals.map(({ value }) => value),
    rank(wishes, found),
  );
  if (wishes.group?.length)
    same(
      'group',
      answer.tallies.map(({ group }) => group),
      wishes.dates.map(
        ({ id }) =>
          wishes.people.filter(
            (person) => wishes.group!.includes(person.id) && (person.answers[id] ?? 'no') !== 'no',
          ).length,
      ),
    );
  const placed = new Set(answer.dates.flatMap(({ people }) => people));
  same(
    'without',
    answer.without,
    wishes.people.map(({ id }) => id).filter((id) => !placed.has(id)),
  );
  same(
    'chosen',
    answer.tallies.filter(({ chosen }) => chosen).map(({ id }) => id),
    answer.dates.map(({ id }) => id),
  );
  for (const { id, people, maybe, talents, seniors } of answer.dates) {
    const said = (person: string) => wishes.people.find((one) => one.id === person)!.answers[id];
    same(
      'maybe',
      maybe,
      people.filter((person) => said(person) === 'maybe'),
    );
    same('sides', talents + seniors, people.length);
  }
  if (answer.provenOptimal !== answer.goals.every(({ value, bound }) => value === bound))
    faults.push('proof');
  if (answer.provenOptimal !== (answer.gap === 0)) faults.push('gap');
  return faults;
}
