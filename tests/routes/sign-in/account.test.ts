import { describe, expect, test } from 'vitest';
import * as people from '../../../src/store/people/people.ts';
import { hashToken } from '../../../src/web/tokens.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();

describe('one’s account', () => {
  test('says who one is here', async () => {
    const amina = await world.addPerson({
      name: 'Amina Yusuf',
      email: 'amina.yusuf@halden.example',
      side: 'talent',
      department: 'Data',
    });
    const shown = page(await world.get('/account', { as: amina }));
    expect(shown('#who').parent().text()).toContain('Amina Yusuf');
    expect(shown('#who').parent().text()).toContain('amina.yusuf@halden.example');
    expect(shown('#who').parent().text().replace(/\s+/g, ' ')).toContain('Young talent · Data');
  });

  test('is for those who signed in', async () => {
    for (const path of ['/account/feed', '/account/feed/removal', '/account/sign-out']) {
      const answer = await world.post(path);
      expect([answer.statusCode, answer.headers.location]).toEqual([303, '/sign-in']);
    }
  });
});

describe('Output 15: the calendar feed', () => {
  const feedOf = async (person: people.Person) =>
    page(await world.post('/account/feed', {}, { as: person }))('#feed-url').attr('value')!;

  test('has an address of 160 bits, shown once, of which the hash is kept', async () => {
    const amina = await world.addPerson();
    expect(page(await world.get('/account', { as: amina }))('#feed-url')).toHaveLength(0);
    const url = await feedOf(amina);
    const token = /^https:\/\/flipside\.halden\.example\/feed\/([\w-]+)\.ics$/.exec(url)![1]!;
    expect(Buffer.from(token, 'base64url')).toHaveLength(20);
    expect((await people.find(world.db, amina.id))?.feedTokenHash).toBe(hashToken(token));
    const after = await world.get('/account', { as: amina });
    expect(page(after)('#feed').text()).toContain('Its address was shown once');
    expect(after.body).not.toContain(token);
  });

  test('opens in a calendar program by webcal:', async () => {
    const amina = await world.addPerson();
    const shown = page(await world.post('/account/feed', {}, { as: amina }));
    expect(shown('#feed a.btn').attr('href')).toBe(
      shown('#feed-url').attr('value')!.replace('https:', 'webcal:'),
    );
  });

  test('a new address takes the place of the old one', async () => {
    const amina = await world.addPerson();
    const first = await feedOf(amina);
    const second = await feedOf(amina);
    expect(second).not.toBe(first);
    const token = /feed\/([\w-]+)\.ics/.exec(second)![1]!;
    expect((await people.find(world.db, amina.id))?.feedTokenHash).toBe(hashToken(token));
  });

  test('its page, opened again by its address, leads back to the account', async () => {
    const answer = await world.get('/account/feed', { as: world.organiser });
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/account']);
  });

  test('can be taken away', async () => {
    const amina = await world.addPerson();
    await feedOf(amina);
    const answer = await world.post('/account/feed/removal', {}, { as: amina });
    expect(answer.headers.location).toBe('/account?said=feed-removed');
    expect((await people.find(world.db, amina.id))?.feedTokenHash).toBe(null);
    const shown = page(await (await world.browserOf(amina)).follow(answer));
    expect(shown('[role=status]').text()).toBe('The calendar feed is gone.');
  });

  test('is one’s own: Bo’s stays when Amina makes a new one', async () => {
    const [amina, bo] = [await world.addPerson(), await world.addPerson()];
    await feedOf(amina);
    await feedOf(bo);
    const before = (await people.find(world.db, bo.id))?.feedTokenHash;
    await feedOf(amina);
    expect((await people.find(world.db, bo.id))?.feedTokenHash).toBe(before);
  });

  test('Access 7: for whom it is cannot be chosen', async () => {
    const [amina, bo] = [await world.addPerson(), await world.addPerson()];
    expect((await world.post('/account/feed', { personId: String(bo.id) }, { as: amina })).statusCode).toBe(
      400,
    );
    expect((await people.find(world.db, bo.id))?.feedTokenHash).toBe(null);
  });
});
