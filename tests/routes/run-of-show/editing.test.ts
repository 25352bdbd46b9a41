import { beforeEach, describe, expect, test } from 'vitest';
import * as events from '../../../src/store/events/events.ts';
import type { Person } from '../../../src/store/people/people.ts';
import * as runs from '../../../src/store/run-of-show/blocks.ts';
import { letters, planSeats, tablePlans } from '../../../src/store/schema/index.ts';
import { drafted, published } from '../../support/events.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();
let margareta: Person;
let event: events.Event;
const base = () => `/events/${event.id}/run`;

beforeEach(async () => {
  margareta = await world.addPerson({ name: 'Margareta Lindqvist', side: 'senior' });
  event = await published(world, [margareta]);
});

const blocks = () => runs.blocksWithIds(world.db, event.id);
const named = async (title: string) => (await blocks()).find((block) => block.title === title)!;
const shown = async (query = '') => page(await world.get(`${base()}${query}`, { as: world.organiser }));
const press = (path: string, fields: Record<string, string>) =>
  world.post(`${base()}${path}`, fields, { as: world.organiser });
const text = (selector: string, $: Awaited<ReturnType<typeof shown>>) =>
  $(selector).text().replace(/\s+/g, ' ').trim();

/** The form of a block as the page fills it, changed. */
async function formOf(title: string, values: Record<string, string> = {}): Promise<Record<string, string>> {
  const { id } = await named(title);
  const $ = await shown(`?block=${id}`);
  const fields = $('form.edit :is(input:not([type=checkbox]), select)')
    .toArray()
    .map((field) => [$(field).attr('name')!, String($(field).val() ?? '')]);
  const { _token: _gone, ...filled } = Object.fromEntries(fields);
  return { ...filled, do: 'save', ...values };
}
const save = async (title: string, values: Record<string, string>) =>
  press(`/blocks/${(await named(title)).id}`, await formOf(title, values));

describe('Ida edits the run of show', () => {
  test('reads when each block begins, in the strip and in the list alike', async () => {
    const $ = await shown();
    const times = $('.runlist time')
      .toArray()
      .map((time) => $(time).text());
    expect(times).toEqual(['16:00', '16:10', '16:15', '16:40', '16:45', '17:10', '17:15', '17:40', '18:00']);
    const strip = $('.strip .vh')
      .toArray()
      .map((one) => $(one).text().slice(0, 5));
    expect(strip).toEqual(times);
    expect(text('.run-foot .quiet', $)).toBe('Ends 18:15 as announced.');
  });

  test('gives the harvest five minutes more with +5 and Save; the drinks begin later', async () => {
    const { id } = await named('Harvest');
    const { do: _do, ...form } = await formOf('Harvest', { add: '+5' });
    const stepped = page(await press(`/blocks/${id}`, form));
    expect(stepped('#minutes').val()).toBe('25');
    expect((await named('Harvest')).minutes).toBe(20);
    expect((await save('Harvest', { minutes: '25' })).statusCode).toBe(303);
    const $ = await shown();
    expect($('.runlist time').last().text()).toBe('18:05');
    expect(text('#later-said', $)).toContain('Ends 18:20, 5 minutes later than announced.');
  });

  test('adds a block behind another one, moves it, takes it out, and undoes that within ten seconds', async () => {
    const welcome = await named('Welcome');
    const added = { ...(await formOf('Welcome')), title: 'Music', after: String(welcome.id) };
    const { seen: _seen, ...fields } = added as Record<string, string>;
    expect((await press('/blocks', fields)).statusCode).toBe(303);
    const titles = async () => (await blocks()).map(({ title }) => title).slice(0, 4);
    expect(await titles()).toEqual(['Arrive', 'Welcome', 'Music', 'Round 1']);
    await press('/order', { up: String((await named('Music')).id) });
    expect(await titles()).toEqual(['Arrive', 'Music', 'Welcome', 'Round 1']);
    await press('/order', {
      move: String((await named('Music')).id),
      before: String((await named('Arrive')).id),
    });
    expect(await titles()).toEqual(['Music', 'Arrive', 'Welcome', 'Round 1']);
    const before = await blocks();
    await save('Music', { do: 'remove' });
    expect(await titles()).toEqual(['Arrive', 'Welcome', 'Round 1', 'Move']);
    const $ = await shown();
    expect(text('.toast.still', $)).toBe('You can undo this for ten seconds. Undo');
    await press('/undoing', {});
    expect(await blocks()).toEqual(before);
  });

  test('can undo nothing once ten seconds are over', async () => {
    await save('Drinks', { do: 'remove' });
    world.clock.advance({ seconds: 11 });
    expect((await shown())('.toast.still').length).toBe(0);
    expect((await press('/undoing', {})).statusCode).toBe(409);
    expect((await blocks()).map(({ title }) => title)).not.toContain('Drinks');
  });

  test('reads what is wrong at the field, and nothing typed is lost', async () => {
    const answer = await save('Harvest', { minutes: 'twenty', note: 'One thing you will do' });
    expect(answer.statusCode).toBe(422);
    const $ = page(answer);
    expect(text('#minutes-error', $)).toBe('Error: Write how many minutes it takes, such as 20.');
    expect([$('#minutes').val(), $('#note').val()]).toEqual(['twenty', 'One thing you will do']);
  });

  test('sees her own name as the lead, also once it changes, and a role as she typed it', async () => {
    await save('Welcome', { led: world.organiser.name });
    await save('Harvest', { led: 'The facilitator' });
    expect((await named('Welcome')).ledById).toBe(world.organiser.id);
    expect((await named('Welcome')).ledBy).toBeNull();
    expect((await named('Harvest')).ledBy).toBe('The facilitator');
    expect(text('.runlist', await shown())).toContain(world.organiser.name);
  });
});

describe('two editors at once', () => {
  test('change two blocks, and both changes stay', async () => {
    const [ida, noor] = [
      await formOf('Harvest', { minutes: '25' }),
      await formOf('Welcome', { minutes: '10' }),
    ];
    await press(`/blocks/${(await named('Welcome')).id}`, noor);
    expect((await press(`/blocks/${(await named('Harvest')).id}`, ida)).statusCode).toBe(303);
    expect([(await named('Welcome')).minutes, (await named('Harvest')).minutes]).toEqual([10, 25]);
  });

  test('change one block: the later one reads what is stored now, and one press decides', async () => {
    const [ida, noor] = [
      await formOf('Harvest', { minutes: '25' }),
      await formOf('Harvest', { minutes: '15' }),
    ];
    const { id } = await named('Harvest');
    await press(`/blocks/${id}`, noor);
    const answer = await press(`/blocks/${id}`, ida);
    expect(answer.statusCode).toBe(409);
    const $ = page(answer);
    expect(text('.notice', $)).toContain('Minutes: 15');
    expect($('#minutes').val()).toBe('25');
    const seen = String($('form.edit input[name=seen]').val());
    expect((await press(`/blocks/${id}`, { ...ida, seen })).statusCode).toBe(303);
    expect((await named('Harvest')).minutes).toBe(25);
  });

  test('one removes a block that the other has open: what was typed comes back as a new block', async () => {
    const ida = await formOf('Drinks', { note: 'Stay if you like' });
    const { id } = await named('Drinks');
    await save('Drinks', { do: 'remove' });
    const answer = await press(`/blocks/${id}`, ida);
    expect(answer.statusCode).toBe(409);
    expect(page(answer)('#note').val()).toBe('Stay if you like');
  });
});

describe('an end other than announced', () => {
  test('is shortened with one press from the last block that may give, once also when pressed twice', async () => {
    await save('Drinks', { shrinksTo: '5' });
    await save('Harvest', { minutes: '25' });
    const $ = await shown();
    expect(text('#shorten-run', $)).toBe('Drinks: 10 minutes');
    await press('/shortening', {});
    await press('/shortening', {});
    expect((await named('Drinks')).minutes).toBe(10);
    expect(text('.run-foot .quiet', await shown())).toBe('Ends 18:15 as announced.');
  });

  test('is announced: guests get an update with a higher SEQUENCE, and their answer stays', async () => {
    await world.db.update(letters).set({ state: 'sent' });
    await save('Harvest', { minutes: '25' });
    const $ = await shown('/announcement');
    expect(text('#announce-title', $)).toBe(
      'Updates for 1 people are kept here: it ends at 18:20'.replace(
        'Updates for 1 people are',
        'An update for 1 person is',
      ),
    );
    const minutes = String($('input[name=minutes]').val());
    const guests = async () => (await world.get(`/e/${event.slug}`, { as: margareta })).body;
    expect(await guests()).toContain('16:00–18:15');
    expect((await press('/announcement', { minutes })).statusCode).toBe(303);
    expect(await guests()).toContain('16:00–18:20');
    const after = (await events.find(world.db, event.id))!;
    expect([after.minutes, after.sequence, after.timeSequence]).toEqual([
      140,
      event.sequence + 1,
      event.timeSequence,
    ]);
    const sent = await world.db.select().from(letters);
    expect(sent.filter(({ kind }) => kind === 'moved').length).toBe(1);
    const back = page(await world.get(base(), { as: world.organiser }))('#undo form').attr('action')!;
    await world.post(back, {}, { as: world.organiser });
    expect((await events.find(world.db, event.id))!.minutes).toBe(135);
  });

  test('is not announced where it was another one on the page that asked', async () => {
    await save('Harvest', { minutes: '25' });
    await save('Drinks', { minutes: '20' });
    expect((await press('/announcement', { minutes: '140' })).statusCode).toBe(409);
    expect((await events.find(world.db, event.id))!.minutes).toBe(135);
  });

  test('of a draft needs no announcement: it follows its blocks', async () => {
    event = await drafted(world, []);
    await save('Harvest', { minutes: '25' });
    expect((await events.find(world.db, event.id))!.minutes).toBe(140);
    await save('Drinks', { fixedAt: '18:30' });
    expect((await events.find(world.db, event.id))!.minutes).toBe(165);
    expect(text('.run-foot .quiet', await shown())).toBe('Ends 18:45.');
  });
});

describe('a fixed start', () => {
  test('that leaves minutes free is filled, or moved, with one press', async () => {
    await save('Harvest', { fixedAt: '17:50' });
    const $ = await shown();
    expect(text('.run-later', $)).toContain(
      'Round 3 ends at 17:40 and Harvest is fixed at 17:50: 10 minutes are free.',
    );
    const labels = $('.run-later button')
      .toArray()
      .slice(0, 2)
      .map((one) => $(one).text().trim());
    expect(labels).toEqual(['Round 3: 35 minutes', 'Harvest at 17:40']);
    await press('/mending', { block: String((await named('Harvest')).id), way: 'fill' });
    expect((await named('Round 3')).minutes).toBe(35);
    await press('/mending', { block: String((await named('Harvest')).id), way: 'fill' });
    expect((await named('Round 3')).minutes).toBe(35);
  });

  test('that the round before runs into is kept by shortening it, or moved', async () => {
    await save('Round 3', { shrinksTo: '15' });
    await save('Harvest', { fixedAt: '17:30' });
    const $ = await shown();
    expect(text('.run-later', $)).toContain(
      'Round 3 runs until 17:40, 10 minutes into Harvest, which is fixed at 17:30.',
    );
    await press('/mending', { block: String((await named('Harvest')).id), way: 'shorten' });
    expect((await named('Round 3')).minutes).toBe(15);
    expect((await shown())('.run-later[aria-labelledby^=clash]').length).toBe(0);
  });
});

describe('rounds of planned tables', () => {
  beforeEach(async () => {
    const guests = await Promise.all(
      ['Claire', 'Rolf', 'Ingrid', 'David'].map((name) =>
        world.addPerson({ name: `${name} Ek`, side: 'senior' }),
      ),
    );
    event = await published(world, guests);
    const changedAt = world.clock.now;
    const [plan] = await world.db
      .insert(tablePlans)
      .values({ eventId: event.id, state: 'published', rounds: 3, tables: 2, changedAt })
      .returning();
    await world.db.insert(planSeats).values(
      guests.map(({ id }, index) => ({
        planId: plan!.id,
        personId: id,
        tables: [1, 2, index === 0 ? 0 : 1],
      })),
    );
  });

  test('fewer are asked about once more, with the people who lose a seat; nothing changes before that', async () => {
    const $ = page(await press('/rounds', { rounds: '2' }));
    expect(text('.run-later p', $)).toBe(
      'There will be 2 rounds. 3 people lose their seat in a round that goes. All other seats stay. The tables are published, so guests see this at once.',
    );
    expect((await blocks()).filter(({ kind }) => kind === 'talk').length).toBe(3);
    await press('/rounds', { rounds: '2', sure: 'yes' });
    expect((await blocks()).filter(({ kind }) => kind === 'talk').length).toBe(2);
  });
});

test('rounds come and go with their moves', async () => {
  await press('/rounds', { rounds: '4' });
  expect((await blocks()).map(({ title }) => title).slice(2, 9)).toEqual([
    'Round 1',
    'Move',
    'Round 2',
    'Move',
    'Round 3',
    'Move',
    'Round 4',
  ]);
  await press('/rounds', { rounds: '2' });
  expect((await blocks()).map(({ title }) => title)).toEqual([
    'Arrive',
    'Welcome',
    'Round 1',
    'Move',
    'Round 2',
    'Harvest',
    'Drinks',
  ]);
});

describe('others', () => {
  test('a facilitator edits the run of show of their event, a guest finds none', async () => {
    const facilitator = await world.addPerson({ name: 'Sami Aalto', side: 'talent' });
    expect((await world.get(base(), { as: facilitator })).statusCode).toBe(404);
    await events.change(world.db as never, event.id, { facilitatorId: facilitator.id });
    expect((await world.get(base(), { as: facilitator })).statusCode).toBe(200);
    const { id } = await named('Arrive');
    expect((await world.post(`${base()}/order`, { down: String(id) }, { as: facilitator })).statusCode).toBe(
      303,
    );
    expect((await world.get(base(), { as: margareta })).statusCode).toBe(404);
    expect((await world.post(`${base()}/rounds`, { rounds: '1' }, { as: margareta })).statusCode).toBe(404);
  });

  test('once the event is over nothing changes', async () => {
    world.clock.now = Temporal.Instant.from('2026-12-11T08:00:00Z');
    expect((await shown())('.runlist form').length).toBe(0);
    expect((await press('/rounds', { rounds: '1' })).statusCode).toBe(409);
  });
});

test('the run of show goes on the wall, into a spreadsheet and into text', async () => {
  await save('Round 1', { question: 'What would you stop doing?', note: 'Only for Sami' });
  const wall = page(await world.get(`${base()}/print`, { as: world.organiser }));
  expect(wall('.wall-run time').first().text()).toBe('16:00');
  expect(wall('.wall-run').text()).toContain('What would you stop doing?');
  expect(wall('.wall-run').text()).not.toContain('Only for Sami');
  const csv = await world.get(`${base()}/run.csv`, { as: world.organiser });
  expect(csv.body.split('\r\n')[3]).toContain('16:15,16:40,25,Round 1,');
  const markdown = await world.get(`${base()}/run.md`, { as: world.organiser });
  expect(markdown.body).toContain(
    '| 16:15 | 25 | Round 1. What would you stop doing?. Only for Sami | Table hosts |',
  );
  const pdf = await world.get(`${base()}/run.pdf`, { as: world.organiser });
  expect(pdf.body.slice(0, 5)).toBe('%PDF-');
});
