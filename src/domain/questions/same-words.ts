// Whether two questions of one person are the same question, sent twice.

/** Compares letters and digits alone: capitals, spaces and punctuation make no other question. */
export function isSameQuestion(one: string, other: string): boolean {
  return plain(one) === plain(other);
}

const plain = (text: string) => {
  const letters = text
    .normalize('NFC')
    .toLocaleLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ');
  return letters.trim() || text.trim();
};
