// Return address of a letter that cannot be delivered: an address of its own, so that the letter is known even when
// the report quotes nothing (variable envelope return path). It is never the organiser's address in the calendar.
import { createHmac, timingSafeEqual } from 'node:crypto';

/** 'bounces+<number>-<mark>@domain': the mark keeps strangers from declaring letters undeliverable. */
export function bounceAddress(bouncesTo: string, letterId: number, secret: Buffer): string {
  const at = bouncesTo.lastIndexOf('@');
  return `${bouncesTo.slice(0, at)}+${letterId}-${signatureOf(letterId, secret)}${bouncesTo.slice(at)}`;
}

/** The letter an address of ours was made for; null for every other address. */
export function letterOfBounce(address: string, bouncesTo: string, secret: Buffer): number | null {
  const at = bouncesTo.lastIndexOf('@');
  const lower = address.trim().toLowerCase();
  const [start, end] = [`${bouncesTo.slice(0, at)}+`.toLowerCase(), bouncesTo.slice(at).toLowerCase()];
  if (!lower.startsWith(start) || !lower.endsWith(end)) return null;
  const [, digits = '', mark = ''] =
    /^(\d{1,9})-([0-9a-f]{16})$/.exec(lower.slice(start.length, -end.length)) ?? [];
  if (!digits) return null;
  const expected = signatureOf(Number(digits), secret);
  return timingSafeEqual(Buffer.from(mark), Buffer.from(expected)) ? Number(digits) : null;
}

function signatureOf(letterId: number, secret: Buffer): string {
  return createHmac('sha256', secret).update(`bounce:${letterId}`).digest('hex').slice(0, 16);
}
