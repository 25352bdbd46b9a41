import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countKinds, judgeRows, managersFirst } from '../../../src/domain/people/import.ts';
import type { KnownPerson } from '../../../src/domain/people/keys-of-rows.ts';
import { readRows } from '../../../src/domain/people/rows.ts';

const columns = ['name', 'email', 'side', 'department', 'manager', 'jobTitle', 'language'] as const;

/** Rows from line 2 on, as somebody types them: "Ada, ada, talent, Sales, bo". */
function rowsOf(...lines: string[]) {
  const cells = lines.map((line) => {
    const [name = '', email = '', side = '', department = '', manager = '', ...rest] = line
      .split(',')
      .map((cell) => cell.trim());
    const full = (address: string) =>
      address && !address.includes('@') ? `${address}@halden.example` : address;
    return [name, full(email), side, department, full(manager), ...rest];
  });
  return readRows(
    cells.map((each, i) => ({ line: i + 2, cells: each })),
    columns,
  );
}

let ids = 0;
function known(name: string, values: Partial<KnownPerson> = {}): KnownPerson {
  ids += 1;
  const email = `${name.toLowerCase()}@halden.example`;
  const rest = { department: '', jobTitle: '', language: '', managerId: null, isDisabled: false };
  return { id: ids, name, email, side: 'talent', ...rest, ...values };
}

const short = (rows: ReturnType<typeof judgeRows>) =>
  rows.map(({ kind, why }) =>
    [
      kind,
      ...why.map(({ sentence, params }) =>
        sentence.replace(/\{(\w+)\}/g, (_, key: string) => String(params[key])),
      ),
    ].join(': '),
  );

describe('a row is new, changed, the same or wrong', () => {
  test('somebody nobody knows is new', () => {
    expect(judgeRows(rowsOf('Ada, ada, talent, Sales'), [])).toMatchObject([
      { kind: 'new', person: null, changes: [] },
    ]);
  });

  test('the same again is the same, whatever the capitals of the address', () => {
    const ada = known('Ada', { department: 'Sales' });
    expect(short(judgeRows(rowsOf('Ada, ADA@Halden.example, talent, Sales'), [ada]))).toEqual(['same']);
  });

  test('each field that is said differently is a change, the side too', () => {
    const bo = known('Bo');
    const cy = known('Cy');
    const ada = known('Ada', {
      department: 'Sales',
      jobTitle: 'Developer',
      language: 'en',
      managerId: bo.id,
    });
    const [row] = judgeRows(rowsOf('Ada Berg, ada, senior, Legal, cy, Lead, Spaans'), [ada, bo, cy]);
    expect(row).toMatchObject({
      kind: 'changed',
      person: ada,
      changes: [
        { field: 'name', was: 'Ada', now: 'Ada Berg' },
        { field: 'side', was: 'talent', now: 'senior' },
        { field: 'department', was: 'Sales', now: 'Legal' },
        { field: 'jobTitle', was: 'Developer', now: 'Lead' },
        { field: 'language', was: 'en', now: 'es' },
        { field: 'manager', was: 'Bo', now: 'Cy' },
      ],
    });
  });

  test('an empty cell takes nothing away', () => {
    const bo = known('Bo');
    const ada = known('Ada', { department: 'Sales', jobTitle: 'Lead', language: 'nl', managerId: bo.id });
    expect(short(judgeRows(rowsOf('Ada, ada, talent'), [ada, bo]))).toEqual(['same']);
  });

  test('somebody who is disabled is recognised, and stays so', () => {
    const ada = known('Ada', { isDisabled: true });
    expect(judgeRows(rowsOf('Ada B, ada, talent'), [ada])).toMatchObject([
      { kind: 'changed', person: { isDisabled: true } },
    ]);
  });

  test('a row that is wrong by itself stays wrong, known or not', () => {
    expect(short(judgeRows(rowsOf('Ada, ada, expert'), [known('Ada')]))).toEqual([
      'wrong: “expert” is not a side. Write talent or senior.',
    ]);
  });

  test('the second row with an address is wrong and says where the first is', () => {
    expect(short(judgeRows(rowsOf('Ada, ada, talent', 'Bo, bo, talent', 'Ada, ADA, talent'), []))).toEqual([
      'new',
      'new',
      'wrong: The same address is in row 2. Keep one of the two.',
    ]);
  });

  test('two rows without an address are not the same person', () => {
    expect(short(judgeRows(rowsOf('Ada, , talent', 'Bo, , talent'), []))).toEqual([
      'wrong: There is no address. Without one Ada cannot be invited.',
      'wrong: There is no address. Without one Bo cannot be invited.',
    ]);
  });
});

describe('managers', () => {
  test('may be known, above or below in the file', () => {
    const rows = judgeRows(
      rowsOf('Ada, ada, talent, , cy', 'Bo, bo, talent, , ada', 'Cy, cy, senior, , di'),
      [known('Di')],
    );
    expect(short(rows)).toEqual(['new', 'new', 'new']);
    expect(rows.map(({ reportsTo }) => reportsTo?.name)).toEqual(['Cy', 'Ada', 'Di']);
  });

  test('who are nowhere make the row wrong', () => {
    expect(short(judgeRows(rowsOf('Ada, ada, talent, , bo'), []))).toEqual([
      'wrong: The manager bo@halden.example is not in the list. Correct it, or leave the cell empty.',
    ]);
  });

  test('whose own row is wrong leave out everyone below them who is new', () => {
    const rows = rowsOf('Ada, ada, talent, , bo', 'Bo, bo, talent, , cy', 'Cy, cy, expert', 'Di, di, talent');
    expect(short(judgeRows(rows, []))).toEqual([
      'wrong: The manager, Bo, is in row 3, which is wrong. Correct that row too.',
      'wrong: The manager, Cy, is in row 4, which is wrong. Correct that row too.',
      'wrong: “expert” is not a side. Write talent or senior.',
      'new',
    ]);
  });

  test('who are known can be reported to even where their row is wrong', () => {
    expect(short(judgeRows(rowsOf('Ada, ada, talent, , bo', 'Bo, bo, expert'), [known('Bo')]))).toEqual([
      'new',
      'wrong: “expert” is not a side. Write talent or senior.',
    ]);
  });
});

describe('reporting circles', () => {
  test('in the file are refused, and whoever is outside is not', () => {
    const rows = rowsOf('Ada, ada, talent, , bo', 'Bo, bo, talent, , ada', 'Cy, cy, talent');
    expect(short(judgeRows(rows, []))).toEqual([
      'wrong: This makes a circle: Ada reports to Bo, who reports to Ada. Correct one of the two.',
      'wrong: This makes a circle: Bo reports to Ada, who reports to Bo. Correct one of the two.',
      'new',
    ]);
  });

  test('that close over people who are known are refused at the row that closes them', () => {
    const ada = known('Ada');
    const bo = known('Bo', { managerId: ada.id });
    expect(short(judgeRows(rowsOf('Ada, ada, talent, , bo', 'Bo, bo, talent, , ada'), [ada, bo]))).toEqual([
      'wrong: This makes a circle: Ada reports to Bo, who reports to Ada. Correct one of the two.',
      'same',
    ]);
  });

  test('of one are refused', () => {
    expect(short(judgeRows(rowsOf('Ada, ada, talent, , ada'), []))).toEqual([
      'wrong: Ada cannot report to themselves. Write another manager, or leave the cell empty.',
    ]);
  });

  test('that open when a line is turned round in the same file are fine', () => {
    const ada = known('Ada');
    const bo = known('Bo', { managerId: ada.id });
    const cy = known('Cy');
    expect(short(judgeRows(rowsOf('Ada, ada, talent, , bo', 'Bo, bo, talent, , cy'), [ada, bo, cy]))).toEqual(
      ['changed', 'changed'],
    );
  });
});

describe('whatever a file says', () => {
  const letters = ['a', 'b', 'c', 'd', 'e', 'f'];
  const line = fc
    .tuple(
      fc.constantFrom(...letters),
      fc.constantFrom('talent', 'senior', 'expert'),
      fc.constantFrom('', ...letters),
    )
    .map(([who, side, manager]) => `${who.toUpperCase()}, ${who}, ${side}, , ${manager}`);
  const files = fc.tuple(fc.array(line, { maxLength: 8 }), fc.subarray(letters));

  /** Returns the people as the import would leave them. */
  function afterwards(lines: string[], people: KnownPerson[]) {
    const rows = judgeRows(rowsOf(...lines), people);
    const all = new Map(people.map((person) => [person.email, person]));
    const written = rows.filter(({ kind }) => kind === 'new' || kind === 'changed');
    for (const row of written) {
      const before = all.get(row.email);
      all.set(row.email, {
        ...(before ?? known(row.name)),
        email: row.email,
        name: row.name,
        side: row.side!,
      });
    }
    for (const row of written)
      if (row.reportsTo) all.get(row.email)!.managerId = all.get(row.reportsTo.key)!.id;
    return { rows, people: [...all.values()] };
  }

  test('the same file again changes nothing', () => {
    fc.assert(
      fc.property(files, ([lines, there]) => {
        const first = afterwards(
          lines,
          there.map((letter) => known(letter.toUpperCase())),
        );
        const written = first.rows.flatMap(({ kind }, i) => (kind === 'wrong' ? [] : [lines[i]!]));
        const again = countKinds(judgeRows(rowsOf(...written), first.people));
        expect(again).toEqual({ wrong: 0, changed: 0, new: 0, same: written.length });
      }),
    );
  });

  test('nobody ends up as their own boss, over however many steps', () => {
    fc.assert(
      fc.property(files, ([lines, there]) => {
        const { people } = afterwards(
          lines,
          there.map((letter) => known(letter.toUpperCase())),
        );
        const byId = new Map(people.map((person) => [person.id, person]));
        for (const person of people) {
          let at = byId.get(person.managerId ?? 0);
          for (let steps = 0; at !== undefined && steps < 20; steps += 1) {
            expect(at.id).not.toBe(person.id);
            at = byId.get(at.managerId ?? 0);
          }
        }
      }),
    );
  });

  test('new managers come before the new people who report to them', () => {
    fc.assert(
      fc.property(files, ([lines]) => {
        const added = judgeRows(rowsOf(...lines), []).filter(({ kind }) => kind === 'new');
        const order = managersFirst(added);
        expect(order.map(({ line }) => line).sort()).toEqual(added.map(({ line }) => line).sort());
        const place = new Map(order.map((row, i) => [row.email, i]));
        for (const row of order)
          if (row.reportsTo) expect(place.get(row.reportsTo.key)).toBeLessThan(place.get(row.email)!);
      }),
    );
  });
});
