import { eq, sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { eventsAtStake, removeDemo } from '../../../src/actions/demo/demo.ts';
import { publish } from '../../../src/actions/events/events.ts';
import { answer } from '../../../src/actions/guests/answer.ts';
import { merge, propose } from '../../../src/actions/trends/trends.ts';
import * as events from '../../../src/store/events/events.ts';
import * as programmes from '../../../src/store/events/programmes.ts';
import * as rsvps from '../../../src/store/guests/rsvps.ts';
import * as people from '../../../src/store/people/people.ts';
import { letters, people as peopleTable, questions, trends } from '../../../src/store/schema/index.ts';
import { planLunch, putDemoIn, useEmptyDatabase } from '../../support/demo.ts';
import { invariants } from '../../support/invariants.ts';

const house = useEmptyDatabase('embedded');

async function demoPerson(name: string): Promise<people.Person> {
  const [row] = await house.db.select().from(peopleTable).where(eq(peopleTable.name, name));
  return row!;
}

async function demoTrend(sentence: string): Promise<number> {
  const [row] = await house.db.select({ id: trends.id }).from(trends).where(eq(trends.sentence, sentence));
  return row!.id;
}

const names = async () =>
  (await house.db.select({ name: peopleTable.name }).from(peopleTable)).map(({ name }) => name);

describe('What people added to the demo programme, once it is taken away', () => {
  test('somebody they imported stays, without the invented manager', async () => {
    await putDemoIn(house.ctx, house.write);
    const henrik = await demoPerson('Henrik Falk');
    const bo = await house.addPerson({ name: 'Bo Real', managerId: henrik.id });
    await removeDemo(house.ctx);
    expect(await names()).toEqual(['Bo Real']);
    expect((await people.find(house.db, bo.id))?.managerId).toBeNull();
  });

  test('a trend they proposed stays, and stands for itself again where it was merged into an invented one', async () => {
    await putDemoIn(house.ctx, house.write);
    const bo = await house.addPerson({ name: 'Bo Real' });
    const proposal = { detail: '', links: [], formKey: crypto.randomUUID() };
    const mine = await propose(house.ctx, bo.id, { sentence: 'Trams at night', ...proposal });
    await merge(house.ctx, mine.id, await demoTrend('Heat as a working condition'));
    await removeDemo(house.ctx);
    const left = await house.db.select().from(trends);
    expect(left.map(({ sentence, state, mergedIntoId }) => [sentence, state, mergedIntoId])).toEqual([
      ['Trams at night', 'proposed', null],
    ]);
    const names = { organisation: 'Halden Group', name: 'Our own', timeZone: 'Europe/Oslo' };
    const own = await programmes.add(house.db, { ...names, createdAt: house.ctx.now() });
    expect((await house.db.select().from(trends)).map(({ programmeId }) => programmeId)).toEqual([own.id]);
  });

  test('an event stays where an organiser of theirs is left: it becomes hers, with its trend and the programme', async () => {
    const { organiserId } = await putDemoIn(house.ctx, house.write);
    const ada = await house.addPerson({ name: 'Ada Real', isOrganiser: true });
    const trendId = await demoTrend('Heat as a working condition');
    const lunch = await planLunch(house.ctx, organiserId, { topics: [{ trendId, teamId: null }] });
    expect(await eventsAtStake(house.db)).toEqual([]);
    await removeDemo(house.ctx, { byId: ada.id });
    const left = await events.all(house.db);
    expect(left.map(({ id, organiserId: by }) => [id, by])).toEqual([[lunch.id, ada.id]]);
    expect((await programmes.current(house.db))?.name).toBe('Reverse mentoring 2026–2027');
    expect((await house.db.select().from(trends)).map(({ id }) => id)).toEqual([trendId]);
    expect((await events.topicsOf(house.db, lunch.id)).map((topic) => topic.trendId)).toEqual([trendId]);
    expect(await names()).toEqual(['Ada Real']);
  });

  test('with nobody of their own to run it, an event goes only after a sentence has said so', async () => {
    const { organiserId } = await putDemoIn(house.ctx, house.write);
    const bo = await house.addPerson({ name: 'Bo Real' });
    await planLunch(house.ctx, organiserId);
    expect(await eventsAtStake(house.db)).toEqual(['Our lunch']);
    await expect(removeDemo(house.ctx)).rejects.toMatchObject({
      kind: 'conflict',
      params: { events: 'Our lunch' },
    });
    expect((await events.all(house.db)).length).toBe(4);
    await removeDemo(house.ctx, { withOwnEvents: true });
    expect(await events.all(house.db)).toEqual([]);
    expect((await people.find(house.db, bo.id))?.name).toBe('Bo Real');
    expect(await programmes.current(house.db)).toBeNull();
  });

  test('when an invented guest held the last seat of their event, Bo moves up and gets a letter', async () => {
    await putDemoIn(house.ctx, house.write);
    const ada = await house.addPerson({ name: 'Ada Real', isOrganiser: true });
    const bo = await house.addPerson({ name: 'Bo Real' });
    const rolf = await demoPerson('Rolf Amundsen');
    const lunch = await planLunch(house.ctx, ada.id, {
      seniorCapacity: 1,
      talentCapacity: 0,
      guestIds: [rolf.id, bo.id],
    });
    await publish(house.ctx, lunch.id);
    await answer(house.ctx, lunch.id, rolf.id, 'yes');
    expect((await answer(house.ctx, lunch.id, bo.id, 'yes')).state).toBe('waiting');
    await removeDemo(house.ctx, { byId: ada.id });
    expect((await rsvps.invitees(house.db, lunch.id)).map(({ name, state }) => [name, state])).toEqual([
      ['Bo Real', 'coming'],
    ]);
    const left = await house.db.select().from(letters).orderBy(letters.id);
    expect(left.map(({ kind, recipientName }) => [kind, recipientName])).toEqual([
      ['invitation', 'Bo Real'],
      ['organiser-news', 'Ada Real'],
      ['waiting', 'Bo Real'],
      ['seat-free', 'Bo Real'],
    ]);
    expect(await invariants(house.db, { atRest: false })).toEqual([]);
    expect(house.queued.at(-1)).toEqual({ job: 'deliver-letter', data: { letterId: left.at(-1)!.id } });
  });

  test('a question of theirs at an invented event goes with the event', async () => {
    await putDemoIn(house.ctx, house.write);
    const bo = await house.addPerson({ name: 'Bo Real' });
    const [winter] = await house.db.execute<{ id: number }>(
      sql`SELECT id FROM events WHERE slug = 'winter-round'`,
    );
    const createdAt = house.ctx.now();
    await house.db
      .insert(questions)
      .values({ eventId: winter!.id, authorId: bo.id, text: 'And trams?', state: 'wall', createdAt });
    await removeDemo(house.ctx);
    expect(await house.db.select().from(questions)).toEqual([]);
    expect(await names()).toEqual(['Bo Real']);
  });
});
