// How secrets of 160 bits are spelled in links: in small letters and the digits 2 to 7 (RFC 4648, base32), so that a link
// whose capitals a mail program changed still opens. Earlier links are spelled in base64url, and open as before.

const thirtyTwo = 'abcdefghijklmnopqrstuvwxyz234567';
const sixtyFour = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const bitsOfSecret = 160;

/** Spells a secret of 160 bits for a link. */
export function spelled(secret: Uint8Array): string {
  const bits = [...secret].map((byte) => inBits(byte, 8)).join('');
  return groups(bits, 5)
    .map((bits) => thirtyTwo[Number.parseInt(bits, 2)])
    .join('');
}

/** Returns the same secret in base64url, as its hash is made of; any other text as it is. */
export function unspelled(text: string): string {
  if (!/^[a-z2-7]{32}$/.test(text)) return text;
  const bits = [...text].map((sign) => inBits(thirtyTwo.indexOf(sign), 5)).join('');
  const whole = bits.padEnd(Math.ceil(bitsOfSecret / 6) * 6, '0');
  return groups(whole, 6)
    .map((bits) => sixtyFour[Number.parseInt(bits, 2)])
    .join('');
}

const inBits = (value: number, bits: number) => value.toString(2).padStart(bits, '0');

function groups(bits: string, size: number): string[] {
  return Array.from({ length: bits.length / size }, (_, at) => bits.slice(at * size, (at + 1) * size));
}
