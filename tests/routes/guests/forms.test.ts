import { describe, expect, test } from 'vitest';
import { answer } from '../../../src/actions/guests/answer.ts';
import { invite } from '../../../src/actions/guests/list.ts';
import { nameSubstitute } from '../../../src/actions/guests/substitutes.ts';
import * as needs from '../../../src/store/guests/needs.ts';
import * as rsvps from '../../../src/store/guests/rsvps.ts';
import type { Person } from '../../../src/store/people/people.ts';
import { linkOf, published } from '../../support/events.ts';
import { type Answer, page, useWorld } from '../../support/world.ts';

const world = useWorld();
const squeezed = (text: string) => text.replace(/\s+/g, ' ').trim();
const panel = (answered: Answer) => squeezed(page(answered)('#answer-panel').text());
const rowOf = async (event: { id: number }, person: Person) =>
  (await rsvps.find(world.db, event.id, person.id))!;

/** Posts as the holder of the letter's link. */
async function post(
  event: { id: number },
  person: Person,
  path: string,
  fields: Record<string, string | string[]>,
) {
  const link = linkOf(world, event, person);
  return world.post(`${link}/${path}`, fields, { link: link.split('/')[2]! });
}

describe('who cannot come', () => {
  test('says why in one press, or does not', async () => {
    const ada = await world.addPerson({ name: 'Ada' });
    const event = await published(world, [ada]);
    const link = linkOf(world, event, ada);
    await post(event, ada, 'answer', { answer: 'no' });
    const $ = page(await world.get(link));
    expect(
      $('form[action$="/reason"] button')
        .map((_, button) => $(button).text())
        .get(),
    ).toEqual(['Another meeting', 'Away or on leave', 'Unwell', 'Not my topic', 'Something else']);
    const said = await post(event, ada, 'reason', { because: 'away' });
    expect(said.headers.location).toBe(`${link}?said=why#answer-panel`);
    expect((await rowOf(event, ada)).because).toBe('away');
    expect(panel(await world.get(link))).toContain('You said why: Away or on leave. Thank you.');
    await post(event, ada, 'reason', { because: 'none of your business' });
    expect((await rowOf(event, ada)).because).toBe('away');
  });

  test('has nothing to explain while they come', async () => {
    const ada = await world.addPerson();
    const event = await published(world, [ada]);
    await answer(world.ctx, event.id, ada.id, 'yes');
    const said = await post(event, ada, 'reason', { because: 'away' });
    expect(said.headers.location).toBe(`${linkOf(world, event, ada)}#answer-panel`);
    expect((await rowOf(event, ada)).because).toBe('');
  });
});

describe('somebody in one’s place', () => {
  test('is named, invited, and keeps the seat; a wrong name comes back with what was typed', async () => {
    const [ada, bo] = [await world.addPerson(), await world.addPerson({ name: 'Bo' })];
    const eva = await world.addPerson({ name: 'Eva Lang' });
    const event = await published(world, [ada, bo], { seniorCapacity: 1 });
    for (const { id } of [ada, bo]) await answer(world.ctx, event.id, id, 'yes');
    const link = linkOf(world, event, ada);
    expect((await world.get(`${link}/substitute`)).body).toContain('Your seat is kept for them');
    const wrong = await post(event, ada, 'substitute', { substitute: 'Eva Lnag' });
    expect(wrong.statusCode).toBe(422);
    expect(page(wrong)('#substitute').val()).toBe('Eva Lnag');
    // A guest is not told of names that are near: the directory is not theirs to read.
    expect(page(wrong)('#substitute-error').text()).toBe(
      'Error: Nobody here is called Eva Lnag. Write the full name or the work e-mail address.',
    );
    const done = await post(event, ada, 'substitute', { substitute: 'eva lang' });
    expect(done.headers.location).toBe(`${link}?said=substitute#answer-panel`);
    expect((await rowOf(event, ada)).state).toBe('declined');
    // The room is full for Bo, and a seat is kept for Eva.
    expect(panel(await world.get(linkOf(world, event, eva)))).toMatch(/^A seat is kept for you/);
    await post(event, eva, 'answer', { answer: 'yes' });
    expect([(await rowOf(event, eva)).state, (await rowOf(event, bo)).state]).toEqual(['coming', 'waiting']);
  });

  test('cannot be found by trying names one after the other', async () => {
    const ada = await world.addPerson();
    await world.addPerson({ name: 'Eva Lang' });
    const event = await published(world, [ada]);
    for (let n = 0; n < 15; n++)
      expect((await post(event, ada, 'substitute', { substitute: `Eva ${n}` })).body).toContain(
        'Nobody here',
      );
    const stopped = await post(event, ada, 'substitute', { substitute: 'Eva Lang' });
    expect([stopped.statusCode, page(stopped)('#substitute').val()]).toEqual([422, 'Eva Lang']);
    expect(stopped.body).toContain('Those were many names.');
    world.clock.advance({ hours: 1 });
    expect((await post(event, ada, 'substitute', { substitute: 'Eva Lang' })).statusCode).toBe(303);
  });

  test('a kept seat is no free seat for others who look', async () => {
    const [ada, cy, eva] = [await world.addPerson(), await world.addPerson(), await world.addPerson()];
    const event = await published(world, [ada, cy], { seniorCapacity: 1 });
    await answer(world.ctx, event.id, ada.id, 'yes');
    await nameSubstitute(world.ctx, event.id, ada.id, eva.id);
    expect(panel(await world.get(linkOf(world, event, cy)))).toMatch(/^Every seat is taken/);
  });

  test('is named once: then the page says so and whom to write to, and a press from an old page is refused', async () => {
    const [ada, eva, dee] = [await world.addPerson(), await world.addPerson(), await world.addPerson()];
    const event = await published(world, [ada]);
    const link = linkOf(world, event, ada);
    const way = async (person: Person) =>
      page(await world.get(linkOf(world, event, person)))('a[href$="/substitute"]').length;
    expect(await way(ada)).toBe(1);
    for (let press = 0; press < 10; press++)
      expect((await post(event, ada, 'substitute', { substitute: eva.email })).statusCode).toBe(303);
    expect(await way(ada)).toBe(0);
    const $ = page(await world.get(`${link}/substitute`));
    expect(squeezed($('main').text())).toContain(
      'You’ve already sent someone in your place. If they can’t come either, write to Ida Nordby.',
    );
    expect($('form[action$="/substitute"]').length).toBe(0);
    const pressed = await post(event, ada, 'substitute', { substitute: dee.email });
    expect([pressed.statusCode, pressed.body.includes('write to Ida Nordby')]).toEqual([409, true]);
    expect(await rsvps.find(world.db, event.id, dee.id)).toBe(null);
  });

  test('is not offered after a no', async () => {
    const ada = await world.addPerson();
    const event = await published(world, [ada]);
    await answer(world.ctx, event.id, ada.id, 'no');
    const $ = page(await world.get(linkOf(world, event, ada)));
    expect($('#answer-panel').text()).toContain('You can’t come');
    expect($('a[href$="/substitute"]').length).toBe(0);
  });

  test('nobody is sent to an event one is not invited to', async () => {
    const ada = await world.addPerson();
    const event = await published(world, [ada]);
    expect((await world.get(`/e/${event.slug}/substitute`, { as: world.organiser })).statusCode).toBe(404);
    expect((await world.get(`/e/${event.slug}/needs`, { as: world.organiser })).statusCode).toBe(404);
    const stranger = await world.addPerson();
    expect((await world.get(`/e/${event.slug}/needs`, { as: stranger })).statusCode).toBe(404);
  });
});

describe('food and access', () => {
  test('are noted by whoever comes, stand in the form again, and are seen by nobody else', async () => {
    const [ada, bo] = [await world.addPerson(), await world.addPerson()];
    const event = await published(world, [ada, bo]);
    await answer(world.ctx, event.id, ada.id, 'yes');
    const link = linkOf(world, event, ada);
    expect(page(await world.get(link))(`a[href="${link}/needs"]`).text()).toBe('Food and access');
    const saved = await post(event, ada, 'needs', {
      diet: 'halal',
      allergies: 'fish',
      food: '<b>No onions</b>',
      access: ['door', 'hearing'],
      arrange: '',
    });
    expect(saved.headers.location).toBe(`${link}?said=needs#answer-panel`);
    expect((await needs.find(world.db, event.id, ada.id))?.access).toEqual(['door', 'hearing']);
    const $ = page(await world.get(`${link}/needs`));
    expect([$('#diet').val(), $('#food').val()]).toEqual(['halal', '<b>No onions</b>']);
    expect(
      $('input:checked')
        .map((_, box) => $(box).val())
        .get(),
    ).toEqual(['fish', 'door', 'hearing']);
    expect(page(await world.get(`${linkOf(world, event, bo)}/needs`))('input:checked').length).toBe(0);
  });

  test('that are too long come back with every word', async () => {
    const ada = await world.addPerson();
    const event = await published(world, [ada]);
    const bad = await post(event, ada, 'needs', {
      food: 'å'.repeat(201),
      arrange: 'x'.repeat(501),
      allergies: 'nuts',
    });
    const $ = page(bad);
    expect([bad.statusCode, $('#food').val(), $('#arrange').val()]).toEqual([
      422,
      'å'.repeat(201),
      'x'.repeat(501),
    ]);
    expect(
      $('input:checked')
        .map((_, box) => $(box).val())
        .get(),
    ).toEqual(['nuts']);
  });
});

describe('after the day to answer by', () => {
  test('the card says so and whom to write to, offers no yes, and takes a no', async () => {
    const ada = await world.addPerson();
    const event = await published(world, [ada]);
    const link = linkOf(world, event, ada);
    expect(panel(await world.get(link))).toContain('I’ll be there');
    world.clock.now = Temporal.Instant.from('2026-12-04T10:00:00Z');
    const $ = page(await world.get(link));
    expect(squeezed($('#answer-panel').text())).toContain(
      'Answers are closed They closed on Thursday 3 December. Write to Ida Nordby, who can still find you a seat.',
    );
    expect(
      $('#answer-panel button')
        .map((_, button) => squeezed($(button).text()))
        .get(),
    ).toEqual(['I can’t come']);
    expect($('#answer-dock').attr('hidden')).toBeDefined();
    const late = await post(event, ada, 'answer', { answer: 'yes' });
    expect([late.statusCode, late.body.includes('Answers closed on Thursday 3 December.')]).toEqual([
      410,
      true,
    ]);
    await post(event, ada, 'answer', { answer: 'no' });
    expect((await rowOf(event, ada)).state).toBe('declined');
  });

  test('whoever is invited only then may still say yes', async () => {
    const [ada, bo] = [await world.addPerson(), await world.addPerson()];
    const event = await published(world, [ada]);
    world.clock.now = Temporal.Instant.from('2026-12-04T10:00:00Z');
    await invite(world.ctx, event.id, [bo.id]);
    expect(panel(await world.get(linkOf(world, event, bo)))).toContain('I’ll be there');
    await post(event, bo, 'answer', { answer: 'yes' });
    expect((await rowOf(event, bo)).state).toBe('coming');
  });
});
