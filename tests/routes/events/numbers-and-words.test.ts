// What pages and e-mails say about seats follows from how many there are; Review warns of what may be wrong.
import { expect, test } from 'vitest';
import { answer } from '../../../src/actions/guests/answer.ts';
import { pressAtDoor } from '../../../src/actions/guests/door.ts';
import { counts } from '../../../src/store/guests/guest-lists.ts';
import type { Person } from '../../../src/store/people/people.ts';
import { drafted, linkOf, published } from '../../support/events.ts';
import { allLetters } from '../../support/letters.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();
const ida = () => ({ as: world.organiser });
const squeezed = (text: string) => text.replace(/\s+/g, ' ').trim();

async function seniors(n: number): Promise<Person[]> {
  const people: Person[] = [];
  for (let i = 0; i < n; i++) people.push(await world.addPerson({ name: `Guest ${i}` }));
  return people;
}

test('“A seat is kept for you” only where there is one for each invited; else seats go in the order of answers', async () => {
  const people = await seniors(3);
  const event = await published(world, people, { seniorCapacity: 2 });
  const card = async (who: Person) => page(await world.get(linkOf(world, event, who)));
  const crowded = await card(people[0]!);
  expect(crowded('#answer-title').text()).toBe('You’re invited');
  expect(crowded('#answer-panel').text()).toContain('Seats go in the order of answers.');
  expect(crowded('svg.room-pic').attr('aria-label')).not.toContain('kept for you');
  const [letter] = await allLetters(world);
  expect(letter?.facts.inOrderOfAnswers).toBe(true);
  await answer(world.ctx, event.id, people[2]!.id, 'no', { way: 'calendar' });
  const kept = await card(people[0]!);
  expect(kept('#answer-title').text()).toBe('A seat is kept for you');
  expect(kept('#answer-panel').text()).not.toContain('order of answers');
});

test('Review warns, each warning with the link that mends it, and so does Invitations', async () => {
  const people = await seniors(5);
  const lunch = await published(world, people.slice(0, 1), { name: 'Lunch', startsAt: '2026-12-13T17:00' });
  await answer(world.ctx, lunch.id, people[0]!.id, 'yes');
  const values = { seniorCapacity: 1, talentCapacity: 0, startsAt: '2026-12-13T16:00' };
  const draft = await drafted(world, people, { ...values, seniorQuorum: 6 });
  const $ = page(await world.get(`/events/${draft.id}/review`, ida()));
  const said = $('#warnings li')
    .get()
    .map((one) => [squeezed($(one).find('b').text()), $(one).find('a').attr('href')]);
  const base = `/events/${draft.id}`;
  expect(said).toEqual([
    ['5 senior managers are invited for 1 seat.', `${base}/edit#seniors`],
    ['At least 6 senior managers should come, and 5 are invited.', `${base}/edit#leastSeniors`],
    ['There is no seat for young talents.', `${base}/edit#talents`],
    ['Guest 0 is coming to Lunch at that time.', `${base}/people`],
    ['Sunday 13 December 2026 is at the weekend.', `${base}/edit#date`],
    ['Nobody leads these blocks yet: Round 1, Round 2 and Round 3.', `${base}/run`],
  ]);
  const form = page(await world.get(`${base}/edit`, ida()));
  for (const id of ['seniors', 'leastSeniors', 'talents', 'date']) expect(form(`#${id}`).length).toBe(1);
  const sent = await published(world, people, values);
  const invitations = page(await world.get(`/events/${sent.id}/invitations`, ida()));
  expect(invitations('#warnings li').length).toBe(5);
  const guest = page(await world.get(linkOf(world, sent, people[0]!)));
  expect(guest('#answer-panel').text()).toContain('You’re already coming to Lunch at that time.');
});

test('a new event has as many seats as there are people to invite, and no more than the format', async () => {
  await seniors(3);
  for (let i = 0; i < 2; i++) await world.addPerson({ side: 'talent' });
  const fields = async () => {
    const $ = page(await world.get('/events/new?format=perspective-challenger', ida()));
    return ['seniors', 'talents', 'leastSeniors', 'leastTalents'].map((id) => $(`#${id}`).val());
  };
  expect(await fields()).toEqual(['3', '2', '3', '2']);
  await seniors(40);
  expect((await fields())[0]).toBe('22');
});

test('“not there last time” asks about the last event that was held, and who was seen there', async () => {
  const [ada, bo, cy] = (await seniors(3)) as [Person, Person, Person];
  const held = await published(world, [ada, bo, cy], { startsAt: '2026-11-10T16:00', answerBy: null });
  for (const { id } of [ada, bo]) await answer(world.ctx, held.id, id, 'yes');
  const ahead = await published(world, [cy]);
  await answer(world.ctx, ahead.id, cy.id, 'yes');
  const fresh = async () => (await counts(world.db, world.clock.now)).fresh;
  expect(await fresh()).toBe(3);
  world.clock.now = Temporal.Instant.from('2026-11-10T15:00:00Z');
  await pressAtDoor(world.ctx, held.id, ada.id, { here: true });
  world.clock.advance({ hours: 24 });
  expect(await fresh()).toBe(2);
});
