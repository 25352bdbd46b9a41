import { describe, expect, test } from 'vitest';
import { answer } from '../../../src/actions/guests/answer.ts';
import { admitUnlisted } from '../../../src/actions/guests/door.ts';
import { noteNeeds } from '../../../src/actions/guests/needs.ts';
import { nameSubstitute } from '../../../src/actions/guests/substitutes.ts';
import { noNeeds } from '../../../src/domain/guests/needs.ts';
import * as events from '../../../src/store/events/events.ts';
import * as needs from '../../../src/store/guests/needs.ts';
import * as rsvps from '../../../src/store/guests/rsvps.ts';
import { drafted, published, teamOf } from '../../support/events.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();
const squeezed = (text: string) => text.replace(/\s+/g, ' ').trim();
const ida = () => ({ as: world.organiser });
const rowOf = async (event: { id: number }, person: { id: number }) =>
  (await rsvps.find(world.db, event.id, person.id))!;

/** One seat for seniors: Ada has it, Bo waits; Cy has not answered, Dee is not sure, Tom hosts. */
async function aRoom() {
  const [ada, bo, cy, dee, tom] = [
    await world.addPerson({ name: 'Ada Lovelace', jobTitle: 'CFO' }),
    await world.addPerson({ name: 'Bo Ek' }),
    await world.addPerson({ name: 'Cy Young' }),
    await world.addPerson({ name: 'Dee <b>Dee</b>' }),
    await world.addPerson({ name: 'Tom Berg', side: 'talent' }),
  ];
  const topic = await teamOf(world, 'Agents', [tom]);
  const event = await published(world, [ada, bo, cy, dee], { seniorCapacity: 1, topics: [topic] });
  for (const { id } of [ada, bo, tom]) await answer(world.ctx, event.id, id, 'yes');
  await answer(world.ctx, event.id, dee.id, 'maybe');
  return { ada, bo, cy, dee, tom, event };
}

describe('the people of an event', () => {
  test('are counted overall and per side, and stand under what they answered', async () => {
    const { ada, tom, event } = await aRoom();
    await noteNeeds(world.ctx, event.id, tom.id, { ...noNeeds, diet: 'vegan', allergies: ['nuts'] });
    await noteNeeds(world.ctx, event.id, ada.id, { ...noNeeds, access: ['door'] });
    const $ = page(await world.get(`/events/${event.id}/people`, ida()));
    expect(squeezed($('.filled').text())).toBe(
      'Who is coming2of 13 seats are taken 1 senior manager of 1. Full, 1 waiting 1 young talent of 12. 11 seats free',
    );
    const rows = $('tbody tr').map((_, row) => squeezed($(row).find('th a').text()));
    expect(rows.get()).toEqual(['Ada Lovelace', 'Tom Berg']);
    expect(squeezed($('tbody tr').eq(1).text())).toContain('hosts table 1');
    expect(
      $('#open li b')
        .map((_, name) => squeezed($(name).text()))
        .get(),
    ).toEqual(['Cy Young', 'Dee <b>Dee</b> Not sure yet']);
    expect(squeezed($('#open li').eq(1).text())).toContain(
      'Said so today. Left alone until Monday 30 November',
    );
    expect(squeezed($('#waiting ol').text())).toMatch(/^Place 1Bo Ek/);
    const totals = (id: string) =>
      $(`section[aria-labelledby=${id}] dl > div`)
        .map((_, row) => squeezed($(row).text()))
        .get();
    expect(totals('caterer-title')).toEqual(['Everything1', 'Vegan, no nutsKeep apart, an allergy1']);
    expect(totals('arrange-title')).toEqual(['Seat near the doorAda Lovelace1']);
  });

  test('who cannot come stand apart, with their reason', async () => {
    const { ada, event } = await aRoom();
    await answer(world.ctx, event.id, ada.id, 'no');
    await rsvps.setReason(world.db, event.id, ada.id, 'meeting');
    const $ = page(await world.get(`/events/${event.id}/people?show=declined`, ida()));
    expect(
      $('tbody tr')
        .map((_, row) => squeezed($(row).find('.second-column').text()))
        .get(),
    ).toEqual(['WhyAnother meeting']);
  });

  test('of a draft are a plain list', async () => {
    const ada = await world.addPerson({ name: 'Ada' });
    const event = await drafted(world, [ada]);
    const $ = page(await world.get(`/events/${event.id}/people`, ida()));
    expect($('#list-title').text()).toBe('On the list');
    expect($('#waiting, aside').length).toBe(0);
  });

  test('are nobody’s business but the organisers’, and an event that is not there is not there', async () => {
    const { ada, event } = await aRoom();
    expect((await world.get(`/events/${event.id}/people`, { as: ada })).statusCode).toBe(404);
    expect((await world.get(`/events/${event.id}/people/${ada.id}`, { as: ada })).statusCode).toBe(404);
    expect((await world.get('/events/999/people', ida())).statusCode).toBe(404);
  });

  test('several of them are taken off the list with one press', async () => {
    const { ada, cy, event } = await aRoom();
    const answered = await world.post(
      `/events/${event.id}/people/removal`,
      { person: [String(ada.id), String(cy.id), '999'] },
      ida(),
    );
    expect(answered.headers.location).toBe(`/events/${event.id}/people?said=removed`);
    expect([(await rowOf(event, ada)).state, (await rowOf(event, cy)).state]).toEqual([
      'uninvited',
      'uninvited',
    ]);
    const none = await world.post(`/events/${event.id}/people/removal`, {}, ida());
    expect(none.headers.location).toBe(`/events/${event.id}/people`);
  });

  test('one seat more goes to whoever waits', async () => {
    const { bo, event } = await aRoom();
    await world.post(`/events/${event.id}/seats`, { side: 'senior' }, ida());
    expect((await rowOf(event, bo)).state).toBe('coming');
    expect((await events.find(world.db, event.id))?.seniorCapacity).toBe(2);
    expect((await world.post(`/events/${event.id}/seats`, { side: 'nobody' }, ida())).statusCode).toBe(400);
  });
});

describe('one person of an event', () => {
  test('has their answer noted by an organiser, with the reason, and a record that says who noted it', async () => {
    const { ada, event } = await aRoom();
    const path = `/events/${event.id}/people/${ada.id}`;
    await world.post(`${path}/answer`, { answer: 'no', because: 'unwell' }, ida());
    const row = await rowOf(event, ada);
    expect([row.state, row.because]).toEqual(['declined', 'unwell']);
    const $ = page(await world.get(path, ida()));
    expect(
      $('section[aria-labelledby=history-title] li')
        .map((_, li) => squeezed($(li).text()))
        .get(),
    ).toEqual(['Said yes today', 'Said no today, noted by Ida Nordby']);
    expect((await world.post(`${path}/answer`, { answer: 'perhaps' }, ida())).statusCode).toBe(400);
  });

  test('is replaced by somebody who is named by name or address; a wrong name comes back with what to do', async () => {
    const { ada, bo, event } = await aRoom();
    await world.addPerson({ name: 'Eva Lang', email: 'eva@halden.example' });
    const path = `/events/${event.id}/people/${ada.id}/substitute`;
    for (const [typed, sentence] of [
      ['', 'Write who comes instead: a name or an e-mail address.'],
      ['Eva Lagn', 'Nobody here is called Eva Lagn. Did you mean Eva Lang?'],
      ['bo ek', 'Bo Ek is on the waiting list, which is first come, first served. Choose someone else.'],
      ['Tom Berg', 'Tom Berg is a young talent. This seat is for a senior manager: name one of them.'],
    ] as const) {
      const answered = await world.post(path, { substitute: typed }, ida());
      const $ = page(answered);
      expect([answered.statusCode, $('#substitute-error').text().replace('Error: ', '')]).toEqual([
        422,
        sentence,
      ]);
      expect($('#substitute').val()).toBe(typed);
      expect($('title').text()).toMatch(/^Error: /);
    }
    const done = await world.post(path, { substitute: 'EVA@halden.example' }, ida());
    expect(done.headers.location).toBe(`/events/${event.id}/people?said=substitute`);
    expect([(await rowOf(event, ada)).state, (await rowOf(event, bo)).state]).toEqual([
      'declined',
      'waiting',
    ]);
    const $ = page(await world.get(`/events/${event.id}/people`, ida()));
    expect(squeezed($('.filled').text())).toContain('of 1. One kept for a substitute, Full, 1 waiting');
    expect(squeezed($('#open').text())).toContain('A seat is kept in place of Ada Lovelace');
  });

  test('has their needs noted; boxes nobody offers are refused and what was typed stays', async () => {
    const { ada, event } = await aRoom();
    const path = `/events/${event.id}/people/${ada.id}`;
    await world.post(
      `${path}/needs`,
      { diet: 'vegan', allergies: ['nuts', 'milk'], food: 'No onions', arrange: 'Leaves at five' },
      ida(),
    );
    expect(await needs.find(world.db, event.id, ada.id)).toEqual({
      diet: 'vegan',
      allergies: ['nuts', 'milk'],
      food: 'No onions',
      access: [],
      arrange: 'Leaves at five',
    });
    const bad = await world.post(
      `${path}/needs`,
      { diet: 'bricks', access: 'moat', food: 'x'.repeat(201), arrange: '=1+1' },
      ida(),
    );
    const $ = page(bad);
    expect([bad.statusCode, $('.error-summary li').length]).toEqual([422, 3]);
    expect([$('#food').val(), $('#arrange').val()]).toEqual(['x'.repeat(201), '=1+1']);
    expect((await world.post(`${path}/needs`, { colour: 'red' }, ida())).statusCode).toBe(400);
  });

  test('may become the facilitator, who then keeps the door and sees plates, but no names of needs', async () => {
    const { tom, ada, event } = await aRoom();
    expect((await world.get(`/events/${event.id}/door`, { as: tom })).statusCode).toBe(404);
    await world.post(`/events/${event.id}/people/${tom.id}/facilitation`, { facilitates: 'yes' }, ida());
    await noteNeeds(world.ctx, event.id, ada.id, { ...noNeeds, arrange: 'A chair with arms' });
    expect((await world.get(`/events/${event.id}/door`, { as: tom })).statusCode).toBe(200);
    const own = page(await world.get(`/e/${event.slug}`, { as: tom }));
    expect(own(`nav a[href="/events/${event.id}/door"]`).text()).toBe('At the door');
    const print = await world.get(`/events/${event.id}/people/print`, { as: tom });
    expect(print.statusCode).toBe(200);
    expect(print.body).toContain('A chair with arms');
    expect(print.body).not.toContain('Ada');
    expect((await world.get(`/events/${event.id}/people`, { as: tom })).statusCode).toBe(404);
    await world.post(`/events/${event.id}/people/${tom.id}/facilitation`, { facilitates: 'no' }, ida());
    expect((await world.get(`/events/${event.id}/door`, { as: tom })).statusCode).toBe(404);
  });
});

describe('the door', () => {
  const onTheDay = () => {
    world.clock.now = Temporal.Instant.from('2026-12-10T14:50:00Z');
  };

  test('opens on the day; before that it shows who is expected and takes no press', async () => {
    const { ada, event } = await aRoom();
    const $ = page(await world.get(`/events/${event.id}/door`, ida()));
    expect(
      $('#door-panel li b')
        .map((_, name) => $(name).text())
        .get(),
    ).toEqual(['Ada Lovelace', 'Bo Ek', 'Tom Berg']);
    expect($('#door-panel form').length).toBe(0);
    expect((await world.post(`/events/${event.id}/door/${ada.id}`, { here: 'yes' }, ida())).statusCode).toBe(
      409,
    );
  });

  test('takes one press a person, also sent twice, and shows them at the end of the list', async () => {
    const { ada, event } = await aRoom();
    onTheDay();
    const path = `/events/${event.id}/door`;
    for (const ago of ['30', '31'])
      expect((await world.post(`${path}/${ada.id}`, { here: 'yes', ago }, ida())).headers.location).toBe(
        `${path}?said=here#p${ada.id}`,
      );
    expect((await rowOf(event, ada)).cameAt?.toString()).toBe('2026-12-10T14:49:30Z');
    const $ = page(await world.get(path, ida()));
    expect(
      $('#door-panel li b')
        .map((_, name) => $(name).text())
        .get(),
    ).toEqual(['Bo Ek', 'Tom Berg', 'Ada Lovelace']);
    expect(squeezed($('#door-count').text())).toBe('1 of 2 are here');
    expect($(`#p${ada.id} button`).attr('aria-pressed')).toBe('true');
    await world.post(`${path}/${ada.id}`, { here: $(`#p${ada.id} button`).val() as string }, ida());
    expect((await rowOf(event, ada)).cameAt).toBeNull();
    expect((await world.post(`${path}/${ada.id}`, { here: 'maybe' }, ida())).statusCode).toBe(400);
  });

  test('is the same list as a panel, with the count along', async () => {
    const { event } = await aRoom();
    onTheDay();
    const answered = await world.get(`/events/${event.id}/door`, {
      ...ida(),
      headers: { 'hx-request': 'true', 'hx-request-type': 'partial', 'hx-target': 'div#door-panel' },
    });
    expect(answered.body).toMatch(/^<div id="door-panel"/);
    expect(answered.body).toContain('<hx-partial hx-target="#door-count"');
    expect(answered.body).not.toContain('<html');
  });

  test('lets somebody in who is not on the list; an unknown name comes back', async () => {
    const { event } = await aRoom();
    const eva = await world.addPerson({ name: 'Eva Lang' });
    onTheDay();
    const path = `/events/${event.id}/door`;
    const wrong = await world.post(path, { name: 'Nobody Known' }, ida());
    expect([wrong.statusCode, page(wrong)('#name').val()]).toEqual([422, 'Nobody Known']);
    const done = await world.post(path, { name: 'eva lang' }, ida());
    expect(done.headers.location).toBe(`${path}?said=let-in`);
    expect((await rowOf(event, eva)).cameAt).not.toBeNull();
  });

  test('finds by a part of the name without a script', async () => {
    const { event } = await aRoom();
    const $ = page(await world.get(`/events/${event.id}/door?q=lovel`, ida()));
    expect(
      $('#door-panel li b')
        .map((_, name) => $(name).text())
        .get(),
    ).toEqual(['Ada Lovelace']);
    const none = page(await world.get(`/events/${event.id}/door?q=%3Cb%3E`, ida()));
    expect(none('#door-panel .empty strong').text()).toBe('Nobody called “<b>” here');
  });
});

test('a substitute’s seat and somebody let in stand in the list as what they are', async () => {
  const { ada, event } = await aRoom();
  const eva = await world.addPerson({ name: 'Eva Lang' });
  await nameSubstitute(world.ctx, event.id, ada.id, eva.id);
  await answer(world.ctx, event.id, eva.id, 'yes');
  world.clock.now = Temporal.Instant.from('2026-12-10T14:50:00Z');
  await admitUnlisted(world.ctx, event.id, eva.id, world.organiser.id);
  const $ = page(await world.get(`/events/${event.id}/people`, ida()));
  expect(squeezed($('tbody tr').eq(0).find('th').text())).toContain('in place of Ada Lovelace · came');
});
