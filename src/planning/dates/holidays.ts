// Public holidays by the country of a time zone. The data is that of date-holidays (CC BY-SA 3.0, from Wikipedia).

/** Names of public holidays by day, 'YYYY-MM-DD'. */
type Holidays = ReadonlyMap<string, string>;

const known = new Map<string, Promise<Holidays>>();

/**
 * Returns the name of the public holiday on a day, 'YYYY-MM-DD', in the whole of the country of a time zone; '' on any other
 * day, and where a zone belongs to no one country.
 */
export async function publicHolidayOn(day: string, timeZone: string, language = 'en'): Promise<string> {
  const holidays = await holidaysIn(timeZone, Number(day.slice(0, 4)), language);
  return holidays.get(day) ?? '';
}

async function holidaysIn(timeZone: string, year: number, language = 'en'): Promise<Holidays> {
  const country = countryOf(timeZone);
  if (country === null) return new Map();
  const key = `${country} ${year} ${language}`;
  const holidays = known.get(key) ?? holidaysOf(country, year, language);
  known.set(key, holidays);
  return holidays;
}

/**
 * Returns what says of a day of these years whether it is a public holiday in the whole of the country of a time zone; days of
 * other years are none.
 */
export async function daysOffIn(
  timeZone: string,
  { from, to }: { from: number; to: number },
): Promise<(day: Temporal.PlainDate) => boolean> {
  const years = Array.from({ length: Math.max(0, to - from) + 1 }, (_, n) => from + n);
  const known = await Promise.all(years.map((year) => holidaysIn(timeZone, year)));
  const days = new Set(known.flatMap((holidays) => [...holidays.keys()]));
  return (day) => days.has(day.toString());
}

/** Reads a year's holidays; the package is loaded when the first is asked for, as it holds those of all countries. */
async function holidaysOf(country: string, year: number, language: string): Promise<Holidays> {
  const { default: Calendar } = await import('date-holidays');
  const all = new Calendar(country).getHolidays(year, language) ?? [];
  const days = all
    .filter(({ type }) => type === 'public')
    .flatMap(({ date, name, start, end }) => {
      const first = Temporal.PlainDate.from(date.slice(0, 10));
      const length = Math.max(1, Math.round((end.getTime() - start.getTime()) / 86_400_000));
      return Array.from({ length }, (_, n) => [first.add({ days: n }).toString(), name] as const);
    });
  return new Map(days);
}

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
let countries: Map<string, string> | undefined;

/** The country whose zone this is, by the platform's own data; null for zones such as UTC. */
function countryOf(timeZone: string): string | null {
  countries ??= new Map(
    letters.flatMap((first) => letters.flatMap((second) => zonesOf(`${first}${second}`))),
  );
  const same = new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  return countries.get(timeZone) ?? countries.get(same) ?? null;
}

function zonesOf(country: string): [zone: string, country: string][] {
  const zones = new Intl.Locale(`und-${country}`).getTimeZones?.() ?? [];
  return zones.map((zone) => [zone, country]);
}
