// Food and access needs: people's own words, and totals without names.

export const diets = ['vegetarian', 'vegan', 'halal', 'kosher'] as const;
export const allergies = ['nuts', 'gluten', 'milk', 'eggs', 'fish'] as const;
export const accesses = ['step-free', 'door', 'hearing', 'large-print', 'interpreter'] as const;

export type Diet = (typeof diets)[number];
export type Allergy = (typeof allergies)[number];
export type Access = (typeof accesses)[number];

export interface Needs {
  diet: Diet | '';
  allergies: readonly Allergy[];
  /** In their own words. */
  food: string;
  access: readonly Access[];
  arrange: string;
}

export const noNeeds: Needs = { diet: '', allergies: [], food: '', access: [], arrange: '' };

/** A kind of plate and how many of it; 'diet' '' without allergies and words is "everything". */
export interface Plate {
  diet: Diet | '';
  allergies: readonly Allergy[];
  food: string;
  count: number;
}

/** Whether there is anything to know. */
export function hasNeeds(needs: Needs): boolean {
  return isFood(needs) || needs.access.length > 0 || needs.arrange !== '';
}

function isFood(needs: Needs): boolean {
  return needs.diet !== '' || needs.allergies.length > 0 || needs.food !== '';
}

/**
 * One line for each kind of plate, so that the numbers add up to those who come: someone vegan who eats no nuts is
 * one plate, not two. Everything first, then the most wanted; plates with somebody's own words come last.
 */
export function platesFor(people: number, needs: readonly Needs[]): Plate[] {
  const kinds = Map.groupBy(needs.filter(isFood), plateKey);
  const special = [...kinds.values()].map((alike) => ({ ...plateOf(alike[0]!), count: alike.length }));
  const everything = people - special.reduce((sum, { count }) => sum + count, 0);
  special.sort((a, b) => Number(a.food !== '') - Number(b.food !== '') || b.count - a.count);
  return [{ diet: '', allergies: [], food: '', count: Math.max(0, everything) }, ...special];
}

function plateOf({ diet, allergies: without, food }: Needs): Omit<Plate, 'count'> {
  return { diet, allergies: allergies.filter((one) => without.includes(one)), food };
}

function plateKey(needs: Needs): string {
  return JSON.stringify(plateOf({ ...needs, food: needs.food.toLocaleLowerCase() }));
}

/** Lists what is to be arranged and for whom, the most wanted first; each one's own words are kept as they are. */
export function arrangementsFor<P extends { needs: Needs }>(
  people: readonly P[],
): { access: Access | null; words: string; people: P[] }[] {
  const ticked = accesses.map((access) => ({
    access,
    words: '',
    people: people.filter(({ needs }) => needs.access.includes(access)),
  }));
  const said = people
    .filter(({ needs }) => needs.arrange !== '')
    .map((one) => ({ access: null, words: one.needs.arrange, people: [one] }));
  return [
    ...ticked.filter((one) => one.people.length > 0).sort((a, b) => b.people.length - a.people.length),
    ...said,
  ];
}

/** Hours after an event's end for which needs are kept: 14 days. */
export const needsKeptHours = 14 * 24;
