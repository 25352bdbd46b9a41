import { describe, expect, test } from 'vitest';
import { letterBytes } from '../../../src/mail/letter-bytes.ts';
import * as events from '../../../src/store/events/events.ts';
import * as people from '../../../src/store/people/people.ts';
import { planLunch, putDemoIn } from '../../support/demo.ts';
import { page, useWorld, type World } from '../../support/world.ts';

const site = useWorld({ setUp: false });
const tour = useWorld({ setUp: false, demo: true });

async function demoIn(world: World): Promise<people.Person> {
  const { organiserId } = await putDemoIn(world.ctx, (letter) =>
    letterBytes(world.ctx.mail.from, letter, world.ctx.words),
  );
  return (await people.find(world.db, organiserId))!;
}

const button = 'form[action="/demo-programme/removal"] button';

describe('The demo programme on a real site', () => {
  test('is marked as such for its organiser, and for nobody else', async () => {
    const ida = await demoIn(site);
    expect(page(await site.get('/events', { as: ida }))(button).text()).toBe('Remove the demo');
    const amina = (await people.findByEmail(site.db, 'amina.yusuf@halden.example'))!;
    expect(page(await site.get('/events', { as: amina }))(button).length).toBe(0);
    expect((await site.post('/demo-programme/removal', {}, { as: amina })).statusCode).toBe(404);
    expect((await events.all(site.db)).length).toBe(3);
  });

  test('goes with one press, which leads to setting the site up', async () => {
    const ida = await demoIn(site);
    const browser = await site.browserOf(ida);
    const answer = await browser.post('/demo-programme/removal');
    expect(answer.statusCode).toBe(303);
    expect(answer.headers.location).toMatch(/^\/setup\/[\w-]{27}$/);
    expect((await browser.follow(answer)).statusCode).toBe(200);
    expect(await people.find(site.db, ida.id)).toBeNull();
  });

  test('goes and leaves an organiser of one’s own on the list of events, where nothing is marked any more', async () => {
    await demoIn(site);
    const ada = await site.addPerson({ name: 'Ada Real', isOrganiser: true });
    expect(page(await site.get('/events', { as: ada }))(button).length).toBe(1);
    const answer = await site.post('/demo-programme/removal', {}, { as: ada });
    expect(answer.headers.location).toBe('/events?said=demo-gone');
    const shown = page(await site.get('/events?said=demo-gone', { as: ada }));
    expect(shown(button).length).toBe(0);
    expect(shown('[role=status]').text()).toContain('The demo programme is gone.');
  });

  test('says before the press which events would go too; pressed on an older page nothing goes', async () => {
    const ida = await demoIn(site);
    await planLunch(site.ctx, ida.id);
    const old = await site.post('/demo-programme/removal', {}, { as: ida });
    expect(old.statusCode).toBe(409);
    expect(page(old)('main').text()).toContain('Our lunch');
    expect((await events.all(site.db)).length).toBe(4);
    const shown = page(await site.get('/events', { as: ida }));
    expect(shown(button).text()).toBe('Remove the demo and these events');
    expect(shown('form.notice p').text()).toContain('this event would go too: Our lunch.');
    const fields = { withOwnEvents: shown('form.notice [name=withOwnEvents]').attr('value')! };
    expect((await site.post('/demo-programme/removal', fields, { as: ida })).statusCode).toBe(303);
    expect(await events.all(site.db)).toEqual([]);
  });

  test('a field nobody asked for is refused', async () => {
    const ida = await demoIn(site);
    const answer = await site.post('/demo-programme/removal', { everybody: 'yes' }, { as: ida });
    expect(answer.statusCode).toBe(400);
    expect((await events.all(site.db)).length).toBe(3);
  });
});

describe('The two-minute tour', () => {
  test('cannot be taken away from whoever else looks around', async () => {
    const ida = await demoIn(tour);
    expect(page(await tour.get('/events', { as: ida }))(button).length).toBe(0);
    expect((await tour.post('/demo-programme/removal', {}, { as: ida })).statusCode).toBe(409);
    expect((await events.all(tour.db)).length).toBe(3);
  });

  test('looks around as Ida, Amina and Margareta, whose letter is not answered yet', async () => {
    await demoIn(tour);
    const names: string[] = [];
    for (const who of ['organiser', 'talent', 'senior']) {
      const browser = tour.newBrowser();
      await browser.post(`/demo/${who}`);
      names.push(
        page(await browser.get('/events'))('a[href="/account"] .vh')
          .first()
          .text(),
      );
    }
    expect(names.map((name) => name.replace('Your account, ', ''))).toEqual([
      'Ida Nordby',
      'Amina Yusuf',
      'Margareta Lindqvist',
    ]);
    const guest = tour.newBrowser();
    const shown = page(await guest.follow(await guest.post('/demo/guest')));
    expect(shown('.for-whom').text()).toContain('Margareta Lindqvist');
    expect(shown('#answer-title').text()).toBe('A seat is kept for you');
  });

  test('on a real site nobody is let in as them without a letter', async () => {
    await demoIn(site);
    for (const who of ['organiser', 'talent', 'senior', 'guest'])
      expect((await site.newBrowser().post(`/demo/${who}`)).statusCode).toBe(404);
  });
});
