// Dates of the demo programme. It is made to lie around the present, so that the coming event is always ahead.

export interface DemoDates {
  timeZone: string;
  /** Wall time of a Thursday 15 to 21 days ahead, so that 18 is the middle: 'YYYY-MM-DDTHH:MM'. */
  winter: string;
  /** Seven weeks before it. */
  autumn: string;
  /** A Tuesday forty days after it. */
  heatOnSite: string;
  winterAnswersUntil: string;
  autumnAnswersUntil: string;
  heatAnswersUntil: string;
  /** A Friday ahead, six days before the event. */
  votingClosesOn: string;
  winterInvitedAt: Temporal.Instant;
  autumnInvitedAt: Temporal.Instant;
}

const thursday = 4;

/** The dates of a demo programme that is made now; 16:00 and 12:00 are never in a clock change in Oslo. */
export function demoDates(now: Temporal.Instant, timeZone: string): DemoDates {
  const middle = now.toZonedDateTimeISO(timeZone).toPlainDate().add({ days: 18 });
  const winter = middle.add({ days: ((thursday - middle.dayOfWeek + 10) % 7) - 3 });
  const autumn = winter.subtract({ days: 49 });
  const heat = winter.add({ days: 40 });
  const morning = (day: Temporal.PlainDate) =>
    day.toZonedDateTime({ timeZone, plainTime: '09:02' }).toInstant();
  return {
    timeZone,
    winter: `${winter}T16:00`,
    autumn: `${autumn}T16:00`,
    heatOnSite: `${heat}T12:00`,
    winterAnswersUntil: String(winter.subtract({ days: 7 })),
    autumnAnswersUntil: String(autumn.subtract({ days: 7 })),
    heatAnswersUntil: String(heat.subtract({ days: 3 })),
    votingClosesOn: String(winter.subtract({ days: 6 })),
    winterInvitedAt: morning(winter.subtract({ days: 30 })),
    autumnInvitedAt: morning(autumn.subtract({ days: 30 })),
  };
}
