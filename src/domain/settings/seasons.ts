// Seasons of a programme: one is on, those before it are read only, and the next one follows by a press.

/** A season as far as its lists and its end need it. `endedAt` is null for the one that is on. */
export interface Season {
  id: number;
  name: string;
  startsOn: string | null;
  endsOn: string | null;
  endedAt: Temporal.Instant | null;
}

/** Says whether a season can only be read: another one has been started since. */
export function isReadOnly(season: Pick<Season, 'endedAt'>): boolean {
  return season.endedAt !== null;
}

/** Proposes name and days of the season after this one, to be changed freely; a day nobody has set stays open. */
export function proposeNext({ name, startsOn, endsOn }: Pick<Season, 'name' | 'startsOn' | 'endsOn'>) {
  return {
    name: nextName(name),
    // 52 weeks, so that a season that begins on a Monday begins on one again.
    startsOn: startsOn && Temporal.PlainDate.from(startsOn).add({ weeks: 52 }).toString(),
    endsOn: endsOn && Temporal.PlainDate.from(endsOn).add({ years: 1 }).toString(),
  };
}

/** Adds one to each year in a name: '2026–2027' is '2027–2028', '2026/27' is '2027/28'. Without a year it says "2". */
function nextName(name: string): string {
  const later = name.replace(
    /\b(20\d\d)(?:(\s?[/–-]\s?)(20\d\d|\d\d))?(?!\d)/g,
    (_, year: string, sign = '', other?: string) => plusOne(year) + sign + (other ? plusOne(other) : ''),
  );
  if (later !== name) return later;
  const [, start = name, number = '1'] = /^(.*?)\s+(\d{1,3})$/.exec(name) ?? [];
  return `${start} ${Number(number) + 1}`;
}

function plusOne(digits: string): string {
  return String(Number(digits) + 1)
    .padStart(digits.length, '0')
    .slice(-digits.length);
}

/** Two seasons of one name could not be told apart in a list. */
export function isTaken(name: string, earlier: readonly { name: string }[]): boolean {
  const plain = (text: string) => text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
  return earlier.some((season) => plain(season.name) === plain(name));
}

/** Returns the day 'YYYY-MM-DD' on which a season ended: its last day, or earlier where the next one was started before. */
export function endDay({
  endsOn,
  endedAt,
  timeZone,
}: Pick<Season, 'endsOn' | 'endedAt'> & { timeZone: string }) {
  const ended = endedAt?.toZonedDateTimeISO(timeZone).toPlainDate().toString() ?? null;
  if (ended === null) return endsOn;
  return endsOn !== null && endsOn < ended ? endsOn : ended;
}

/** Returns the last day of voting: never later than the press that closed it, or than the end of the season. */
export function lastDayOfVoting(
  season: Pick<Season, 'endsOn' | 'endedAt'> & {
    timeZone: string;
    votingClosesOn: string | null;
    votingClosedAt?: Temporal.Instant | null;
  },
): string | null {
  const { votingClosesOn, votingClosedAt = null, timeZone } = season;
  const closed = votingClosedAt?.toZonedDateTimeISO(timeZone).toPlainDate().toString() ?? null;
  const days = [votingClosesOn, closed, isReadOnly(season) ? endDay(season) : null];
  return days.filter((day) => day !== null).toSorted()[0] ?? null;
}
