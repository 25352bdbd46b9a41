// A message of a catalogue, in MessageFormat 2, compiled to a function. What a translator gets wrong throws at the start.
import { MessageFormat, type Model, parseMessage, validate } from 'messageformat';

/** Fills a message; `count` chooses its variant where it has several. */
export type Message = (params: Record<string, string | number>, count?: number) => string;

const refuse = (error: unknown): never => {
  throw error;
};

/**
 * Compiles one message. A plural is chosen here, by `formOf`, and not by the library's `:number`, which builds its rules
 * anew for each call (70 µs). Throws for bad syntax, and for `{name}` without its `$`, which would print "name".
 */
export function compileMessage(language: string, source: string, formOf: (count: number) => string): Message {
  const model = parseMessage(source);
  validate(model, refuse);
  refuseUnusual(model, source);
  if (model.type === 'message') return compilePattern(language, model.pattern);
  const variants = new Map(
    model.variants.map(({ keys, value }) => [keys[0]!.value ?? '*', compilePattern(language, value)]),
  );
  return (params, count = Number.NaN) => {
    const variant = variants.get(String(count)) ?? variants.get(formOf(count)) ?? variants.get('*')!;
    return variant(params);
  };
}

function compilePattern(language: string, pattern: Model.Pattern): Message {
  const model: Model.PatternMessage = { type: 'message', declarations: [], pattern };
  // Isolates would put invisible characters around every name, also in subjects and calendars.
  const compiled = new MessageFormat(language, model, { bidiIsolation: 'none' });
  return (params) => {
    const texts: Record<string, string> = {};
    for (const name in params) texts[name] = String(params[name]);
    return compiled.format(texts, refuse);
  };
}

function refuseUnusual(model: Model.Message, source: string): void {
  for (const part of partsOf(model)) {
    if (typeof part === 'string') continue;
    const isBlank = part.type === 'expression' && part.arg?.type === 'variable' && !part.functionRef;
    if (!isBlank) throw new Error(`Only blanks such as {$name} can be filled, in: ${source}`);
  }
  const isPlural =
    model.type === 'message' || (model.selectors.length === 1 && model.selectors[0]!.name === 'n');
  const declares = model.declarations.map(({ name }) => name).filter((name) => name !== 'n');
  if (!isPlural || declares.length > 0) throw new Error(`Only $n can choose a variant, in: ${source}`);
}

/** Names of the blanks in a message of MessageFormat 2, sorted; of all its variants. */
export function blanksOf(source: string): string[] {
  const model = parseMessage(source);
  const names = partsOf(model).flatMap((part) =>
    typeof part !== 'string' && part.type === 'expression' && part.arg?.type === 'variable'
      ? [part.arg.name]
      : [],
  );
  return [...new Set(names)].sort();
}

const partsOf = (model: Model.Message): Model.Pattern =>
  model.type === 'message' ? model.pattern : model.variants.flatMap(({ value }) => value);
