import { expect, test } from 'vitest';
import { events } from '../../../src/store/schema/index.ts';
import { drafted, planFor, published, teamOf } from '../../support/events.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();
const names = async (path: string, as = world.organiser) => {
  const $ = page(await world.get(path, { as }));
  return $('.by-date h3 a')
    .get()
    .map((link) => $(link).text());
};

test('an event is held once it is over on the clocks of its own zone', async () => {
  const ada = await world.addPerson();
  // It is 9:00 in Oslo on 9 November: noon is over in Auckland and ahead in Oslo.
  await published(world, [ada], { name: 'In Oslo', startsAt: '2026-11-09T12:00', answerBy: null });
  const far = {
    name: 'In Auckland',
    startsAt: '2026-11-09T22:00',
    timeZone: 'Pacific/Auckland',
    answerBy: null,
  };
  await published(world, [ada], far);
  expect(await names('/events?show=ahead')).toEqual(['In Oslo', 'In Auckland']);
  world.clock.advance({ hours: 4 });
  expect(await names('/events?show=ahead')).toEqual(['In Oslo']);
  expect(await names('/events?show=held')).toEqual(['In Auckland']);
  expect(await names('/events?show=held', ada)).toEqual(['In Auckland']);
});

test('an event that goes on is not over', async () => {
  const ada = await world.addPerson();
  await published(world, [ada], { startsAt: '2026-11-09T09:30', answerBy: null });
  world.clock.advance({ hours: 1 });
  expect(await names('/events?show=ahead')).toEqual(['Winter round']);
});

test('guests see neither drafts nor events of others in any part of the list', async () => {
  const [ada, bo] = [await world.addPerson(), await world.addPerson()];
  await drafted(world, [ada], { name: 'Still a draft' });
  await published(world, [bo], { name: 'For Bo' });
  await published(world, [ada], { name: 'For Ada' });
  expect(await names('/events?show=ahead')).toEqual(['Still a draft', 'For Bo', 'For Ada']);
  expect(await names('/events?show=ahead', ada)).toEqual(['For Ada']);
});

test('a search for teams keeps all that was typed and makes no event', async () => {
  const { topics: _, guestIds: __, blocks: ___, ...plan } = planFor(world, []);
  const typed = {
    name: 'A spring round',
    place: 'The barn',
    do: 'find',
    find: 'nothing',
    date: '2026-12-10',
    start: '16:00',
  };
  const answer = await world.post(
    '/events',
    { format: plan.format, formKey: plan.formKey, ...typed },
    { as: world.organiser },
  );
  expect(answer.statusCode).toBe(200);
  const $ = page(answer);
  expect([$('#name').val(), $('#place').val(), $('.errors').length]).toEqual([
    'A spring round',
    'The barn',
    0,
  ]);
  expect(await names('/events?show=ahead')).toEqual([]);
});

test('the first page leads everyone to their next thing, and no further than to what is still ahead', async () => {
  const [ada, leo] = [await world.addPerson(), await world.addPerson()];
  const tom = await world.addPerson({ side: 'talent' });
  const { teamId } = await teamOf(world, 'Heat', [tom]);
  const event = await published(world, [ada, tom], { startsAt: '2026-11-09T12:00', answerBy: null });
  await world.db.update(events).set({ facilitatorId: leo.id });
  const leads = (as: typeof ada) => world.get('/', { as }).then(({ headers }) => headers.location);
  expect(await Promise.all([world.organiser, leo, tom, ada].map(leads))).toEqual([
    '/events',
    `/events/${event.id}/live`,
    `/teams/${teamId}`,
    `/e/${event.slug}`,
  ]);
  world.clock.advance({ hours: 8 });
  expect(await Promise.all([leo, ada].map(leads))).toEqual(['/trends', '/trends']);
});
