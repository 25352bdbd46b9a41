import type { FastifyInstance } from 'fastify';
import { beforeEach, describe, expect, test } from 'vitest';
import { buildApp } from '../../../src/app.ts';
import { atBothDoors, atDoors } from '../../../src/routes/events/visitor.ts';
import type { Event } from '../../../src/store/events/events.ts';
import type { Person } from '../../../src/store/people/people.ts';
import { pagesAt } from '../../../src/web/visit.ts';
import { type Browser, openBrowser } from '../../support/browser.ts';
import { linkOf, published } from '../../support/events.ts';
import { useWorld } from '../../support/world.ts';

const world = useWorld();
let app: FastifyInstance;
let margareta: Person;
let event: Event;
let atLink: Browser;
let signedIn: Browser;

beforeEach(async () => {
  app = await buildApp(world.ctx);
  margareta = await world.addPerson({ name: 'Margareta Lindqvist', side: 'senior' });
  event = await published(world, [margareta]);
  atLink = openBrowser(app, world.ctx.baseUrl);
  signedIn = openBrowser(app, world.ctx.baseUrl);
  signIn(await world.browserOf(margareta));
});

function signIn({ cookies }: Browser): void {
  for (const [name, value] of cookies) signedIn.cookies.set(name, value);
}

describe('a page of an event that stands at both doors', () => {
  test('Margareta finds herself at it by the link in her e-mail and signed in', async () => {
    atBothDoors(pagesAt(app, world.ctx)).get('/try', ({ guest, reply }) =>
      reply.send({
        name: guest.me.name,
        event: guest.page.event.name,
        base: guest.base,
        byLink: guest.byLink,
      }),
    );
    const link = linkOf(world, event, margareta);
    const known = { name: 'Margareta Lindqvist', event: 'Winter round' };
    expect((await atLink.get(`${link}/try`)).json()).toEqual({ ...known, base: link, byLink: true });
    const own = `/e/${event.slug}`;
    expect((await signedIn.get(`${own}/try`)).json()).toEqual({ ...known, base: own, byLink: false });
  });

  test('it exists for nobody else', async () => {
    atBothDoors(pagesAt(app, world.ctx)).get('/try', ({ reply }) => reply.send('shown'));
    const own = `/e/${event.slug}/try`;
    expect((await signedIn.get(own)).body).toBe('shown');
    expect((await signedIn.get('/e/no-such-event/try')).statusCode).toBe(404);
    expect((await atLink.get('/i/AAAAAAAAAAAAAAAAAAAAAAAAAAA/try')).statusCode).toBe(404);
    signIn(await world.browserOf(await world.addPerson()));
    expect((await signedIn.get(own)).statusCode).toBe(404);
    expect((await atLink.get(own)).headers.location).toContain('/sign-in');
  });

  test('a press comes through both, with the token of its door', async () => {
    atBothDoors(pagesAt(app, world.ctx)).post('/try', async ({ guest }) => `${guest.base}?said=done`);
    const [link, own] = [linkOf(world, event, margareta), `/e/${event.slug}`];
    await signedIn.get(own);
    expect((await atLink.post(`${link}/try`, {}, { link: link.split('/')[2]! })).headers.location).toBe(
      `${link}?said=done`,
    );
    expect((await signedIn.post(`${own}/try`)).headers.location).toBe(`${own}?said=done`);
  });

  test('a page for organisers alone stands at the address of those who are signed in', async () => {
    atDoors(pagesAt(app, world.ctx), 'organiser').get('/try', ({ reply }) => reply.send('shown'));
    expect((await signedIn.get(`/e/${event.slug}/try`)).statusCode).toBe(404);
    signIn(await world.browserOf(world.organiser));
    expect((await signedIn.get(`/e/${event.slug}/try`)).body).toBe('shown');
    expect((await atLink.get(`${linkOf(world, event, margareta)}/try`)).statusCode).toBe(404);
  });
});
