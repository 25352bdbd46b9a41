import type { Context } from '../../context.ts';
import { formatDay, formatShortDay, formatTimes } from '../../domain/events/wall-time.ts';
import type { AboutAnEvent, LetterFacts } from '../../domain/letters/facts.ts';
import { letterNames } from '../../domain/letters/names.ts';
import {
  fillWords,
  type GapValues,
  type LetterWords,
  type WordedKind,
  wordedKinds,
} from '../../domain/letters/words.ts';
import { greetingOf } from '../../domain/people/names.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as letterTexts from '../../store/letters/texts.ts';
import { localeOf, type Words } from '../../words.ts';
import { type Actor, note } from '../audit/note.ts';
import { refuseOutdated } from '../edition.ts';
import { sendLetter } from './send.ts';

/** Returns the values of the gaps in an organiser's own words for this letter. */
function valuesFor(
  letter: Omit<AboutAnEvent, 'personalUrl'> & Record<string, unknown>,
  locale: string,
): GapValues {
  const { event, recipient } = letter;
  const text = (key: string) => (typeof letter[key] === 'string' ? letter[key] : '');
  const answerBy = text('answerBy');
  return {
    'First name': greetingOf(recipient),
    Event: event.name,
    Day: formatShortDay(event.start, locale),
    Time: formatTimes(event, locale),
    // An address on the web is never shown in a letter: the personal page has it.
    Place: /:\/\//.test(event.place) ? '' : event.place,
    'Answer by': answerBy === '' ? '' : formatDay(answerBy, locale),
    Organiser: letter.organiser,
    Organisation: letter.organisation,
    Headline: text('headline') === event.name ? '' : text('headline'),
    'What to expect': text('lede'),
    Trend: text('trend'),
    Team: text('team'),
  };
}

/** An organiser's own words for this letter, filled in for its reader; undefined where it says what it always said. */
export function ownWords(
  words: Words,
  texts: ReadonlyMap<WordedKind, LetterWords>,
  letter: Omit<AboutAnEvent, 'personalUrl'> & { kind: LetterFacts['kind'] },
): LetterWords | undefined {
  const kind = wordedKinds.find((one) => one === letter.kind);
  const own = kind && texts.get(kind);
  // Someone who is not sure yet has answered, so words about an open answer are not for them.
  if (!own || ('answer' in letter && letter.answer === 'maybe' && kind === 'reminder')) return undefined;
  return fillWords(own, valuesFor({ ...letter }, localeOf(words)));
}

/** Sends a letter with an invented event to the organiser who writes its words; every press sends one. */
export async function sendTrial(
  ctx: Context,
  to: { id: number; name: string; email: string },
  facts: AboutAnEvent & { kind: LetterFacts['kind'] },
): Promise<void> {
  const key = `trial:${to.id}:${ctx.random(8).toString('hex')}`;
  const letter = { ...facts, organiserEmail: to.email };
  await ctx.db.transaction((tx) =>
    sendLetter(ctx, tx, { key, kind: facts.kind, to, facts: letter, asks: false }),
  );
}

/** A kind of e-mail of one format, by its slug. */
interface Worded {
  format: string;
  kind: WordedKind;
}

/**
 * Saves an organiser's own words for every e-mail of this kind from now on. Throws `StaleForm` where others were saved since
 * `seen`; `ours`: the built-in words in the reader's language.
 */
export async function saveWords(
  ctx: Context,
  { format, kind }: Worded,
  words: LetterWords,
  by: Actor,
  { seen, ours }: { seen?: string | undefined; ours?: LetterWords } = {},
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    // One at a time: there is no row to lock while the words are ours.
    await programmes.lockCurrent(tx);
    const now = (await letterTexts.ofFormat(tx, format)).get(kind) ?? ours;
    if (now) refuseOutdated(ctx.words.t(letterNames[kind]), seen, { ...now });
    await letterTexts.save(tx, format, kind, words, ctx.now());
    await note(ctx, tx, { by, act: 'changed-wording', about: `${kind}/${format}` });
  });
}

/** Goes back to the built-in words of this kind of e-mail. */
export async function resetWords(ctx: Context, { format, kind }: Worded, by: Actor): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    await letterTexts.remove(tx, format, kind);
    await note(ctx, tx, { by, act: 'reset-wording', about: `${kind}/${format}` });
  });
}
