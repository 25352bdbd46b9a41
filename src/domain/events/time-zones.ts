// Time zones as people choose them: every zone by continent and city, with what its clock is ahead of UTC.

export interface ZoneGroup {
  /** 'Europe' */
  name: string;
  /** `also` is an older name of the same zone, as some browsers call it. */
  zones: { id: string; label: string; also?: string }[];
}

/** Names that came after the ones in Intl's list; both mean the same zone. */
const newerNames: Record<string, string> = {
  'Europe/Kiev': 'Europe/Kyiv',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'America/Godthab': 'America/Nuuk',
};

/** All zones of Intl by continent, sorted by city: 'Oslo (UTC+1)', as the clocks stand at `now`; UTC comes last. */
export function zoneGroups(now: Temporal.Instant): ZoneGroup[] {
  const groups = new Map<string, ZoneGroup['zones']>();
  for (const listed of Intl.supportedValuesOf('timeZone')) {
    const id = newerNames[listed] ?? listed;
    const [continent, ...city] = id.split('/');
    if (city.length === 0 || continent === 'Etc') continue;
    const zones = groups.get(continent!) ?? [];
    const older = id === listed ? {} : { also: listed };
    zones.push({
      id,
      ...older,
      label: `${city.reverse().join(', ').replaceAll('_', ' ')} (${offsetLabel(id, now)})`,
    });
    groups.set(continent!, zones);
  }
  const collator = new Intl.Collator('en');
  for (const zones of groups.values()) zones.sort((a, b) => collator.compare(a.label, b.label));
  const sorted = [...groups]
    .sort(([a], [b]) => collator.compare(a, b))
    .map(([name, zones]) => ({ name, zones }));
  return [...sorted, { name: 'UTC', zones: [{ id: 'UTC', label: 'UTC' }] }];
}

/** 'UTC+1', 'UTC−3:30', 'UTC+0': what the clock of the zone is ahead at that moment. */
export function offsetLabel(timeZone: string, now: Temporal.Instant): string {
  const minutes = Math.round(now.toZonedDateTimeISO(timeZone).offsetNanoseconds / 60e9);
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `UTC${minutes < 0 ? '−' : '+'}${hours}${rest ? `:${String(rest).padStart(2, '0')}` : ''}`;
}

/** The zone to offer first: the computer's own; where that is only UTC, the one of the country in the reader's languages. */
export function likelyZone(computerZone: string, languages: readonly string[]): string {
  const own = newerNames[computerZone] ?? computerZone;
  if (own.includes('/') && !own.startsWith('Etc/')) return own;
  for (const language of languages) {
    const zones = zonesOfCountry(language);
    if (zones[0]) return newerNames[zones[0]] ?? zones[0];
  }
  return 'UTC';
}

/** Languages in an Accept-Language header, the first ones first; a weight of 0 means "not this one" (RFC 9110, 12.5.4). */
export function acceptedLanguages(header: string): string[] {
  return header
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';');
      const weight = parameters.map((one) => /^\s*q=([\d.]+)\s*$/.exec(one)?.[1]).find(Boolean);
      return { tag: tag.trim(), weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ tag, weight }) => /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(tag) && weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag);
}

/** Only a country that has one zone, or whose zones all show the same time, says where somebody is. */
function zonesOfCountry(language: string): string[] {
  const locale = new Intl.Locale(language);
  const zones = (locale.region && locale.getTimeZones?.()) || [];
  const clocks = new Set(zones.map((zone) => clockOf(zone)));
  return clocks.size === 1 ? zones : [];
}

/** How a zone's clock stands in winter and in summer; two zones of one country with the same are as good as one. */
function clockOf(timeZone: string): string {
  const moments = ['2026-01-15T12:00Z', '2026-07-15T12:00Z'];
  return moments.map((moment) => offsetLabel(timeZone, Temporal.Instant.from(moment))).join();
}
