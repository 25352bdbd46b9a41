// Authentication-Results (RFC 8601 2.2): the DMARC results a mail server wrote down. Comments (which nest) and quoted
// strings may hold words that the sender chose, so they are set aside before anything is read as a result.

/** One field, read by its grammar. */
export interface AuthenticationResults {
  /** The server's own name (authserv-id), in small letters. */
  server: string;
  /** Every DMARC result in the field; null in place of one that cannot be read by the grammar. */
  dmarc: (DmarcResult | null)[];
}

export interface DmarcResult {
  /** 'pass', 'fail', 'none' and so on, in small letters. */
  result: string;
  /** The value of header.from as written; empty where it is missing or given more than once. */
  from: string;
}

const word = '[^ "=;]+';
const anyValue = `(?:"\\d+"(?:@${word})?|${word})`;
const property = `([\\w-]+(?: ?\\. ?[\\w-]+)?) ?= ?(${anyValue})`;
const notInWords = /[)\\\x00-\x08\x0a-\x1f\x7f]/;
const head = new RegExp(`^(${anyValue})(?: \\d+)?$`);
const aboutDmarc = /^dmarc ?[=/]/i;
const dmarcResult = new RegExp(
  `^dmarc(?: ?/ ?\\d+)? ?= ?([a-z](?:[a-z\\d-]*[a-z\\d])?)((?: ${property})*)$`,
  'i',
);

/** Reads the value of one unfolded field; null where it does not begin with a server's name. */
export function readAuthenticationResults(value: string): AuthenticationResults | null {
  const { text, quoted, isWhole } = extractQuoted(value);
  const [first = '', ...statements] = text.split(';').map(singleSpaced);
  const name = head.exec(first)?.[1];
  if (name === undefined || (!isWhole && statements.length === 0)) return null;
  const dmarc = statements.filter((one) => aboutDmarc.test(one)).map((one) => dmarcIn(one, quoted));
  return { server: restoreQuoted(name, quoted).toLowerCase(), dmarc: isWhole ? dmarc : [null] };
}

function dmarcIn(statement: string, quoted: readonly string[]): DmarcResult | null {
  const [, result = '', properties = ''] = dmarcResult.exec(statement) ?? [];
  if (!result) return null;
  const from = [...properties.matchAll(new RegExp(property, 'g'))].filter(
    ([, name = '']) => name.replaceAll(' ', '').toLowerCase() === 'header.from',
  );
  return { result: result.toLowerCase(), from: from.length === 1 ? restoreQuoted(from[0]![2]!, quoted) : '' };
}

/** Replaces each comment by a space and each quoted string by `"number"`; not whole where one of them never ends. */
function extractQuoted(value: string) {
  const quoted: string[] = [];
  let [text, depth, string] = ['', 0, null as string | null];
  // A backslash and what follows it are one piece (quoted-pair, RFC 5322 3.2.1), so that neither ends anything.
  for (const [piece] of value.matchAll(/\\?./gs)) {
    if (string !== null) {
      if (piece !== '"') string += piece.at(-1);
      else [text, string] = [`${text}"${quoted.push(string) - 1}"`, null];
    } else if (piece === '(') depth += 1;
    else if (depth > 0) [text, depth] = piece === ')' ? [`${text} `, depth - 1] : [text, depth];
    else if (piece === '"') string = '';
    else if (notInWords.test(piece)) return { text, quoted, isWhole: false };
    else text += piece;
  }
  return { text, quoted, isWhole: depth === 0 && string === null };
}

function singleSpaced(text: string): string {
  return text.replace(/[ \t]+/g, ' ').replace(/^ | $/g, '');
}

function restoreQuoted(value: string, quoted: readonly string[]): string {
  return value.replace(/"(\d+)"/, (_, number) => quoted[Number(number)]!);
}
