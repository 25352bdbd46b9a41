// An evening told tick by tick, with counters that run down instead of moments: no line of it is the clock's own.

export const tick = 30;

export interface Step {
  /** Ticks since the announced start. */
  at: number;
  press: { kind: string; from?: number; by?: number; block?: number };
}

export interface Plan {
  kind: string;
  minutes: number;
  /** Ticks since the announced start at which it must begin. */
  fixed: number | null;
}

/** State of the tick-by-tick evening: seconds left of the block that is on and seconds measured of each block. */
export interface Told {
  on: number;
  isOver: boolean;
  isStill: boolean;
  left: number;
  measured: number[];
  out: boolean[];
}

/** Plays all steps up to a tick. */
export function tell(plan: readonly Plan[], steps: readonly Step[], until: number): Told {
  const told: Told = {
    on: -1,
    isOver: false,
    isStill: false,
    left: 0,
    measured: plan.map(() => 0),
    out: plan.map(() => false),
  };
  const first = Math.min(0, ...steps.map(({ at }) => at));
  for (let now = first; now <= until; now++) {
    if (now > first && told.on >= 0 && !told.isOver && !told.isStill) {
      told.left -= tick;
      told.measured[told.on]! += tick;
    }
    for (const step of steps) if (step.at === now) play(plan, told, step.press, now);
  }
  return told;
}

function goTo(plan: readonly Plan[], told: Told, from: number, now: number): void {
  let at = from;
  while (at < plan.length && told.out[at]) at++;
  told.isStill = false;
  if (at >= plan.length) told.isOver = true;
  else {
    told.on = at;
    const { fixed, minutes } = plan[at]!;
    told.left = minutes * 60 + (fixed !== null && fixed > now ? (fixed - now) * tick : 0);
  }
}

function play(plan: readonly Plan[], told: Told, press: Step['press'], now: number): void {
  if (press.kind === 'start' && told.on < 0) goTo(plan, told, 0, now);
  else if (press.kind === 'drop') leaveOut(plan, told, press.block!);
  else if (told.on < 0 || told.isOver) return;
  else if (press.kind === 'next' && press.from === told.on) goTo(plan, told, told.on + 1, now);
  else if (press.kind === 'end') told.isOver = true;
  else if (press.kind === 'pause') told.isStill = true;
  else if (press.kind === 'resume') told.isStill = false;
  else if (press.kind === 'minutes' && press.from === told.on) {
    if (press.by! > 0) told.left = (told.left > 0 ? told.left : 0) + press.by! * 60;
    else if (told.left > 0) told.left = Math.max(0, told.left + press.by! * 60);
  }
}

function leaveOut(plan: readonly Plan[], told: Told, block: number): void {
  if (told.isOver || block <= told.on || block >= plan.length || told.out[block]) return;
  told.out[block] = true;
  if (plan[block]!.kind !== 'talk') return;
  for (const move of [block - 1, block + 1])
    if (move > told.on && plan[move]?.kind === 'move' && !told.out[move]) {
      told.out[move] = true;
      return;
    }
}

/** Ticks since the announced start at which the evening is going to end, walking on from a tick without any press. */
export function endFrom(plan: readonly Plan[], told: Told, now: number): number {
  let clock = told.on < 0 ? Math.max(0, now) : now + Math.max(0, told.left) / tick;
  for (let at = told.on + 1; at < plan.length; at++) {
    if (told.out[at]) continue;
    const { fixed, minutes } = plan[at]!;
    if (fixed !== null && clock < fixed) clock = fixed;
    clock += (minutes * 60) / tick;
  }
  return clock;
}
