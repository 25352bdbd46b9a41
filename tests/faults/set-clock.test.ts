// A machine whose clock is set back while Flipside runs on it, with the embedded database, which has no other clock.
import fs from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import * as people from '../../src/store/people/people.ts';
import { emptyHome } from '../support/databases/homes.ts';
import { freePort, type Settings, startFlipside } from '../support/process.ts';
import { cookieOf } from '../support/signed-in.ts';
import { contextOn, inviteWith } from './guests.ts';
import { withDatabase } from './killing.ts';

/** One guest who has not answered; their reminder is due since Thursday 3 December, 08:30. Returns the organiser's cookie. */
async function invited(settings: Settings): Promise<string> {
  return withDatabase(settings, async (database) => {
    const at = (time: string) => () => Temporal.Instant.from(time);
    const ctx = { ...(await contextOn(database, settings)), now: at('2026-11-30T08:00:00Z') };
    await inviteWith(ctx, { seniors: 1, talents: 0, seniorCapacity: 1, talentCapacity: 1 });
    await database.sql`UPDATE events SET starts_at = '2026-12-10T16:00'`;
    const ida = (await people.active(ctx.db)).find(({ isOrganiser }) => isOrganiser)!;
    return cookieOf({ db: ctx.db, now: at('2026-12-04T20:00:00Z') }, ida.id);
  });
}

test('set back one hour, from Saturday to Friday night, a reminder that is due on working days goes out within the minute', async () => {
  const METRICS_PORT = String(await freePort());
  const settings: Settings = { ...(await emptyHome('embedded')), METRICS_PORT };
  const cookie = await invited(settings);
  const clock = path.join(settings.DATA_DIR!, 'clock');
  fs.writeFileSync(clock, '2026-12-04T23:30:00Z');
  const preload = path.join(import.meta.dirname, '../support/preloaded/set-clock.ts');
  const flipside = await startFlipside({
    ...settings,
    SET_CLOCK: clock,
    NODE_OPTIONS: `--import ${preload}`,
  });
  onTestFinished(async () => void (await flipside.stop('SIGKILL')));

  const mailbox = async () => {
    const { status, body } = await flipside.get('/mailbox', { cookie });
    return { status, emails: new Set(body.match(/href="\/mailbox\/(?!planned)[\w-]+"/g)).size };
  };
  const figures = async () => (await fetch(`http://127.0.0.1:${METRICS_PORT}/metrics`)).text();
  const looked = /jobs\{queue="send-reminders",state="completed"\} [1-9]/;
  await expect.poll(figures).toMatch(looked);
  expect(await mailbox()).toEqual({ status: 200, emails: 1 });

  fs.writeFileSync(clock, '2026-12-04T22:30:00Z');
  process.kill(flipside.pid, 'SIGUSR2');
  await expect.poll(flipside.output).toContain('The clock was set to 2026-12-04T22:30');
  await expect.poll(mailbox).toEqual({ status: 200, emails: 2 });
  expect(flipside.output()).not.toContain('rror');
});
