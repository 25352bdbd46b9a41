// An event of two tables with a host each, to which everyone has said yes.
import { answer } from '../../../src/actions/guests/answer.ts';
import type * as events from '../../../src/store/events/events.ts';
import type { Person } from '../../../src/store/people/people.ts';
import { published, teamOf } from '../events.ts';
import type { World } from '../world.ts';

/** Publishes it on Thursday 10 December for these guests. */
export async function twoTables(
  world: World,
  names: readonly string[],
): Promise<{ event: events.Event; guests: Person[]; hosts: Person[] }> {
  const guests: Person[] = [];
  for (const name of names) guests.push(await world.addPerson({ name }));
  const hosts: Person[] = [];
  for (const name of ['Hana Ito', 'Ivo Jansen']) hosts.push(await world.addPerson({ name, side: 'talent' }));
  const topics = [
    await teamOf(world, 'Agents', hosts.slice(0, 1)),
    await teamOf(world, 'Energy', hosts.slice(1)),
  ];
  const event = await published(world, [...guests, ...hosts], { topics });
  for (const { id } of [...guests, ...hosts]) await answer(world.ctx, event.id, id, 'yes');
  return { event, guests, hosts };
}
