import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { giveOut } from '../../../src/actions/questions/slips.ts';
import { published } from '../../support/events.ts';
import { needs } from '../../support/needs.ts';
import { useWorld } from '../../support/world.ts';

const batch = () => ({
  ask: [1, 2, 3].map(() => Buffer.concat([Buffer.alloc(1), randomBytes(255)])),
});

needs('postgresql')('while somebody holds the event’s row', () => {
  const world = useWorld({ home: 'server' });

  test('a batch of slips asked for again is answered at once, and a first one waits', async () => {
    const [ada, bo] = [await world.addPerson(), await world.addPerson()];
    const event = await published(world, [ada, bo]);
    const hers = batch();
    const signed = await giveOut(world.ctx, event.id, ada.id, hers);
    let isGiven = false;
    const first = await world.sql.begin(async (other) => {
      await other`SELECT 1 FROM events WHERE id = ${event.id} FOR UPDATE`;
      const his = giveOut(world.ctx, event.id, bo.id, batch()).finally(() => {
        isGiven = true;
      });
      expect(await giveOut(world.ctx, event.id, ada.id, hers)).toEqual(signed);
      expect(isGiven).toBe(false);
      return { his };
    });
    expect((await first.his).ask).toHaveLength(2);
  });
});
