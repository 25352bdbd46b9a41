// Files among the materials of a programme.
import { createHash, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { startSeason } from '../../../src/actions/settings/seasons.ts';
import * as programmes from '../../../src/store/events/programmes.ts';
import { filePieces, files } from '../../../src/store/schema/index.ts';
import { linkOf, published } from '../../support/events.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();
const address = '/settings/programme/files';
const pdf = (size = 30) => Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(size)]);
const asIda = () => ({ as: world.organiser });

async function upload(bytes: Buffer, fileName = 'How to ask.pdf') {
  const browser = await world.browserOf(world.organiser);
  return browser.upload(address, { name: 'file', fileName, bytes });
}
const materials = async () => (await programmes.current(world.db))!.materials;
const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

test('a file of many pieces comes back byte by byte, as a download, by link, signed in and for organisers', async () => {
  const ada = await world.addPerson();
  const event = await published(world, [ada]);
  const bytes = pdf(600 * 1024);
  expect((await world.get(address, asIda())).statusCode).toBe(200);
  const added = await upload(bytes, 'Größe 1.pdf');
  expect(added.headers.location).toBe('/settings/programme?said=file#materials');
  expect(await world.db.$count(filePieces)).toBe(3);
  const { id } = (await materials())[0]!.file!;
  const link = linkOf(world, event, ada);
  expect(page(await world.get(link))(`#programme a[href="${link}/files/${id}"]`)).toHaveLength(1);
  for (const [path, as] of [
    [`${address}/${id}`, world.organiser],
    [`/e/${event.slug}/files/${id}`, ada],
    [`${link}/files/${id}`, undefined],
  ] as const) {
    const sent = await world.get(path, as ? { as } : {});
    expect([path, sent.statusCode, sent.headers['content-type']]).toEqual([path, 200, 'application/pdf']);
    expect(sent.headers['content-disposition']).toBe(
      `attachment; filename="Gr__e 1.pdf"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%201.pdf`,
    );
    expect(hash(sent.rawPayload)).toBe(hash(bytes));
  }
});

test('what is for one side alone is not there for the other, nor for strangers', async () => {
  const [senior, talent] = [await world.addPerson(), await world.addPerson({ side: 'talent' })];
  const event = await published(world, [senior, talent]);
  await upload(pdf());
  const [one] = await materials();
  await world.db.transaction((tx) =>
    programmes.setMaterials(tx, world.programme.id, [{ ...one!, readers: 'talent' }]),
  );
  const path = `/e/${event.slug}/files/${one!.file!.id}`;
  expect((await world.get(path, { as: talent })).statusCode).toBe(200);
  expect((await world.get(path, { as: senior })).statusCode).toBe(404);
  expect((await world.get(path, { as: await world.addPerson() })).statusCode).toBe(404);
  expect((await world.get(`${address}/${one!.file!.id}`, { as: talent })).statusCode).toBe(404);
});

test.each([
  ['trap.pdf', Buffer.from('<script>alert(1)</script>')],
  ['page.html', Buffer.from('<p>')],
  ['empty.pdf', Buffer.alloc(0)],
])('%s is refused with what to do, and nothing is stored', async (name, bytes) => {
  const refused = await upload(bytes, name);
  expect(refused.statusCode).toBe(422);
  expect(page(refused)('#file-error').text()).toContain('Choose a');
  expect(await world.db.$count(files)).toBe(0);
});

test('10 MB are taken, and one byte more is refused in words', async () => {
  const most = 10 * 1024 * 1024;
  expect((await upload(pdf(most - 9))).statusCode).toBe(303);
  const refused = await upload(pdf(most - 8));
  expect(refused.statusCode).toBe(422);
  expect(page(refused)('main').text()).toContain('The file is larger than 10 MB');
  expect(await world.db.$count(files)).toBe(1);
});

test('saving the settings keeps files that came meanwhile, and removing one removes its pieces', async () => {
  const shown = page(await world.get('/settings/programme', asIda()));
  await upload(pdf());
  const seen = String(shown('[name=seen]').val());
  const fields = { organisation: 'Halden AS', programme: 'Spring', zone: 'Europe/Oslo', seen };
  const saved = await world.post('/settings/programme', fields, asIda());
  expect(saved.statusCode).toBe(303);
  const [one] = await materials();
  expect(one?.file?.name).toBe('How to ask.pdf');
  expect(page(await world.get('/settings/programme', asIda()))('#materials').text()).toContain('PDF, 1 kB');
  await world.post(`${address}/${one!.file!.id}/removal`, {}, asIda());
  await world.post(`${address}/${one!.file!.id}/removal`, {}, asIda());
  expect([await materials(), await world.db.$count(filePieces)]).toEqual([[], 0]);
});

test('the season before keeps its file when the next one removes it', async () => {
  await upload(pdf());
  const plan = { name: 'Second', startsOn: null, endsOn: null };
  await startSeason(world.ctx, world.organiser.id, world.programme.id, plan);
  const { id } = (await materials())[0]!.file!;
  await world.post(`${address}/${id}/removal`, {}, asIda());
  expect([await materials(), await world.db.$count(files)]).toEqual([[], 1]);
});

test('a form without a file comes back with what to do', async () => {
  const answer = await upload(Buffer.alloc(0), '');
  expect(answer.statusCode).toBe(422);
  expect(page(answer)('#file-error, .error').text()).toContain('Choose a file first');
  expect(await materials()).toEqual([]);
});
