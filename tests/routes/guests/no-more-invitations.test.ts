import { simpleParser } from 'mailparser';
import { expect, test } from 'vitest';
import { publish } from '../../../src/actions/events/events.ts';
import { answer } from '../../../src/actions/guests/answer.ts';
import { invite } from '../../../src/actions/guests/list.ts';
import { nameSubstitute } from '../../../src/actions/guests/substitutes.ts';
import { withLinks } from '../../../src/actions/letters/links.ts';
import { letterBytes } from '../../../src/mail/letter-bytes.ts';
import * as rsvps from '../../../src/store/guests/rsvps.ts';
import { drafted, linkOf, published } from '../../support/events.ts';
import { allLetters } from '../../support/letters.ts';
import { page, useWorld } from '../../support/world.ts';

// a guest who wants no more invitations of the programme

const world = useWorld();

async function invited() {
  const [ada, bo] = [await world.addPerson({ name: 'Ada' }), await world.addPerson({ name: 'Bo' })];
  const event = await published(world, [ada, bo], { answerBy: null });
  const link = linkOf(world, event, ada);
  const press = (path: string, fields: Record<string, string> = {}) =>
    world.post(`${link}${path}`, fields, { link: link.split('/')[2]! });
  const isWanted = async () => {
    const next = await published(world, [ada, bo], { name: 'Next one' });
    const list = await rsvps.invitees(world.db, next.id);
    return list.some(({ personId }) => personId === ada.id);
  };
  return { ada, bo, event, link, press, isWanted };
}

test('the invitation carries the address of one press for mail programs, and a link', async () => {
  const { ada, link } = await invited();
  const letter = (await allLetters(world)).find(({ personId }) => personId === ada.id)!;
  const { bytes } = await letterBytes(world.ctx.mail.from, withLinks(world.ctx, letter), world.ctx.words);
  const { headers, text } = await simpleParser(bytes);
  const address = `${world.ctx.baseUrl}${link}/no-more`;
  expect(String(headers.get('list-unsubscribe-post') ?? JSON.stringify(headers.get('list')))).toContain(
    'One-Click',
  );
  expect(bytes.toString()).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click/m);
  expect(text).toContain(address);
});

test('a mail program’s button ends invitations, opening does not, and the person’s next answer undoes it', async () => {
  const { ada, event, link, isWanted } = await invited();
  await world.get(`${link}/no-more`);
  expect(await isWanted()).toBe(true);
  const oneClick = await world.app.inject({
    method: 'POST',
    url: `${link}/no-more`,
    headers: {
      host: new URL(world.ctx.baseUrl).host,
      'content-type': 'application/x-www-form-urlencoded',
    },
    payload: 'List-Unsubscribe=One-Click',
  });
  expect([oneClick.statusCode, oneClick.body.trim()]).toEqual([
    200,
    'You get no more invitations from this programme.',
  ]);
  expect(await isWanted()).toBe(false);
  await answer(world.ctx, event.id, ada.id, 'no');
  expect(await isWanted()).toBe(true);
});

test('asked for on the page it stands through a no, until a yes or the button that takes it back', async () => {
  const { ada, event, press, isWanted } = await invited();
  const off = () => press('/no-more/choice', { invitations: 'off' });
  await off();
  await answer(world.ctx, event.id, ada.id, 'no');
  expect(await isWanted()).toBe(false);
  await press('/no-more/choice', { invitations: 'on' });
  expect(await isWanted()).toBe(true);
  await off();
  await answer(world.ctx, event.id, ada.id, 'maybe');
  expect(await isWanted()).toBe(true);
});

test('organisers read it, and nobody can invite that person by any way', async () => {
  const { ada, bo, event, press } = await invited();
  const draft = await drafted(world, [ada, bo], { name: 'Planned before' });
  await press('/no-more/choice', { invitations: 'off' });
  const as = { as: world.organiser };
  expect(page(await world.get(`/people/${ada.id}`, as))('main .notice').text()).toContain(
    'No more invitations from this programme.',
  );
  const review = page(await world.get(`/events/${draft.id}/review`, as))('main').text();
  expect(review).toContain('No invitation goes to Ada, as they asked for no more.');
  expect(review).toContain('Send 1 invitation');
  const other = await published(world, [bo], { name: 'Another one' });
  const add = page(await world.get(`/events/${other.id}/people?add=1`, as));
  expect(add('main').text()).toContain('Not shown, since they asked for no more invitations: Ada.');
  expect(add(`input[name="person"][value="${ada.id}"]`)).toHaveLength(0);
  await invite(world.ctx, other.id, [ada.id]);
  await publish(world.ctx, draft.id);
  for (const { id } of [other, draft])
    expect((await rsvps.invitees(world.db, id)).map(({ personId }) => personId)).toEqual([bo.id]);
  await expect(nameSubstitute(world.ctx, event.id, bo.id, ada.id)).rejects.toThrow();
});
