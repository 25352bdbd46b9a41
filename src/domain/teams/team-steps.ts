// Steps of a research team, with days worked out from its event.
import type { WallTime } from '../events/wall-time.ts';
import { type DaysOff, workingDayUpTo } from '../events/working-days.ts';

export const teamSteps = ['assigned', 'researched', 'brief', 'rehearsed', 'presented'] as const;
export type TeamStep = (typeof teamSteps)[number];

/** Steps that people tick; the other two follow from the team's trend and its event. */
export const tickedSteps = ['researched', 'brief', 'rehearsed'] as const satisfies TeamStep[];
export type TickedStep = (typeof tickedSteps)[number];

/** Share of the days between brief and event; the brief's own day comes with the format. */
const shares: Record<TeamStep, number> = {
  assigned: 4.5,
  researched: 2,
  brief: 1,
  rehearsed: 0.3,
  presented: 0,
};

/** Days of a brief whose format asks for none. */
const usualBriefDays = 10;

/** An event as the steps need it; `briefDays`: days before it by which the brief is written, 0 for none. */
export interface StepEvent {
  startsAt: WallTime;
  briefDays: number;
}

/** Saturdays and Sundays give way to the Friday before. */
const workday = (day: Temporal.PlainDate) => workingDayUpTo(day, () => false);

/**
 * Day of each step, 'YYYY-MM-DD' on the event's own calendar: the brief as many days before as the format says, research
 * twice and a trend four and a half times as long, rehearsal three tenths. All but the event's own day are working days.
 */
export function stepDays({ startsAt, briefDays }: StepEvent): Record<TeamStep, string> {
  const event = Temporal.PlainDateTime.from(startsAt).toPlainDate();
  const unit = briefDays > 0 ? briefDays : usualBriefDays;
  const before = (step: TeamStep) =>
    workday(event.subtract({ days: Math.ceil(shares[step] * unit) })).toString();
  return {
    assigned: before('assigned'),
    researched: before('researched'),
    brief: before('brief'),
    rehearsed: before('rehearsed'),
    presented: event.toString(),
  };
}

/** How far a team is. */
export interface Progress {
  hasTrend: boolean;
  ticked: readonly TickedStep[];
  isPresented: boolean;
}

export interface StepState {
  step: TeamStep;
  isDone: boolean;
  /** 'YYYY-MM-DD'; null without an event. */
  day: string | null;
}

/** Lists all steps in order. A step before one that is done is not done by that: people may work in their own order. */
export function stepsOf({ hasTrend, ticked, isPresented }: Progress, event: StepEvent | null): StepState[] {
  const days = event && stepDays(event);
  const isDone: Record<TeamStep, boolean> = {
    assigned: hasTrend,
    researched: ticked.includes('researched'),
    brief: ticked.includes('brief'),
    rehearsed: ticked.includes('rehearsed'),
    presented: isPresented,
  };
  return teamSteps.map((step) => ({ step, isDone: isDone[step], day: days?.[step] ?? null }));
}

/** The first step that is not done. */
export function nextStep(steps: readonly StepState[]): StepState | null {
  return steps.find(({ isDone }) => !isDone) ?? null;
}

/** Days before a step's day on which an organiser hears that it is not done. */
const warnsBefore = 3;

/** A step that an organiser hears of: its day is near, or is today. */
export interface LateStep {
  step: Exclude<TeamStep, 'presented'>;
  day: string;
  isToday: boolean;
}

/**
 * Steps of which an organiser hears on this day: three days before theirs and on it; what falls on a weekend or a public
 * holiday is said on the last working day before.
 */
export function lateSteps(
  steps: readonly StepState[],
  today: Temporal.PlainDate,
  isOff: DaysOff = () => false,
): LateStep[] {
  return steps.flatMap(({ step, isDone, day }) => {
    if (isDone || day === null || step === 'presented') return [];
    const due = Temporal.PlainDate.from(day);
    const isToday = due.equals(today);
    const isNear = workingDayUpTo(due.subtract({ days: warnsBefore }), isOff).equals(today);
    const isLast = workingDayUpTo(due, isOff).equals(today);
    return isToday || isNear || isLast ? [{ step, day, isToday }] : [];
  });
}

/** Whether everyone may read a brief: it is written, and the rehearsal's day has come or there is no event. */
export function isBriefOpen(steps: readonly StepState[], today: Temporal.PlainDate): boolean {
  const isWritten = steps.some(({ step, isDone }) => step === 'brief' && isDone);
  const day = briefOpensOn(steps);
  return isWritten && (day === null || Temporal.PlainDate.compare(today, Temporal.PlainDate.from(day)) >= 0);
}

/** Day from which guests read the brief, 'YYYY-MM-DD': the rehearsal's; null without an event. */
export function briefOpensOn(steps: readonly StepState[]): string | null {
  return steps.find(({ step }) => step === 'rehearsed')?.day ?? null;
}
