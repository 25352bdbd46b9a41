import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { pressRun } from '../../../src/actions/live/press.ts';
import type { PressKind } from '../../../src/domain/live/state.ts';
import * as formats from '../../../src/store/run-of-show/formats.ts';
import { events } from '../../../src/store/schema/index.ts';
import { published } from '../../support/events.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();

const minutes = (n: number) => world.clock.advance({ minutes: n });

/** An evening of which the first blocks took so many minutes; the others were not measured. */
async function ran(...taken: number[]) {
  world.clock.now = Temporal.Instant.from('2026-11-20T08:00:00Z');
  const event = await published(world, [await world.addPerson()]);
  world.clock.now = Temporal.Instant.from('2026-12-10T15:00:00Z');
  const press = (made: PressKind) =>
    pressRun(world.ctx, event.id, made, { byId: world.organiser.id, key: randomUUID(), secondsAgo: 0 });
  await press({ kind: 'start', ends: 'later' });
  for (const [from, took] of taken.entries()) {
    minutes(took);
    await press({ kind: 'next', from });
  }
  return event;
}

const show = async ({ id }: { id: number }) =>
  page(await world.get(`/events/${id}/minutes`, { as: world.organiser }));

describe('how an evening ran', () => {
  test('each block stands with what it took and what was planned', async () => {
    const event = await ran(12, 5, 28, 4, 25, 5, 25, 14, 17);
    const $ = await show(event);
    const rows = $('.ran li')
      .toArray()
      .map((row) => [$(row).find('time').text(), $(row).find('b').text(), $(row).find('.mm small').text()]);
    expect(rows.slice(0, 3)).toEqual([
      ['16:00', '12 min', 'planned 10'],
      ['16:12', '5 min', 'planned 5'],
      ['16:17', '28 min', 'planned 25'],
    ]);
    expect($('.panel').text().replace(/\s+/g, ' ').trim()).toBe(
      'It ended on time. Round 1 took 3 min more. Harvest took 6 min less.'.replaceAll('. ', '.'),
    );
  });

  test('a block that no press ended says so, and where nothing was started the page says what to do', async () => {
    const $ = await show(await ran(12));
    expect($('.ran li').eq(0).text()).toContain('12 min');
    expect($('.ran li').eq(1).text()).toContain('Not measured');
    expect($('.panel').text()).toContain('1 of 9 blocks were measured.');
    world.clock.now = Temporal.Instant.from('2026-11-20T08:00:00Z');
    const empty = await show(await published(world, [await world.addPerson()]));
    expect(empty('.empty').text()).toContain('Next time press Start on the phone when you begin.');
  });

  test('the list comes as CSV', async () => {
    const { id } = await ran(12, 5);
    const answer = await world.get(`/events/${id}/minutes.csv`, { as: world.organiser });
    expect(answer.headers['content-type']).toContain('text/csv');
    expect(answer.body.replace('\ufeff', '').split(/\r?\n/).slice(0, 3)).toEqual([
      'Block,Planned minutes,Began,Ended,Actual minutes,Dropped',
      'Arrive,10,16:00,16:12,12.0,',
      'Welcome,5,16:12,16:17,5.0,',
    ]);
  });

  test('is for organisers and the facilitator of this event', async () => {
    const { id } = await ran(12);
    const fia = await world.addPerson();
    const get = () => world.get(`/events/${id}/minutes`, { as: fia });
    expect((await get()).statusCode).toBe(404);
    await world.db.update(events).set({ facilitatorId: fia.id });
    expect((await get()).statusCode).toBe(200);
    const taken = await world.post(`/events/${id}/minutes/format`, {}, { as: fia });
    expect(taken.statusCode).toBe(404);
  });
});

describe('the median', () => {
  test('is offered from two sessions on, says of how many, and goes into the format with one press', async () => {
    const first = await ran(12, 6, 28, 5, 30, 4, 26);
    const once = await show(first);
    expect(once('.medians').length).toBe(0);
    expect(once('aside').text()).toContain('From the second session on');
    const event = await ran(14, 8, 26, 3, 28, 4, 28);
    const $ = await show(event);
    expect($('aside').text()).toContain('Median of 2 sessions of this format.');
    const rows = $('.medians tbody tr')
      .toArray()
      .map((row) => [
        $(row).find('th').text(),
        $(row).find('td').eq(0).text(),
        $(row).find('td').eq(1).text(),
      ]);
    expect(rows).toEqual([
      ['Arrive', '10', '13'],
      ['Welcome', '5', '7'],
      ['Round', '25', '28'],
      ['Move', '5', '4'],
      ['Harvest', '20', '–'],
      ['Drinks', '15', '–'],
    ]);
    await world.post(`/events/${event.id}/minutes/format`, {}, { as: world.organiser });
    const format = await formats.find(world.db, 'perspective-challenger');
    expect(format!.blocks.map((block) => block.minutes)).toEqual([13, 7, 28, 4, 28, 4, 28, 20, 15]);
    expect((await show(event))('aside form').length).toBe(0);
  });
});
