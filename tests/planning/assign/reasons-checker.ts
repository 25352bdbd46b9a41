// Checks that the sentences about an assignment are true: every sentence must be of a known form, and hold.
import type { Agent, AssignAnswer, AssignWishes, LastRank } from '../../../src/planning/assign/wishes.ts';
import { check } from './checker.ts';

const ordinals = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth'];

/** The sentences that are not true, or say something nobody looked at. */
export function untrue(wishes: AssignWishes, answer: AssignAnswer): string[] {
  return wishes.agents.flatMap(({ id }) => {
    const sentences = answer.reasons[id]!.slice(0, -1).split('. ');
    return sentences
      .filter((sentence) => !holds(wishes, answer, id, sentence))
      .map((sentence) => `${id}: ${sentence}`);
  });
}

function holds(wishes: AssignWishes, answer: AssignAnswer, id: string, sentence: string): boolean {
  const own = wishes.agents.find((agent) => agent.id === id)!;
  const trendCalled = (name: string) => wishes.trends.find((trend) => trend.name === name)!;
  const agentCalled = (name: string) => wishes.agents.find((agent) => agent.name === name)!;
  const at = (trend: string) => wishes.agents.filter((agent) => answer.assignment[agent.id] === trend);
  const isIn = (agent: { id: string; ranks: readonly (readonly string[])[] }, trend: string, tier: number) =>
    agent.ranks[tier]!.includes(trend);
  const mine = answer.assignment[id];
  const fills = own.lock === undefined && own.ranks.flat().length === 0;
  const hasRoom = (name: string) => at(trendCalled(name).id).length < trendCalled(name).most;
  const forms: [RegExp, (...words: string[]) => boolean][] = [
    [
      /^(.+) is full: (.+)$/,
      (t, told) => {
        const { id: trend, most } = trendCalled(t!);
        const told2 = at(trend).every(
          (agent) => !told!.includes(`${agent.name} has it as`) || agent.lock === undefined,
        );
        return (
          at(trend).length === most && told2 && told!.split('; ').every((group) => groupHolds(group, trend))
        );
      },
    ],
    [
      /^(.+) is locked to (.+), an? (\w+) choice$/,
      (_, t, n) => own.lock === trendCalled(t!).id && isIn(own, own.lock, ordinals.indexOf(n!)),
    ],
    [/^(.+) is locked to (.+)$/, (_, t) => own.lock === trendCalled(t!).id && mine === own.lock],
    [/^(.+) ranks none, and those who rank go first$/, () => fills && mine === undefined],
    [/^(.+) ranks none and fills what is left$/, () => fills && mine !== undefined],
    [/^(.+) ranks none$/, () => own.ranks.flat().length === 0 && !fills],
    [
      /^(.+), whom (.+) likes to be with, has no trend$/,
      (other) =>
        paired(wishes.likes, id, agentCalled(other!).id) &&
        answer.assignment[agentCalled(other!).id] === undefined,
    ],
    [
      /^(.+), whom (.+) likes to be with, has (.+)$/,
      (other, _, t) =>
        paired(wishes.likes, id, agentCalled(other!).id) &&
        answer.assignment[agentCalled(other!).id] === trendCalled(t!).id &&
        mine !== trendCalled(t!).id,
    ],
    [/^Ranks count before likes$/, () => wishes.likes!.length > 0 && wishes.mix === undefined],
    [
      /^Ranks and departments count before likes$/,
      () => wishes.likes!.length > 0 && wishes.mix !== undefined,
    ],
    [
      /^With (.+) in (.+) sizes would not be even$/,
      (_, t) => {
        const sizes = wishes.trends.map(
          (trend) =>
            wishes.agents.filter((agent) =>
              agent.id === id ? trend.id === trendCalled(t!).id : answer.assignment[agent.id] === trend.id,
            ).length,
        );
        const open = sizes.filter((size) => size > 0);
        return wishes.even === true && Math.max(...open) - Math.min(...open) > 1;
      },
    ],
    [
      /^Between equals (.+) goes before (.+): last season \1 had (.+?)(?: and \2 (.+))?$/,
      (winner, loser, had, otherHad) => {
        const [one, other] = [agentCalled(winner!), agentCalled(loser!)];
        if (hadLast(one.lastRank) !== had || hadLast(other.lastRank) !== otherHad) return false;
        if (last(one) <= last(other)) return false;
        const swapped = { ...answer.assignment };
        delete swapped[one.id];
        delete swapped[other.id];
        const [a, b] = [answer.assignment[one.id], answer.assignment[other.id]];
        if (b !== undefined) swapped[one.id] = b;
        if (a !== undefined) swapped[other.id] = a;
        const [now, then] = [check(wishes, answer.assignment), check(wishes, swapped)];
        const tier = (agent: typeof one, trend: string | undefined) =>
          trend === undefined ? 99 : agent.ranks.findIndex((ids) => ids.includes(trend));
        return (
          then.broken.length === 0 &&
          then.profile.join() === now.profile.join() &&
          then.placed === now.placed &&
          tier(other, a) < tier(other, b)
        );
      },
    ],
    [/^(.+) has no trend$/, () => mine === undefined],
    [
      /^(.+) has (.+), an? (\w+) choice$/,
      (_, t, n) => mine === trendCalled(t!).id && isIn(own, mine, ordinals.indexOf(n!)),
    ],
    [/^(.+) has ([^,]+)$/, (_, t) => fills && mine === trendCalled(t!).id],
    [/^(.+) takes nobody$/, (t) => trendCalled(t!).most === 0],
    [
      /^(.+) is closed: it needs (.+) to open$/,
      (t, needs) => {
        const { id: trend, least = 0, skills = [] } = trendCalled(t!);
        const lacks = skills.filter((skill) => !own.skills?.includes(skill));
        return (
          at(trend).length === 0 &&
          needs!.includes('at least') === least > 1 &&
          needs!.includes('someone with') === lacks.length > 0
        );
      },
    ],
    [
      /^(.+) has (.+), from whom (.+) is to be apart$/,
      (t, other) =>
        answer.assignment[agentCalled(other!).id] === trendCalled(t!).id &&
        paired(wishes.apart, id, agentCalled(other!).id),
    ],
    [
      /^(.+), with whom (.+) is to be, cannot have (.+)$/,
      (other, _, t) => {
        const { id: friend, ranks, lock } = agentCalled(other!);
        const trend = trendCalled(t!).id;
        return (
          paired(wishes.together, id, friend) &&
          (lock === undefined ? ranks.flat().length > 0 && !ranks.flat().includes(trend) : lock !== trend)
        );
      },
    ],
    [
      /^(.+) has room for (\d+) more, but (.+) are to be together$/,
      (t, room, who) => {
        const { id: trend, most } = trendCalled(t!);
        return most - at(trend).length === Number(room) && who!.split(/, | and /).length > Number(room);
      },
    ],
    [
      /^(.+) has room, but (.+) needs .+: it is to have at least (\d+)$/,
      (wanted, t, least) =>
        hasRoom(wanted!) &&
        trendCalled(t!).least === Number(least) &&
        mine === trendCalled(t!).id &&
        at(mine).length <= Number(least),
    ],
    [
      /^(.+) has room, but (.+) needs .+, the only one there with (.+)$/,
      (wanted, t, skill) =>
        hasRoom(wanted!) &&
        mine === trendCalled(t!).id &&
        at(mine)
          .filter((agent) => agent.skills?.includes(skill!))
          .map((agent) => agent.id)
          .join() === id,
    ],
    [/^No assignment with (.+) in (.+) is better by this rule$/, () => answer.provenOptimal],
    [/^No better assignment with (.+) in (.+) was found$/, () => !answer.provenOptimal],
  ];
  const form = forms.find(([pattern]) => pattern.test(sentence));
  return form?.[1](...(form[0].exec(sentence)!.slice(1) as string[])) ?? false;

  /** Bo and Cy have it as a first choice; Di is locked to it. */
  function groupHolds(group: string, trend: string): boolean {
    const [, who, how] =
      /^(.+) (?:has|have|is|are) (it as an? \w+ choice|it without ranking any|locked to it)$/.exec(group) ??
      [];
    if (!who || !how) return false;
    const named = who.split(/, | and /).filter((name) => !/ others$/.test(name));
    return named.map(agentCalled).every((agent) => {
      if (answer.assignment[agent.id] !== trend) return false;
      if (how === 'locked to it') return agent.lock === trend;
      if (how === 'it without ranking any') return agent.ranks.flat().length === 0;
      return (
        agent.lock === undefined && isIn(agent, trend, ordinals.indexOf(/an? (\w+) choice/.exec(how)![1]!))
      );
    });
  }
}

/** Says what somebody had last season, as the sentences do. */
const hadLast = (rank: LastRank | undefined) =>
  rank === undefined ? undefined : rank === 'none' ? 'nothing' : `a ${ordinals[rank - 1]} choice`;

const last = ({ lastRank }: Agent) => (lastRank === 'none' ? 99 : (lastRank ?? 0));

const paired = (pairs: AssignWishes['apart'], a: string, b: string) =>
  (pairs ?? []).some(([one, other]) => (one === a && other === b) || (one === b && other === a));
