// A technology radar becomes trends: looked at first, then chosen from.
import { describe, expect, test } from 'vitest';
import { sayInterest, shortlist } from '../../../src/actions/trends/trends.ts';
import * as trends from '../../../src/store/trends/trends.ts';
import { readCsv } from '../../../src/web/csv.ts';
import { formTeam, proposeTrend } from '../../support/trends.ts';
import { type Answer, page, useWorld } from '../../support/world.ts';

const world = useWorld();

const radar = `name,ring,quadrant,isNew,status,description,relatedBlips
Agents that file expenses,trial,techniques,TRUE,new,"<p>Tested in <strong>Finance</strong> &amp; <a href=""https://halden.example/a"">liked</a>.</p><ul><li>One</li></ul>",x
Digital twins of a warehouse,assess,languages-and-frameworks,FALSE,moved in,"<p>Gdynia only.</p>",
,assess,tools,FALSE,new,No name here,
digital twins of a  WAREHOUSE,adopt,tools,FALSE,new,Twice,
`;

async function upload(bytes: string | Buffer = radar, fileName = 'radar.csv'): Promise<Answer> {
  const browser = await world.browserOf(world.organiser);
  return browser.upload('/trends/import', { name: 'file', fileName, bytes });
}
const post = (path: string, fields: Record<string, string | string[]> = {}) =>
  world.post(path, fields, { as: world.organiser });
const get = (path: string, headers?: Record<string, string>) =>
  world.get(path, { as: world.organiser, ...(headers ? { headers } : {}) });
const rowsOf = (answer: Answer) => {
  const shown = page(answer);
  return shown('tbody tr')
    .map((_i, row) => [
      [
        shown(row).find('th label, th strong').text(),
        shown(row).find('.tag').text(),
        shown(row).find('small').text(),
      ],
    ])
    .get();
};
const figures = (answer: Answer) => {
  const shown = page(answer);
  return shown('dl.counts dd')
    .map((_i, figure) => Number(shown(figure).text()))
    .get();
};
const ticked = (answer: Answer) => {
  const shown = page(answer);
  return shown('input[name=row][checked]')
    .map((_i, box) => Number(shown(box).val()))
    .get();
};

describe('looking at a radar', () => {
  test('shows each row as new, alike, there or left out with its reason, and stores no trend', async () => {
    await proposeTrend(world, 'Agents that file their expenses');
    const answer = await upload();
    expect(answer.headers.location).toBe('/trends/import/1');
    const preview = await get('/trends/import/1');
    expect(figures(preview)).toEqual([4, 1, 1, 0, 0, 2]);
    expect(rowsOf(preview)).toEqual([
      ['Agents that file expenses', 'Looks alike', 'Close to “Agents that file their expenses”.'],
      ['Digital twins of a warehouse', 'New', 'Gdynia only.'],
      ['Row 4', 'Left out', 'Row 4. It has no name.'],
      [
        'digital twins of a WAREHOUSE',
        'Left out',
        'Row 5. It has the same name as row 3; only the first one counts.',
      ],
    ]);
    expect(ticked(preview)).toEqual([3]);
    expect(await trends.open(world.db)).toHaveLength(1);
  });

  test('is for organisers', async () => {
    const amina = await world.addPerson({ side: 'talent' });
    await upload();
    for (const path of ['/trends/import', '/trends/import/1', '/trends/import/example.csv']) {
      expect((await world.get(path, { as: amina })).statusCode).toBe(404);
      expect((await get(path)).statusCode).toBe(200);
    }
    expect((await world.post('/trends/import/1/confirmation', { row: '3' }, { as: amina })).statusCode).toBe(
      404,
    );
    expect(await trends.open(world.db)).toEqual([]);
  });

  test('says what is wrong with a file that is none', async () => {
    const error = async (bytes: string | Buffer, fileName = 'x.csv') => {
      const answer = await upload(bytes, fileName);
      return [answer.statusCode, page(answer)('#file-error').text()];
    };
    expect(await error('', '')).toEqual([422, 'Error: Choose the file first.']);
    expect(await error('ring,quadrant\nadopt,tools')).toEqual([
      422,
      'Error: There is no column “name”. Name the columns in the first row, as in the example, and choose the file again.',
    ]);
    expect(await error(`name\n${'x\n'.repeat(1001)}`)).toEqual([
      422,
      'Error: The file has more than 1,000 rows. Split it and import the parts one after the other.',
    ]);
    expect((await error(Buffer.from('504b0304', 'hex')))[0]).toBe(422);
    expect((await get('/trends/import/1')).statusCode).toBe(404);
  });

  test('offers an empty example that can be read back', async () => {
    const answer = await get('/trends/import/example.csv');
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(readCsv(answer.rawPayload).header).toEqual([
      'name',
      'ring',
      'quadrant',
      'isNew',
      'status',
      'description',
    ]);
  });

  test('columns may come in any order, with semicolons, from an old Excel', async () => {
    await upload(Buffer.from('Description;Kwadrant;NAAM\r\nDéjà vu;outils;Café-robots\r\n', 'latin1'));
    expect(rowsOf(await get('/trends/import/1'))).toEqual([['Café-robots', 'New', 'Déjà vu']]);
  });
});

describe('choosing', () => {
  const threeRings = 'name,ring\nOne,adopt\nTwo,trial\nThree,trial\n';

  test('what was ticked stays while looking at one ring and back', async () => {
    await upload(threeRings);
    expect(ticked(await get('/trends/import/1'))).toEqual([2, 3, 4]);
    const go = await post('/trends/import/1/choice', { row: ['3', '4'], ring: '', go: 'ring:Trial' });
    expect(go.headers.location).toBe('/trends/import/1?ring=Trial');
    const trial = await get('/trends/import/1?ring=Trial');
    expect(rowsOf(trial).map(([name]) => name)).toEqual(['Two', 'Three']);
    await post('/trends/import/1/choice', { row: '4', ring: 'Trial', go: 'ring:' });
    expect(ticked(await get('/trends/import/1'))).toEqual([4]);
  });

  test('a long radar comes in pages, and what was ticked on one stays while looking at the next', async () => {
    const rows = Array.from(
      { length: 450 },
      (_, n) => `Trend of a long radar ${n * 7919},${n < 440 ? 'trial' : 'hold'}\n`,
    );
    await upload(`name,ring\n${rows.join('')}`);
    const first = await get('/trends/import/1');
    expect([rowsOf(first).length, page(first)('.pager').text()]).toEqual([200, '1 to 200 of 450Next 200']);
    const goOn = page(first)('.pager button').attr();
    expect(goOn).toMatchObject({ name: 'go', value: 'page:2', formaction: '/trends/import/1/choice' });
    const go = await post('/trends/import/1/choice', { row: ['2', '3'], ring: '', page: '1', go: 'page:2' });
    expect(go.headers.location).toBe('/trends/import/1?page=2');
    const second = await get('/trends/import/1?page=2');
    expect(ticked(second)).toEqual(Array.from({ length: 200 }, (_, n) => n + 202));
    await post('/trends/import/1/choice', { row: '202', ring: '', page: '2', go: 'page:3' });
    expect(ticked(await get('/trends/import/1?page=2'))).toEqual([202]);
    expect(ticked(await get('/trends/import/1'))).toEqual([2, 3]);
    const last = await get('/trends/import/1?page=9');
    expect([rowsOf(last).length, page(last)('.pager').text()]).toEqual([50, '401 to 450 of 450Back']);
    await post('/trends/import/1/choice', { ring: 'Trial', page: '1', go: 'none' });
    const chosen = page(await get('/trends/import/1'))('#import-sum strong').text();
    expect(chosen).toBe('10 of 450 chosen.');
    await post('/trends/import/1/confirmation', { row: ['442'], ring: '', page: '3' });
    expect(await trends.open(world.db)).toHaveLength(1);
  });

  test('all, the new ones or none can be chosen with one press, of what is on screen', async () => {
    await upload(threeRings);
    const pressing = async (go: string, ring = '') => {
      await post('/trends/import/1/choice', { go, ring });
      return ticked(await get('/trends/import/1'));
    };
    expect(await pressing('none')).toEqual([]);
    expect(await pressing('all', 'Trial')).toEqual([3, 4]);
    expect(await pressing('none', 'Trial')).toEqual([]);
    expect(await pressing('new')).toEqual([2, 3, 4]);
  });

  test('a tick is remembered at once, and htmx gets the sum alone', async () => {
    await upload(threeRings);
    await post('/trends/import/1/choice', { row: '2', ring: '' });
    const headers = { 'hx-request': 'true', 'hx-request-type': 'partial', 'hx-target': 'div#import-sum' };
    const answer = await get('/trends/import/1', headers);
    expect(answer.body).not.toContain('<table');
    expect(page(answer)('#import-sum strong').text()).toBe('1 of 3 chosen.');
  });
});

describe('the button', () => {
  const threeRings = 'name,ring\nOne,adopt\nTwo,trial\nThree,trial\n';
  const button = (answer: Answer) => page(answer)('#import-sum button').text();
  const sum = (answer: Answer) => page(answer)('#import-sum p').text().replace(/\s+/g, ' ').trim();

  test('says how many it adds, and adds those of the ring that is shown alone', async () => {
    await upload(threeRings);
    expect(button(await get('/trends/import/1'))).toBe('Add 3 trends');
    const adopt = await get('/trends/import/1?ring=Adopt');
    expect(button(adopt)).toBe('Add 1 trend');
    expect(sum(adopt)).toBe('1 of 1 chosen. 2 more are ticked in other rings and are not added with these.');
    const counted = String(page(adopt)('[name=counted]').val());
    await post('/trends/import/1/confirmation', { row: '2', ring: 'Adopt', counted });
    expect((await trends.open(world.db)).map(({ sentence }) => sentence)).toEqual(['One']);
  });

  test('counts rows on other pages, changes apart, and none at all', async () => {
    const many = Array.from({ length: 210 }, (_, n) => `Trend ${n * 7919} of many,trial\n`).join('');
    await upload(`name,ring\n${many}`);
    const first = await get('/trends/import/1');
    expect([button(first), sum(first)]).toEqual([
      'Add 210 trends',
      '210 of 210 chosen. 10 of them are on other pages.',
    ]);
    await post('/trends/import/1/choice', { go: 'none' });
    expect(button(await get('/trends/import/1'))).toBe('Add the ticked trends');
    await upload('name,ring\nHeat,trial\n');
    await post('/trends/import/2/confirmation', { row: '2' });
    await upload('name,ring\nHeat,adopt\nCold,adopt\n');
    await post('/trends/import/3/choice', { row: '2' });
    expect(button(await get('/trends/import/3'))).toBe('Change 1 trend');
    await post('/trends/import/3/choice', { row: ['2', '3'] });
    expect(button(await get('/trends/import/3'))).toBe('Add 1 and change 1');
  });

  test('that said another number, as scripts were off, asks once more and keeps the ticks', async () => {
    await upload(threeRings);
    const asked = await post('/trends/import/1/confirmation', { row: ['2', '3'], counted: '3' });
    expect(asked.statusCode).toBe(422);
    expect(page(asked)('.error-summary li').text()).toBe(
      '2 are ticked now. Press the button once more to add them.',
    );
    expect([button(asked), ticked(asked)]).toEqual(['Add 2 trends', [2, 3]]);
    expect(await trends.open(world.db)).toEqual([]);
    await post('/trends/import/1/confirmation', { row: ['2', '3'], counted: '2' });
    expect(await trends.open(world.db)).toHaveLength(2);
  });
});

describe('undoing', () => {
  test('removes what nobody used since, changes back what it changed, and says what stays', async () => {
    await upload('name,ring\nHeat,trial\n');
    await post('/trends/import/1/confirmation', { row: '2' });
    world.clock.advance({ minutes: 1 });
    await upload('name,ring\nHeat,adopt\nOne,trial\nTwo,trial\nThree,trial\nFour,trial\n');
    await post('/trends/import/2/confirmation', { row: ['2', '3', '4', '5', '6'] });
    expect(await trends.open(world.db)).toHaveLength(5);
    const by = new Map((await trends.open(world.db)).map((trend) => [trend.sentence, trend.id]));
    world.clock.advance({ minutes: 1 });
    const voter = await world.addPerson();
    await sayInterest(world.ctx, voter.id, by.get('One')!, 'want-to-know', true);
    await formTeam(world, 'Team', by.get('Two')!, []);
    await shortlist(world.ctx, by.get('Three')!);
    expect(page(await get('/trends/import'))('a[href="/trends/import/2"]')).toHaveLength(1);
    const undone = await post('/trends/import/2/undoing');
    expect(undone.headers.location).toBe('/trends/import/2');
    const shown = page(await get('/trends/import/2'))('main')
      .text()
      .replace(/\s+/g, ' ');
    expect(shown).toContain('1 trend was removed again. 1 was changed back. 3 stay:');
    const left = await trends.open(world.db);
    expect(left.map(({ sentence }) => sentence).sort()).toEqual(['Heat', 'One', 'Three', 'Two']);
    expect((await trends.find(world.db, by.get('Heat')!))!.ring).toBe('Trial');
    expect((await post('/trends/import/2/undoing')).statusCode).toBe(409);
  });

  test('is over after seven days', async () => {
    await upload('name\nHeat\n');
    await post('/trends/import/1/confirmation', { row: '2' });
    world.clock.advance({ days: 7, minutes: 1 });
    expect(page(await get('/trends/import/1'))('form[action$="/undoing"]')).toHaveLength(0);
    const late = await post('/trends/import/1/undoing');
    expect([late.statusCode, page(late)('h1').text()]).toEqual([410, 'Too late to undo']);
    expect(await trends.open(world.db)).toHaveLength(1);
  });
});

describe('adding', () => {
  test('makes a proposal of each chosen row, with clean text and its links', async () => {
    await upload();
    const answer = await post('/trends/import/1/confirmation', { row: ['2'], ring: '' });
    expect(answer.headers.location).toBe('/trends/import/1');
    expect(page(await get('/trends/import/1'))('h1').text()).toBe('1 trend added');
    const trend = (await trends.find(world.db, 1))!;
    expect([
      trend.sentence,
      trend.detail,
      trend.links,
      trend.ring,
      trend.quadrant,
      trend.state,
      trend.proposer,
    ]).toEqual([
      'Agents that file expenses',
      'Tested in Finance & liked.\n\n- One',
      ['https://halden.example/a'],
      'Trial',
      'Techniques',
      'proposed',
      null,
    ]);
    expect(await trends.open(world.db)).toHaveLength(1);
  });

  test('the same file a second time adds nothing', async () => {
    await upload();
    await post('/trends/import/1/confirmation', { row: ['2', '3'] });
    expect(await trends.open(world.db)).toHaveLength(2);
    await upload();
    expect(figures(await get('/trends/import/2'))).toEqual([4, 0, 0, 0, 2, 2]);
    const nothing = await post('/trends/import/2/confirmation', { row: ['2', '3'] });
    expect(nothing.statusCode).toBe(422);
    expect(page(nothing)('.error-summary li').text()).toBe('Choose at least one row.');
    expect(await trends.open(world.db)).toHaveLength(2);
  });

  test('the same press twice, or two files at once, add each trend once', async () => {
    await upload();
    await upload();
    const row = ['2', '3'];
    await Promise.all([
      post('/trends/import/1/confirmation', { row }),
      post('/trends/import/1/confirmation', { row }),
      post('/trends/import/2/confirmation', { row }),
    ]);
    expect(await trends.open(world.db)).toHaveLength(2);
  });

  test('a row that changed since is chosen by hand, and keeps the sentence people know', async () => {
    await upload('name,ring,description\nHeat,trial,Old.\n');
    await post('/trends/import/1/confirmation', { row: '2' });
    await trends.change(world.db, 1, { sentence: 'Heat as a working condition', state: 'shortlisted' });
    await upload('name,ring,description\nHeat,adopt,New.\n');
    const preview = await get('/trends/import/2');
    expect(rowsOf(preview)).toEqual([
      [
        'Heat',
        'Changed',
        'Ring: Trial, now Adopt. The description differs; the one from the file would replace yours.',
      ],
    ]);
    expect(ticked(preview)).toEqual([]);
    await post('/trends/import/2/confirmation', { row: '2' });
    expect(page(await get('/trends/import/2'))('main p').text()).toContain('1 trend was brought up to date.');
    const trend = (await trends.find(world.db, 1))!;
    expect([trend.sentence, trend.detail, trend.ring, trend.state]).toEqual([
      'Heat as a working condition',
      'New.',
      'Adopt',
      'shortlisted',
    ]);
  });

  test('a radar of a few hundred rows goes in whole', async () => {
    const rows = Array.from(
      { length: 300 },
      (_one, i) => `Trend ${i} of many,trial,tools,"<p>Number ${i}.</p>"`,
    );
    await upload(`name,ring,quadrant,description\n${rows.join('\n')}\n`);
    await post('/trends/import/1/choice', { go: 'all' });
    const row = rows.map((_one, i) => String(i + 2));
    await post('/trends/import/1/confirmation', { row });
    expect(await trends.open(world.db)).toHaveLength(300);
  });
});
