import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { answer } from '../../../src/actions/guests/answer.ts';
import * as events from '../../../src/store/events/events.ts';
import * as rsvps from '../../../src/store/guests/rsvps.ts';
import { letters, trends } from '../../../src/store/schema/index.ts';
import { drafted, linkOf, published, teamOf } from '../../support/events.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();
const fields = (values: Record<string, string | string[]> = {}) => ({
  formKey: randomUUID(),
  format: 'perspective-challenger',
  name: 'Winter round',
  headline: 'Five trends that already reach your desk',
  lede: 'You bring the questions.',
  date: '2026-12-10',
  start: '16:00',
  zone: 'Europe/Oslo',
  place: 'The Atrium, level 9',
  access: '',
  seniors: '22',
  talents: '12',
  answerBy: '2026-12-03',
  guestList: 'on',
  who: 'all',
  do: 'review',
  ...values,
});
const changes = (values: Record<string, string | string[]> = {}) => {
  const { formKey: _key, format: _format, who: _who, ...rest } = fields({ do: 'draft', ...values });
  return rest;
};
const asOrganiser = () => ({ as: world.organiser });
const latest = async () => (await events.all(world.db))[0]!;
const kinds = async () => (await world.db.select().from(letters).orderBy(letters.id)).map(({ kind }) => kind);

describe('a quorum', () => {
  test('and the day to decide begin with what the format asks for, and are kept', async () => {
    const $ = page(await world.get('/events/new?format=perspective-challenger', asOrganiser()));
    expect([$('#leastSeniors').val(), $('#leastTalents').val(), $('#decideOn').val() !== '']).toEqual([
      '10',
      '8',
      true,
    ]);
    await world.post(
      '/events',
      fields({ do: 'draft', leastSeniors: '5', leastTalents: '', decideOn: '2026-12-04' }),
      asOrganiser(),
    );
    const { seniorQuorum, talentQuorum, decideOn, id } = await latest();
    expect([seniorQuorum, talentQuorum, decideOn]).toEqual([5, 0, '2026-12-04']);
    const form = page(await world.get(`/events/${id}/edit`, asOrganiser()));
    expect(form('nav.tabs.sub [aria-current="page"]').text()).toBe('Edit');
    expect([form('#leastSeniors').val(), form('#leastTalents').val(), form('#decideOn').val()]).toEqual([
      '5',
      '',
      '2026-12-04',
    ]);
  });

  test('beyond the seats, or decided after the event, comes back with what to do', async () => {
    const answered = await world.post(
      '/events',
      fields({ leastSeniors: '900', leastTalents: 'many', decideOn: '2026-12-04' }),
      asOrganiser(),
    );
    expect([answered.statusCode, page(answered)('#leastTalents-error').text()]).toEqual([
      422,
      'Error: Write how many talents there should be at least, as a number, or leave it empty.',
    ]);
    const again = page(
      await world.post(
        '/events',
        fields({ leastSeniors: '900', leastTalents: '', decideOn: '2099-01-01' }),
        asOrganiser(),
      ),
    );
    expect(again('#leastSeniors-error').text()).toMatch(/^Error: At most \d+ seniors may come/);
    expect(again('#decideOn-error').text()).toMatch(/^Error: Decide before the event/);
    expect(again('#leastSeniors').val()).toBe('900');
  });
});

describe('deadlines', () => {
  const stored = async () => {
    const { answerBy, decideOn } = await latest();
    return [answerBy, decideOn];
  };

  test('follow the date of their event until somebody types one', async () => {
    const untouched = { answerBy: '2026-12-03', decideOn: '2026-12-04' };
    await world.post('/events', fields({ do: 'draft', date: '2026-12-17', ...untouched }), asOrganiser());
    expect(await stored()).toEqual(['2026-12-10', '2026-12-11']);
    const { id } = await latest();
    const save = (date: string, answerBy: string) =>
      world.post(`/events/${id}`, changes({ date, answerBy, decideOn: '' }), asOrganiser());
    await save('2026-12-24', '2026-12-10');
    expect((await stored())[0]).toBe('2026-12-17');
    await save('2026-12-24', '2026-12-18');
    await save('2026-12-31', '2026-12-18');
    expect((await stored())[0]).toBe('2026-12-18');
  });

  test('that are past are refused as the invitations are sent, with a proposal in words', async () => {
    await world.addPerson();
    await world.post('/events', fields({ answerBy: '2026-12-03', decideOn: '' }), asOrganiser());
    world.clock.now = Temporal.Instant.from('2026-12-04T08:00:00Z');
    const event = await latest();
    const refused = await world.post(`/events/${event.id}/publication`, {}, asOrganiser());
    expect([refused.statusCode, (await latest()).state]).toEqual([422, 'draft']);
    expect(page(refused)('main').text()).toContain(
      'Answers would have closed on Thursday 3 December. Choose a later day, such as Monday 7 December.',
    );
  });
});

describe('a new event', () => {
  test('takes five presses: new, format, guests, review, send', async () => {
    const [ada, tom] = [
      await world.addPerson({ name: 'Ada' }),
      await world.addPerson({ side: 'talent', name: 'Tom' }),
    ];
    const { teamId } = await teamOf(world, 'Agents doing office work', [tom]);
    const list = page(await world.get('/events', asOrganiser()));
    expect(list('a[href="/events/new"]').length).toBeGreaterThan(0);
    const formats = page(await world.get('/events/new', asOrganiser()));
    expect(
      formats('.opt a')
        .map((_, one) => formats(one).attr('href'))
        .get(),
    ).toEqual([
      '/events/new?format=perspective-challenger',
      '/events/new?format=lunch-and-learn',
      '/events/new?format=discussion-panel',
      '/events/new?format=preparation',
    ]);
    const form = page(await world.get('/events/new?format=perspective-challenger', asOrganiser()));
    expect(form(`input[name=teams][value=${teamId}]`).attr('checked')).toBe('checked');
    const made = await world.post('/events', fields({ teams: String(teamId) }), asOrganiser());
    const event = await latest();
    expect(made.headers.location).toBe(`/events/${event.id}/review`);
    const review = page(await world.get(`/events/${event.id}/review`, asOrganiser()));
    expect(review('button').text()).toContain('Send 2 invitations');
    const sent = await world.post(`/events/${event.id}/publication`, {}, asOrganiser());
    expect(sent.headers.location).toBe(`/events/${event.id}?said=sent`);
    expect(await kinds()).toEqual(['invitation', 'invitation-host']);
    expect((await rsvps.invitees(world.db, event.id)).map(({ personId }) => personId)).toEqual([
      ada.id,
      tom.id,
    ]);
  });

  test('has start times computed from the minutes of its format', async () => {
    await world.post('/events', fields(), asOrganiser());
    const $ = page(await world.get(`/e/${(await latest()).slug}`, asOrganiser()));
    const said = $('.strip .vh')
      .map((_, one) => $(one).text())
      .get();
    expect([said[0], said[2], said.at(-1)]).toEqual([
      '16:00, Arrive, 10 minutes',
      '16:15, Round 1, 25 minutes',
      '18:00, Drinks, 15 minutes',
    ]);
  });

  test.each([
    ['no name', { name: ' ' }, 'name', 'Give the event a name. Guests read it in their calendar.'],
    ['no place', { place: '' }, 'place', 'Say where: a room, or the address of an online meeting.'],
    [
      'a day that does not exist',
      { date: '2027-02-30' },
      'date',
      'Write the date and time like 10 December 2026, 16:00.',
    ],
    [
      'an hour the clocks skip',
      { date: '2027-03-28', start: '02:30' },
      'start',
      '02:30 does not exist on Sunday 28 March 2027 in Europe/Oslo: the clocks go forward. Choose 01:30 or 03:30, or another time.',
    ],
    [
      'a zone nobody knows',
      { zone: 'Mars/Olympus' },
      'zone',
      'Choose a time zone from the list; Mars/Olympus is not one.',
    ],
    ['no number of seats', { seniors: 'many' }, 'seniors', 'Write how many seniors may come, as a number.'],
    [
      'nobody who may come',
      { seniors: '0', talents: '0' },
      'seniors',
      'At least one person must be able to come.',
    ],
    [
      'answers after the event',
      { answerBy: '2026-12-11' },
      'answerBy',
      'Answers close before the event, on Thursday 10 December 2026 at the latest.',
    ],
  ] as const)(
    'with %s shows the form again with all that was typed',
    async (_what, wrong, field, message) => {
      const again = await world.post(
        '/events',
        fields({ lede: 'Typed with care.', ...wrong }),
        asOrganiser(),
      );
      const $ = page(again);
      expect([again.statusCode, $(`#error-summary a[href="#${field}"]`).text()]).toEqual([422, message]);
      expect($('#lede').val()).toBe('Typed with care.');
      expect(await events.all(world.db)).toEqual([]);
    },
  );

  test('the same form sent twice makes one event', async () => {
    const form = fields();
    await world.post('/events', form, asOrganiser());
    await world.post('/events', form, asOrganiser());
    expect((await events.all(world.db)).length).toBe(1);
  });

  test('a field nobody asked for is refused as a whole', async () => {
    expect((await world.post('/events', fields({ state: 'published' }), asOrganiser())).statusCode).toBe(400);
    expect(await events.all(world.db)).toEqual([]);
  });

  test('a link in place of a room becomes the way to join', async () => {
    await world.post('/events', fields({ place: 'https://meet.example/winter?x=1' }), asOrganiser());
    const { place, joinUrl, slug } = await latest();
    expect([place, joinUrl]).toEqual(['', 'https://meet.example/winter?x=1']);
    expect(
      page(await world.get(`/e/${slug}`, asOrganiser()))('a[href="https://meet.example/winter?x=1"]').length,
    ).toBe(1);
  });

  test('a script in place of a room stays words', async () => {
    await world.post(
      '/events',
      fields({ place: 'javascript:alert(1)', name: '<script>alert(1)</script>' }),
      asOrganiser(),
    );
    const { joinUrl, slug } = await latest();
    expect(joinUrl).toBe('');
    const { body } = await world.get(`/e/${slug}`, asOrganiser());
    expect(body).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(body).not.toContain('<script>alert(1)');
  });
});

test('a trend that was parked meanwhile does not slip onto a table', async () => {
  const { teamId, trendId } = await teamOf(world, 'Agents doing office work', []);
  await world.db
    .update(trends)
    .set({ state: 'parked', parkedReason: 'Not now.' })
    .where(eq(trends.id, trendId));
  const again = await world.post('/events', fields({ teams: String(teamId) }), asOrganiser());
  expect([again.statusCode, page(again)('#error-summary a[href="#teams"]').text()]).toEqual([
    422,
    '“Agents doing office work” was parked or merged in the meantime. Choose the teams again.',
  ]);
  expect(await events.all(world.db)).toEqual([]);
});

describe('a published event', () => {
  test('moved by a day tells its guests; other words tell nobody', async () => {
    const ada = await world.addPerson();
    const event = await published(world, [ada]);
    await world.db.update(letters).set({ state: 'kept' });
    const words = await world.post(
      `/events/${event.id}`,
      changes({ place: 'The Atrium', lede: 'Other words.' }),
      asOrganiser(),
    );
    expect([words.headers.location, await kinds()]).toEqual([
      `/events/${event.id}?said=saved`,
      ['invitation'],
    ]);
    const moved = await world.post(
      `/events/${event.id}`,
      changes({ place: 'The Atrium', date: '2026-12-11' }),
      asOrganiser(),
    );
    expect([moved.headers.location, await kinds()]).toEqual([
      `/events/${event.id}?said=told`,
      ['invitation', 'moved'],
    ]);
  });

  test('with fewer seats than people who come is refused at the field', async () => {
    const [ada, bo] = [await world.addPerson(), await world.addPerson()];
    const event = await published(world, [ada, bo]);
    for (const person of [ada, bo]) await answer(world.ctx, event.id, person.id, 'yes');
    const again = await world.post(`/events/${event.id}`, changes({ seniors: '1' }), asOrganiser());
    expect([again.statusCode, page(again)('#seniors-error').text()]).toEqual([
      422,
      `Error: 2 senior managers have a seat already: ${ada.name}, ${bo.name}. Keep at least 2 seats for them, or take someone off the list first.`,
    ]);
  });

  test('is called off with a reason', async () => {
    const ada = await world.addPerson();
    const event = await published(world, [ada]);
    await world.db.update(letters).set({ state: 'kept' });
    await world.post(`/events/${event.id}/cancellation`, { reason: 'The heating failed.' }, asOrganiser());
    expect(await kinds()).toEqual(['invitation', 'cancelled']);
    expect(page(await world.get(linkOf(world, event, ada)))('#answer-panel h2').text()).toBe(
      'This event is cancelled',
    );
  });

  test('says who has not answered', async () => {
    const event = await published(world, [await world.addPerson({ name: 'Ada Lovelace' })]);
    const $ = page(await world.get(`/events/${event.id}`, asOrganiser()));
    expect($('.needs').text()).toContain('1 senior manager has not answered');
    expect($('.needs').text()).toContain('Ada Lovelace');
  });
});

describe('the people of an event', () => {
  test('are added and taken off one by one', async () => {
    const [ada, bo] = [await world.addPerson({ name: 'Ada' }), await world.addPerson({ name: 'Bo' })];
    const event = await drafted(world, [ada]);
    const names = async () => (await rsvps.invitees(world.db, event.id)).map(({ name }) => name);
    await world.post(`/events/${event.id}/invitations`, { person: String(bo.id) }, asOrganiser());
    expect(await names()).toEqual(['Ada', 'Bo']);
    await world.post(`/events/${event.id}/people/${ada.id}/removal`, {}, asOrganiser());
    expect(await names()).toEqual(['Bo']);
    expect(await kinds()).toEqual([]);
  });

  test('somebody disabled is not added', async () => {
    const gone = await world.addPerson({ disabledAt: world.clock.now });
    const event = await drafted(world, []);
    await world.post(`/events/${event.id}/invitations`, { person: String(gone.id) }, asOrganiser());
    expect(await rsvps.invitees(world.db, event.id)).toEqual([]);
  });
});

describe('only organisers', () => {
  test('see and change how an event is planned', async () => {
    const ada = await world.addPerson();
    const event = await published(world, [ada]);
    const paths = [
      '/events/new',
      `/events/${event.id}`,
      `/events/${event.id}/edit`,
      `/events/${event.id}/people`,
    ];
    for (const path of paths) {
      expect([path, (await world.get(path, asOrganiser())).statusCode]).toEqual([path, 200]);
      expect([path, (await world.get(path, { as: ada })).statusCode]).toEqual([path, 404]);
    }
    expect((await world.post(`/events/${event.id}/cancellation`, {}, { as: ada })).statusCode).toBe(404);
    expect((await events.find(world.db, event.id))?.state).toBe('published');
  });

  test('see events others were invited to; everyone else sees their own', async () => {
    const [ada, bo] = [await world.addPerson(), await world.addPerson()];
    await published(world, [ada], { name: 'For Ada' });
    await drafted(world, [ada], { name: 'Still a draft' });
    const seen = async (as: typeof ada) => page(await world.get('/events', { as }))('main').text();
    expect(await seen(world.organiser)).toContain('Still a draft');
    expect(await seen(ada)).toContain('For Ada');
    expect(await seen(ada)).not.toContain('Still a draft');
    expect(await seen(bo)).toContain('No event ahead');
  });
});
