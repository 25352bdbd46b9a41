// Links that put one event into a calendar on the web, and one that shows its place on a map. Only addresses: nothing is
// asked of those sites until somebody presses, and no address holds anything that opens a page of ours.
import { endOf, startOf, type Timed } from '../events/times.ts';

/** An event as its calendar entry reads; `details` is text for people. */
export interface EventToAdd extends Timed {
  name: string;
  place: string;
  details: string;
}

export interface AddLinks {
  google: string;
  /** Outlook.com, for private accounts. */
  outlook: string;
  /** Outlook on the web of an organisation. */
  office: string;
}

/** Makes the links. Times are instants in UTC, so they hold in every zone and on the nights on which clocks change. */
export function addLinks(event: EventToAdd): AddLinks {
  const [start, end] = [startOf(event), endOf(event)];
  const google = {
    action: 'TEMPLATE',
    text: event.name,
    dates: `${withoutSigns(start)}/${withoutSigns(end)}`,
    details: event.details,
    location: event.place,
  };
  const outlook = {
    path: '/calendar/action/compose',
    rru: 'addevent',
    subject: event.name,
    startdt: seconds(start),
    enddt: seconds(end),
    body: event.details,
    location: event.place,
  };
  return {
    google: `https://calendar.google.com/calendar/render?${query(google)}`,
    outlook: `https://outlook.live.com/calendar/0/deeplink/compose?${query(outlook)}`,
    office: `https://outlook.office.com/calendar/0/deeplink/compose?${query(outlook)}`,
  };
}

/** Makes the address of a place on a map; null for no place, and for an address on the web. */
export function mapLink(place: string): string | null {
  const words = place.trim();
  if (words === '' || /:\/\//.test(words)) return null;
  return `https://www.openstreetmap.org/search?${query({ query: words })}`;
}

const seconds = (at: Temporal.Instant) => at.toString({ smallestUnit: 'second' });
/** '20261210T150000Z' */
const withoutSigns = (at: Temporal.Instant) => seconds(at).replaceAll(/[-:]/g, '');

/** Writes a space as %20: Outlook shows a plus sign as it is. An unpaired surrogate, which no address can hold, becomes U+FFFD. */
function query(values: Record<string, string>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`)
    .join('&');
}
