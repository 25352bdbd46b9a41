// Fonts for paper: those of the packages that are installed, and which of them draws which sign.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import * as fontkit from 'fontkit';

/** A font in two weights; read when a sign first needs it. */
export interface Family {
  name: string;
  files: { regular: string; bold: string };
}

/** Packages and their files; the last two are large and may be left out of an installation. */
const packages = [
  {
    name: 'latin',
    from: '@embedpdf/fonts-latin',
    regular: 'NotoSans-Regular.ttf',
    bold: 'NotoSans-Bold.ttf',
  },
  {
    name: 'hebrew',
    from: '@embedpdf/fonts-hebrew',
    regular: 'NotoSansHebrew-Regular.ttf',
    bold: 'NotoSansHebrew-Bold.ttf',
  },
  {
    name: 'arabic',
    from: '@embedpdf/fonts-arabic',
    regular: 'NotoNaskhArabic-Regular.ttf',
    bold: 'NotoNaskhArabic-Bold.ttf',
  },
  {
    name: 'chinese',
    from: '@embedpdf/fonts-sc',
    regular: 'NotoSansHans-Regular.otf',
    bold: 'NotoSansHans-Bold.otf',
  },
  {
    name: 'korean',
    from: '@embedpdf/fonts-kr',
    regular: 'NotoSansKR-Regular.otf',
    bold: 'NotoSansKR-Bold.otf',
  },
];

const require = createRequire(import.meta.url);

function folderOf(name: string): string | null {
  try {
    return path.join(path.dirname(require.resolve(name)), '..', 'fonts');
  } catch {
    return null;
  }
}

const opened = new Map<string, fontkit.Font>();

/** Opens a font file, once. */
export function openFont(file: string): fontkit.Font {
  let font = opened.get(file);
  if (!font) {
    font = fontkit.create(fs.readFileSync(file)) as fontkit.Font;
    opened.set(file, font);
  }
  return font;
}

let known: Family[] | undefined;

/** Lists the families there are, the one for Latin letters first. */
export function families(): Family[] {
  known ??= packages.flatMap(({ name, from, regular, bold }) => {
    const folder = folderOf(from);
    if (folder === null) return [];
    return [{ name, files: { regular: path.join(folder, regular), bold: path.join(folder, bold) } }];
  });
  return known;
}

/** Room of a line in a family above and below its baseline, as parts of the size. */
export function roomOf({ files }: Family): { ascent: number; below: number } {
  const { ascent, descent, unitsPerEm } = openFont(files.bold);
  return { ascent: ascent / unitsPerEm, below: -descent / unitsPerEm };
}

/** Signs that have no shape of their own: joiners, marks of direction, variation selectors. */
const invisible = /\p{Default_Ignorable_Code_Point}/u;

/** Finds the family that draws all signs of one letter with its marks; null where none does. */
export function familyFor(letter: string): Family | null {
  const points = [...letter].filter((sign) => !invisible.test(sign)).map((sign) => sign.codePointAt(0)!);
  return families().find((family) => points.every((point) => hasSign(family, point))) ?? null;
}

/** Says whether a family has a sign in both weights. */
export function hasSign({ files }: Family, point: number): boolean {
  return openFont(files.bold).hasGlyphForCodePoint(point);
}
