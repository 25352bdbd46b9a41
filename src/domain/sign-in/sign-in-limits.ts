// How often letters may be asked for, codes be tried and names be guessed, in fixed windows of time.

export interface Limit {
  most: number;
  /** Length of a window; windows follow each other from the epoch on, the same for every process. */
  minutes: number;
}

/**
 * A whole office may sit behind one network address, so networks get many more than addresses. A browser known to be
 * the owner's has limits of its own, which nobody else can use up; so does the browser that asked, per e-mail.
 */
export const signInLimits = {
  letterPerAddress: { most: 5, minutes: 15 },
  letterPerKnownBrowser: { most: 5, minutes: 15 },
  letterPerNetwork: { most: 100, minutes: 15 },
  /** Behind a proxy nobody declared a whole organisation has one address: enough for a hall of 2,000. */
  letterPerSharedAddress: { most: 2000, minutes: 15 },
  /** Codes typed together with an address, in a browser that did not ask. */
  codePerAddress: { most: 20, minutes: 10 },
  codePerAddressAndNetwork: { most: 5, minutes: 10 },
  codePerKnownBrowser: { most: 5, minutes: 10 },
  codePerNetwork: { most: 100, minutes: 15 },
  codePerSharedAddress: { most: 2000, minutes: 15 },
} as const satisfies Record<string, Limit>;

/** Names one person may try for somebody else: enough to misspell a few, too few to read the directory by guessing. */
export const nameGuesses = { most: 15, minutes: 60 } as const satisfies Limit;

/** When the window around `now` began. */
export function windowStart(limit: Limit, now: Temporal.Instant): Temporal.Instant {
  const length = limit.minutes * 60_000;
  return Temporal.Instant.fromEpochMilliseconds(Math.floor(now.epochMilliseconds / length) * length);
}

/** Whole minutes until one may try again, at least 1; or 0 while `count`, this try included, is within the limit. */
export function minutesToWait(limit: Limit, count: number, now: Temporal.Instant): number {
  if (count <= limit.most) return 0;
  const end = windowStart(limit, now).epochMilliseconds + limit.minutes * 60_000;
  return Math.max(1, Math.ceil((end - now.epochMilliseconds) / 60_000));
}

/**
 * Returns the part of an IP address that is one network: all of IPv4, the first 64 bits of IPv6 (RFC 4291 section
 * 2.5.4).
 */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.split('%')[0]!.toLowerCase().split('::');
  const front = head.split(':').filter(Boolean);
  const back = (tail ?? '').split(':').filter(Boolean);
  const gap = tail === undefined ? 0 : Math.max(0, 8 - front.length - back.length);
  const groups = [...front, ...Array<string>(gap).fill('0'), ...back];
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
