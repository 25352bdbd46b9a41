// From what was typed to values with types, or back to the same page with every mistake named.
import { setImmediate as nextTurn } from 'node:timers/promises';
import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { visibleText } from '../domain/visible-text.ts';
import { Refusal } from '../refusal.ts';
import type { Params, Sentence } from '../words.ts';
import type { Visit } from './visit.ts';

/** A mistake in a form. `message` is a sentence of the catalogue: the template that prints it puts it into words with `say`. */
export interface FieldError {
  field: string;
  message: string;
  params?: Params;
  /** More sentences about the same field. */
  more?: readonly Sentence[];
}

export type Form<T> =
  | { ok: true; values: T; typed: Record<string, unknown> }
  | { ok: false; errors: FieldError[]; typed: Record<string, unknown> };

export interface UploadedFile {
  fileName: string;
  bytes: Buffer;
}

/** The most a file may weigh, in bytes. */
export const largestFile = 5 * 1024 * 1024;

export async function forms(app: FastifyInstance): Promise<void> {
  app.removeContentTypeParser('text/plain');
  app.addHook('onRequest', async (request) => refuseWrongType(request));
  await app.register(formbody, { bodyLimit: 1024 * 1024 });
  await app.register(multipart, { limits: { fileSize: largestFile, files: 1, fields: 50, parts: 60 } });
  // Parsed before the guards look for the token, so that a form with a file is guarded like any other.
  app.addHook('preValidation', async (request) => {
    if (request.isMultipart()) request.body = await readParts(request);
  });
}

/** A form comes as a form, and JSON only where a script of ours sends it: else a check of the one could be passed by the other. */
function refuseWrongType(request: FastifyRequest): void {
  const type = request.headers['content-type'];
  if (type === undefined || request.is404) return;
  const { access, takesJson } = request.routeOptions.config;
  const isJson = /^\s*application\/json\b/i.test(type);
  if (isJson !== (takesJson === true || access === 'nameless'))
    throw Object.assign(new Error('Unsupported media type'), { statusCode: 415 });
}

async function readParts(request: FastifyRequest): Promise<Record<string, unknown>> {
  const body: Record<string, unknown> = {};
  try {
    const fileSize = request.routeOptions.config.largestFile ?? largestFile;
    for await (const part of request.parts({ limits: { fileSize } })) {
      const value =
        part.type === 'file'
          ? { fileName: part.filename ?? '', bytes: await gathered(part.file) }
          : part.value;
      // As in a form without a file: what comes twice is a list, which readForm refuses where one value belongs.
      const before = Object.hasOwn(body, part.fieldname) ? [body[part.fieldname]].flat() : undefined;
      body[part.fieldname] = before ? [...before, value] : value;
    }
  } catch (error) {
    if ((error as { code?: string }).code === 'FST_REQ_FILE_TOO_LARGE') {
      throw new Refusal(
        'invalid',
        request.routeOptions.config.largestFile
          ? 'The file is larger than 10 MB. Choose a smaller one, or link to it.'
          : 'The file is larger than 5 MB. Split it, or leave out columns that are not needed.',
      );
    }
    throw error;
  }
  return body;
}

/** Pieces put together in one turn: megabytes copied at once would hold up pages. */
const piecesAtOnce = 8;

/** Gathers a file in memory that the thread which reads files shares, so that nothing is copied to it. */
async function gathered(file: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces = await Array.fromAsync(file);
  const bytes = Buffer.from(new SharedArrayBuffer(pieces.reduce((sum, { length }) => sum + length, 0)));
  let end = 0;
  for (const [place, piece] of pieces.entries()) {
    if (place % piecesAtOnce === 0) await nextTurn();
    end += piece.copy(bytes, end);
  }
  return bytes;
}

/** Reads a form strictly: a field nobody asked for, or a list where one value belongs, is refused as a whole (400). */
/** The edition of a form that its reader saw: see actions/edition. */
export const seenField = z.string().max(40).optional();

export function readForm<S extends z.ZodObject>(request: FastifyRequest, schema: S): Form<z.output<S>> {
  return readFields(schema, (request.body ?? {}) as Record<string, unknown>);
}

/** The same for fields that came another way than as a form, such as in a file. */
export function readFields<S extends z.ZodObject>(
  schema: S,
  typed: Record<string, unknown>,
): Form<z.output<S>> {
  const parsed = schema.strict().safeParse(typed);
  if (parsed.success) return { ok: true, values: parsed.data as z.output<S>, typed };
  refuseTampering(parsed.error, typed);
  const errors = new Map<string, FieldError>();
  for (const issue of parsed.error.issues) {
    const field = String(issue.path[0] ?? '');
    if (!errors.has(field)) errors.set(field, { field, ...sentenceIn(issue) });
  }
  return { ok: false, errors: [...errors.values()], typed };
}

/** The sentence of a mistake; a check of ours gives its placeholders as `params`, and further sentences as their `more`. */
function sentenceIn(issue: z.core.$ZodIssue): Omit<FieldError, 'field'> {
  if (issue.code !== 'custom' || !issue.params) return { message: issue.message };
  const { more = [], ...params } = issue.params as { more?: readonly Sentence[] } & Params;
  return { message: issue.message, params: params as Params, more };
}

/** The refusal of an act as a mistake in its form. */
export function mistakeFrom(refusal: Refusal, field = ''): FieldError {
  return { field: refusal.field ?? field, message: refusal.sentence, params: refusal.params };
}

function refuseTampering(error: z.ZodError, typed: Record<string, unknown>): void {
  for (const issue of error.issues) {
    const isForeign = issue.code === 'unrecognized_keys';
    if (isForeign || isWronglyAList(issue, typed[String(issue.path[0])]))
      throw Object.assign(new Error(issue.message), { statusCode: 400 });
  }
}

/** A list where one value belongs. What is wrong inside a list that may be one, or with its length, is a mistake like any other. */
function isWronglyAList(issue: z.core.$ZodIssue, value: unknown): boolean {
  const isFile = typeof value === 'object' && value !== null && 'bytes' in value;
  const isList = typeof value === 'object' && value !== null && !isFile;
  return isList && issue.path.length === 1 && issue.code !== 'too_big';
}

/** Reads the query of an address; what makes no sense falls back to the schema's own defaults (use `.catch()`). */
export function readQuery<S extends z.ZodObject>(request: FastifyRequest, schema: S): z.output<S> {
  const parsed = schema.safeParse(request.query);
  return parsed.success ? parsed.data : schema.parse({});
}

const longest = 2_147_483_647;

/** A row's number in an address; anything else does not exist. */
export function idIn(request: FastifyRequest, name = 'id'): number {
  const text = (request.params as Record<string, string>)[name] ?? '';
  const id = /^\d{1,10}$/.test(text) ? Number(text) : 0;
  if (id < 1 || id > longest) {
    throw new Refusal(
      'not-found',
      'There is nothing at this address. Check it, or start from the first page.',
    );
  }
  return id;
}

/** The sentence for `?said=` in an address we redirected to; unknown codes say nothing. */
export function messageFor(
  { request, words }: Pick<Visit, 'request' | 'words'>,
  sentences: Record<string, string>,
): string | undefined {
  const code = (request.query as { said?: unknown }).said;
  return typeof code === 'string' && Object.hasOwn(sentences, code) ? words.t(sentences[code]!) : undefined;
}

/** Text as people type it: one kind of line break, no control characters, '' where nothing would be seen. */
export const textField = (most: number, tooLong: string) =>
  z
    .string()
    .transform((value) =>
      visibleText(
        value.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, ''),
      ),
    )
    .refine((value) => [...value].length <= most, tooLong);

/** One line of text: line breaks become spaces. */
export const lineField = (most: number, tooLong: string) =>
  z
    .string()
    .transform((value) => visibleText(value.replace(/[\s\u0000-\u001f\u007f\u2028\u2029]+/g, ' ')))
    .refine((value) => [...value].length <= most, tooLong);

/** A key made with the form, so that sending it twice does it once. */
export const formKeyField = z.uuid();

/** Several boxes of one name arrive as one value or a list; here always a list of row numbers. */
export const idListField = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform((value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]))
  .pipe(
    z
      .array(
        z
          .string()
          .regex(/^[1-9]\d{0,9}$/)
          .transform(Number),
      )
      .max(10_000),
  );

/** How long ago a button was pressed, from a phone that had no connection; seconds. */
export const agoField = z
  .string()
  .regex(/^\d{1,6}$/)
  .transform(Number)
  .optional();
