// Files that people add: how large they may be, and of what kind, by their content.

/** Bytes of a piece in the database. */
export const pieceBytes = 256 * 1024;
/** The most a file may weigh; bytes. */
export const mostFileBytes = 10 * 1024 * 1024;
/** Most characters of a file's name. */
const mostName = 120;

/** A file as lists and links show it. */
export interface StoredFile {
  id: number;
  name: string;
  /** MIME type. */
  type: string;
  /** In bytes. */
  size: number;
}

const office = 'application/vnd.openxmlformats-officedocument';
const openDocument = 'application/vnd.oasis.opendocument';

const zip = 'PK\x03\x04';

/** A kind of file: its type, the first bytes of one of which such a file has (text has none), and words within it. */
interface Kind {
  type: string;
  starts: string[];
  within?: string;
}

const inOffice = { starts: [zip], within: '[Content_Types].xml' };
const inOpenDocument = { starts: [zip], within: openDocument };

/** Kinds by the ending of a name. */
const kinds: Record<string, Kind> = {
  pdf: { type: 'application/pdf', starts: ['%PDF-'] },
  png: { type: 'image/png', starts: ['\x89PNG\r\n\x1a\n'] },
  jpg: { type: 'image/jpeg', starts: ['\xff\xd8\xff'] },
  jpeg: { type: 'image/jpeg', starts: ['\xff\xd8\xff'] },
  gif: { type: 'image/gif', starts: ['GIF87a', 'GIF89a'] },
  docx: { type: `${office}.wordprocessingml.document`, ...inOffice },
  xlsx: { type: `${office}.spreadsheetml.sheet`, ...inOffice },
  pptx: { type: `${office}.presentationml.presentation`, ...inOffice },
  odt: { type: `${openDocument}.text`, ...inOpenDocument },
  ods: { type: `${openDocument}.spreadsheet`, ...inOpenDocument },
  odp: { type: `${openDocument}.presentation`, ...inOpenDocument },
  txt: { type: 'text/plain; charset=utf-8', starts: [] },
  md: { type: 'text/plain; charset=utf-8', starts: [] },
  csv: { type: 'text/csv; charset=utf-8', starts: [] },
};

/** Endings of names that are taken, for the file dialogue. */
export const endings: readonly string[] = Object.keys(kinds);

const endingOf = (name: string) => /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';

/** Returns the type of a file whose content is what its name says; null for any other. */
export function typeOf(name: string, bytes: Uint8Array): string | null {
  const kind = Object.hasOwn(kinds, endingOf(name)) ? kinds[endingOf(name)]! : null;
  if (!kind) return null;
  const isSo = kind.starts.length > 0 ? kind.starts.some((start) => startsWith(bytes, start)) : isText(bytes);
  return isSo && hasWithin(bytes, kind.within) ? kind.type : null;
}

function startsWith(bytes: Uint8Array, start: string): boolean {
  return [...start].every((sign, at) => bytes[at] === sign.charCodeAt(0));
}

function hasWithin(bytes: Uint8Array, words: string | undefined): boolean {
  return words === undefined || new TextDecoder('latin1').decode(bytes).includes(words);
}

/** Text is UTF-8 without the control characters that no text has. */
function isText(bytes: Uint8Array): boolean {
  try {
    return !/[\u0000-\u0008\u000e-\u001f]/.test(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return false;
  }
}

/** The name of a file without its folder and without signs that a name cannot have; '' where nothing is left. */
export function fileNameOf(typed: string): string {
  const bare = typed
    .toWellFormed()
    .normalize('NFC')
    .replace(/^.*[/\\]/, '')
    .replace(/[\p{Cc}\p{Cf}"<>:|?*]/gu, '')
    .trim();
  return [...bare].slice(-mostName).join('');
}

/** Returns where each piece of so many bytes begins. */
export function pieceStarts(size: number): number[] {
  return Array.from({ length: Math.ceil(size / pieceBytes) }, (_, at) => at * pieceBytes);
}

/** "PDF" for 'handbook.pdf'. */
export function kindOf(name: string): string {
  return endingOf(name).toUpperCase();
}

/** Megabytes that the files of one team, and all files, take at most where nothing else is set. */
export const usualLimits = { teamMb: 100, allMb: 1000 };

/** Most files of one team, so that its list stays short. */
export const mostTeamFiles = 50;

/** Finds the limit that one more file would pass; null for none. Sizes in bytes, limits in megabytes. */
export function limitPassed(
  size: number,
  taken: { team: number; all: number; files: number },
  { teamMb, allMb }: { teamMb: number; allMb: number },
): 'number' | 'team' | 'all' | null {
  const mega = 1024 * 1024;
  if (taken.files >= mostTeamFiles) return 'number';
  if (taken.team + size > teamMb * mega) return 'team';
  return taken.all + size > allMb * mega ? 'all' : null;
}

/** "1.4 MB", "12 kB": rounded up, so that no file is empty. */
export function sizeText(bytes: number): string {
  const kilo = Math.ceil(bytes / 1024);
  return kilo < 1000 ? `${kilo} kB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
