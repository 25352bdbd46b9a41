// A process that dies in the middle of a block: what was pressed stays pressed, and the block is measured to its end.
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import * as runs from '../../../src/store/live/runs.ts';
import * as people from '../../../src/store/people/people.ts';
import type { Home } from '../../support/database.ts';
import { emptyHome } from '../../support/databases/homes.ts';
import { needs } from '../../support/needs.ts';
import { type Flipside, type Settings, startFlipside } from '../../support/process.ts';
import { cookieOf } from '../../support/signed-in.ts';
import { contextOn, inviteWith } from '../guests.ts';
import { withDatabase } from '../killing.ts';

const startsAt = Temporal.Instant.from('2026-12-10T15:00:00Z');
const preload = path.join(import.meta.dirname, '../../support/preloaded/set-clock.ts');

/** An event that begins at 16:00 in Oslo, and the cookie of the organiser who runs it. */
async function evening(settings: Settings): Promise<{ event: number; cookie: string }> {
  return withDatabase(settings, async (database) => {
    const ctx = { ...(await contextOn(database, settings)), now: () => startsAt.subtract({ hours: 240 }) };
    await inviteWith(ctx, { seniors: 1, talents: 0, seniorCapacity: 1, talentCapacity: 1 });
    await database.sql`UPDATE events SET starts_at = '2026-12-10T16:00'`;
    const ida = (await people.active(ctx.db)).find(({ isOrganiser }) => isOrganiser)!;
    const [event] = await database.sql<{ id: number }[]>`SELECT id FROM events`;
    return { event: event!.id, cookie: await cookieOf({ db: ctx.db, now: () => startsAt }, ida.id) };
  });
}

/** A Flipside whose machine's clock says how many minutes it is after the start. */
async function startAt(settings: Settings, minutes: number): Promise<Flipside> {
  const SET_CLOCK = path.join(settings.DATA_DIR!, 'clock');
  fs.writeFileSync(SET_CLOCK, startsAt.add({ seconds: Math.round(minutes * 60) }).toString());
  return startFlipside({ ...settings, SET_CLOCK, NODE_OPTIONS: `--import ${preload}` });
}

function killedInTheMiddle(home: Home): void {
  test('planned and actual minutes are of the whole block, though the server was killed in its middle', {
    timeout: 600_000,
  }, async () => {
    const settings = await emptyHome(home);
    const { event, cookie } = await evening(settings);
    const live = `/events/${event}/live`;
    let flipside = await startAt(settings, 0);
    const press = async (fields: Record<string, string>) => {
      const form = { key: randomUUID(), ...fields };
      return (await flipside.post(`${live}/presses`, form, cookie.replace('sid=', ''), { cookie })).status;
    };
    const said = async (address: string) =>
      (await flipside.get(address, { cookie })).body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
    const stored = () =>
      withDatabase(settings, async ({ db }) =>
        (await runs.minutesOf(db, event))
          .slice(0, 4)
          .map(({ title, planned, seconds, startedAt }) => [
            title,
            planned,
            seconds === null ? null : Math.round(seconds / 60),
            startedAt !== null,
          ]),
      );
    /** Kills it and starts it again so many minutes after the start; gives what the database had in between. */
    const killedUntil = async (minutes: number) => {
      await flipside.stop('SIGKILL');
      const rows = await stored();
      flipside = await startAt(settings, minutes);
      return rows;
    };

    expect(await press({ kind: 'start', ends: 'later' })).toBe(303);
    expect((await killedUntil(12))[0]).toEqual(['Arrive', 10, null, true]);
    expect(await said(live)).toContain('Arrive, ends 16:10');
    expect(await press({ kind: 'next', from: '0' })).toBe(303);
    // A press is under way when it dies: acknowledged it counts, and the clock goes on either way.
    const more = press({ kind: 'minutes', from: '1', by: '2' }).catch(() => null);
    expect((await killedUntil(18)).slice(0, 2)).toEqual([
      ['Arrive', 10, 12, true],
      ['Welcome', 5, null, true],
    ]);
    const ends = (await more) === 303 ? ['16:19'] : ['16:17', '16:19'];
    expect(ends).toContain(/Welcome, ends (16:1\d)/.exec(await said(live))?.[1]);
    expect(await press({ kind: 'next', from: '1' })).toBe(303);
    expect(await killedUntil(44)).toEqual([
      ['Arrive', 10, 12, true],
      ['Welcome', 5, 6, true],
      ['Round 1', 25, null, true],
      ['Move', 5, null, false],
    ]);
    expect(await press({ kind: 'next', from: '2' })).toBe(303);
    expect(await said(`/events/${event}/minutes`)).toMatch(
      /16:00 Arrive 12 min planned 10 .*16:12 Welcome 6 min planned 5 .*16:18 Round 1 26 min planned 25/,
    );
    expect(await flipside.stop('SIGTERM')).toBe(0);
  });
}

killedInTheMiddle('embedded');
needs('postgresql')('on a PostgreSQL server', () => killedInTheMiddle('server'));
