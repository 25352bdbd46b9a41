// A stream ends when the right to listen does, in whatever process that happens: here one app is pressed at, another streams.
import type { AddressInfo } from 'node:net';
import { sql } from 'drizzle-orm';
import { expect, onTestFinished, test } from 'vitest';
import { buildApp } from '../../../src/app.ts';
import type * as people from '../../../src/store/people/people.ts';
import { linkOf, published } from '../../support/events.ts';
import { follow } from '../../support/pages/following.ts';
import { useWorld } from '../../support/world.ts';

const world = useWorld();

async function evening() {
  const ada = await world.addPerson({ name: 'Ada Lovelace' });
  const bo = await world.addPerson({ name: 'Bo Diddley' });
  const event = await published(world, [ada, bo]);
  const other = await buildApp(world.ctx);
  await other.listen({ port: 0, host: '127.0.0.1' });
  onTestFinished(() => other.close());
  const { port } = other.server.address() as AddressInfo;
  const listen = async (path: string, as?: people.Person) => {
    const cookies = as ? [...(await world.browserOf(as)).cookies] : [];
    const cookie = cookies.map(([name, value]) => `${name}=${value}`).join('; ');
    const stream = await follow(port, world.ctx.baseUrl, path, cookie ? { cookie } : {});
    let isOver = false;
    void stream.ended.then(() => {
      isOver = true;
    });
    return { ...stream, isOver: () => isOver };
  };
  const mine = `/e/${event.slug}/changes`;
  const link = `${linkOf(world, event, ada)}/changes`;
  const desk = `/events/${event.id}/live/changes`;
  const as = { as: world.organiser };
  return { ada, bo, event, listen, mine, link, desk, as };
}

/** The stream ends, another try is told no, and a neighbour's goes on. */
async function endsAlone(
  ends: Awaited<ReturnType<Awaited<ReturnType<typeof evening>>['listen']>>,
  neighbour: typeof ends,
) {
  await ends.ended;
  expect([neighbour.status, neighbour.isOver()]).toEqual([200, false]);
  neighbour.leave();
}

test('Ada signs out: what she follows ends, and Bo’s goes on', async () => {
  const { ada, bo, listen, mine } = await evening();
  const [hers, his] = [await listen(mine, ada), await listen(mine, bo)];
  expect(hers.status).toBe(200);
  await world.post('/sign-out', {}, { as: ada });
  await endsAlone(hers, his);
  expect((await listen(mine, ada)).status).toBe(401);
});

test('Ada is uninvited: her stream ends, signed in and by her link', async () => {
  const { ada, bo, event, listen, mine, link, as } = await evening();
  const [hers, byLink, his] = [await listen(mine, ada), await listen(link), await listen(mine, bo)];
  expect([hers.status, byLink.status]).toEqual([200, 200]);
  await world.post(`/events/${event.id}/people/${ada.id}/removal`, {}, as);
  await Promise.all([hers.ended, byLink.ended]);
  await endsAlone(hers, his);
  expect((await listen(mine, ada)).status).toBe(404);
});

test('Ada is disabled: her stream by her link ends too', async () => {
  const { ada, bo, listen, mine, link } = await evening();
  const [byLink, his] = [await listen(link), await listen(mine, bo)];
  expect(byLink.status).toBe(200);
  await world.db.execute(sql`UPDATE people SET disabled_at = now() WHERE id = ${ada.id}`);
  await endsAlone(byLink, his);
  expect((await listen(link)).status).toBe(404);
});

test('Bo is facilitator no more: the desk ends, and the page he is invited to can be followed again', async () => {
  const { ada, bo, event, listen, mine, desk, as } = await evening();
  const facilitation = `/events/${event.id}/people/${bo.id}/facilitation`;
  await world.post(facilitation, { facilitates: 'yes' }, as);
  const [his, hers] = [await listen(desk, bo), await listen(mine, ada)];
  expect(his.status).toBe(200);
  await world.post(facilitation, { facilitates: 'no' }, as);
  await endsAlone(his, hers);
  expect([(await listen(desk, bo)).status, (await listen(mine, bo)).status]).toEqual([404, 200]);
});

test('Ida is an organiser no more: the desk ends', async () => {
  const { ada, listen, mine, desk } = await evening();
  const [idas, hers] = [await listen(desk, world.organiser), await listen(mine, ada)];
  expect(idas.status).toBe(200);
  await world.db.execute(sql`UPDATE people SET is_organiser = false WHERE id = ${world.organiser.id}`);
  await endsAlone(idas, hers);
});

test('the event is a draft again: nobody follows it any more', async () => {
  const { ada, bo, event, listen, mine, link } = await evening();
  const all = [await listen(mine, ada), await listen(link), await listen(mine, bo)];
  expect(all.map(({ status }) => status)).toEqual([200, 200, 200]);
  await world.db.execute(sql`UPDATE events SET state = 'draft' WHERE id = ${event.id}`);
  await Promise.all(all.map(({ ended }) => ended));
});

test('a new time of the same event ends nothing', async () => {
  const { ada, bo, event, listen, mine } = await evening();
  const [hers, his] = [await listen(mine, ada), await listen(mine, bo)];
  await world.db.execute(sql`UPDATE events SET place = 'The Cellar' WHERE id = ${event.id}`);
  await world.post('/sign-out', {}, { as: ada });
  await endsAlone(hers, his);
});
