// What a file of tables may say stands in docs/planning-tables.md, field by field, and in nothing but that.
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { schemas } from '../../../src/cli/planning/schemas.ts';

interface Drawn {
  properties?: Record<string, Drawn>;
  items?: Drawn;
  anyOf?: Drawn[];
}

/** Lists the names of all fields of a schema, however deep. */
function fieldsOf(drawn: Drawn): string[] {
  const own = Object.entries(drawn.properties ?? {});
  return [
    ...own.flatMap(([name, inner]) => [name, ...fieldsOf(inner)]),
    ...(drawn.items ? fieldsOf(drawn.items) : []),
    ...(drawn.anyOf ?? []).flatMap(fieldsOf),
  ];
}

test('every field that tables can be asked is in docs/planning-tables.md', () => {
  const page = fs.readFileSync(path.resolve(import.meta.dirname, '../../../docs/planning-tables.md'), 'utf8');
  const schema = z.toJSONSchema(schemas.tables, { io: 'input', unrepresentable: 'any' }) as Drawn;
  const fields = [...new Set(fieldsOf(schema))];
  expect(fields).toEqual(expect.arrayContaining(['sitOut', 'prefers', 'stays', 'seatsPerTable', 'person']));
  expect(fields.filter((field) => !new RegExp(`["\`.]${field}["\`]`).test(page))).toEqual([]);
});
