// Rules of a zone, worked out from the changes of its clock that Temporal knows (RFC 5545 3.6.5). Yearly rules that end
// with UNTIL take the place of a list of dates, which Outlook ignores.

/** First and last year that a block has to be right for. */
export interface Years {
  first: number;
  last: number;
}

interface Change {
  /** Wall clock at that moment, before the clock is set. */
  wall: Temporal.PlainDateTime;
  at: Temporal.Instant;
  from: string;
  to: string;
}

interface Run {
  changes: Change[];
  /** Rule parts that fit every change of the run, the best one first. */
  rules: string[];
}

/** Every change of the clock in these years and the one before. */
export function changesIn(timeZone: string, { first, last }: Years): Change[] {
  const changes: Change[] = [];
  const start = Temporal.PlainDate.from({ year: first - 1, month: 1, day: 1 }).toZonedDateTime(timeZone);
  let next = start.getTimeZoneTransition('next');
  while (next && next.year <= last) {
    const before = next.subtract({ nanoseconds: 1 });
    const wall = before.toPlainDateTime().add({ nanoseconds: 1 });
    changes.push({ wall, at: next.toInstant(), from: before.offset, to: next.offset });
    next = next.getTimeZoneTransition('next');
  }
  return changes;
}

/** The VTIMEZONE of a zone, right for every moment of these years; lines ended by CRLF. */
export function blockFromChanges(timeZone: string, years: Years): string {
  const changes = changesIn(timeZone, years);
  const first = Temporal.PlainDate.from({ year: years.first, month: 1, day: 1 }).toZonedDateTime(timeZone);
  const isBegun = changes.some(({ at }) => Temporal.Instant.compare(at, first.toInstant()) < 0);
  const base = changes[0]?.from ?? first.offset;
  const lines = [
    'BEGIN:VTIMEZONE',
    `TZID:${timeZone}`,
    `X-LIC-LOCATION:${timeZone}`,
    ...(isBegun ? [] : observance('STANDARD', { from: base, to: base, start: '19700101T000000' })),
    ...runsOf(changes).flatMap((run) => observanceOf(run, changes, years)),
    'END:VTIMEZONE',
  ];
  return lines.map((line) => `${line}\r\n`).join('');
}

/** Puts changes that come back every year by the same rule together. */
function runsOf(changes: readonly Change[]): Run[] {
  const alike = Map.groupBy(changes, ({ wall, from, to }) =>
    [from, to, wall.month, wall.toPlainTime()].join(' '),
  );
  return [...alike.values()].flatMap((family) => {
    const runs: Run[] = [];
    for (const change of family) {
      const run = runs.at(-1);
      const rules = rulesFor(change.wall);
      const shared = run?.rules.filter((rule) => rules.includes(rule)) ?? [];
      const isNextYear = run?.changes.at(-1)?.wall.year === change.wall.year - 1;
      if (run && isNextYear && shared.length > 0) {
        run.changes.push(change);
        run.rules = shared;
      } else runs.push({ changes: [change], rules });
    }
    return runs;
  });
}

const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

function rulesFor(wall: Temporal.PlainDateTime): string[] {
  const weekday = weekdays[wall.dayOfWeek - 1];
  const nth = Math.ceil(wall.day / 7);
  return [
    ...(wall.day > wall.daysInMonth - 7 ? [`BYDAY=-1${weekday}`] : []),
    // A fifth weekday is the last one to Exchange.
    ...(nth < 5 ? [`BYDAY=${nth}${weekday}`] : []),
    `BYMONTHDAY=${wall.day}`,
  ];
}

function observanceOf({ changes: run, rules }: Run, all: readonly Change[], { last }: Years): string[] {
  const [first, end] = [run[0]!, run.at(-1)!];
  const { from, to, wall } = first;
  // Rules that still hold in the last year are the best guess for later ones.
  const until = end.wall.year === last ? '' : `;UNTIL=${compact(end.at.toString())}`;
  const rule = `FREQ=YEARLY${until};BYMONTH=${wall.month};${rules[0]}`;
  const isSummer = minutesOf(to) > minutesOf(from) && all.some((one) => one.from === to);
  const start = compact(wall.toString({ smallestUnit: 'second' }));
  return observance(isSummer ? 'DAYLIGHT' : 'STANDARD', { from, to, start, rule });
}

function observance(
  kind: 'STANDARD' | 'DAYLIGHT',
  { from, to, start, rule }: { from: string; to: string; start: string; rule?: string },
): string[] {
  return [
    `BEGIN:${kind}`,
    `TZNAME:${to.replace(/:00$/, '')}`,
    `TZOFFSETFROM:${from.replaceAll(':', '')}`,
    `TZOFFSETTO:${to.replaceAll(':', '')}`,
    `DTSTART:${start}`,
    ...(rule === undefined ? [] : [`RRULE:${rule}`]),
    `END:${kind}`,
  ];
}

const compact = (time: string) => time.replace(/[-:]/g, '');

function minutesOf(offset: string): number {
  const [hours = 0, minutes = 0] = offset.slice(1).split(':').map(Number);
  return (offset.startsWith('-') ? -1 : 1) * (60 * hours + minutes);
}
