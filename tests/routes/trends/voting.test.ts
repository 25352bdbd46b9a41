// Voting on trends: open, closed by its last day or a press, opened again; and what people see and may do each time.
import { beforeEach, describe, expect, test } from 'vitest';
import * as trendActions from '../../../src/actions/trends/trends.ts';
import { closeVoting, setLastDay } from '../../../src/actions/trends/voting.ts';
import type * as people from '../../../src/store/people/people.ts';
import * as interests from '../../../src/store/trends/interests.ts';
import { allLetters } from '../../support/letters.ts';
import { needs } from '../../support/needs.ts';
import { proposeTrend } from '../../support/trends.ts';
import { page, useWorld } from '../../support/world.ts';

describe('voting', () => {
  const world = useWorld();
  let amina: people.Person;
  let heat: { id: number };

  beforeEach(async () => {
    amina = await world.addPerson({ name: 'Amina Yusuf', side: 'talent' });
    heat = await proposeTrend(world, 'Heat');
    await interests.add(world.db, heat.id, amina.id, 'want-to-know');
  });

  const look = async (as: people.Person) => page(await world.get('/trends', { as }));
  const tallies = async (as: people.Person) => (await look(as))('.wanted').text().replace(/\s+/g, ' ').trim();
  const mayPress = async () => (await look(amina))('.presses').length > 0;
  const voteOf = async (say = 'can-tell') =>
    (await world.post(`/trends/${heat.id}/interests`, { say }, { as: amina })).headers.location;
  const post = (path: string, fields: Record<string, string> = {}) =>
    world.post(path, fields, { as: world.organiser });
  const told = async () => (await allLetters(world)).filter(({ kind }) => kind === 'voting-reopened');
  const seen = async () =>
    (await look(world.organiser))('form[action="/trends/voting"] [name=seen]').val() as string;

  test('is closed with one press: votes are refused with a sentence, and everyone sees the numbers', async () => {
    expect([await tallies(amina), await mayPress()]).toEqual(['', true]);
    expect((await post('/trends/voting/closing')).headers.location).toBe('/trends?said=voting-closed');
    expect([await tallies(amina), await mayPress()]).toEqual([
      '1 wants to know this 0 can tell about this',
      false,
    ]);
    expect(await voteOf()).toBe(`/trends/${heat.id}?said=closed`);
    expect(await voteOf('not-want-to-know')).toBe(`/trends/${heat.id}?said=closed`);
    expect((await interests.tallies(world.db, [heat.id])).get(heat.id)).toEqual({ want: 1, tell: 0 });
    const board = await look(world.organiser);
    expect(board('[aria-labelledby=org-h]').text()).toContain('Voting closed on');
    expect(board('form[action="/trends/voting/closing"]').length).toBe(0);
    const shown = page(await world.get(`/trends/${heat.id}?said=closed`, { as: amina }));
    expect(shown('#status').text()).toContain('not open for voting any more');
  });

  test('opens again with a later day: numbers are hidden again, votes count, and those who voted are told once', async () => {
    const silent = await world.addPerson({ name: 'Silent Sam' });
    await post('/trends/voting/closing');
    const day = world.clock.now.add({ hours: 240 }).toString().slice(0, 10);
    const sent = await post('/trends/voting', { votingClosesOn: day });
    expect(sent.headers.location).toBe('/trends?said=voting-again');
    expect([await tallies(amina), await mayPress()]).toEqual(['', true]);
    expect(await voteOf()).toBe(`/trends/${heat.id}?said=tell`);
    expect((await told()).map(({ recipientName }) => recipientName)).toEqual(['Amina Yusuf']);
    expect((await look(amina))('[aria-labelledby=you-h]').text()).toContain('Voting is open again until');
    expect((await look(silent))('main').text()).toContain('Voting is open again until');
    // Another day while it is open is no re-opening.
    await post('/trends/voting', { votingClosesOn: '' });
    expect((await told()).length).toBe(1);
    world.clock.now = world.clock.now.add({ hours: 24 * 15 });
    expect((await look(world.organiser))('main').text()).not.toContain('Voting is open again');
  });

  test('opens again after its last day, and not with a day that is over', async () => {
    await post('/trends/voting', {
      votingClosesOn: world.clock.now.add({ hours: 24 }).toString().slice(0, 10),
    });
    expect(await told()).toEqual([]);
    world.clock.now = world.clock.now.add({ hours: 72 });
    expect(await mayPress()).toBe(false);
    const over = world.clock.now.subtract({ hours: 48 }).toString().slice(0, 10);
    const wrong = await post('/trends/voting', { votingClosesOn: over });
    expect(wrong.statusCode).toBe(422);
    expect(page(wrong)('#votingClosesOn').val()).toBe(over);
    expect(page(wrong)('#votingClosesOn-error').text()).toContain('That day is over.');
    expect(await mayPress()).toBe(false);
    await post('/trends/voting', { votingClosesOn: '' });
    expect(await mayPress()).toBe(true);
    expect((await told()).length).toBe(1);
  });

  test('closed again within ten seconds tells nobody', async () => {
    await post('/trends/voting/closing');
    await post('/trends/voting', { votingClosesOn: '' });
    expect((await told()).length).toBe(1);
    world.clock.now = world.clock.now.add({ seconds: 5 });
    await post('/trends/voting/closing');
    expect(await told()).toEqual([]);
    await post('/trends/voting', { votingClosesOn: '' });
    world.clock.now = world.clock.now.add({ seconds: 11 });
    await post('/trends/voting/closing');
    expect((await told()).length).toBe(1);
  });

  test('of two organisers at once neither undoes the other unseen', async () => {
    const before = await seen();
    await post('/trends/voting/closing');
    const late = await post('/trends/voting', { votingClosesOn: '2030-01-01', seen: before });
    expect(late.statusCode).toBe(409);
    expect(page(late)('#votingClosesOn').val()).toBe('2030-01-01');
    expect(page(late)('main').text()).toContain('closed');
    expect(await mayPress()).toBe(false);
    expect((await post('/trends/voting/closing')).headers.location).toBe('/trends?said=voting-closed');
  });

  test('is for organisers alone', async () => {
    for (const path of ['/trends/voting', '/trends/voting/closing'])
      expect((await world.post(path, {}, { as: amina })).statusCode).toBe(404);
    expect(await mayPress()).toBe(true);
  });
});

needs('postgresql')('voting that closes while people press', () => {
  const world = useWorld({ home: 'server' });

  test('counts everyone who was told "noted", and nobody after it closed', async () => {
    const heat = await proposeTrend(world, 'Heat');
    const voters = await Promise.all(Array.from({ length: 20 }, () => world.addPerson()));
    const presses = voters.map(({ id }) =>
      trendActions.sayInterest(world.ctx, id, heat.id, 'want-to-know', true).then(
        () => true,
        () => false,
      ),
    );
    const closing = [closeVoting(world.ctx, world.organiser.id), closeVoting(world.ctx, world.organiser.id)];
    const noted = (await Promise.all(presses)).filter(Boolean).length;
    await Promise.all(closing);
    const counted = (await interests.tallies(world.db, [heat.id])).get(heat.id)?.want ?? 0;
    expect(counted).toBe(noted);
    await expect(
      trendActions.sayInterest(world.ctx, voters[0]!.id, heat.id, 'can-tell', true),
    ).rejects.toThrow('not open for voting any more');
  });

  test('opened again by two at once tells each voter once', async () => {
    const heat = await proposeTrend(world, 'Heat');
    const amina = await world.addPerson();
    await interests.add(world.db, heat.id, amina.id, 'want-to-know');
    await closeVoting(world.ctx, world.organiser.id);
    const again = () => setLastDay(world.ctx, world.organiser.id, { closesOn: null });
    expect((await Promise.all([again(), again()])).toSorted()).toEqual([false, true]);
    const told = (await allLetters(world)).filter(({ kind }) => kind === 'voting-reopened');
    expect(told.length).toBe(1);
  });
});
