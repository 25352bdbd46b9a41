// The library of formats: edit, copy, archive, put back, versions, and the file.
import { describe, expect, test } from 'vitest';
import * as events from '../../../src/store/events/events.ts';
import * as formats from '../../../src/store/run-of-show/formats.ts';
import { drafted } from '../../support/events.ts';
import { type Answer, page, useWorld } from '../../support/world.ts';

const world = useWorld();
type Fields = Record<string, string>;
const asOrganiser = () => ({ as: world.organiser });
const lunch = '/formats/lunch-and-learn';

/** The fields of a form as a browser sends them. */
function fieldsOf(shown: Answer, action: string): Fields {
  const fields: Fields = {};
  for (const { name, value } of page(shown)(`form[action="${action}"]`).serializeArray())
    if (name !== '_token') fields[name] = String(value);
  return fields;
}

const opened = async (address = lunch) => fieldsOf(await world.get(address, asOrganiser()), address);
const namesOn = (shown: Answer) =>
  page(shown)('.fmt h3')
    .get()
    .map((one) => page(shown)(one).text().trim());

async function numberOf(slug: string) {
  const found = await formats.find(world.db, slug);
  return [found?.name, found?.number, found?.blocks.map(({ minutes }) => minutes)];
}

describe('the library', () => {
  test('shows the five formats with their picture, strip and facts, to organisers alone', async () => {
    const shown = await world.get('/formats', asOrganiser());
    expect(namesOn(shown)).toEqual([
      'Perspective Challenger',
      'Lunch-and-learn',
      'Discussion panel',
      'One-to-one',
      'Preparation',
    ]);
    const $ = page(shown);
    expect([$('.fmt .room-pic').length, $('.fmt .strip').length]).toEqual([5, 5]);
    expect($('.fmt').eq(0).find('.spec dd').eq(0).text()).toBe('10 to 60 seniors, 8 to 30 talents');
    const guest = await world.addPerson();
    expect((await world.get('/formats', { as: guest })).statusCode).toBe(404);
  });

  test('an edited format is a new version: the next event takes it, one that is planned keeps its own', async () => {
    const before = await drafted(world, [], { format: 'lunch-and-learn', shape: 'room', blocks: undefined });
    const fields = await opened();
    const saved = await world.post(
      lunch,
      { ...fields, minutes1: '30', howItRuns: 'We eat and talk.' },
      asOrganiser(),
    );
    expect([saved.statusCode, saved.headers.location]).toEqual([303, '/formats?said=saved']);
    expect(await numberOf('lunch-and-learn')).toEqual(['Lunch-and-learn', 2, [15, 30, 20, 5]]);
    const after = await drafted(world, [], { format: 'lunch-and-learn', shape: 'room', blocks: undefined });
    const minutes = async (id: number) => (await events.blocksOf(world.db, id)).map((block) => block.minutes);
    expect([await minutes(before.id), await minutes(after.id)]).toEqual([
      [15, 20, 20, 5],
      [15, 30, 20, 5],
    ]);
    expect(before.formatFacts?.howItRuns).toMatch(/^The team reports for 20 minutes/);
    expect(after.formatFacts?.howItRuns).toBe('We eat and talk.');
    const versions = await world.get(`${lunch}/versions`, asOrganiser());
    expect(page(versions)('.lines li b').text()).toBe('Version 2Version 1');
    const reset = await world.post(`${lunch}/reset`, {}, asOrganiser());
    expect(reset.headers.location).toBe('/formats?said=reset');
    expect(await numberOf('lunch-and-learn')).toEqual(['Lunch-and-learn', 3, [15, 20, 20, 5]]);
  });

  test('blocks are added, moved and removed by buttons that keep what was typed and save nothing', async () => {
    const fields = await opened();
    const press = async (sent: Fields, pressed: string) =>
      fieldsOf(await world.post(lunch, { ...sent, do: pressed }, asOrganiser()), lunch);
    const added = await press({ ...fields, title0: 'Soup', note0: 'Quietly.' }, 'add');
    expect([added.title0, added.title4, added.minutes4]).toEqual(['Soup', '', '10']);
    const moved = await press({ ...added, title4: 'Walk' }, 'up-4');
    expect([moved.title3, moved.title4]).toEqual(['Walk', 'One thing to try']);
    const removed = await press(moved, 'remove-1');
    expect([removed.title0, removed.note0, removed.title1, removed.title3]).toEqual([
      'Soup',
      'Quietly.',
      'Questions',
      'One thing to try',
    ]);
    expect(await numberOf('lunch-and-learn')).toEqual(['Lunch-and-learn', 1, [15, 20, 20, 5]]);
  });

  test('bad input is named at its field and all else stays typed', async () => {
    const sent = {
      ...(await opened()),
      title0: '',
      minutes1: '0',
      shrinksTo2: '20',
      name: 'Lunch',
      seniorsMost: '1',
    };
    const refused = await world.post(lunch, sent, asOrganiser());
    expect(refused.statusCode).toBe(422);
    const said = (answer: Answer) =>
      page(answer)('.error-summary li')
        .get()
        .map((one) => page(answer)(one).text().trim());
    expect(said(refused)).toEqual([
      'Give the block a name, such as Welcome.',
      'Write how many minutes it takes, from 1 to 600.',
    ]);
    expect(fieldsOf(refused, lunch)).toMatchObject({ name: 'Lunch', minutes1: '0', seniorsMost: '1' });
    const mended = { ...sent, title0: 'Lunch', minutes1: '20' };
    expect(said(await world.post(lunch, mended, asOrganiser()))).toEqual([
      'It takes 20 minutes, so it can only be shortened to fewer. Write a smaller number.',
      'At most is less than at least (5). Write a larger number.',
    ]);
  });

  test('of two who edit at once the second is shown what the first saved, and nothing is lost', async () => {
    const second = await world.addPerson({ isOrganiser: true });
    const fields = await opened();
    await world.post(lunch, { ...fields, title1: 'Told' }, asOrganiser());
    const answer = await world.post(lunch, { ...fields, minutes0: '12' }, { as: second });
    expect(answer.statusCode).toBe(409);
    const $ = page(answer);
    expect($('.notice ul.plain').text()).toContain('Block 2, Name: Told');
    expect(await numberOf('lunch-and-learn')).toEqual(['Lunch-and-learn', 2, [15, 20, 20, 5]]);
    const again = await world.post(lunch, fieldsOf(answer, lunch), { as: second });
    expect(again.statusCode).toBe(303);
    expect(await numberOf('lunch-and-learn')).toEqual(['Lunch-and-learn', 3, [12, 20, 20, 5]]);
  });

  test('a copy is one’s own; archived, it can no longer be planned, and it comes back', async () => {
    const copied = await world.post(`${lunch}/copies`, {}, asOrganiser());
    expect(copied.headers.location).toBe('/formats/copy-of-lunch-and-learn?said=copied');
    const planned = async () =>
      (await world.get('/events/new', asOrganiser())).body.includes('copy-of-lunch');
    expect(await planned()).toBe(true);
    await world.post('/formats/copy-of-lunch-and-learn/archiving', {}, asOrganiser());
    expect(await planned()).toBe(false);
    await world.post('/formats/copy-of-lunch-and-learn/return', {}, asOrganiser());
    expect(await planned()).toBe(true);
  });
});

describe('a file', () => {
  test('that was exported comes in again as it was', async () => {
    const file = await world.get(`${lunch}/format.json`, asOrganiser());
    expect(file.headers['content-type']).toMatch(/^application\/json/);
    const json = file.body.replace('"Lunch-and-learn"', '"Lunch with soup"');
    const { number: _, ...own } = (await formats.find(world.db, 'lunch-and-learn'))!;
    expect((await world.post('/formats/import', { json }, asOrganiser())).headers.location).toBe(
      '/formats?said=imported',
    );
    const imported = await formats.find(world.db, 'lunch-with-soup');
    expect([imported?.blocks, imported?.survey, imported?.questions]).toEqual([
      own.blocks,
      own.survey,
      own.questions,
    ]);
  });

  test('with faults names each by its place, says what to do, and stays on the page', async () => {
    const file = JSON.parse((await world.get(`${lunch}/format.json`, asOrganiser())).body);
    file.colour = 'green';
    delete file.blocks[0].minutes;
    file.blocks[1].kind = 'dance';
    file.blocks[2].mayDrop = 'yes';
    file.seniors.least = 'few';
    const json = JSON.stringify(file);
    const refused = await world.post('/formats/import', { json }, asOrganiser());
    expect(refused.statusCode).toBe(422);
    const $ = page(refused);
    const said = $('.error-summary li')
      .get()
      .map((one) => $(one).text().replace(/\s+/g, ' ').trim());
    expect(said.toSorted()).toEqual([
      'Block 1, Minutes: Write how many minutes it takes, from 1 to 600.',
      'Block 2, Kind: Choose the kind of this block.',
      'Block 3, May be left out when time is short: Write true or false.',
      'Seniors, at least: Write how many people, from 0 to 2000.',
      'colour: A format has nothing of this name. Check its spelling, or take it out.',
    ]);
    expect($('textarea[name=json]').val()?.toString().trim()).toBe(json);
  });

  test('that is no JSON says in which line to look', async () => {
    const json = '{\n  "file": "flipside-format-1",\n  "name": \n}';
    const $ = page(await world.post('/formats/import', { json }, asOrganiser()));
    expect($('.error-summary li').text().trim()).toBe(
      'Line 4 cannot be read as JSON. Look for a missing comma, quotation mark or bracket there.',
    );
  });
});
