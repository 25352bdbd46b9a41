import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { removeDemo, seedDemo } from '../../../src/actions/demo/demo.ts';
import { keptBytes } from '../../../src/actions/letters/kept-bytes.ts';
import { personalToken, personalTokenHash } from '../../../src/actions/sign-in/personal-links.ts';
import { lookAtSetUpLink, prepareSetUp } from '../../../src/actions/sign-in/set-up.ts';
import { autumnQuestions, winterQuestions } from '../../../src/domain/demo/questions.ts';
import { demoTrends } from '../../../src/domain/demo/trends.ts';
import * as events from '../../../src/store/events/events.ts';
import * as eventPage from '../../../src/store/events/page.ts';
import * as people from '../../../src/store/people/people.ts';
import * as trends from '../../../src/store/trends/trends.ts';
import { onBothHomes } from '../../support/database.ts';
import { dump, useDemoToLookAt, useEmptyDatabase } from '../../support/demo.ts';
import { invariants } from '../../support/invariants.ts';

onBothHomes('The demo programme', (home) => {
  describe('once it is added', () => {
    const house = useDemoToLookAt(home);
    const winterRound = async () =>
      (await eventPage.findBySlug(house.db, 'winter-round', house.organiserId))!;

    test('there is Ida’s programme with one event held, one coming and one in draft', async () => {
      const { organiserId } = house;
      const list = await events.all(house.db);
      expect(list.map((event) => [event.name, event.state, event.organiserId])).toEqual([
        ['Heat on site', 'draft', organiserId],
        ['Winter round', 'published', organiserId],
        ['Autumn round', 'published', organiserId],
      ]);
      expect((await people.find(house.db, organiserId))?.name).toBe('Ida Nordby');
      const now = house.ctx.now().toZonedDateTimeISO('Europe/Oslo').toPlainDateTime();
      const [draft, winter, autumn] = list.map(({ startsAt }) => Temporal.PlainDateTime.from(startsAt));
      expect(Temporal.PlainDateTime.compare(autumn!, now)).toBe(-1);
      expect(Temporal.PlainDateTime.compare(winter!, now)).toBe(1);
      expect(Temporal.PlainDateTime.compare(draft!, winter!)).toBe(1);
    });

    test('of 22 seniors invited to the coming event 15 come, 4 are silent, 1 is not sure, 2 cannot; all talents come', async () => {
      const winter = await winterRound();
      const states = (side: string) =>
        Object.fromEntries(
          [
            ...Map.groupBy(
              winter.invitees.filter((one) => one.side === side),
              ({ state }) => state,
            ),
          ].map(([state, list]) => [state, list.length]),
        );
      expect(states('senior')).toEqual({ coming: 15, invited: 4, maybe: 1, declined: 2 });
      expect(states('talent')).toEqual({ coming: 12 });
      expect(winter.topics.map(({ hosts, questions }) => [hosts.length, questions])).toEqual([
        [3, 9],
        [2, 6],
        [3, 5],
        [2, 8],
        [2, 4],
      ]);
    });

    test('Margareta’s letter leads to her own page, where a seat is kept for her', async () => {
      const winter = await winterRound();
      const margareta = winter.invitees.find(({ name }) => name === 'Margareta Lindqvist')!;
      const token = personalToken(house.ctx, winter.event.id, margareta.id);
      const page = await eventPage.findByToken(house.db, personalTokenHash(token));
      expect([page?.me?.name, page?.mine?.state]).toEqual(['Margareta Lindqvist', 'invited']);
      const [letter] = await house.db.execute<{ id: number; bytes: Buffer; subject: string }>(
        sql`SELECT id, subject, bytes FROM letters WHERE person_id = ${margareta.id} AND event_id = ${winter.event.id}`,
      );
      expect(letter!.subject).toMatch(/^A seat is kept for you/);
      const text = keptBytes(house.ctx, { id: letter!.id, bytes: Buffer.from(letter!.bytes) })!
        .toString()
        .replace(/=\r\n/g, '');
      expect(text).toContain(`/i/${token}`);
    });

    test('questions have the votes they are said to have, and those of the event held are answered or parked', async () => {
      const asked = await house.db.execute<{
        event: string;
        text: string;
        state: string;
        note: string;
        votes: number;
      }>(
        sql`SELECT events.name AS event, text, questions.state, note,
          (SELECT count(*)::int FROM question_votes WHERE question_id = questions.id) AS votes
          FROM questions JOIN events ON events.id = event_id`,
      );
      const of = (event: string) => asked.filter((question) => question.event === event);
      const votes = (list: readonly { text: string; votes: number }[]) =>
        new Map(list.map((question) => [question.text, question.votes]));
      expect(votes(of('Winter round'))).toEqual(votes(winterQuestions));
      expect(votes(of('Autumn round'))).toEqual(votes(autumnQuestions));
      expect(new Set(of('Winter round').map(({ state }) => state))).toEqual(new Set(['wall']));
      const states = Map.groupBy(of('Autumn round'), ({ state }) => state);
      expect([states.size, states.get('answered')?.length, states.get('parked')?.length]).toEqual([2, 11, 3]);
      expect(of('Autumn round').filter(({ note }) => note === '')).toEqual([]);
    });

    test('each trend is wanted by as many as it is said to be', async () => {
      const rows = await house.db.execute<{ sentence: string; kind: string; n: number }>(
        sql`SELECT sentence, kind, count(*)::int AS n FROM trends JOIN trend_interests ON trend_id = id GROUP BY 1, 2`,
      );
      const said = new Map(rows.map(({ sentence, kind, n }) => [`${sentence} ${kind}`, n]));
      for (const { sentence, want, wantToo, canTell } of demoTrends) {
        expect(said.get(`${sentence} want-to-know`) ?? 0).toBe(want.seniors + want.talents + wantToo.length);
        expect(said.get(`${sentence} can-tell`) ?? 0).toBe(canTell.length);
      }
      expect(await trends.counts(house.db, { programmeId: 1, personId: 0, rounds: [] })).toMatchObject({
        all: 21,
        proposed: 6,
        shortlisted: 12,
        parked: 3,
      });
    });

    test('nothing breaks what holds for answers, seats and letters everywhere', async () => {
      expect(await invariants(house.db)).toEqual([]);
    });

    test('nothing is on its way to anybody, and nothing bears a time to come', async () => {
      expect(house.queued).toEqual([]);
      const states = await house.db.execute(sql`SELECT DISTINCT state FROM letters`);
      expect([...states]).toEqual([{ state: 'kept' }]);
      const now = house.ctx.now().toString();
      const [late] = await house.db.execute<{ n: number }>(sql`SELECT (
        (SELECT count(*) FROM questions WHERE created_at > ${now}::timestamptz)
        + (SELECT count(*) FROM trends WHERE created_at > ${now}::timestamptz)
        + (SELECT count(*) FROM rsvps WHERE answered_at > ${now}::timestamptz OR answered_at < invited_at)
        + (SELECT count(*) FROM events WHERE created_at > ${now}::timestamptz))::int AS n`);
      expect(late!.n).toBe(0);
    });
  });

  describe('when it is added', () => {
    const house = useEmptyDatabase(home);

    test('it needs an empty database: whoever is here already stays alone', async () => {
      await house.addPerson({ name: 'Ada Real' });
      const before = await dump(house.db);
      await expect(seedDemo(house.ctx, house.write)).rejects.toMatchObject({ kind: 'conflict' });
      expect(await dump(house.db)).toEqual(before);
    });

    test('of two who add it at once one is refused', async () => {
      const both = await Promise.allSettled([
        seedDemo(house.ctx, house.write),
        seedDemo(house.ctx, house.write),
      ]);
      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      const [row] = await house.db.execute(sql`SELECT count(*)::int AS n FROM programmes`);
      expect(row).toEqual({ n: 1 });
    });
  });

  describe('when it is taken away', () => {
    const house = useEmptyDatabase(home);

    test('every table is as it was before, but for a line that says so', async () => {
      const before = await dump(house.db);
      await seedDemo(house.ctx, house.write);
      const filled = await dump(house.db);
      for (const table of [
        'people',
        'trends',
        'trend_interests',
        'teams',
        'team_members',
        'events',
        'blocks',
        'topics',
        'rsvps',
        'questions',
        'question_votes',
        'letters',
        'demo_rows',
      ]) {
        expect(filled.get(table)!.length, table).toBeGreaterThan(0);
      }
      await removeDemo(house.ctx);
      const after = await dump(house.db);
      expect(after.get('audit_log')).toEqual([expect.stringContaining(',removed-demo,program,')]);
      expect(after.set('audit_log', [])).toEqual(before);
    });

    test('a second time says that it is gone', async () => {
      await seedDemo(house.ctx, house.write);
      await removeDemo(house.ctx);
      await expect(removeDemo(house.ctx)).rejects.toMatchObject({ kind: 'not-found' });
    });

    test('the site can be set up anew with a new link', async () => {
      await seedDemo(house.ctx, house.write);
      expect(await prepareSetUp(house.ctx)).toBeNull();
      await removeDemo(house.ctx);
      const link = await prepareSetUp(house.ctx);
      expect(await lookAtSetUpLink(house.ctx, link!.split('/').at(-1)!)).toBe('open');
    });
  });
});
