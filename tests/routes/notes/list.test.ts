// All notes of an event, for its organisers.
import { beforeEach, expect, test } from 'vitest';
import * as events from '../../../src/store/events/events.ts';
import { type Evening, eveningIn, itIs, note } from '../../support/tables/evening.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();
let evening: Evening;
let address: string;

beforeEach(async () => {
  evening = await eveningIn(world);
  address = `/events/${evening.event.id}/notes`;
  itIs(world, '16:20');
});

const textOf = (text: string) => text.replace(/\s+/g, ' ').trim();

test('organisers read all notes by table, and the day on which they are erased', async () => {
  const empty = page(await world.get(address, { as: world.organiser }));
  expect(empty('.empty').text()).toContain('No notes yet');
  await note(world, evening, evening.amina, 'Begin small');
  await note(world, evening, evening.leo, 'Who checks?', { table: 2, kind: 'follow' });
  const $ = page(await world.get(address, { as: world.organiser }));
  expect(
    $('h3')
      .toArray()
      .map((h) => textOf($(h).text())),
  ).toEqual(['Table 1, Agents', 'Table 2, Proof']);
  expect(
    $('.notes li')
      .toArray()
      .map((li) => textOf($(li).text())),
  ).toEqual(['Idea: Begin smallRound 1', 'Follow up: Who checks?Round 1']);
  expect(textOf($('.sec-head').text())).toContain('erased on Wednesday 10 March');
});

test('the file has every note, and no one’s name', async () => {
  await note(world, evening, evening.amina, '=1+1 is what it said');
  const { body } = await world.get(`${address}.csv`, { as: world.organiser });
  expect(
    body
      .replace(/^\ufeff/, '')
      .trim()
      .split(/\r?\n/),
  ).toEqual(['Table,Trend,Round,Kind,Note', "1,Agents,1,Idea,'=1+1 is what it said"]);
});

test('nobody else opens the list or the file: no host, no guest, no facilitator', async () => {
  await world.db.transaction((tx) => events.change(tx, evening.event.id, { facilitatorId: evening.leo.id }));
  expect((await world.get(`/events/${evening.event.id}/live`, { as: evening.leo })).statusCode).toBe(200);
  for (const as of [evening.leo, evening.amina, evening.margareta])
    for (const path of [address, `${address}.csv`])
      expect([403, 404]).toContain((await world.get(path, { as })).statusCode);
});

test('an organiser closes the notes for hosts, and opens them again', async () => {
  await note(world, evening, evening.amina, 'Begin small');
  await world.post(`${address}/closing`, { closed: 'yes' }, { as: world.organiser });
  const phone = page(await world.get(`/e/${evening.event.slug}/hosting`, { as: evening.amina }));
  expect(phone('main').text()).toContain('The notes are closed.');
  expect(phone('#composer')).toHaveLength(0);
  await world.post(`${address}/closing`, { closed: 'no' }, { as: world.organiser });
  expect(
    page(await world.get(`/e/${evening.event.slug}/hosting`, { as: evening.amina }))('#composer'),
  ).toHaveLength(1);
});
