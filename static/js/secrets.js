// Bytes as text, the code of a question, and requests in which nobody can be known.

/** Bytes in base64url. */
export const text = (bytes) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

export const bytes = (written) =>
  Uint8Array.from(atob(written.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0));

export const joined = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));
export const plain = (word) => new TextEncoder().encode(word);
export const sha256 = async (data) => new Uint8Array(await crypto.subtle.digest('SHA-256', data));
export const random = (length) => crypto.getRandomValues(new Uint8Array(length));

// Crockford's base 32: no I, L, O or U, so that a code can be read out.
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 16 bytes as 26 letters and digits in groups that can be copied by hand. */
export function codeOf(secret) {
  const bits = [...secret].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const code = bits.padEnd(130, '0').replace(/.{5}/g, (five) => letters[Number.parseInt(five, 2)]);
  return code.replace(/^(.{5})(.{5})(.{5})(.{5})(.{6})$/, '$1 $2 $3 $4 $5');
}

/** The 16 bytes of a code, however it was typed; null where it is none. */
export function secretOf(code) {
  const typed = code.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  const digits = [...typed].map((letter) => letters.indexOf(letter));
  if (digits.length !== 26 || digits.includes(-1)) return null;
  const bits = digits.map((digit) => digit.toString(2).padStart(5, '0')).join('');
  return Uint8Array.from({ length: 16 }, (_, i) => Number.parseInt(bits.slice(i * 8, i * 8 + 8), 2));
}

/**
 * Asks with nothing that says who asks: no cookie, no referrer. Gives { ok, status, said, after }, where `after` is how
 * many milliseconds to wait before another try, if the server says so; throws where nobody answers.
 */
export async function namelessly(address, values) {
  const answer = await fetch(address, {
    method: values ? 'POST' : 'GET',
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    cache: 'no-store',
    signal: AbortSignal.timeout(30_000),
    ...(values && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(values) }),
  });
  const isJson = answer.headers.get('content-type')?.includes('json');
  const after = Number(answer.headers.get('retry-after')) * 1000 || undefined;
  return { ok: answer.ok, status: answer.status, said: isJson ? await answer.json() : {}, after };
}
