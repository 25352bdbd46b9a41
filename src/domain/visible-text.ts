// Text as people see it: what shows nothing is cut off at its edges, and text that shows nothing at all is empty.

/** One character that is drawn as nothing: spaces, controls, formats, fillers, blank Braille, joiners, selectors. */
const blank =
  /^(?:[\s\p{Cc}\p{Cf}\p{Zs}\p{Variation_Selector}\u115f\u1160\u2800\u3164\uffa0]|\u034f|\u17b4|\u17b5)$/u;
/** One character that changes how the one before it is drawn: an emoji's colours, a flag's letters. */
const belongsToTheOneBefore = /^[\p{Variation_Selector}\u{e0020}-\u{e007f}]$/u;

/** The text in composed letters (NFC) without what shows nothing at its edges; '' where nothing would be seen. */
export function visibleText(text: string): string {
  const characters = [...text.normalize('NFC')];
  let start = 0;
  while (start < characters.length && blank.test(characters[start]!)) start += 1;
  let end = characters.length;
  while (end > start && isBlankEnd(characters[end - 1]!)) end -= 1;
  return characters.slice(start, end).join('');
}

const isBlankEnd = (character: string) => blank.test(character) && !belongsToTheOneBefore.test(character);

const segmenter = new Intl.Segmenter();

/** Cuts a text to so many characters, as people count them; '…' stands for the rest. */
export function shorten(text: string, most: number): string {
  // No character is shorter than one code unit, and looking for characters costs more than all else about a name.
  if (text.length <= most) return text;
  const characters = [...segmenter.segment(text)].map((part) => part.segment);
  return characters.length <= most
    ? text
    : `${characters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`;
}

/** The characters that Windows-1252 has in place of the control characters 80 to 9F (hexadecimal). */
const windows = new Map(
  [...'€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'].map((character, at) => [
    character,
    0x80 + at,
  ]),
);

/**
 * The text as it was probably meant, where UTF-8 was read as Windows-1252: 'Sébastien' for 'SÃ©bastien'.
 * Null where the text shows no sign of that.
 */
export function unbroken(text: string): string | null {
  if (!/[\u0080-\uffff]/.test(text)) return null;
  const bytes: number[] = [];
  for (const character of text) {
    const byte = windows.get(character) ?? character.codePointAt(0)!;
    if (byte > 0xff) return null;
    bytes.push(byte);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(new Uint8Array(bytes)).normalize('NFC');
  } catch {
    return null;
  }
}
