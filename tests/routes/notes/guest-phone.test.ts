// A guest's phone during the evening.
import { beforeEach, describe, expect, test } from 'vitest';
import { answer } from '../../../src/actions/guests/answer.ts';
import { linkOf } from '../../support/events.ts';
import { type Evening, eveningIn, itIs, note } from '../../support/tables/evening.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();
let evening: Evening;
let address: string;

beforeEach(async () => {
  evening = await eveningIn(world, { question: 'Would you let it sign?' });
  address = `/e/${evening.event.slug}/now`;
});

const textOf = (text: string) => text.replace(/\s+/g, ' ').trim();
const phone = async (path = address) => page(await world.get(path, { as: evening.margareta }));
const card = async () => textOf((await phone())('#card-title').text());

describe('a guest’s phone', () => {
  test('shows the first table before, the round with its question, the way in the move, and the last round', async () => {
    itIs(world, '15:52');
    expect(await card()).toBe('Start at table 1');
    itIs(world, '16:20');
    const $ = await phone();
    expect(textOf($('#card-title').text())).toBe('You’re at table 1');
    expect(textOf($('.ruled .round-ask').text())).toBe('Would you let it sign? 1');
    expect(textOf($('.next-move').text())).toBe('At 16:40 you move to table 2. This page shows when.');
    expect(textOf($('.with').text())).toContain('Claire');
    itIs(world, '16:42');
    expect(await card()).toBe('Go to table 2');
    itIs(world, '17:20');
    expect(await card()).toBe('You’re at table 1');
  });

  test('opens by the personal link, and is there for nobody who is not on the list or said no', async () => {
    itIs(world, '16:20');
    const link = linkOf(world, evening.event, evening.rolf);
    expect(textOf(page(await world.get(`${link}/now`))('#card-title').text())).toBe('You’re at table 2');
    const stranger = await world.addPerson();
    expect((await world.get(address, { as: stranger })).statusCode).toBe(404);
    await answer(world.ctx, evening.event.id, evening.rolf.id, 'no');
    expect((await world.get(`${link}/now`)).statusCode).toBe(404);
  });

  test('reloads itself without script, but not while one writes', async () => {
    itIs(world, '16:20');
    const meta = async (path: string) =>
      /http-equiv="refresh" content="(\d+)"/.exec(
        (await world.get(path, { as: evening.margareta })).body,
      )?.[1];
    expect(await meta(address)).toBe('30');
    expect(await meta(`${address}?write=1`)).toBeUndefined();
  });
});

describe('the one sentence', () => {
  test('is offered in the harvest and comes back on one’s own phone alone', async () => {
    itIs(world, '16:20');
    expect((await phone())('#mine')).toHaveLength(0);
    itIs(world, '17:45');
    expect((await phone())('#mine')).toHaveLength(1);
    const done = await world.post(
      `${address}/sentence`,
      { sentence: 'I will ask my team' },
      { as: evening.margareta },
    );
    expect(done.headers.location).toBe(`${address}?said=kept#mine`);
    expect((await phone())('textarea').text().trim()).toBe('I will ask my team');
    const other = page(await world.get(address, { as: evening.claire }));
    expect(other('textarea').text().trim()).toBe('');
  });

  test('stands on no page of organisers, hosts or other guests, and in no file', async () => {
    itIs(world, '17:45');
    await note(world, evening, evening.amina, 'A note to be seen');
    await world.post(`${address}/sentence`, { sentence: 'I will ask my team' }, { as: evening.margareta });
    const { id, slug } = evening.event;
    const pages = ['', '/notes', '/notes.csv', '/people', '/questions', '/invitations'].map(
      (path) => `/events/${id}${path}`,
    );
    for (const path of [...pages, `/e/${slug}`, '/settings/audit-log', '/mailbox']) {
      const { body, statusCode } = await world.get(path, { as: world.organiser });
      expect({ path, statusCode }).toEqual({ path, statusCode: 200 });
      expect(body).not.toContain('I will ask my team');
    }
    expect((await world.get(`/events/${id}/notes`, { as: world.organiser })).body).toContain(
      'A note to be seen',
    );
  });

  test('that is too long comes back as it was typed', async () => {
    itIs(world, '17:45');
    const sentence = 'x'.repeat(201);
    const answered = await world.post(`${address}/sentence`, { sentence }, { as: evening.margareta });
    expect(answered.statusCode).toBe(422);
    expect(page(answered)('textarea').text().trim()).toBe(sentence);
  });
});
