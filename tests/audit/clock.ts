// Time goes by for an event: ticks every five minutes, a copy each night, and nothing skipped that could say something.
import type { Stage } from './stage.ts';

const five = 5 * 60_000;
const hours = [8, 12, 16, 20];

export interface Passing {
  /** After each tick; `wasHour` at a publishing hour. */
  ticked(wasHour: boolean): Promise<void>;
  night(): Promise<void>;
}

/**
 * Turns the clock to this moment. Of the ticks between two acts those right after, right before and at publishing hours
 * are made, and one in forty of the others: the rest would be like them.
 */
export async function turnTo(stage: Stage, until: number, passing: Passing): Promise<void> {
  const { clock } = stage.place.world;
  const from = clock.now.epochMilliseconds;
  const to = Math.round(until);
  let count = 0;
  for (let at = Math.floor(from / five) * five + five; at <= to; at += five) {
    const moment = Temporal.Instant.fromEpochMilliseconds(at);
    const { hour, minute } = moment.toZonedDateTimeISO(stage.event.timeZone);
    const isHour = minute === 0 && hours.includes(hour);
    const isNear = count++ === 0 || to - at < five;
    if (!isHour && !isNear && count % 40 !== 0 && !(hour === 2 && minute === 0)) continue;
    clock.now = moment;
    await stage.nameless.tick();
    await passing.ticked(isHour);
    if (hour === 2 && minute === 0) await passing.night();
  }
  clock.now = Temporal.Instant.fromEpochMilliseconds(Math.max(from, to));
}
