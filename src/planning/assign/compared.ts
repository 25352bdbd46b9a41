// Assignments to compare with: the best without each optional trend, and with each closed trend open.
import { isRefusal } from '../cannot.ts';
import { optionsOf, profileOf, withoutAny } from './options.ts';
import { notInTime, type Plan, type PlanOptions, planBy, stopOf, type Work } from './plan.ts';
import { leastOpen, type Question, withoutTrend } from './question.ts';
import type { AssignAnswer, Rule, WithoutTrend } from './wishes.ts';
import { countsInWords, isSame, type Worth } from './words.ts';

type Comparisons = Required<Pick<AssignAnswer, 'without' | 'closedReasons'>>;

const manner: PlanOptions = { depth: 'counted', tells: false, names: false };

/** Values an assignment. */
export const worthOf = (question: Question, { assignment }: Plan): Worth => ({
  profile: profileOf(question, assignment),
  unassigned: withoutAny(assignment),
});

/** Sentences about trends that could be closed and trends that could be open, as far as there is time. */
export async function compare(work: Work, question: Question, rule: Rule, plan: Plan): Promise<Comparisons> {
  const found: Comparisons = { without: {}, closedReasons: {} };
  const own = worthOf(question, plan);
  const having = new Set(plan.assignment);
  for (const [index, { id, optional }] of question.trends.entries()) {
    if (optional) found.without[id] = await lookWithout(work, question, rule, own, { index, having });
    if (!having.has(index)) found.closedReasons[id] = await whyClosed(work, question, rule, own, index);
  }
  return found;
}

/** A plan for a comparison; `none` where there can be none, undefined where there was no time to know. */
async function look(work: Work, question: Question, rule: Rule): Promise<Plan | 'none' | undefined> {
  if (stopOf(work.effort)() || work.spent >= work.most) return undefined;
  try {
    return await planBy(work, question, rule, manner);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return error.message === notInTime ? undefined : 'none';
  }
}

async function lookWithout(
  work: Work,
  question: Question,
  rule: Rule,
  own: Worth,
  { index, having }: { index: number; having: ReadonlySet<number> },
): Promise<WithoutTrend> {
  const { id, name } = question.trends[index]!;
  if (!having.has(index)) return { ...own, sentence: `${name} is closed in any case.` };
  const locked = question.agents.find(({ lock }) => lock === id);
  if (locked) return { sentence: `There is no doing without ${name}: ${locked.name} is locked to it.` };
  const other = await look(work, withoutTrend(question, index), rule);
  if (!other) return { sentence: `There was no time to see what would be without ${name}.` };
  if (other === 'none') return { sentence: `No assignment that keeps every wish does without ${name}.` };
  const worth = worthOf(question, other);
  const most = other.proven ? 'there would be' : 'the best found has';
  const sentence = isSame(own, worth)
    ? `Without ${name} the numbers are the same.`
    : `Without ${name} ${most} ${countsInWords(worth)} instead of ${countsInWords(own)}.`;
  return { ...worth, sentence };
}

async function whyClosed(
  work: Work,
  question: Question,
  rule: Rule,
  own: Worth,
  index: number,
): Promise<string> {
  const trend = question.trends[index]!;
  const stays = `${trend.name} stays closed`;
  if (trend.most === 0) return `${stays}: it takes nobody.`;
  const can = optionsOf(question).filter((options) =>
    options.some((option) => option.trend === index),
  ).length;
  if (can === 0) return `${stays}: nobody who could have it ranks it.`;
  const least = leastOpen(trend);
  if (can < least) return `${stays}: it needs ${least} to open, and ${can} can have it.`;
  const other = await look(work, { ...question, opened: index }, rule);
  if (!other) return `${stays}; there was no time to see what opening it would cost.`;
  if (other === 'none') return `${stays}: no assignment that keeps every wish opens it.`;
  const worth = worthOf(question, other);
  if (isSame(own, worth)) return `${stays}; opening it would come to the same numbers.`;
  const most = other.proven ? 'there would be' : 'the best found has';
  const size = least > 1 ? ` with at least ${least}` : '';
  return `${stays}. Open${size}, ${most} ${countsInWords(worth)} instead of ${countsInWords(own)}.`;
}
