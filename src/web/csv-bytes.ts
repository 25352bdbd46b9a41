// From the bytes of a file to its text: which encoding Excel, Numbers or an HR system saved it in.
import iconv from 'iconv-lite';

export const encodings = [
  'UTF-8',
  'UTF-16 LE',
  'UTF-16 BE',
  'Windows-1252',
  'ISO 8859-15',
  'Mac Roman',
] as const;
export type Encoding = (typeof encodings)[number];

const codecs: Record<Encoding, string> = {
  'UTF-8': 'utf8',
  'UTF-16 LE': 'utf16le',
  'UTF-16 BE': 'utf16be',
  'Windows-1252': 'win1252',
  'ISO 8859-15': 'iso885915',
  'Mac Roman': 'macroman',
};

/** The text in the encoding asked for, else in the one the bytes speak for; no byte-order mark, no broken characters. */
export function decode(bytes: Uint8Array, asked?: Encoding): { encoding: Encoding; text: string } {
  const encoding = asked ?? encodingOf(bytes);
  const text = iconv.decode(Buffer.from(bytes), codecs[encoding]).toWellFormed();
  return { encoding, text: text.startsWith('\ufeff') ? text.slice(1) : text };
}

function encodingOf(bytes: Uint8Array): Encoding {
  if (startsWith(bytes, [0xef, 0xbb, 0xbf])) return 'UTF-8';
  if (startsWith(bytes, [0xff, 0xfe])) return 'UTF-16 LE';
  if (startsWith(bytes, [0xfe, 0xff])) return 'UTF-16 BE';
  return unmarkedUtf16(bytes) ?? (isUtf8(bytes) ? 'UTF-8' : 'Windows-1252');
}

/** Western text in UTF-16 has a zero in nearly every pair of bytes, always on the same side. */
function unmarkedUtf16(bytes: Uint8Array): Encoding | undefined {
  const pairs = Math.floor(Math.min(bytes.length, 4000) / 2);
  let [first, second] = [0, 0];
  for (let i = 0; i < pairs; i += 1) {
    if (bytes[2 * i] === 0) first += 1;
    if (bytes[2 * i + 1] === 0) second += 1;
  }
  if (second > pairs * 0.6 && first < pairs * 0.05) return 'UTF-16 LE';
  if (first > pairs * 0.6 && second < pairs * 0.05) return 'UTF-16 BE';
  return undefined;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, i) => bytes[i] === byte);
}

const saveAsCsv =
  'This is an Excel workbook, not a CSV file. Open it, choose File, Save as, “CSV UTF-8”, and choose the new file here.';
const foreign: [start: number[], sentence: string][] = [
  [[0x50, 0x4b, 0x03, 0x04], saveAsCsv],
  [[0xd0, 0xcf, 0x11, 0xe0], saveAsCsv],
  [
    [0x25, 0x50, 0x44, 0x46],
    'This is a PDF, not a CSV file. Open the list in Excel, choose File, Save as, “CSV UTF-8”, and choose the new file here.',
  ],
];

/** A sentence when the bytes are another kind of file altogether, by the mark it starts with. */
export function otherKind(bytes: Uint8Array): string | undefined {
  return foreign.find(([start]) => startsWith(bytes, start))?.[1];
}

const notText =
  'This is not a CSV file. Open the list in Excel or Numbers, choose File, Save as, “CSV UTF-8”, and choose the new file here.';

/** A sentence when what was decoded is no text of cells: bytes of a picture or a program, or the source of a web page. */
export function notCells(text: string): string | undefined {
  if (text.includes('\u0000') || isMostlyControl(text)) return notText;
  return /^\s*(<(!doctype|html|table|\?xml)|\{\\rtf)/i.test(text) ? notText : undefined;
}

/** More than one character in a hundred is one that no text has. */
function isMostlyControl(text: string): boolean {
  let left = Math.floor(text.length / 100);
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 32 && code !== 9 && code !== 10 && code !== 12 && code !== 13) left -= 1;
    if (left < 0) return true;
  }
  return false;
}
