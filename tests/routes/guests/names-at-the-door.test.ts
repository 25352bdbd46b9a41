// The door takes names that are on no list, so it must be no way to read the list of people.
import { expect, test } from 'vitest';
import { appoint } from '../../../src/actions/guests/facilitators.ts';
import { published } from '../../support/events.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();

async function evening() {
  const fia = await world.addPerson({ name: 'Fia Berg', side: 'talent' });
  const event = await published(world, [fia]);
  await appoint(world.ctx, event.id, fia.id, true, world.organiser.id);
  world.clock.now = Temporal.Instant.from('2026-12-10T15:00:00Z');
  const say = async (name: string, as = fia) => {
    const answer = await world.post(`/events/${event.id}/door`, { name }, { as });
    return answer.statusCode === 303 ? 'let in' : page(answer)('#name-error').text().replace('Error: ', '');
  };
  return { fia, event, say };
}

const unknown = (n: number) =>
  `Nobody here is called Nobody ${n}. Write the full name or the work e-mail address.`;

test('a facilitator may misspell fifteen names an hour, and then finds nobody, whoever exists', async () => {
  const { say } = await evening();
  await world.addPerson({ name: 'Ada Lovelace', email: 'ada@halden.example' });
  await world.addPerson({ name: 'Bo Diddley' });
  for (let n = 0; n < 15; n++) expect(await say(`Nobody ${n}`)).toBe(unknown(n));
  const refused = 'Those were many names. Try again in 60 minutes, or ask an organiser.';
  expect([await say('Nobody 16'), await say('ada@halden.example'), await say('Bo Diddley')]).toEqual([
    refused,
    refused,
    refused,
  ]);
  expect(await say('Bo Diddley', world.organiser)).toBe('let in');
  world.clock.advance({ hours: 1 });
  expect(await say('ada@halden.example')).toBe('let in');
});

test('forty guests who are there can be let in within the hour', async () => {
  const { say } = await evening();
  const said: string[] = [];
  for (let n = 0; n < 40; n++) {
    const { name } = await world.addPerson();
    said.push(await say(name));
  }
  expect(new Set(said)).toEqual(new Set(['let in']));
  expect(await say('Nobody 1')).toBe(unknown(1));
});

test('many guesses at the same moment are counted one by one', async () => {
  const { say } = await evening();
  const said = await Promise.all(Array.from({ length: 25 }, (_, n) => say(`Nobody ${n}`)));
  expect(said.filter((one) => one.startsWith('Nobody here'))).toHaveLength(15);
});
