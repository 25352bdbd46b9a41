// An organiser's rules for the questions of an event, and whether a text keeps to them.

/** Questions one person may have at one event: enough for anyone, too few for spam. */
export const mostQuestions = 20;

/** Seconds after which a press to show a question shows nothing: the room has moved on. */
export const mostSecondsLate = 120;

export interface QuestionRules {
  /** A facilitator reads each question before anyone else does. */
  readFirst: boolean;
  /** How many wonder is shown to guests from the beginning of the event on. */
  talliesHidden: boolean;
  /** Each senior is asked to send a question or to wonder about one, so that having asked says nothing. */
  everyoneAsks: boolean;
  links: boolean;
  /** In characters, at most 280. */
  longest: number;
  /** Words that may not be in a question, in small letters; one that ends in * stands for all that begin like it. */
  words: readonly string[];
}

export const usualRules: QuestionRules = {
  readFirst: false,
  talliesHidden: false,
  everyoneAsks: false,
  links: false,
  longest: 280,
  words: [],
};

/** The rules of an event: what is set, else what is usual. */
export function rulesOf(event: { questionRules: Partial<QuestionRules> }): QuestionRules {
  return { ...usualRules, ...event.questionRules };
}

export interface Broken {
  sentence: string;
  params: Record<string, string | number>;
}

const link =
  /\b[a-z][a-z\d+.-]*:\/\/\S|\bwww\.\S|\b[\p{L}\d-]+\.(com|net|org|io|eu|info|biz|co|app|dev|ru|cn|xyz|top|link)\b/iu;

/** Names the rule a text breaks, in words that everyone may read, or null. */
export function brokenRule(rules: QuestionRules, text: string): Broken | null {
  const length = [...text].length;
  if (length > rules.longest) {
    const sentence =
      'A question here has at most {n} characters, yours has {length}. Make it shorter, or ask two.';
    return { sentence, params: { n: rules.longest, length } };
  }
  if (!rules.links && link.test(text)) {
    return { sentence: 'Links are not shown on the wall. Say in words what you mean.', params: {} };
  }
  const word = wordIn(rules.words, text);
  if (word === null) return null;
  return {
    sentence: 'The organisers do not want “{word}” on the wall. Say it in other words.',
    params: { word },
  };
}

/** The first word of the text that is on the list, as it was written; accents and capitals make no difference. */
function wordIn(list: readonly string[], text: string): string | null {
  if (list.length === 0) return null;
  const whole = new Set(list.filter((one) => !one.endsWith('*')).map(plain));
  const starts = list.filter((one) => one.endsWith('*')).map((one) => plain(one.slice(0, -1)));
  const written = text.normalize('NFC').match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu) ?? [];
  return written.find((word) => isListed(plain(word), whole, starts)) ?? null;
}

function isListed(word: string, whole: ReadonlySet<string>, starts: readonly string[]): boolean {
  return whole.has(word) || starts.some((start) => start !== '' && word.startsWith(start));
}

function plain(word: string): string {
  return word.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase('en');
}

/** Reads a list of words as an organiser typed it, one a line or with commas: no word twice, at most 200 of at most 40 characters. */
export function readWordList(text: string): string[] {
  const words = text.split(/[\n,;]+/).map((one) => one.trim().toLocaleLowerCase('en'));
  return [...new Set(words)]
    .filter((one) => one !== '' && one !== '*' && [...one].length <= 40)
    .slice(0, 200);
}
