// Words that nobody would say aloud to a colleague, and that no page, e-mail or sentence of ours may use.

/** Phrases to avoid, each with what to say in its place. */
const avoided: [phrase: RegExp, better: string][] = [
  [/\bwhoever\b/i, 'the person who, people who'],
  [/\bsomebody\b/i, 'someone, or who it is'],
  [/\bstands? here\b/i, 'appears here'],
  [/\bby itself\b/i, 'automatically, or who does it'],
  [/\b(19|20)\d\d-\d\d-\d\d\b/, 'Friday 11 December'],
  [/\bletters?\b/i, 'e-mail'],
  [/(?<!e-)\bmailed\b|\bby mail\b/i, 'e-mailed, by e-mail'],
  [/\bpress(es)? again\b/i, 'try again'],
  [/\b(it is|is|are) told it\b|\bit is told\b/i, 'we tell'],
  [/\bcan(not|’t)? (be taken|take it|take something) back\b/i, 'undo'],
  [/\bto be had\b|\bcan be had\b/i, 'available'],
  [/\b(a|an|one) \w+ a (person|question|table|line)\b/i, 'one per person'],
  [/\b(six|\d+) signs\b/i, 'letters and numbers'],
];

/** Letters of the alphabet, which are letters. */
const ofTheAlphabet =
  /\b(small|capital) letters\b|\bletters and (digits|numbers)|\bletter by letter\b|\bA letter of “|The letter on a button/gi;

/** Lists what a text says that should be said more plainly, with its neighbourhood. */
export function unplainIn(text: string): string[] {
  const read = text.replace(ofTheAlphabet, '').replace(/\{\w+\}/g, '…');
  return avoided.flatMap(([phrase, better]) => {
    const found = phrase.exec(read);
    if (!found) return [];
    const around = read.slice(Math.max(0, found.index - 40), found.index + found[0].length + 40);
    return [`“${around.replace(/\s+/g, ' ').trim()}” (better: ${better})`];
  });
}
