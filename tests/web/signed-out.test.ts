import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { signOutEverywhere } from '../../src/actions/sign-in/sign-out.ts';
import * as trends from '../../src/store/trends/trends.ts';
import { cookieOf } from '../support/signed-in.ts';
import { page, useWorld } from '../support/world.ts';

const world = useWorld();

/** A browser whose owner was signed in, until another device ended it. */
async function signedOutElsewhere() {
  const ada = await world.addPerson({ name: 'Ada', side: 'talent' });
  const browser = await world.browserOf(ada);
  browser.cookies.set('__Host-login', 'a-browser-that-was-used-before-by-ada');
  await signOutEverywhere(world.ctx, ada.id);
  return { ada, browser };
}

test('a page leads to sign-in with the reason and the way back', async () => {
  const { browser } = await signedOutElsewhere();
  const sent = await browser.get('/trends?find=agents');
  expect(sent.headers.location).toBe('/sign-in?next=%2Ftrends%3Ffind%3Dagents&why=ended');
  const asked = page(await browser.get(String(sent.headers.location)));
  expect(asked('main form').text()).toContain('You’ve been signed out');
  expect(asked('input[name=next]').val()).toBe('/trends?find=agents');
  const stranger = await world.newBrowser().get('/trends');
  expect(stranger.headers.location).toBe('/sign-in?next=%2Ftrends');
});

test('a form keeps its words on a page, and goes through once its sender has signed in again', async () => {
  const { ada, browser } = await signedOutElsewhere();
  const words = 'Agents act for us, and nobody signs';
  const refused = await browser.post('/trends', {
    sentence: words,
    detail: 'Two\nlines',
    formKey: randomUUID(),
  });
  const kept = page(refused);
  expect([refused.statusCode, kept('h1').text()]).toEqual([403, 'You’re signed out']);
  expect(kept('blockquote').first().text()).toBe(words);
  expect(kept('a.btn').attr('href')).toContain('/sign-in');
  const fields = Object.fromEntries(
    kept('main form')
      .serializeArray()
      .map(({ name, value }) => [name, value]),
  );
  browser.cookies.set('__Host-sid', (await cookieOf(world.ctx, ada.id)).slice('sid='.length));
  const { _token, ...typed } = fields;
  const sent = await browser.send({
    method: 'POST',
    url: '/trends',
    payload: new URLSearchParams({ ...typed, _token: _token! }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
  });
  expect([sent.statusCode, sent.headers.location]).toEqual([303, expect.stringContaining('/trends')]);
  expect((await trends.open(world.db)).map(({ sentence }) => sentence)).toContain(words);
});
