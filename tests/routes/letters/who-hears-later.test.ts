// Before an organiser asks many people at once: how many of them hear later, on the forms that ask.
import { expect, test } from 'vitest';
import { programmes } from '../../../src/store/schema/index.ts';
import { drafted } from '../../support/events.ts';
import { proposeTrend } from '../../support/trends.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld({ mailConfigured: true });

const shown = async (path: string, form: string) =>
  page(await world.get(path, { as: world.organiser }))(`form[action="${form}"]`)
    .text()
    .replace(/\s+/g, ' ');

const later = (n: number) => `${n} of ${n} hear on Monday`;

test('the forms of dates, ranking and ground rules say from which day on people hear', async () => {
  await world.db.update(programmes).set({ asksToAccept: true });
  await proposeTrend(world, 'Agents', { state: 'shortlisted' });
  const [ada, bo] = [
    await world.addPerson({ name: 'Ada', side: 'talent' }),
    await world.addPerson({ name: 'Bo', side: 'talent' }),
  ];
  const event = await drafted(world, [ada, bo]);
  const forms = [
    [`/events/${event.id}/dates?on=1`, `/events/${event.id}/dates`, 2],
    ['/teams/assignment', '/teams/assignment/reminder', 2],
    ['/settings/programme/rules', '/settings/programme/reminder', 3],
  ] as const;
  while (world.clock.now.toZonedDateTimeISO('Europe/Oslo').dayOfWeek !== 3)
    world.clock.advance({ hours: 24 });
  for (const [path, form] of forms) expect(await shown(path, form)).not.toContain('hear on');
  // Nobody is asked on a Saturday.
  world.clock.advance({ hours: 72 });
  for (const [path, form, n] of forms) expect(await shown(path, form)).toContain(later(n));
});
