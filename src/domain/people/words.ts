// Words for sides and languages as organisations write them in English, Dutch, French and German.
import { visibleText } from '../visible-text.ts';

export type Side = 'talent' | 'senior';

/** A sentence of the catalogue with what fills its placeholders. */
export interface Sentence {
  sentence: string;
  params: Record<string, string | number>;
}

export const sentenceWith = (sentence: string, params: Sentence['params'] = {}): Sentence => ({
  sentence,
  params,
});

const unfolded: Record<string, string> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ı: 'i',
};

/** Small letters without accents, signs as single spaces: "Manager's E-mail" becomes "manager s e mail". */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[øłđðßæœþı]/g, (letter) => unfolded[letter]!)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** One line: line breaks, control characters and runs of spaces become one space; '' where nothing would be seen. */
export function oneLine(text: string): string {
  return visibleText(text.replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' '));
}

/** A cell as a sentence quotes it: long ones are cut. */
export function truncated(text: string): string {
  const characters = [...text];
  return characters.length > 60 ? `${characters.slice(0, 59).join('')}…` : text;
}

const sideWords: Record<Side, string> = {
  talent:
    'talent, talents, young talent, young talents, young professional, young professionals, trainee, trainees, graduate, ' +
    'graduates, junior, juniors, apprentice, intern, jong talent, jonge talenten, jongere, jongeren, starter, stagiair, ' +
    'stagiaire, jeune talent, jeunes talents, jeune, jeunes, jeune professionnel, jeune professionnelle, alternant, ' +
    'alternante, talentueux, nachwuchskraft, nachwuchskrafte, nachwuchstalent, nachwuchstalente, auszubildende, ' +
    'auszubildender, azubi, azubis, praktikant, praktikantin, werkstudent, werkstudentin, berufseinsteiger, ' +
    'berufseinsteigerin, junges talent, junge talente, t, yt',
  senior:
    'senior, seniors, senior manager, senior managers, senior leader, manager, managers, executive, executives, director, ' +
    'directors, leader, leaders, leadership, management, leidinggevende, leidinggevenden, senior leidinggevende, directeur, ' +
    'directeurs, directrice, directie, kader, kaderlid, cadre, cadres, cadre superieur, cadres superieurs, dirigeant, ' +
    'dirigeante, dirigeants, direction, manageur, manageuse, fuhrungskraft, fuhrungskrafte, leiter, leiterin, leitung, ' +
    'geschaftsfuhrer, geschaftsfuhrerin, vorstand, direktor, direktorin, vorgesetzter, vorgesetzte, s, sm',
};

const sides = new Map<string, Side>();
for (const side of ['talent', 'senior'] as const) {
  for (const word of sideWords[side].split(', ')) sides.set(word, side);
}

/** The side a cell means, or null where it is no word for a side. */
export function sideOf(text: string): Side | null {
  return sides.get(fold(text)) ?? null;
}

/** Languages by code (ISO 639-1), each with the words people write for it; the first is its English name. */
const languageWords: Record<string, string> = {
  en: 'English, Engels, anglais, inglese, Englisch',
  nl: 'Dutch, Nederlands, néerlandais, Vlaams, Flemish, flamand, Hollands, olandese, Niederländisch',
  fr: 'French, Frans, français, française, francese, Französisch',
  de: 'German, Duits, allemand, Deutsch, tedesco',
  es: 'Spanish, Spaans, espagnol, español, castellano, Spanisch',
  it: 'Italian, Italiaans, italien, italiano, Italienisch',
  pt: 'Portuguese, Portugees, portugais, português, Portugiesisch',
  pl: 'Polish, Pools, polonais, polski, Polnisch',
  ro: 'Romanian, Roemeens, roumain, română',
  bg: 'Bulgarian, Bulgaars, bulgare',
  el: 'Greek, Grieks, grec',
  hu: 'Hungarian, Hongaars, hongrois, magyar',
  cs: 'Czech, Tsjechisch, tchèque, čeština',
  sk: 'Slovak, Slowaaks, slovaque',
  hr: 'Croatian, Kroatisch, croate',
  sv: 'Swedish, Zweeds, suédois, svenska',
  da: 'Danish, Deens, danois, dansk',
  no: 'Norwegian, Noors, norvégien, norsk, nb, nn',
  fi: 'Finnish, Fins, finnois, suomi',
  tr: 'Turkish, Turks, turc, Türkçe',
  ar: 'Arabic, Arabisch, arabe',
  uk: 'Ukrainian, Oekraïens, ukrainien',
  ru: 'Russian, Russisch, russe',
  zh: 'Chinese, Chinees, chinois, Mandarin',
  ja: 'Japanese, Japans, japonais',
  hi: 'Hindi',
};

const languageCodes = new Map<string, string>();
for (const [code, words] of Object.entries(languageWords)) {
  languageCodes.set(code, code);
  for (const word of words.split(', ')) languageCodes.set(fold(word), code);
}

/** The code of a language written as a word, a code or a code with a country (nl-BE); null where it is none we know. */
export function languageOf(text: string): string | null {
  const folded = fold(text);
  return (
    languageCodes.get(folded) ?? languageCodes.get(/^([a-z]{2,3}) [a-z]{2}$/.exec(folded)?.[1] ?? '') ?? null
  );
}

/** The English name of a language code, a key of the catalogue; an unknown code is its own name. */
export function languageName(code: string): string {
  return languageWords[code]?.split(', ')[0] ?? code;
}

/** Every language there is to choose from, by code. */
export const languages: readonly string[] = Object.keys(languageWords);
