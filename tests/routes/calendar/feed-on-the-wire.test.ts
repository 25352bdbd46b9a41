import fs from 'node:fs';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { hashSecret } from '../../../src/actions/sign-in/secrets.ts';
import { buildApp } from '../../../src/app.ts';
import { people } from '../../../src/store/schema/index.ts';
import { copyOfTemplate } from '../../support/database.ts';
import { published } from '../../support/events.ts';
import { startFlipside } from '../../support/process.ts';
import { useWorld } from '../../support/world.ts';

// a feed as it travels, and what it leaves behind

const secret = 'Feed_secret-of_27_letters-x';

describe('D3: a feed is never compressed', () => {
  const world = useWorld();

  test('although pages are, to a program that would take it', async () => {
    const ada = await world.addPerson();
    for (const name of ['One', 'Two', 'Three', 'Four', 'Five', 'Six'])
      await published(world, [ada], { name, lede: 'A longer text than most. '.repeat(40) });
    await world.db
      .update(people)
      .set({ feedTokenHash: hashSecret(secret) })
      .where(eq(people.id, ada.id));
    const app = await buildApp(world.ctx, { compress: true });
    const headers = { host: new URL(world.ctx.baseUrl).host, 'accept-encoding': 'gzip, br, zstd' };
    const cookie = [...(await world.browserOf(ada)).cookies]
      .map(([name, value]) => `${name}=${value}`)
      .join('; ');
    const page = await app.inject({ url: '/events', headers: { ...headers, cookie } });
    expect([page.statusCode, page.headers['content-encoding']]).toEqual([200, 'gzip']);
    const feed = await app.inject({ url: `/feed/${secret}.ics`, headers });
    expect([feed.statusCode, feed.headers['content-encoding']]).toEqual([200, undefined]);
    expect(feed.body.length).toBeGreaterThan(4096);
    expect(feed.body).toContain('BEGIN:VCALENDAR');
    await app.close();
  });
});

test('D2: the secrets in addresses stand in no log, however much is logged', async () => {
  const dataDir = await copyOfTemplate();
  const flipside = await startFlipside({ DATA_DIR: dataDir, LOG_LEVEL: 'debug' });
  for (const path of [`/feed/${secret}.ics`, `/i/${secret}`, `/r/${secret}`, `/sign-in/link/${secret}`])
    await flipside.get(path);
  const broken = await flipside.get(`/feed/${secret}%ff.ics`);
  expect(broken.status).toBeGreaterThanOrEqual(400);
  await flipside.stop();
  expect(flipside.output()).toContain('Flipside is at');
  expect(flipside.output()).not.toContain(secret);
  fs.rmSync(dataDir, { recursive: true, force: true });
});
