// A row that somebody holds: who needs it is told so in seconds, and everybody else notices nothing.
import postgres from 'postgres';
import { expect, onTestFinished, test } from 'vitest';
import { emptyHome } from '../support/databases/homes.ts';
import { needs } from '../support/needs.ts';
import { startFlipside } from '../support/process.ts';
import { invite } from './guests.ts';

const size = { seniors: 40, talents: 4, seniorCapacity: 20, talentCapacity: 4 };

needs('postgresql')('while somebody holds the row of an event', () => {
  test('forty who press are told to try again, pages and health are answered, and afterwards presses count', async () => {
    const settings = await emptyHome('server');
    const guests = await invite(settings, size);
    const flipside = await startFlipside(settings);
    onTestFinished(async () => void (await flipside.stop('SIGKILL')));
    const holder = postgres(settings.DATABASE_URL!, { max: 1 });
    onTestFinished(() => holder.end({ timeout: 1 }));
    const [held, free] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const holding = holder.begin(async (tx) => {
      await tx`SELECT 1 FROM events FOR UPDATE`;
      held.resolve();
      await free.promise;
    });
    await held.promise;
    const pressed = guests.map(({ token }) => flipside.post(`/i/${token}/answer`, { answer: 'yes' }, token));
    // All of them have been sent: the first come back after the limit for a lock, when the last wait for their turn.
    const first = await Promise.race(pressed);
    expect([first.status, first.headers['retry-after']]).toEqual([503, '5']);
    expect(first.body).toContain('Someone else is changing this. Try again.');
    expect(first.body).toMatch(/<input type="hidden" name="answer"\s+value="yes">/);
    const others = ['/healthz', '/sign-in', `/i/${guests[0]!.token}`, '/healthz'];
    for (const address of others)
      expect([address, (await flipside.get(address)).status]).toEqual([address, 200]);
    expect(new Set((await Promise.all(pressed)).map(({ status }) => status))).toEqual(new Set([503]));
    free.resolve();
    await holding;
    const again = await flipside.post(`/i/${guests[0]!.token}/answer`, { answer: 'yes' }, guests[0]!.token);
    expect(again.status).toBe(303);
  });
});
