import { describe, expect, test } from 'vitest';
import { cancel, change } from '../../../src/actions/events/events.ts';
import { answer } from '../../../src/actions/guests/answer.ts';
import { invite, uninvite } from '../../../src/actions/guests/list.ts';
import { nextOpenEvent } from '../../../src/actions/guests/next-event.ts';
import { nameSubstitute } from '../../../src/actions/guests/substitutes.ts';
import * as rsvps from '../../../src/store/guests/rsvps.ts';
import type { Person } from '../../../src/store/people/people.ts';
import { letters } from '../../../src/store/schema/index.ts';
import { linkOf, planFor, published } from '../../support/events.ts';
import { type Answer, page, useWorld } from '../../support/world.ts';

// the next event of the same format, for people who can't come to this one

const world = useWorld();
const squeezed = (text: string) => text.replace(/\s+/g, ' ').trim();
const panel = (answered: Answer) => squeezed(page(answered)('#answer-panel').text());
const spring = { name: 'Spring round', startsAt: '2027-03-11T16:00', openAfterNo: true };

/** Presses "Invite me to that one" on the page of a personal link. */
function ask(event: { id: number }, person: Person) {
  const link = linkOf(world, event, person);
  return world.post(`${link}/next-event`, {}, { link: link.split('/')[2]! });
}

async function stateAt(event: { id: number }, person: Person) {
  return (await rsvps.find(world.db, event.id, person.id))?.state;
}

async function lettersAbout(event: { id: number }, person: Person): Promise<string[]> {
  const all = await world.db.select().from(letters).orderBy(letters.id);
  return all
    .filter(({ eventId, personId }) => eventId === event.id && personId === person.id)
    .map(({ kind }) => kind);
}

/** Ada's event, and a later one of the same format with somebody else on its list. */
async function twoRounds(next: Parameters<typeof published>[2] = spring) {
  const ada = await world.addPerson({ name: 'Ada' });
  const now = await published(world, [ada]);
  const later = await published(world, [await world.addPerson()], { ...spring, ...next });
  return { ada, now, later };
}

describe('after a no, where the organiser of the next event opened it', () => {
  test('one press sends its letter to the invited address, and pressing ten times sends one', async () => {
    const { ada, now, later } = await twoRounds();
    await answer(world.ctx, now.id, ada.id, 'no');
    expect(panel(await world.get(linkOf(world, now, ada)))).toContain(
      'The next one: Spring round, Thursday 11 March 2027 Invite me to that one',
    );
    for (let press = 0; press < 10; press++) {
      expect((await ask(now, ada)).headers.location).toBe(
        `${linkOf(world, now, ada)}?said=next#answer-panel`,
      );
    }
    expect(await stateAt(later, ada)).toBe('invited');
    expect(await lettersAbout(later, ada)).toEqual(['invitation']);
  });

  test('ten presses at once send one letter too', async () => {
    const { ada, now, later } = await twoRounds();
    await answer(world.ctx, now.id, ada.id, 'no');
    await Promise.all(Array.from({ length: 10 }, () => ask(now, ada)));
    expect(await lettersAbout(later, ada)).toEqual(['invitation']);
  });

  test('the link that was pressed opens no page of the next event, before or after', async () => {
    const { ada, now, later } = await twoRounds();
    const doors = [linkOf(world, later, ada).split('/')[2]!, later.slug];
    await answer(world.ctx, now.id, ada.id, 'no');
    const answers = [
      await world.get(linkOf(world, now, ada)),
      await ask(now, ada),
      await world.get(`${linkOf(world, now, ada)}?said=next`),
    ];
    expect(panel(answers.at(-1)!)).toContain('Your invitation to it is in your e-mail.');
    for (const { body, headers } of answers) {
      const said = body + JSON.stringify(headers);
      expect(said).toContain(linkOf(world, now, ada));
      expect(doors.filter((door) => said.includes(door))).toEqual([]);
    }
    // The letter has the way in.
    expect((await world.get(linkOf(world, later, ada))).statusCode).toBe(200);
  });

  test('who is signed in finds the next event under its own address once they are invited', async () => {
    const { ada, now, later } = await twoRounds();
    await answer(world.ctx, now.id, ada.id, 'no');
    const pressed = await world.post(`/e/${now.slug}/next-event`, {}, { as: ada });
    expect(pressed.headers.location).toBe(`/e/${now.slug}?said=next#answer-panel`);
    const $ = page(await world.get(`/e/${now.slug}`, { as: ada }));
    expect($(`a[href="/e/${later.slug}"]`).text()).toBe('Open it');
  });

  test('the first that is open and still ahead is offered, of this format only', async () => {
    const { ada, now } = await twoRounds({ name: 'Closed round', openAfterNo: false });
    const other = [await world.addPerson()];
    await published(world, other, {
      name: 'Lunch',
      format: 'lunch-and-learn',
      openAfterNo: true,
      startsAt: '2027-01-20T12:00',
    });
    await published(world, other, { name: 'Autumn round', openAfterNo: true, startsAt: '2027-09-11T16:00' });
    await answer(world.ctx, now.id, ada.id, 'no');
    expect(panel(await world.get(linkOf(world, now, ada)))).toContain('The next one: Autumn round');
  });
});

describe('nobody gets into the next event', () => {
  const refused = async (from: { id: number }, to: { id: number }, person: Person, status: number) => {
    expect((await ask(from, person)).statusCode).toBe(status);
    expect(await stateAt(to, person)).not.toBe('invited');
    expect(await lettersAbout(to, person)).not.toContain('invitation');
  };

  test('that its organiser did not open, or closed again', async () => {
    const { ada, now, later } = await twoRounds();
    await answer(world.ctx, now.id, ada.id, 'no');
    expect(panel(await world.get(linkOf(world, now, ada)))).toContain('The next one');
    await change(world.ctx, later.id, { ...planFor(world, []), ...spring, openAfterNo: false });
    expect(panel(await world.get(linkOf(world, now, ada)))).not.toContain('The next one');
    await refused(now, later, ada, 404);
  });

  test('without a no to this one: not before an answer, and not after a yes or a maybe', async () => {
    const { ada, now, later } = await twoRounds();
    await refused(now, later, ada, 409);
    for (const said of ['yes', 'maybe'] as const) {
      await answer(world.ctx, now.id, ada.id, said);
      await refused(now, later, ada, 409);
    }
    await answer(world.ctx, now.id, ada.id, 'no');
    expect((await ask(now, ada)).statusCode).toBe(303);
  });

  test('from whose list an organiser took them', async () => {
    const { ada, now, later } = await twoRounds();
    await invite(world.ctx, later.id, [ada.id]);
    await answer(world.ctx, now.id, ada.id, 'no');
    expect(panel(await world.get(linkOf(world, now, ada)))).toContain('The next one');
    await uninvite(world.ctx, later.id, ada.id);
    expect(panel(await world.get(linkOf(world, now, ada)))).not.toContain('The next one');
    expect((await ask(now, ada)).statusCode).toBe(404);
    expect(await stateAt(later, ada)).toBe('uninvited');
  });

  test('that is cancelled, or has begun', async () => {
    const { ada, now, later } = await twoRounds({ startsAt: '2026-12-12T16:00' });
    await answer(world.ctx, now.id, ada.id, 'no');
    world.clock.now = Temporal.Instant.from('2026-12-12T15:01:00Z');
    await refused(now, later, ada, 404);
    world.clock.now = Temporal.Instant.from('2026-12-12T14:59:00Z');
    await cancel(world.ctx, later.id, 'The room is gone.');
    await refused(now, later, ada, 404);
  });

  test('by a link that is somebody else’s, or that was never sent', async () => {
    const { ada, now, later } = await twoRounds();
    const bo = await world.addPerson();
    await answer(world.ctx, now.id, ada.id, 'no');
    await refused(now, later, bo, 404);
    expect((await ask(later, ada)).statusCode).toBe(404);
    expect((await ask(now, ada)).statusCode).toBe(303);
    expect([await stateAt(later, ada), await stateAt(later, bo)]).toEqual(['invited', undefined]);
  });

  test('a seat passed to a substitute is a no as well', async () => {
    const { ada, now, later } = await twoRounds();
    await nameSubstitute(world.ctx, now.id, ada.id, (await world.addPerson()).id);
    expect((await ask(now, ada)).statusCode).toBe(303);
    expect(await lettersAbout(later, ada)).toEqual(['invitation']);
  });
});

describe('the organiser', () => {
  test('opens an event to people who could not come, and closes it again, in its form', async () => {
    const { later } = await twoRounds({ openAfterNo: false });
    const at = `/events/${later.id}/edit`;
    const isOn = async () =>
      page(await world.get(at, { as: world.organiser }))('#openAfterNo').attr('checked') !== undefined;
    expect(await isOn()).toBe(false);
    const fields = {
      name: 'Spring round',
      date: '2027-03-11',
      start: '16:00',
      zone: 'Europe/Oslo',
      place: 'The Atrium',
      seniors: '22',
      talents: '12',
    };
    const save = (more: Record<string, string>) =>
      world.post(`/events/${later.id}`, { ...fields, ...more }, { as: world.organiser });
    expect((await save({ openAfterNo: 'on' })).statusCode).toBe(303);
    expect(await isOn()).toBe(true);
    const wrong = await save({ openAfterNo: 'on', name: '' });
    expect([wrong.statusCode, page(wrong)('#openAfterNo').attr('checked')]).toEqual([422, 'checked']);
    await save({});
    expect(await isOn()).toBe(false);
  });
});

test('the next one is the one that begins next, also where its clocks show an earlier time', async () => {
  const ada = await world.addPerson({ name: 'Ada' });
  const open = { openAfterNo: true };
  const inTokyo = await published(world, [ada], {
    ...open,
    startsAt: '2026-12-11T09:00',
    timeZone: 'Asia/Tokyo',
  });
  const guest = await world.addPerson();
  // 0:00 UTC; then 2:00 UTC, which is the evening before in Los Angeles, and 1:00 UTC, later in Sydney by its clocks.
  await published(world, [guest], {
    ...open,
    name: 'West',
    startsAt: '2026-12-10T18:00',
    timeZone: 'America/Los_Angeles',
  });
  await published(world, [guest], {
    ...open,
    name: 'South',
    startsAt: '2026-12-11T12:00',
    timeZone: 'Australia/Sydney',
  });
  await answer(world.ctx, inTokyo.id, ada.id, 'no');
  expect(panel(await world.get(linkOf(world, inTokyo, ada)))).toContain('The next one: South');
  world.clock.now = Temporal.Instant.from('2026-12-11T01:30:00Z');
  expect((await nextOpenEvent(world.ctx, inTokyo))?.name).toBe('West');
});
