import { describe, expect, test } from 'vitest';
import { cancel, change } from '../../../src/actions/events/events.ts';
import { deliverLetter } from '../../../src/jobs/deliver-letter.ts';
import { openPost } from '../../../src/jobs/post.ts';
import * as letters from '../../../src/store/letters/letters.ts';
import { planFor, published } from '../../support/events.ts';
import { allLetters, sentBytes } from '../../support/letters.ts';
import { page, useWorld } from '../../support/world.ts';

// organisers change the words of a format's letters

const world = useWorld();
const as = () => ({ as: world.organiser });
const base = '/formats/perspective-challenger/letters';
const clean = (text: string) => text.replace(/\s+/g, ' ').trim();

const save = (kind: string, subject: string, body: string, what = 'save') =>
  world.post(`${base}/${kind}`, { subject, body, do: what }, as());

/** The newest letter as its bytes say it. */
async function newest(): Promise<{ subject: string; text: string; raw: string }> {
  const { id } = (await allLetters(world)).at(-1)!;
  await deliverLetter(world.ctx, { ...openPost(world.ctx, undefined), print: () => {} }, id);
  const letter = (await letters.find(world.db, id))!;
  const { simpleParser } = await import('mailparser');
  const bytes = sentBytes(world, letter);
  const { text } = await simpleParser(bytes);
  return { subject: letter.subject, text: text ?? '', raw: bytes.toString() };
}

test('the page begins with our words and shows how the letter looks', async () => {
  const $ = page(await world.get(base, as()));
  expect($('#subject').val()).toBe('You’re invited: {Event}, {Day}');
  expect($('.letter strong').text()).toBe('Margareta, a seat is kept for you');
  expect($('nav a[aria-current="page"]').text()).toContain('Perspective Challenger');
  for (const kind of ['invitation-host', 'moved', 'reminder', 'cancelled'])
    expect((await world.get(`${base}?letter=${kind}`, as())).statusCode).toBe(200);
});

test('saved words stand in the next letters of that format, filled in for each reader', async () => {
  const saved = await save(
    'invitation',
    'Come on {Day}',
    'Dear {First name},\n\nwe meet at {Place}. {What to expect}',
  );
  expect(saved.headers.location).toBe(`${base}?letter=invitation&said=saved`);
  await published(world, [await world.addPerson({ name: 'Ada Lind' })]);
  const { subject, text } = await newest();
  expect(subject).toBe('Come on 10 December');
  expect(text).toContain('Dear Ada,\n\nwe meet at The Atrium. You bring the questions.');
  await published(world, [await world.addPerson({ name: 'Bo' })], { format: 'lunch-and-learn' });
  expect((await newest()).subject).toBe('A seat is kept for you: Winter round, 10 December');
});

test('words of an update and of a cancellation stand beside what changed and why', async () => {
  await save('moved', 'Moved: {Event}', 'We moved it for {Organiser}.');
  await save('cancelled', 'Off: {Event}', 'What a pity, {First name}.');
  const event = await published(world, [await world.addPerson({ name: 'Ada Lind' })]);
  await newest();
  await change(world.ctx, event.id, planFor(world, [], { startsAt: '2026-12-17T16:00', answerBy: null }));
  const moved = await newest();
  expect(moved.subject).toBe('Moved: Winter round');
  expect(moved.text).toContain('We moved it for Ida Nordby.');
  expect(moved.text).toContain('Before: Thursday 10 December 2026');
  await cancel(world.ctx, event.id, 'The roof leaks.');
  const off = await newest();
  expect(off.subject).toBe('Off: Winter round');
  expect(off.text).toMatch(/What a pity, Ada\.[\s\S]*The roof leaks\./);
});

test('a preview saves nothing and shows what was typed', async () => {
  const answered = await save('invitation', 'Come to {Event}', 'Just come, {First name}.', 'preview');
  expect(answered.statusCode).toBe(200);
  const $ = page(answered);
  expect($('#preview h3').text()).toBe('Preview, not saved yet');
  expect(clean($('.letter .text').text())).toContain('Just come, Margareta.');
  expect(clean($('.mailhead').text())).toContain('Come to Winter round');
  expect($('#body').val()).toBe('Just come, {First name}.');
  expect(page(await world.get(base, as()))('#subject').val()).toBe('You’re invited: {Event}, {Day}');
});

test('a trial goes to whoever writes the words, and nothing is saved', async () => {
  const answered = await save('invitation', 'Come to {Event}', 'Just come, {First name}.', 'test');
  expect(answered.statusCode).toBe(200);
  expect(page(answered)('#status').text()).toContain('A trial e-mail is kept here, under E-mails.');
  const [letter] = await allLetters(world);
  expect([letter?.recipientEmail, letter?.eventId]).toEqual([world.organiser.email, null]);
  const { subject, text } = await newest();
  expect(subject).toBe('Come to Winter round');
  expect(text).toContain('Just come, Margareta.');
  expect(page(await world.get(base, as()))('#subject').val()).toBe('You’re invited: {Event}, {Day}');
});

test('a wrong gap is named at its field, and what was typed stays', async () => {
  const answered = await save('invitation', 'Dear {Guest}', 'Come.');
  expect(answered.statusCode).toBe(422);
  const $ = page(answered);
  expect($('#subject-error').text()).toContain('This e-mail cannot fill {Guest}. It knows {First name}');
  expect([$('#subject').val(), $('#body').val()]).toEqual(['Dear {Guest}', 'Come.']);
  expect($('title').text()).toMatch(/^Error: /);
});

test('too long, empty: each says what to do', async () => {
  const long = page(await save('invitation', 'x'.repeat(71), 'y'.repeat(4001)));
  expect(long('#subject-error').text()).toContain('at most 70 characters');
  expect(long('#body-error').text()).toContain('at most 4,000 characters');
  expect(page(await save('invitation', '', ''))('#body-error').text()).toContain(
    'Write what the e-mail says.',
  );
});

test('back to our words', async () => {
  await save('invitation', 'Come', 'Come.');
  await world.post(`${base}/invitation/reset`, {}, as());
  await published(world, [await world.addPerson()]);
  expect((await newest()).subject).toBe('A seat is kept for you: Winter round, 10 December');
});

describe('what somebody types', () => {
  test('never becomes a header, a link or markup', async () => {
    const body =
      'Go to https://evil.example or mail a@evil.example <a href="https://evil.example">now</a> <b>x</b>';
    await world.post(
      `${base}/invitation`,
      { subject: 'Hello\r\nBcc: all@evil.example', body, do: 'save' },
      as(),
    );
    await published(world, [await world.addPerson({ name: 'Ada\r\nX-Evil: 1' })]);
    const { raw, text, subject } = await newest();
    expect(subject).toBe('Hello Bcc: all@evil.example');
    const head = raw.slice(0, raw.indexOf('\r\n\r\n'));
    expect(head).not.toMatch(/^(Bcc|X-Evil):/im);
    expect(text).not.toContain('https://evil.example');
    const { simpleParser } = await import('mailparser');
    const { html } = await simpleParser(raw);
    expect(String(html)).not.toContain('href="https://evil.example');
    expect(String(html)).not.toContain('<b>x</b>');
  });
});

test('is for organisers; a format or a letter nobody knows is not there', async () => {
  const talent = await world.addPerson({ side: 'talent' });
  expect((await world.get(base, { as: talent })).statusCode).toBe(404);
  expect((await world.get('/formats/nonsense/letters', as())).statusCode).toBe(404);
  expect(
    (await world.post(`${base}/nonsense`, { subject: 'x', body: 'y', do: 'save' }, as())).statusCode,
  ).toBe(404);
});
