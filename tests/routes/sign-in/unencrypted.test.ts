import { describe, expect, test } from 'vitest';
import { isUnencrypted } from '../../../src/web/unencrypted.ts';
import { page, useWorld } from '../../support/world.ts';

const notice = 'People reach Flipside without encryption.';

describe('where people reach Flipside over http', () => {
  const world = useWorld({ baseUrl: 'http://flipside.halden.example' });

  test('organisers are told on their pages, and nobody else is', async () => {
    const told = page(await world.get('/account', { as: world.organiser }));
    expect(told('.notice').text()).toContain(notice);
    const other = await world.get('/account', { as: await world.addPerson() });
    expect(other.statusCode).toBe(200);
    expect(other.body).not.toContain(notice);
  });
});

describe('where they reach it over https', () => {
  const world = useWorld({ baseUrl: 'https://flipside.halden.example' });

  test('nobody is told anything', async () => {
    const told = await world.get('/account', { as: world.organiser });
    expect(told.statusCode).toBe(200);
    expect(told.body).not.toContain(notice);
  });
});

test('on this machine alone nothing has to be encrypted', () => {
  const local = ['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]', 'http://me.localhost'];
  const public_ = ['http://flipside.example.org', 'http://10.0.0.5:3000', 'http://localhost.example.org'];
  expect(local.map(isUnencrypted)).toEqual(local.map(() => false));
  expect(public_.map(isUnencrypted)).toEqual(public_.map(() => true));
});
