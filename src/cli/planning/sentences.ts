import { z } from 'zod';
import { distance } from '../../domain/people/nearest.ts';
import { oneOf } from './options.ts';

// Faults of a file, each in a sentence that names the place: "people 4 (Ada): side is missing."

type Issue = z.core.$ZodIssue;

/** One sentence for every issue of a parse of `data` by `schema`. */
export function sentencesFor(issues: readonly Issue[], data: unknown, schema: z.ZodType): string[] {
  return issues.flatMap((issue) => sentences(issue, data, schema));
}

function sentences(issue: Issue, data: unknown, schema: z.ZodType): string[] {
  const inner = meant(issue);
  if (inner) return inner.flatMap((one) => sentences(one, data, schema));
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => {
      const fields = fieldsAt(schema, issue.path);
      const near = fields.find((field) => distance(field, key, 2) <= (key.length < 6 ? 1 : 2));
      const hint = near ? `is ${near} meant?` : `there is ${fields.join(', ')}.`;
      return `${placeOf(issue.path, data)}there is no field “${key}”; ${hint}`;
    });
  const field = issue.path.at(-1);
  const [path, what] =
    typeof field === 'string'
      ? [issue.path.slice(0, -1), field]
      : [issue.path.slice(0, -1), field === undefined ? 'the file' : `number ${Number(field) + 1}`];
  const value = at(data, issue.path);
  if (value === undefined) return [`${placeOf(path, data)}${what} is missing.`];
  return [`${placeOf(path, data)}${what} is ${shown(value)}; ${wanted(issue)}.`];
}

/** Finds the issues of the kind that was meant in a union: the one whose outer fields fit. */
function meant(issue: Issue): Issue[] | undefined {
  if (issue.code !== 'invalid_union') return undefined;
  const fits = issue.errors.find((issues) => issues.every(({ path }) => path.length > 0));
  return fits?.map((one) => ({ ...one, path: [...issue.path, ...one.path] }) as Issue);
}

/** "people 4 (Ada), likes 2: " for what is inside the second tier of what Ada, the fourth, likes. */
function placeOf(path: readonly PropertyKey[], data: unknown): string {
  const parts: string[] = [];
  for (const [depth, key] of path.entries()) {
    if (typeof key !== 'number') parts.push(String(key));
    else parts.push(`${parts.pop() ?? 'number'} ${key + 1}${nameOf(at(data, path.slice(0, depth + 1)))}`);
  }
  return parts.length > 0 ? `${parts.join(', ')}: ` : '';
}

function nameOf(value: unknown): string {
  const { name, id } = (value ?? {}) as { name?: unknown; id?: unknown };
  const called = [name, id].find((one) => typeof one === 'string' && one !== '');
  return called === undefined ? '' : ` (${called})`;
}

const at = (data: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], data);

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

const kinds: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'an object with fields',
};

function wanted(issue: Issue): string {
  if (issue.code === 'invalid_type') return `write ${kinds[issue.expected] ?? issue.expected}`;
  if (issue.code === 'invalid_value') return `write ${oneOf(issue.values.map(String))}`;
  if (issue.code === 'too_small' && issue.origin === 'string') return 'it may not be empty';
  if (issue.code === 'too_small' && issue.origin === 'array') return `it needs ${issue.minimum} entries`;
  if (issue.code === 'too_big' && issue.origin === 'array') return `it needs ${issue.maximum} entries`;
  if (issue.code === 'too_small') return `write a whole number from ${issue.minimum}`;
  if (issue.code === 'invalid_union')
    return `write ${oneOf(issue.errors.flatMap(([first]) => (first ? [wanted(first).replace(/^write /, '')] : [])))}`;
  return issue.message;
}

/** The fields there are at a path, from the schema as JSON Schema draws it. */
function fieldsAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  interface Drawn {
    properties?: Record<string, Drawn>;
    items?: Drawn;
    prefixItems?: Drawn[];
    anyOf?: Drawn[];
  }
  let drawn = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Drawn | undefined;
  for (const key of path) {
    const choices: Drawn[] = drawn?.anyOf ?? (drawn ? [drawn] : []);
    drawn = choices
      .map((one) =>
        typeof key === 'number' ? (one.items ?? one.prefixItems?.[key]) : one.properties?.[String(key)],
      )
      .find((one) => one !== undefined);
  }
  return Object.keys(
    drawn?.properties ?? drawn?.anyOf?.find(({ properties }) => properties)?.properties ?? {},
  );
}
