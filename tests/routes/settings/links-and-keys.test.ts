import path from 'node:path';
import { expect, test } from 'vitest';
import { openSecret } from '../../../src/actions/sign-in/deployment-secret.ts';
import { secretFileIn } from '../../../src/database/open.ts';
import { deliverLetter } from '../../../src/jobs/deliver-letter.ts';
import { openPost } from '../../../src/jobs/post.ts';
import { temporaryFolder } from '../../support/database.ts';
import { linkOf, published } from '../../support/events.ts';
import { allLetters } from '../../support/letters.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();
const address = '/settings/links-and-keys';

async function withFile() {
  const file = secretFileIn(path.join(temporaryFolder(), 'data'));
  const { secret } = await openSecret(world.ctx, { given: undefined, file });
  Object.assign(world.ctx, { secret, secretFile: file });
  return file;
}

test('an organiser makes a new secret with one press, and the page says how many e-mails go out', async () => {
  const file = await withFile();
  const ada = await world.addPerson({ name: 'Ada' });
  const event = await published(world, [ada]);
  for (const { id } of await allLetters(world))
    await deliverLetter(world.ctx, { ...openPost(world.ctx, undefined), print: () => {} }, id);
  const before = linkOf(world, event, ada);
  expect((await world.get(before)).statusCode).toBe(200);
  const shown = page(await world.get(address, { as: world.organiser }));
  expect(shown('main').text()).toContain(file.path);
  // Said before the press, since nothing brings it back.
  expect(shown('form[action="/settings/new-secret"]').text()).toMatch(
    /can’t be undone\..*Browsers no longer find what they keep for asking without a name\./s,
  );

  const pressed = await world.post('/settings/new-secret', {}, { as: world.organiser });
  expect([pressed.statusCode, pressed.headers.location]).toEqual([303, `${address}?sent=1`]);
  expect((await world.get(before)).statusCode).toBe(404);
  expect((await world.get(linkOf(world, event, ada))).statusCode).toBe(200);
  const said = page(await world.get(`${address}?sent=1`, { as: world.organiser }));
  expect(said('body').text()).toContain('1 e-mail with a new link is kept here in ten seconds.');
  const log = page(await world.get('/settings/audit-log', { as: world.organiser }));
  expect(log('main').text()).toContain('made a new secret, so that all personal links are new');
});

test('where SECRET is set the page says how to change it there, and a press is refused', async () => {
  delete world.ctx.secretFile;
  const shown = page(await world.get(address, { as: world.organiser }));
  expect(shown('form[action="/settings/new-secret"]')).toHaveLength(0);
  expect(shown('main p code').text()).toContain('npm run new-secret');
  const pressed = await world.post('/settings/new-secret', {}, { as: world.organiser });
  expect([pressed.statusCode, page(pressed)('main').text()]).toEqual([
    409,
    expect.stringContaining('Change it there.'),
  ]);
});

test('is for organisers only, and a foreign field is refused', async () => {
  await withFile();
  const ada = await world.addPerson({ name: 'Ada' });
  expect((await world.get(address, { as: ada })).statusCode).toBe(404);
  expect((await world.post('/settings/new-secret', {}, { as: ada })).statusCode).toBe(404);
  const { secret } = world.ctx;
  expect((await world.post('/settings/new-secret', { x: '1' }, { as: world.organiser })).statusCode).toBe(
    400,
  );
  expect(world.ctx.secret).toBe(secret);
});
