import { expect, test } from 'vitest';
import * as programmes from '../../../src/store/events/programmes.ts';
import { linkOf, published } from '../../support/events.ts';
import { allLetters } from '../../support/letters.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();
const address = '/settings/programme';

/** The fields of the form as they stand, as a browser would send them. */
async function fields(): Promise<Record<string, string>> {
  const shown = page(await world.get(address, { as: world.organiser }));
  const form = shown(`form[action="${address}"]`);
  const named = form.find('input[name], textarea[name], select[name]').toArray();
  return Object.fromEntries(
    named.map((field) => {
      const one = shown(field);
      const text = one.is('textarea') ? one.text().replace(/^\n/, '') : String(one.val() ?? '');
      return [one.attr('name')!, text];
    }),
  );
}

const send = async (values: Record<string, string>) =>
  world.post(address, { ...(await fields()), ...values }, { as: world.organiser });

const all = {
  organisation: 'Halden AS',
  programme: 'Spring season',
  from: '2026-08-17',
  until: '2027-06-30',
  zone: 'Europe/Berlin',
  purpose: 'Young colleagues teach senior managers. Nobody has to know it already.',
  'rule-1': 'Ask anything',
  'contact-1': 'Marie-Laure',
  'contact-email-1': 'ml@halden.example',
  'contact-phone-1': '+33 4 77 00 21 90',
  'contact-readers-1': 'senior',
  sponsor: 'Wilhelmine',
  sponsorTitle: 'Vice President',
  sponsorWords: 'I came with one question.',
  'material-1': 'How to ask',
  'material-url-1': 'https://intranet.halden.example/how-to-ask',
  'material-readers-1': 'all',
};

test('an organiser sets the programme, and guests read it on the event’s page and in the invitation', async () => {
  const ada = await world.addPerson({ name: 'Ada' });
  const before = await published(world, [ada]);
  expect(page(await world.get(linkOf(world, before, ada)))('main').text()).toContain(
    'No question is too basic.',
  );

  const saved = await send(all);
  expect([saved.statusCode, saved.headers.location]).toEqual([303, `${address}?said=saved`]);
  expect(await fields()).toMatchObject(all);
  const { timeZone, startsOn, endsOn, settingsRevision } = (await programmes.current(world.db))!;
  expect([timeZone, startsOn, endsOn, settingsRevision]).toEqual([
    'Europe/Berlin',
    '2026-08-17',
    '2027-06-30',
    1,
  ]);

  const read = page(await world.get(linkOf(world, before, ada)));
  for (const text of ['Ask anything', all.purpose, 'Wilhelmine', 'Vice President', all.sponsorWords])
    expect(read('main').text()).toContain(text);
  expect(read('main a[href="https://intranet.halden.example/how-to-ask"]').text()).toBe('How to ask');
  expect(read('footer a[href="mailto:ml@halden.example"]')).toHaveLength(1);
  expect(read('footer a[href="tel:+33477002190"]').text()).toBe('+33 4 77 00 21 90');

  const bo = await world.addPerson({ name: 'Bo' });
  await published(world, [bo], { name: 'Second' });
  const facts = (await allLetters(world)).find(({ personId }) => personId === bo.id)!.facts;
  expect(facts).toMatchObject({
    organisation: 'Halden AS',
    purpose: all.purpose,
    sponsor: { name: 'Wilhelmine', title: 'Vice President' },
    help: [{ name: 'Marie-Laure', email: 'ml@halden.example', phone: '+33 4 77 00 21 90' }],
  });
  const log = page(await world.get('/settings/audit-log', { as: world.organiser }));
  expect(log('main').text()).toContain('changed the settings of Spring season');
});

test('what is for seniors is not shown to talents', async () => {
  await send({ ...all, 'material-readers-1': 'senior' });
  const [senior, talent] = [await world.addPerson(), await world.addPerson({ side: 'talent' })];
  const event = await published(world, [senior, talent]);
  const [forSenior, forTalent] = [senior, talent].map(async (person) =>
    page(await world.get(linkOf(world, event, person))),
  );
  expect([(await forSenior!)('footer').text(), (await forSenior!)('main').text()]).toEqual([
    expect.stringContaining('Marie-Laure'),
    expect.stringContaining('How to ask'),
  ]);
  expect((await forTalent!)('body').text()).not.toMatch(/Marie-Laure|How to ask/);
  expect((await world.get('/trends', { as: senior })).body).toContain('Marie-Laure');
  expect((await world.get('/trends', { as: talent })).body).not.toContain('Marie-Laure');
});

test('every mistake is named at its field, and nothing typed is lost', async () => {
  const typed = {
    ...all,
    organisation: ' ',
    until: '2026-06-30',
    'rule-2': '',
    'why-2': 'Because',
    'contact-email-1': 'nowhere',
    'material-url-1': 'intranet',
  };
  const blank = await send(typed);
  expect([blank.statusCode, page(blank)('#organisation-error').text()]).toEqual([
    422,
    'Error: Write the name of your organisation',
  ]);
  const answer = await send({ ...typed, organisation: 'Halden AS' });
  const shown = page(answer);
  expect(answer.statusCode).toBe(422);
  const said = Object.fromEntries(
    shown('.error-summary a')
      .toArray()
      .map((link) => [shown(link).attr('href'), shown(link).text()]),
  );
  expect(said).toEqual({
    '#until': 'Choose an end after Monday 17 August 2026',
    '#rule-2': 'Write the rule, or empty this line',
    '#contact-email-1': 'Write a whole address, such as ida.nordby@halden.example',
    '#material-url-1': 'Write a whole link that starts with https://',
  });
  for (const field of Object.keys(said)) expect(shown(field).attr('aria-invalid')).toBe('true');
  expect([shown('#why-2').val(), shown('#purpose').text().trim(), shown('#until').val()]).toEqual([
    'Because',
    all.purpose,
    '2026-06-30',
  ]);
  expect((await programmes.current(world.db))!.settingsRevision).toBe(0);
});

test('rows are added, moved and removed without script, and nothing is saved before Save', async () => {
  const added = page(await send({ 'why-4': 'Mine', press: 'add-rule' }));
  expect([added('#rule-5').val(), added('#why-4').val()]).toEqual(['', 'Mine']);
  const moved = page(await send({ press: 'up-rule-2' }));
  expect([moved('#rule-1').val(), moved('#rule-2').val()]).toEqual([
    'What is said here stays here.',
    'No question is too basic.',
  ]);
  await send(all);
  const dropped = page(await send({ press: 'drop-contact-1' }));
  expect([dropped('[name^="contact-"]').length, dropped('#material-1').val()]).toEqual([0, 'How to ask']);
  expect((await programmes.current(world.db))!.contacts).toHaveLength(1);
});

test('rules that are the usual ones again follow each reader’s language', async () => {
  await send({ 'rule-1': 'Ask anything' });
  expect((await programmes.current(world.db))!.groundRules).toHaveLength(4);
  await send({ 'rule-1': 'No question is too basic.' });
  expect((await programmes.current(world.db))!.groundRules).toBeNull();
});

test('of two organisers who edit at once, the second sees what changed and loses nothing', async () => {
  const opened = await fields();
  await send({ purpose: 'One table at a time.' });
  const late = await world.post(address, { ...opened, ...all }, { as: world.organiser });
  const shown = page(late);
  expect([late.statusCode, shown('#purpose').text().trim()]).toEqual([409, all.purpose]);
  expect(shown('.notice').text()).toContain('One table at a time.');
  const again = { ...opened, ...all, seen: String(shown('input[name="seen"]').val()) };
  expect((await world.post(address, again, { as: world.organiser })).statusCode).toBe(303);
  expect((await programmes.current(world.db))!.purpose).toBe(all.purpose);
});

test('is for organisers only', async () => {
  const ada = await world.addPerson();
  expect((await world.get(address, { as: ada })).statusCode).toBe(404);
  expect((await world.post(address, await fields(), { as: ada })).statusCode).toBe(404);
});
