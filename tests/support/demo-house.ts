// The whole site over the demo programme, and a few states the demo does not have by itself.
import { randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import { seedDemo } from '../../src/actions/demo/demo.ts';
import { runImport } from '../../src/actions/people/import.ts';
import { personalToken } from '../../src/actions/sign-in/personal-links.ts';
import { runSeating } from '../../src/actions/tables/seating.ts';
import { buildApp } from '../../src/app.ts';
import type { Context } from '../../src/context.ts';
import { deliverLetter } from '../../src/jobs/deliver-letter.ts';
import { openPost } from '../../src/jobs/post.ts';
import { letterBytes } from '../../src/mail/letter-bytes.ts';
import type { Log } from '../../src/web/log.ts';
import { usualRateLimits } from '../../src/web/rate-limits.ts';
import type { Words } from '../../src/words.ts';
import { type Browser, openBrowser } from './browser.ts';
import { openTestDatabase } from './database.ts';
import { nextKeyPair } from './nameless/keys.ts';
import { testSlot } from './nameless/slot.ts';
import { english } from './words.ts';

type SeatingJob = Parameters<typeof runSeating>[1];

export const roles = ['organiser', 'talent', 'senior'] as const;
export type Role = (typeof roles)[number];

export interface House {
  ctx: Context;
  app: FastifyInstance;
  /** A browser in which the demo's person of this role is signed in. */
  browserOf(role: Role): Promise<Browser>;
  newBrowser(): Browser;
  /** Personal links by the state of the answer: '/i/<token>', of the coming event unless told. */
  linkOf(state: string, event?: 'coming' | 'past'): Promise<string>;
  /** Does all that stands in the queue. */
  work(): Promise<void>;
  close(): Promise<void>;
}

export async function openDemoHouse(
  baseUrl = 'https://flipside.halden.example',
  log?: Log,
  words: Words = english,
): Promise<House> {
  const { db, listen, close } = await openTestDatabase('embedded');
  const { slot, envelopeKey, close: closeSlot } = testSlot('embedded');
  const queue: [job: string, data: Record<string, unknown>][] = [];
  const ctx: Context = {
    db,
    now: () => Temporal.Now.instant(),
    random: randomBytes,
    newKeyPair: nextKeyPair,
    listen,
    baseUrl,
    secret: randomBytes(32),
    queue: async (_tx, job, data) => void queue.push([job, data]),
    words,
    mail: { from: 'reverse-mentoring@halden.example', configured: false },
    demo: true,
    slot,
    ...(envelopeKey && { envelopeKey }),
  };
  await seedDemo(ctx, (letter) => letterBytes(ctx.mail.from, letter, ctx.words));
  // Many pages within seconds are what the crowd of an evening asks for, not one person.
  const { ofAddress } = usualRateLimits;
  const app = await buildApp(ctx, { rateLimits: { ofPerson: ofAddress, ofAddress }, ...(log && { log }) });
  const newBrowser = () => openBrowser(app, baseUrl);
  const post = { ...openPost(ctx, undefined), print: () => {} };
  return {
    ctx,
    app,
    newBrowser,
    async browserOf(role) {
      const browser = newBrowser();
      await browser.post(`/demo/${role}`);
      return browser;
    },
    linkOf: (state, event = 'coming') => linkOf(ctx, state, event),
    async work() {
      for (let next = queue.shift(); next; next = queue.shift()) {
        const [job, data] = next;
        if (job === 'deliver-letter') await deliverLetter(ctx, post, data.letterId as number);
        else if (job === 'seat-everyone')
          await runSeating(ctx, data as unknown as SeatingJob, { seconds: 1 });
        else if (job === 'prepare-repairs') continue;
        else await runImport(ctx, data.importId as number);
      }
    },
    async close() {
      await app.close();
      await closeSlot({ remove: true });
      await close();
    },
  };
}

async function linkOf(ctx: Context, state: string, event: 'coming' | 'past'): Promise<string> {
  const [row] = await ctx.db.execute<{ event: number; person: number }>(sql`
    SELECT event_id AS event, person_id AS person FROM rsvps
    JOIN events ON events.id = event_id JOIN people ON people.id = person_id
    WHERE rsvps.state = ${state} AND events.state = 'published' AND side = 'senior' AND disabled_at IS NULL
      AND (starts_at::timestamp > ${ctx.now().toString()}::timestamptz) = ${event === 'coming'}
    ORDER BY rsvps.id LIMIT 1`);
  if (!row) throw new Error(`Nobody in the demo programme is ${state} at the ${event} event`);
  return `/i/${personalToken(ctx, row.event, row.person)}`;
}
