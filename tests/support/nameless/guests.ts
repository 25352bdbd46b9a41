// Guests who fetch a slip and ask without a name over the wire, as their browsers do.
import { createHash, randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import * as slips from '../../../src/store/questions/slips.ts';
import { formToken } from '../../../src/web/tokens.ts';
import { linkOf } from '../events.ts';
import type { World } from '../world.ts';
import { blindOne } from './slips.ts';

type Person = Parameters<typeof linkOf>[2];

const headersOf = (world: World) => ({
  host: new URL(world.ctx.baseUrl).host,
  'sec-fetch-site': 'same-origin',
  'content-type': 'application/json',
});

/** The first slip of a batch is kept; the others are never unblinded. */
export async function fetchSlip(world: World, event: { id: number }, person: Person) {
  const link = linkOf(world, event, person);
  const key = (await slips.keysOf(world.db, event.id)).find(({ purpose }) => purpose === 'ask-first')!;
  const one = await blindOne(key.publicKey);
  const others = [1, 2, 3].map(() =>
    Buffer.concat([Buffer.alloc(1), randomBytes(255)]).toString('base64url'),
  );
  await world.get(link);
  const answer = await world.app.inject({
    method: 'POST',
    url: `${link}/slips`,
    headers: headersOf(world),
    payload: {
      _token: formToken(link.slice(3)),
      'ask-first': [one.blinded.toString('base64url')],
      ask: others,
    },
  });
  expect(answer.statusCode).toBe(200);
  return one.finish(Buffer.from(answer.json()['ask-first'][0], 'base64url'));
}

/** Asks as the browser does: without a cookie, with one slip; on the evening from a page that says so (`waits: false`). */
export async function ask(
  world: World,
  event: { id: number },
  slip: Awaited<ReturnType<typeof fetchSlip>>,
  text: string,
  { waits = true }: { waits?: boolean } = {},
) {
  const answer = await world.app.inject({
    method: 'POST',
    url: '/anon/questions',
    headers: headersOf(world),
    payload: {
      event: event.id,
      first: true,
      message: slip.message.toString('base64url'),
      signature: slip.signature.toString('base64url'),
      text,
      waits,
      topic: null,
      edit: createHash('sha256').update('edit').update(randomBytes(16)).digest('base64url'),
    },
  });
  expect(answer.statusCode).toBe(200);
}
