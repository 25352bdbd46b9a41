// The last day of a person: deactivated on the day after, with an e-mail some days before.

/** Days before the last one on which a person is told; days. */
export const daysOfNotice = 7;

/** Says whether somebody's last day is over; days are 'YYYY-MM-DD' in the programme's zone. */
export function isPastLastDay(endsOn: string, today: string): boolean {
  return endsOn < today;
}

/** The latest last day of which one is told today. */
export function toldUntil(today: string): string {
  return Temporal.PlainDate.from(today).add({ days: daysOfNotice }).toString();
}
