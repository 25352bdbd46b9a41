// The one cycle of a form: read it, do what it asks, go on (303); or show it again with every mistake and all that was typed.
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Refusal, type RefusalKind, StaleForm } from '../refusal.ts';
import { type FieldError, formKeyField, mistakeFrom, readForm } from './forms.ts';
import type { Answer, Handler, Visit } from './visit.ts';

/** Mistakes a form is shown again with: the page's status, every mistake, and all that was typed. */
export interface Mistakes {
  status: number;
  errors: readonly FieldError[];
  typed: Record<string, unknown>;
  /** The fields as they are stored now, where somebody else saved the form meanwhile. */
  stored?: Record<string, unknown>;
}

/** A form that is shown for the first time. */
export const noMistakes: Mistakes = { status: 200, errors: [], typed: {} };

/** Returns what was typed, where a form comes back. */
export const typedIn = (mistakes: Mistakes) => (mistakes === noMistakes ? undefined : mistakes.typed);

/** Returns the key of a form that comes back, so that sending it again is still the same form; else a new one. */
export function formKeyIn({ typed }: Mistakes): string {
  return formKeyField.safeParse(typed.formKey).data ?? randomUUID();
}

/** Fields of a form by name, with the words people know each by. */
export type FieldLabels = Record<string, string>;

/** A value of a form's field as people read it; numbers stand for what they name. */
const textOf = (value: unknown) => (Array.isArray(value) ? value.join(', ') : String(value ?? '')).trim();

/**
 * Lists what is stored now where it differs from what was typed, each with its field's label; empty where nobody saved
 * the form meanwhile. `inWords` turns a stored value into what people read.
 */
export function savedMeanwhile(
  { stored, typed }: Mistakes,
  labels: FieldLabels,
  inWords: (name: string, value: string) => string = (_, value) => value,
): { label: string; text: string }[] {
  if (!stored) return [];
  return Object.entries(labels)
    .filter(([name]) => textOf(stored[name]) !== textOf(typed[name]))
    .map(([name, label]) => ({ label, text: inWords(name, textOf(stored[name])) }));
}

export interface Submission<Values> {
  /** Does what the form asks. Gives where to go on to, or mistakes that no field shows alone. */
  act: (values: Values, typed: Record<string, unknown>) => Promise<Answer | FieldError[]>;
  /** Shows the page the form stood on. */
  again: (mistakes: Mistakes) => Answer | Promise<Answer>;
  /** The field of a refusal that names none; if it is not given, such a refusal has a page of its own. */
  field?: string;
  /** True where the button that was pressed only shows the form again, such as one that searches in it. */
  isLookingOnly?: (typed: Record<string, unknown>) => boolean;
}

/** Reads a form strictly and does what it asks: 303; or the same page with the mistakes (422, 409) and what was typed. */
export async function submit<S extends z.ZodObject>(
  visit: Visit,
  schema: S,
  { act, again, field, isLookingOnly }: Submission<z.output<S>>,
): Promise<Answer> {
  const form = readForm(visit.request, schema);
  const { typed } = form;
  if (isLookingOnly?.(typed)) return again({ ...noMistakes, typed });
  if (!form.ok) return again({ ...wrong(form.errors), typed });
  const done = await act(form.values, typed).catch((error) => mistakeOf(error, field));
  if (Array.isArray(done)) return again({ ...wrong(done), typed });
  return isWrong(done) ? again({ ...done, typed }) : done;
}

/** A button that sends nothing but the press. */
export const noFields = z.object({});

/**
 * Reads a form of buttons strictly and does what the pressed one asks. Nobody types into such a form, so values that no
 * button of the page sends are refused as a whole (400).
 */
export function press<V extends Visit, S extends z.ZodObject>(
  schema: S,
  act: (visit: V, values: z.output<S>) => Answer | Promise<Answer>,
): Handler<V> {
  return (visit) => {
    const form = readForm(visit.request, schema);
    if (!form.ok) throw Object.assign(new Error('No button sends this'), { statusCode: 400 });
    return act(visit, form.values);
  };
}

type Wrong = Omit<Mistakes, 'typed'>;

const wrong = (errors: readonly FieldError[]): Wrong => ({ status: 422, errors });

/** A reply that was awaited is undefined. */
const isWrong = (done: Answer | Wrong | undefined): done is Wrong =>
  typeof done === 'object' && 'errors' in done;

/** Refusals that the form itself can mend, so that it is shown again even if no field is named. */
const mendable: ReadonlySet<RefusalKind> = new Set(['invalid', 'conflict', 'too-many']);

const statusOf = (kind: RefusalKind) => (kind === 'conflict' ? 409 : kind === 'too-many' ? 429 : 422);

/** Returns a refusal as a mistake at its field; throws on anything that this form cannot mend. */
function mistakeOf(error: unknown, field?: string): Wrong {
  if (!(error instanceof Refusal)) throw error;
  const at = error.field ?? (mendable.has(error.kind) ? field : undefined);
  if (error instanceof StaleForm)
    return { status: 409, errors: [mistakeFrom(error, at ?? '')], stored: error.stored };
  if (at === undefined) throw error;
  return { status: statusOf(error.kind), errors: [mistakeFrom(error, at)] };
}
