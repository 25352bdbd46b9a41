import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { editionOf, seenIn } from '../../actions/edition.ts';
import { ownWords, resetWords, saveWords, sendTrial } from '../../actions/letters/words.ts';
import type { LetterFacts } from '../../domain/letters/facts.ts';
import { letterNames } from '../../domain/letters/names.ts';
import {
  defaultWords,
  gapsOf,
  type LetterWords,
  problemsIn,
  type WordedKind,
  wordedKinds,
} from '../../domain/letters/words.ts';
import { renderLetter } from '../../mail/letter.ts';
import { viewOf } from '../../mail/letters/view.ts';
import { orNotFound } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as letterTexts from '../../store/letters/texts.ts';
import * as formats from '../../store/run-of-show/formats.ts';
import { lineField, messageFor, readQuery, seenField, textField } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { type Mistakes, noMistakes, savedMeanwhile, submit } from '../../web/submit.ts';
import type { Pages, SignedInVisit } from '../../web/visit.ts';
import type { Words } from '../../words.ts';
import { offeredFormats } from '../run-of-show/offered.ts';
import { sampleLetter } from './sample.ts';

/** The words of a format's letters, for organisers to change. */
export function letterWordsRoutes(at: Pages): void {
  at.get('/formats/:slug/letters', 'organiser', show);
  at.post('/formats/:slug/letters/:kind', 'organiser', save);
  at.post('/formats/:slug/letters/:kind/reset', 'organiser', reset);
}

const messages = {
  saved: 'Saved. E-mails from now on say it like this.',
  reset: 'Back to our words.',
  test: 'A trial e-mail is on its way to you. Nothing was saved.',
};

const namesIn = ({ t }: Words) =>
  Object.fromEntries(wordedKinds.map((kind) => [kind, t(letterNames[kind])])) as Record<WordedKind, string>;

const query = z.object({ letter: z.enum(wordedKinds).catch('invitation') });

const form = z.object({
  subject: lineField(70, 'The subject has at most 70 characters.').prefault(''),
  body: textField(4000, 'The text has at most 4,000 characters.').prefault(''),
  seen: seenField,
  do: z.enum(['save', 'preview', 'test']).default('save'),
});

/** Words as they were typed, to be looked at as the letter would read; `done` says that they were sent as a trial. */
interface Typed extends Mistakes {
  done?: string;
}

async function show(visit: SignedInVisit, typed?: Typed) {
  const { ctx, request, words } = visit;
  const format = await formatIn(visit);
  const kind = typed ? kindIn(request) : readQuery(request, query).letter;
  const saved = (await letterTexts.ofFormat(ctx.db, format.slug)).get(kind);
  const own = typed && { subject: String(typed.typed.subject ?? ''), body: String(typed.typed.body ?? '') };
  const current = saved ?? defaultsIn(words, kind);
  const isFit = typed !== undefined && typed.errors.length === 0;
  return page(visit, 'letters/words', {
    status: typed?.status ?? 200,
    title: words.t('E-mails for {format}', { format: format.name }),
    tab: 'events',
    format,
    base: `/formats/${format.slug}/letters`,
    kind,
    ...waysFrom(visit, format, kind, await offeredFormats(ctx)),
    name: namesIn(words)[kind],
    words: own ?? current,
    seen: (typed && seenIn(typed)) ?? editionOf({ ...current }),
    meanwhile: savedMeanwhile(typed ?? noMistakes, { subject: words.t('Subject'), body: words.t('Text') }),
    isOwn: saved !== undefined,
    isPreview: isFit,
    gaps: gapsOf(kind).map((gap) => `{${gap}}`),
    errors: typed?.errors ?? [],
    // Words that cannot be saved cannot be previewed either: the preview then shows the present ones.
    ...(await previewOf(visit, format, kind, isFit ? own : saved)),
    message: typed ? typed.done : messageFor(visit, messages),
  });
}

/** Returns the words that an organiser starts from; their gaps stay gaps. */
function defaultsIn({ t }: Words, kind: WordedKind): LetterWords {
  const { subject, body } = defaultWords[kind];
  const asGaps = Object.fromEntries(gapsOf(kind).map((gap) => [gap, `{${gap}}`]));
  return { subject: t(subject, asGaps), body: t(body, asGaps) };
}

/** The other letters of this format, and this letter of the others. */
function waysFrom({ words }: SignedInVisit, format: Format, kind: WordedKind, offered: readonly Format[]) {
  const to = (slug: string, letter: WordedKind) => `/formats/${slug}/letters?letter=${letter}`;
  return {
    formats: offered.map(({ slug, name }) => ({ slug, name, href: to(slug, kind) })),
    kinds: wordedKinds.map((one) => ({ kind: one, name: namesIn(words)[one], href: to(format.slug, one) })),
  };
}

type Format = formats.LibraryFormat;

async function formatIn({ ctx, request }: SignedInVisit): Promise<Format> {
  return orNotFound(await formats.find(ctx.db, (request.params as { slug: string }).slug), 'page');
}

function kindIn(request: FastifyRequest): WordedKind {
  const { kind } = request.params as { kind: string };
  return orNotFound(
    wordedKinds.find((one) => one === kind),
    'letter',
  );
}

/** A letter to an invented guest, with these words or with ours. */
async function sampleWith(
  visit: SignedInVisit,
  format: Format,
  kind: WordedKind,
  words: LetterWords | undefined,
) {
  const { ctx, viewer } = visit;
  const organisation = (await programmes.current(ctx.db))?.organisation ?? 'Flipside';
  const sample = sampleLetter(visit.words, ctx, format, kind, { organisation, organiser: viewer.name });
  const own = words && ownWords(visit.words, new Map([[kind, words]]), sample as never);
  return { ...sample, ...(own && { words: own }) } as Extract<LetterFacts, { kind: WordedKind }>;
}

/** The letter as that guest would read it. */
async function previewOf(
  visit: SignedInVisit,
  format: Format,
  kind: WordedKind,
  words: LetterWords | undefined,
) {
  const facts = await sampleWith(visit, format, kind, words);
  const to = { name: facts.recipient.name, email: 'margareta.lindqvist@halden.example' };
  const view = viewOf(facts, visit.words);
  return {
    mail: { from: `${facts.organiser}, ${facts.organisation}`, to: to.email, subject: view.subject },
    letter: view,
    plain: renderLetter(facts, to, visit.words).text,
  };
}

async function save(visit: SignedInVisit) {
  const { ctx, request, viewer, words } = visit;
  const [format, kind] = [await formatIn(visit), kindIn(request)];
  return submit(visit, form, {
    act: async (values) => {
      const { subject, body } = values;
      const problems = problemsIn(kind, { subject, body });
      if (problems.length > 0)
        return problems.map(({ field, sentence, values: params }) => ({ field, message: sentence, params }));
      const typed = { ...noMistakes, typed: values };
      if (values.do === 'preview') return show(visit, typed);
      if (values.do === 'test') {
        await sendTrial(ctx, viewer, await sampleWith(visit, format, kind, { subject, body }));
        return show(visit, { ...typed, done: words.t(messages.test) });
      }
      await saveWords(ctx, { format: format.slug, kind }, { subject, body }, viewer.id, {
        seen: values.seen,
        ours: defaultsIn(words, kind),
      });
      return `/formats/${format.slug}/letters?letter=${kind}&said=saved`;
    },
    again: (mistakes) => show(visit, mistakes),
  });
}

async function reset(visit: SignedInVisit) {
  const { ctx, request, viewer } = visit;
  const [format, kind] = [await formatIn(visit), kindIn(request)];
  await resetWords(ctx, { format: format.slug, kind }, viewer.id);
  return `/formats/${format.slug}/letters?letter=${kind}&said=reset`;
}
