// Typed values made safe for an .ics: nothing a person types can add a line or a parameter.
// RFC 5545 3.1 (content lines), 3.2 (parameter values), 3.3.11 (TEXT), 3.3.13 (URI); RFC 6868 is not relied on.

// Some readers end a line at NEL, VT, FF, U+2028 or U+2029 as well as at CR and LF.
const LINE_ENDS = /\r\n|[\r\n\v\f\u0085\u2028\u2029]/g;
const CONTROLS = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f]/g;

/** Text of several lines: every kind of line end becomes LF, other control characters go, halves of a surrogate pair become U+FFFD. */
export function manyLines(text: string): string {
  return text.toWellFormed().replace(LINE_ENDS, '\n').replace(CONTROLS, '');
}

/** Text of one line: line ends and tabs become a space. */
export function oneLine(text: string): string {
  return manyLines(text).replace(/[\n\t]+/g, ' ');
}

/** A name for CN: no DQUOTE, backslash, caret or control character (they are illegal or break readers). */
export function commonName(text: string): string {
  return oneLine(text).replaceAll('"', "'").replace(/[\\^]/g, '').trim();
}

/** TEXT escaping of RFC 5545 3.3.11, for the lines written by us rather than by the library. */
export function escapeText(text: string): string {
  return text.replace(/[\\;,]/g, (character) => `\\${character}`).replaceAll('\n', '\\n');
}

/** A web address as a URI value: percent-encoded where the library would put backslashes; others than http and https are left out. */
export function webAddress(address: string): string {
  if (!URL.canParse(address)) return '';
  const url = new URL(address);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return '';
  return url.href.replace(/[,;\\"^]/g, (character) => encodeURIComponent(character));
}

/** An address that can stand after 'mailto:' and be mailed to; throws RangeError otherwise. */
export function mailAddress(address: string): string {
  if (
    /^[^\s@<>()[\]",;:\\\u0000-\u001f\u007f-\u009f]+@[^\s@<>()[\]",;:\\\u0000-\u001f\u007f-\u009f]+$/u.test(
      address,
    )
  ) {
    return address;
  }
  throw new RangeError(`Not a mail address: ${JSON.stringify(address)}`);
}

/** An identifier made by us, '<uuid>@<domain>'; throws RangeError for anything else (RFC 7986 5.3). */
export function madeByUs(uid: string): string {
  if (/^[A-Za-z0-9._-]+@[A-Za-z0-9.-]+$/.test(uid)) return uid;
  throw new RangeError(`Not a UID of ours: ${JSON.stringify(uid)}`);
}
