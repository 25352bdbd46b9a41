// Orders of trends: tiers from the most wanted down, in which several trends may be level; what is left out has no opinion.

/** Trends by number, the most wanted tier first. */
export type Tiers = readonly (readonly number[])[];

/** Trends in one order at most: enough to be served well, few enough to look over. */
export const mostRanked = 20;

export type Move = 'up' | 'down' | 'out' | 'in';

/**
 * The order after one press. `up` puts a trend level with the tier above, and one that is level with others ahead of
 * them; `down` is the way back. `out`: no opinion. `in`: last of all. A press that changes nothing gives the same order.
 */
export function moved(tiers: Tiers, trend: number, move: Move): Tiers {
  const at = tiers.findIndex((tier) => tier.includes(trend));
  if (move === 'in') return at >= 0 || countRanked(tiers) >= mostRanked ? tiers : [...tiers, [trend]];
  if (at < 0) return tiers;
  const rest = tiers[at]!.filter((other) => other !== trend);
  if (move === 'out') return tiers.with(at, rest).filter((tier) => tier.length > 0);
  const step = move === 'up' ? -1 : 1;
  if (rest.length > 0) return tiers.toSpliced(at, 1, ...(step < 0 ? [[trend], rest] : [rest, [trend]]));
  const beside = tiers[at + step];
  if (!beside) return tiers;
  return tiers.with(at + step, [...beside, trend]).toSpliced(at, 1);
}

export const countRanked = (tiers: Tiers): number => tiers.flat().length;

/** The order as a form carries it: '4;7,9;2'. */
export const orderText = (tiers: Tiers): string => tiers.map((tier) => tier.join(',')).join(';');

/** Reads what a form carried; undefined where it is no order. */
export function readOrder(text: string): Tiers | undefined {
  if (text === '') return [];
  if (!/^[1-9]\d{0,8}([,;][1-9]\d{0,8})*$/.test(text)) return undefined;
  const tiers = text.split(';').map((tier) => tier.split(',').map(Number));
  const all = tiers.flat();
  return all.length <= mostRanked && new Set(all).size === all.length ? tiers : undefined;
}

/** The order among those trends alone: one that is off the list leaves its place. */
export const among = (tiers: Tiers, offered: ReadonlySet<number>): Tiers =>
  tiers.map((tier) => tier.filter((trend) => offered.has(trend))).filter((tier) => tier.length > 0);

/** Place of a trend in an order, from 0; null where there is no opinion on it. */
export function tierOf(tiers: Tiers, trend: number): number | null {
  const at = tiers.findIndex((tier) => tier.includes(trend));
  return at < 0 ? null : at;
}

/** People rank until the end of the last day in the programme's time zone; without one for as long as it takes. */
export function isRankingOpen(closesOn: string | null, now: Temporal.Instant, timeZone: string): boolean {
  if (closesOn === null) return true;
  const today = now.toZonedDateTimeISO(timeZone).toPlainDate();
  return Temporal.PlainDate.compare(today, closesOn) <= 0;
}
