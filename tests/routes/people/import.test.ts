import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { importPeople } from '../../../src/jobs/import-people.ts';
import * as imports from '../../../src/store/people/imports.ts';
import * as people from '../../../src/store/people/people.ts';
import { people as peopleTable } from '../../../src/store/schema/index.ts';
import { readCsv } from '../../../src/web/csv.ts';
import { type Answer, page, useWorld } from '../../support/world.ts';

const world = useWorld();

const get = (path: string, headers?: Record<string, string>) =>
  world.get(path, { as: world.organiser, ...(headers ? { headers } : {}) });
const post = (path: string, fields: Record<string, string> = {}) =>
  world.post(path, fields, { as: world.organiser });
const text = (answer: Answer, selector: string) => page(answer)(selector).text().replace(/\s+/g, ' ').trim();
const all = (answer: Answer, selector: string) => {
  const $ = page(answer);
  return $(selector)
    .map((_, each) => $(each).text().replace(/\s+/g, ' ').trim())
    .get();
};

const upload = async (bytes: Buffer | string, fileName = 'people-nl.csv') =>
  (await world.browserOf(world.organiser)).upload('/people/import', { name: 'file', fileName, bytes });

/** Uploads a file and returns the path of its preview. */
async function preview(bytes: Buffer | string): Promise<string> {
  const answer = await upload(bytes);
  expect(answer.statusCode).toBe(303);
  return String(answer.headers.location);
}

async function importFile(bytes: Buffer | string): Promise<string> {
  const path = await preview(bytes);
  await post(`${path}/confirmation`);
  await importPeople(world.ctx, { importId: Number(path.split('/').at(-1)) });
  return path;
}

/** As Excel in Belgium saves it: semicolons, Windows-1252. */
const list = (...rows: string[]) =>
  iconv.encode(
    ['Voornaam;Naam;E-mailadres;Kant;Afdeling;Leidinggevende;Functie;Personeelsnr', ...rows]
      .map((row) => `${row}\r\n`)
      .join(''),
    'win1252',
  );

const mixed = list(
  'Zoë;Van den Berg;zoe@halden.example;jong talent;Marketing;ida.nordby@halden.example;;1',
  'Ida;Nordby;ida.nordby@halden.example;senior;Strategy;;Head;2',
  'Femke;Jansen;femke@halden;talent;Sales;;;3',
  'Lieke;Bos;lieke@halden.example;expert;Legal;;;4',
);

describe('choosing a file', () => {
  test('shows what was read, wrong rows first, and stores nobody', async () => {
    const path = await preview(mixed);
    const answer = await get(path);
    expect(all(answer, '.counts a')).toEqual([
      '2wrongleft out unless you correct them',
      '1newwill be added',
      '1changedwill be brought up to date',
      '0the samenothing happens',
    ]);
    expect(all(answer, 'tbody th')).toEqual([
      'Femke Jansenfemke@halden',
      'Lieke Boslieke@halden.example',
      'Ida Nordbyida.nordby@halden.example',
      'Zoë Van den Bergzoe@halden.example',
    ]);
    expect(all(answer, 'tbody .full').map((cell) => cell.replace('What happens, and why', ''))).toEqual([
      'The address stops after “halden”. Write it in full, for example femke@halden.example.',
      '“expert” is not a side. Write talent or senior.',
      'Department: becomes StrategyTitle: becomes Head',
      'Reports to Ida Nordby',
    ]);
    expect(all(answer, 'tbody .n')).toEqual(['4', '5', '3', '2']);
    expect(text(answer, '.card-foot button')).toBe('Add 1, change 1');
    expect((await world.db.select().from(peopleTable)).length).toBe(1);
  });

  test('says how the file was read', async () => {
    const answer = await get(await preview(mixed));
    expect(all(answer, '.file p')[0]).toBe(
      'Encoding Windows-1252, as Excel saves it. Accents were kept: Zoë.',
    );
    expect(all(answer, '.file p')[1]).toBe(
      'Columns are parted by a semicolon ;. The first row holds the names.',
    );
    expect(text(answer, '#reading > .quiet')).toBe(
      'We read “Naam” as last name and “Kant” as side. Correct what is wrong; the rows follow.',
    );
    expect(page(answer)('#column7').val()).toBe('skip');
  });

  test('with a column about roles says that it is not read', async () => {
    const answer = await get(
      await preview('Name,E-mail,Side,Organiser\nAda,ada@halden.example,talent,yes\n'),
    );
    expect(text(answer, '#reading .hint')).toBe(
      '“Organiser” is not read: who is an organiser is said on the person’s own page.',
    );
  });

  test('says that somebody who is disabled stays so', async () => {
    await world.addPerson({
      name: 'Zoë Van den Berg',
      email: 'zoe@halden.example',
      side: 'talent',
      disabledAt: world.clock.now,
    });
    const answer = await get(await preview(list('Zoë;Van den Berg;zoe@halden.example;talent;;;;1')));
    expect(text(answer, 'tbody .full')).toBe('What happens, and whyDeactivated, and stays so.');
    expect([text(answer, '.card-foot'), page(answer)('.card-foot button').length]).toEqual([
      'Everyone in this file is in the list already, with the same details.',
      0,
    ]);
  });

  test.each([
    ['a workbook', Buffer.from([0x50, 0x4b, 3, 4, 9, 9]), /This is an Excel workbook, not a CSV file\./],
    ['nothing', '', /The file is empty\./],
    ['a header alone', 'Naam;E-mail;Kant\r\n', /nothing below it/],
    ['too many rows', `Naam;E-mail;Kant\r\n${'a;b;c\r\n'.repeat(5001)}`, /more than 5,000 rows/],
  ])('that is %s says what to do', async (_name, bytes, sentence) => {
    const answer = await upload(bytes);
    expect([answer.statusCode, text(answer, '#file-error')]).toEqual([422, expect.stringMatching(sentence)]);
    expect(await imports.find(world.db, 1, 'people')).toBe(null);
  });

  test('of more than 5 MB says how to get it smaller', async () => {
    const answer = await upload(Buffer.alloc(5 * 1024 * 1024 + 1, 'a'));
    expect([answer.statusCode, text(answer, 'main')]).toEqual([
      422,
      expect.stringMatching(/larger than 5 MB\. Split it/),
    ]);
  });

  test('of nearly 5 MB is read', async () => {
    const rows = Array.from(
      { length: 4000 },
      (_, i) => `Person ${i};p${i}@halden.example;talent;${'x'.repeat(1100)}`,
    );
    const answer = await get(await preview(`Naam;E-mail;Kant;Nota\r\n${rows.join('\r\n')}`));
    expect(text(answer, '.card-foot button')).toBe('Add 4000 people');
  });

  test('and pressing without one asks for it', async () => {
    const ida = await world.browserOf(world.organiser);
    // As a browser sends a file field nobody touched.
    const part = (name: string, more: string, value: string) =>
      `--x\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;
    const untouched = '; filename=""\r\nContent-Type: application/octet-stream';
    const payload = `${part('_token', '', ida.token())}${part('file', untouched, '')}--x--\r\n`;
    const headers = {
      'content-type': 'multipart/form-data; boundary=x',
      origin: world.ctx.baseUrl,
      'sec-fetch-site': 'same-origin',
    };
    const answer = await ida.send({ method: 'POST', url: '/people/import', headers, payload });
    expect([answer.statusCode, text(answer, '#file-error')]).toEqual([422, 'Error: Choose a file first.']);
  });

  test('an empty one to fill in is read again without a correction', async () => {
    const answer = await get('/people/import/empty.csv', { 'accept-language': 'fr-BE' });
    const filled = `${answer.body}Ada;ada@halden.example;talent;Sales;;Lead;fr\r\n`;
    expect(text(await get(await preview(filled)), '.card-foot button')).toBe('Add 1 person');
  });
});

describe('many rows', () => {
  const many = list(
    ...Array.from(
      { length: 700 },
      (_, i) => `Person;Number ${i};p${i}@halden.example;${i < 30 ? 'talent' : 'x'};;;;`,
    ),
  );

  test('come in pages, by links', async () => {
    const path = await preview(many);
    const first = await get(path);
    expect([all(first, 'tbody tr').length, text(first, '#rows .pager .quiet')]).toEqual([
      25,
      '1 to 25 of 700',
    ]);
    const second = await get(page(first)('#rows .pager a[rel=next]').attr('href')!);
    expect([all(second, 'tbody tr').length, text(second, '#rows .pager .quiet')]).toEqual([
      25,
      '26 to 50 of 700',
    ]);
    expect(all(second, 'tbody th')).not.toEqual(all(first, 'tbody th'));
    const fresh = await get(`${path}?show=new`);
    const rest = await get(page(fresh)('#rows .pager a[rel=next]').attr('href')!);
    expect([all(rest, 'tbody tr').length, new Set(all(rest, 'tbody .tag')).size]).toEqual([5, 1]);
  });

  test('are filtered by links', async () => {
    const path = await preview(many);
    expect(all(await get(path), '#rows .chip')).toEqual([
      'All 700',
      'Wrong 670',
      'Changed 0',
      'New 30',
      'Same 0',
    ]);
    const added = await get(`${path}?show=new`);
    expect([all(added, 'tbody tr').length, new Set(all(added, 'tbody .tag')).size]).toEqual([25, 1]);
    expect(text(await get(`${path}?show=changed`), '#rows')).toContain('No such rows.');
    expect(all(await get(`${path}?show=nonsense&page=-1`), 'tbody tr').length).toBe(25);
  });
});

describe('correcting how it is read', () => {
  const odd = 'Wie;Adres;Wat;Rest\r\nZoë;zoe@halden.example;talent;Sales\r\n';
  const reading = {
    column0: 'name',
    column1: 'email',
    column2: 'side',
    column3: 'department',
    encoding: 'UTF-8',
    separator: 'semicolon',
  };

  test('columns nobody can guess are asked for, and the rows follow', async () => {
    const path = await preview(odd);
    const asked = await get(path);
    expect(all(asked, '.error-summary li').length).toBe(3);
    expect(page(asked)('#rows').length).toBe(0);
    const answer = await post(`${path}/reading`, reading);
    expect([answer.statusCode, answer.headers.location]).toEqual([303, `${path}?said=read`]);
    const read = await get(path);
    expect([page(read)('#column3').val(), all(read, 'tbody th')]).toEqual([
      'department',
      ['Zoëzoe@halden.example'],
    ]);
  });

  test('two columns of the same kind are refused in words, and nothing chosen is lost', async () => {
    const path = await preview(odd);
    await post(`${path}/reading`, { ...reading, column3: 'side' });
    const answer = await get(path);
    expect(text(answer, '.error-summary li')).toBe(
      'Two columns are read as the same. Choose one of them, and “Do not read” for the other.',
    );
    expect(page(answer)('#column3').val()).toBe('side');
    expect((await post(`${path}/confirmation`)).statusCode).toBe(200);
    expect(await world.jobs()).toEqual([]);
  });

  test('another encoding or separator is used, and the columns are guessed anew', async () => {
    const path = await preview(
      iconv.encode('Naam,x;E-mail;Kant\r\nZoë,x;zoe@halden.example;talent\r\n', 'macroman'),
    );
    const broken = await get(path);
    expect(text(broken, 'tbody th')).not.toContain('Zoë');
    await post(`${path}/reading`, {
      column0: 'name',
      column1: 'email',
      column2: 'side',
      encoding: 'Mac Roman',
      separator: 'semicolon',
    });
    expect(text(await get(path), 'tbody th')).toContain('Zoë');
    await post(`${path}/reading`, {
      column0: 'name',
      column1: 'email',
      column2: 'side',
      encoding: 'Mac Roman',
      separator: 'comma',
    });
    expect(all(await get(path), '.columns code')).toEqual(['Naam', 'x;E-mail;Kant']);
  });

  test('anything that is no column is refused as a whole', async () => {
    const path = await preview(odd);
    expect((await post(`${path}/reading`, { ...reading, column0: 'isOrganiser' })).statusCode).toBe(400);
    expect((await post(`${path}/reading`, { ...reading, column4: 'name' })).statusCode).toBe(400);
  });
});

describe('the wrong rows', () => {
  test('go out as they came in, with the reason in the last column, before and after', async () => {
    const path = await importFile(mixed);
    const after = readCsv((await get(`${path}/wrong.csv`)).rawPayload);
    expect([
      after.delimiter,
      after.header.at(-1),
      after.rows.map(({ cells }) => [cells[0], cells.at(-1)]),
    ]).toEqual([
      ';',
      'What is wrong',
      [
        ['Femke', 'The address stops after “halden”. Write it in full, for example femke@halden.example.'],
        ['Lieke', '“expert” is not a side. Write talent or senior.'],
      ],
    ]);
    const before = await get(`${await preview(mixed)}/wrong.csv`);
    expect(before.headers['content-disposition']).toBe('attachment; filename="people-nl-wrong-rows.csv"');
    expect(readCsv(before.rawPayload)).toEqual(after);
  });

  test('corrected and imported again add only those', async () => {
    const path = await importFile(mixed);
    const corrected = (await get(`${path}/wrong.csv`)).body
      .replace('femke@halden;', 'femke@halden.example;')
      .replace('expert', 'senior');
    expect(text(await get(await preview(corrected)), '.card-foot button')).toBe('Add 2 people');
  });

  test('of which there are none are nowhere', async () => {
    const path = await importFile(list('Zoë;Berg;zoe@halden.example;talent;;;;1'));
    expect((await get(`${path}/wrong.csv`)).statusCode).toBe(404);
  });
});

describe('from the button to the end', () => {
  test('it works, is done, and can be undone', async () => {
    const path = await preview(mixed);
    const pressed = await post(`${path}/confirmation`);
    expect([pressed.statusCode, pressed.headers.location]).toEqual([303, path]);
    const working = await get(path);
    expect(text(working, '#import-title')).toBe('Adding people from people-nl.csv');
    expect(page(working)('#import-progress').attr('hx-trigger')).toBe('every 1s');
    await importPeople(world.ctx, { importId: 1 });
    const done = await get(path);
    expect(text(done, '#import-title')).toBe('1 person added, 1 changed');
    expect(page(done)('#import-progress').attr('hx-trigger')).toBe(undefined);
    expect(all(done, '.needs b')).toEqual([
      '2 rows were left out',
      '1 person is not invited yet',
      'Everyone is in the list',
    ]);
    expect(text(done, '.hint')).toBe(
      'Undo works until Monday 16 November 2026, for everyone who has not been invited or edited since.',
    );
    expect((await people.findByEmail(world.db, 'zoe@halden.example'))!.name).toBe('Zoë Van den Berg');
    const undone = await post(`${path}/undoing`);
    expect(undone.headers.location).toBe(`${path}?said=undone`);
    expect(text(await get(path), '#import-progress')).toContain('1 person taken out again, 1 changed back.');
    expect(await people.findByEmail(world.db, 'zoe@halden.example')).toBe(null);
    expect((await post(`${path}/undoing`)).statusCode).toBe(409);
  });

  test('pressed twice it is one import', async () => {
    const path = await preview(mixed);
    await post(`${path}/confirmation`);
    expect((await post(`${path}/confirmation`)).headers.location).toBe(path);
    expect((await world.jobs()).length).toBe(1);
  });

  test('with nothing to do it says so', async () => {
    const path = await preview(list('Femke;Jansen;femke@halden;talent;;;;1'));
    const answer = await post(`${path}/confirmation`);
    expect([answer.statusCode, text(answer, '.error-summary li')]).toEqual([
      409,
      'There is nothing to add or change. Correct the wrong rows in your file and choose it again.',
    ]);
    expect(await world.jobs()).toEqual([]);
  });

  test('the panel alone is what the page asks for while it waits', async () => {
    const path = await preview(mixed);
    await post(`${path}/confirmation`);
    const panel = await get(path, {
      'hx-request': 'true',
      'hx-request-type': 'partial',
      'hx-target': 'section#import-progress',
    });
    expect([panel.body.includes('<html'), page(panel)('#import-progress').length]).toEqual([false, 1]);
  });

  test('it is stopped while it works, and too late it says so', async () => {
    const path = await preview(mixed);
    await post(`${path}/confirmation`);
    expect((await post(`${path}/stop`)).headers.location).toBe(path);
    await importPeople(world.ctx, { importId: 1 });
    expect(text(await get(path), '#import-progress')).toContain('Stopped Nothing was changed.');
    expect((await world.db.select().from(peopleTable)).length).toBe(1);
    const other = await importFile(mixed);
    const late = await post(`${other}/stop`);
    expect(text(await get(String(late.headers.location)), '#status')).toBe(
      'It was over before it could be stopped.',
    );
  });

  test('a preview that is work already is not read again', async () => {
    const path = await preview(mixed);
    await post(`${path}/confirmation`);
    const reading = Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`column${i}`, 'skip']));
    expect(
      (await post(`${path}/reading`, { ...reading, encoding: 'UTF-8', separator: 'comma' })).statusCode,
    ).not.toBe(303);
  });

  test('what was imported lately can be found again', async () => {
    const path = await importFile(mixed);
    const answer = await get('/people/import');
    expect(page(answer)('.lines a').attr('href')).toBe(path);
    expect(text(answer, '.lines')).toBe('people-nl.csv 1 person added, 1 changed, Monday 9 November 2026');
  });
});

test('for whoever is no organiser there is no import', async () => {
  const path = await preview(mixed);
  const talent = await world.addPerson({ side: 'talent' });
  for (const each of ['/people/import', path, `${path}/wrong.csv`])
    expect((await world.get(each, { as: talent })).statusCode).toBe(404);
  for (const what of ['reading', 'confirmation', 'stop', 'undoing']) {
    expect((await world.post(`${path}/${what}`, {}, { as: talent })).statusCode).toBe(404);
  }
  expect(await world.jobs()).toEqual([]);
});

test('an import that is none, or of another kind, is nowhere', async () => {
  const values = { kind: 'trends', fileName: 'x.csv', bytes: Buffer.from('x'), choices: {} } as const;
  const id = await imports.add(world.db, {
    ...values,
    createdById: world.organiser.id,
    createdAt: world.ctx.now(),
  });
  for (const path of [`/people/import/${id}`, '/people/import/4711', '/people/import/x'])
    expect((await get(path)).statusCode).toBe(404);
  for (const what of ['reading', 'confirmation', 'stop', 'undoing'])
    expect((await post(`/people/import/${id}/${what}`)).statusCode).toBe(404);
});
