// The promise of asking without a name: the same words wherever it is promised, and no more than them.

import { readFileSync } from 'node:fs';
import { load } from 'cheerio';
import { describe, expect, test } from 'vitest';
import type { LetterFacts } from '../src/domain/letters/facts.ts';
import { renderLetter } from '../src/mail/letter.ts';
import { linkOf, published } from './support/events.ts';
import { allLetters } from './support/letters.ts';
import { english } from './support/words.ts';
import { page, useWorld } from './support/world.ts';

const promise =
  'Nobody can look up which question is yours: not the organisers, nor anyone with a copy of our database or its backups. ' +
  'Your question appears together with those of at least four other people. ' +
  'It does not protect you if your wording gives you away, if someone watches your screen or network, if the organisers invent guests, or if this program is changed. ' +
  'Lose this browser and your code, and you can no longer edit or withdraw.';
const onTheEvening =
  'Your question appears at once. Your name is not stored with it, and organisers cannot look it up. ' +
  'Anyone who watches the room or copies our database at that minute may guess. ' +
  'It does not protect you if your wording gives you away.';

const world = useWorld();
const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();
const file = (name: string) =>
  oneLine(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8').replace(/^> /gm, ''));

async function invited() {
  const ada = await world.addPerson({ name: 'Ada' });
  const others = [];
  for (let n = 0; n < 4; n++) others.push(await world.addPerson());
  const event = await published(world, [ada, ...others]);
  return { event, link: linkOf(world, event, ada) };
}

describe('the promise about asking without a name', () => {
  test('stands on the event’s page and on the wall, with what the box for the few means', async () => {
    const { link } = await invited();
    for (const path of [link, `${link}/questions`]) {
      const $ = page(await world.get(path));
      expect(oneLine($('[data-promise]').text())).toBe(promise);
      expect($('#alone-hint').text()).toBe(
        'If fewer than five people ask, yours may stand alone, and guests may guess.',
      );
    }
  });

  test('is another while the event is held, when questions appear at once', async () => {
    const { link } = await invited();
    world.clock.now = Temporal.Instant.from('2026-12-10T15:05:00Z');
    const $ = page(await world.get(`${link}/questions`));
    expect(oneLine($('[data-promise]').text())).toBe(onTheEvening);
    expect($('#alone').length).toBe(0);
  });

  test('is in every invitation, as a page and as plain text', async () => {
    await invited();
    const letters = (await allLetters(world)).filter(({ kind }) => kind === 'invitation');
    expect(letters).toHaveLength(5);
    const facts = letters[0]!.facts as unknown as LetterFacts;
    const { text, html } = renderLetter(facts, { name: 'Ada', email: 'ada@halden.example' }, english);
    expect(oneLine(text)).toContain(promise);
    expect(oneLine(load(html)('body').text())).toContain(promise);
  });

  test('is in the README, and nothing says more than it', () => {
    expect(file('README.md')).toContain(promise);
    expect(file('README.md')).toContain(onTheEvening);
    const more =
      /backups or (our )?logs|whole database neither|nobody can look it up|Nobody can see who asked/i;
    expect('nor anyone with the database, its backups or logs').toMatch(more);
    for (const name of [
      'README.md',
      'CHANGELOG.md',
      'views/events/page/_nameless.eta',
      'views/events/_nameless.eta',
    ])
      expect([name, more.exec(file(name))?.[0]]).toEqual([name, undefined]);
  });
});
