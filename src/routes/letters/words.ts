import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ownWords, resetWords, saveWords, sendTrial } from '../../actions/letters/words.ts';
import type { Context } from '../../context.ts';
import type { LetterFacts } from '../../domain/letters/facts.ts';
import {
  defaultWords,
  gapsOf,
  type LetterWords,
  problemsIn,
  type WordedKind,
  wordedKinds,
} from '../../domain/letters/words.ts';
import { builtInFormat, builtInFormats, type Format } from '../../domain/run-of-show/built-in-formats.ts';
import { renderLetter } from '../../mail/letter.ts';
import { viewOf } from '../../mail/letters/view.ts';
import { orNotFound } from '../../refusal.ts';
import * as programmes from '../../store/events/programmes.ts';
import * as letterTexts from '../../store/letters/texts.ts';
import { type FieldError, lineField, readForm, readQuery, saying, textField } from '../../web/forms.ts';
import { page } from '../../web/pages.ts';
import { english } from '../../words.ts';
import { sampleLetter } from './sample.ts';

const { t } = english;

/** The words of a format's letters, for organisers to change. */
export function letterWordsRoutes(app: FastifyInstance, ctx: Context): void {
  const config = { access: 'organiser' } as const;
  app.get('/formats/:slug/letters', { config }, (request, reply) => show(ctx, request, reply));
  app.post('/formats/:slug/letters/:kind', { config }, (request, reply) => save(ctx, request, reply));
  app.post('/formats/:slug/letters/:kind/reset', { config }, (request, reply) => reset(ctx, request, reply));
}

const said = {
  saved: 'Saved. Letters from now on say it like this.',
  reset: 'Back to our words.',
  test: 'A trial letter is on its way to you. Nothing was saved.',
};

const names: Record<WordedKind, string> = {
  invitation: t('The invitation'),
  'invitation-host': t('The invitation to hosts'),
  moved: t('A new time or place'),
  reminder: t('A short reminder'),
  cancelled: t('The cancellation'),
};

const query = z.object({ letter: z.enum(wordedKinds).catch('invitation') });

const form = z.object({
  subject: lineField(70, 'The subject has at most 70 characters.').prefault(''),
  body: textField(4000, 'The text has at most 4,000 characters.').prefault(''),
  do: z.enum(['save', 'preview', 'test']).default('save'),
});

interface Typed {
  kind: WordedKind;
  words: LetterWords;
  errors: FieldError[];
  said?: string;
}

async function show(
  ctx: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  typed?: Typed,
): Promise<FastifyReply> {
  const format = formatIn(request);
  const kind = typed?.kind ?? readQuery(request, query).letter;
  const saved = (await letterTexts.ofFormat(ctx.db, format.slug)).get(kind);
  const errors = typed?.errors ?? [];
  // Words that cannot be saved cannot be previewed either: the preview then shows the present ones.
  const shown = errors.length === 0 && typed ? typed.words : saved;
  const preview = await previewOf(ctx, request, format, kind, shown);
  const base = `/formats/${format.slug}/letters`;
  return page(
    reply,
    'letters/words',
    {
      title: t('Letters of {format}', { format: format.name }),
      tab: 'events',
      format,
      base,
      kind,
      ...waysFrom(format, kind),
      name: names[kind],
      words: typed?.words ?? saved ?? defaultWords[kind],
      isOwn: saved !== undefined,
      isPreview: typed !== undefined && errors.length === 0,
      gaps: gapsOf(kind).map((gap) => `{${gap}}`),
      errors,
      ...preview,
      said: typed ? typed.said : saying(request, said),
    },
    { status: errors.length > 0 ? 422 : 200 },
  );
}

/** The other letters of this format, and this letter of the others. */
function waysFrom(format: Format, kind: WordedKind) {
  const to = (slug: string, letter: WordedKind) => `/formats/${slug}/letters?letter=${letter}`;
  return {
    formats: builtInFormats.map(({ slug, name }) => ({ slug, name, href: to(slug, kind) })),
    kinds: wordedKinds.map((one) => ({ kind: one, name: names[one], href: to(format.slug, one) })),
  };
}

function formatIn(request: FastifyRequest): Format {
  return orNotFound(builtInFormat((request.params as { slug: string }).slug), 'page');
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
  ctx: Context,
  request: FastifyRequest,
  format: Format,
  kind: WordedKind,
  words: LetterWords | undefined,
) {
  const organisation = (await programmes.current(ctx.db))?.organisation ?? 'Flipside';
  const sample = sampleLetter(ctx, format, kind, { organisation, organiser: request.person!.name });
  const own = words && ownWords(new Map([[kind, words]]), sample as never);
  return { ...sample, ...(own && { words: own }) } as Extract<LetterFacts, { kind: WordedKind }>;
}

/** The letter as that guest would read it. */
async function previewOf(
  ctx: Context,
  request: FastifyRequest,
  format: Format,
  kind: WordedKind,
  words: LetterWords | undefined,
) {
  const facts = await sampleWith(ctx, request, format, kind, words);
  const to = { name: facts.recipient.name, email: 'margareta.lindqvist@halden.example' };
  const view = viewOf(facts, ctx.words);
  return {
    mail: { from: `${facts.organiser}, ${facts.organisation}`, to: to.email, subject: view.subject },
    letter: view,
    plain: renderLetter(facts, to, ctx.words).text,
  };
}

async function save(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const [format, kind] = [formatIn(request), kindIn(request)];
  const read = readForm(request, form);
  const words = { subject: String(read.typed.subject ?? ''), body: String(read.typed.body ?? '') };
  if (!read.ok) return show(ctx, request, reply, { kind, words, errors: read.errors });
  const { subject, body } = read.values;
  const errors = problemsIn(kind, { subject, body }).map(({ field, sentence, values }) => ({
    field,
    message: sentence,
    params: values,
  }));
  if (errors.length > 0) return show(ctx, request, reply, { kind, words, errors });
  const typed = { kind, words: { subject, body }, errors };
  if (read.values.do === 'preview') return show(ctx, request, reply, typed);
  if (read.values.do === 'test') {
    await sendTrial(ctx, request.person!, await sampleWith(ctx, request, format, kind, typed.words));
    return show(ctx, request, reply, { ...typed, said: said.test });
  }
  await saveWords(ctx, worded(format, kind), { subject, body }, request.person!.id);
  return reply.redirect(`/formats/${format.slug}/letters?letter=${kind}&said=saved`, 303);
}

const worded = ({ slug, name }: Format, kind: WordedKind) => ({
  format: slug,
  kind,
  title: t('{letter}, {format}', { letter: names[kind], format: name }),
});

async function reset(ctx: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const [format, kind] = [formatIn(request), kindIn(request)];
  await resetWords(ctx, worded(format, kind), request.person!.id);
  return reply.redirect(`/formats/${format.slug}/letters?letter=${kind}&said=reset`, 303);
}
