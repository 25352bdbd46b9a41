// Guests who ask without a name, as their browsers do: slips first, and what nobody answered is sent again.
import { createHash, randomBytes } from 'node:crypto';
import { messagesEach } from '../../src/domain/questions/nameless.ts';
import { formToken } from '../../src/web/tokens.ts';
import type { Guest } from '../faults/guests.ts';
import { blindOne } from '../support/nameless/slips.ts';
import type { Reply } from '../support/process.ts';
import type { Crowd } from './crowd.ts';
import type { Ground } from './ground.ts';
import { type Ending, type Ledger, press } from './ledger.ts';

export interface Asked {
  text: string;
  secret: string;
  body: object;
  ending: Ending;
}

/** Sends what a script of ours sends. */
export async function send(
  { settings }: Ground,
  path: string,
  body?: object,
): Promise<Pick<Reply, 'status' | 'body'>> {
  const answer = await fetch(`${settings.BASE_URL}${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: await answer.text() };
}

const filler = () => Buffer.concat([Buffer.alloc(1), randomBytes(255)]).toString('base64url');

/** Draws the slips of a guest and finishes the first; null where the line broke or the program is away. */
async function drawSlip(ground: Ground, crowd: Crowd, guest: Guest) {
  const { status, body } = await send(ground, `/anon/events/${crowd.event.id}/keys`);
  if (status !== 200) return null;
  const { keys } = JSON.parse(body) as { keys: Record<string, string> };
  const one = await blindOne(Buffer.from(keys['ask-first']!, 'base64url'));
  const drawn = await send(ground, `/i/${guest.token}/slips`, {
    _token: formToken(guest.token),
    'ask-first': [one.blinded.toString('base64url')],
    ask: Array.from({ length: messagesEach.ask }, filler),
  });
  const signed = drawn.status === 200 ? JSON.parse(drawn.body)['ask-first']?.[0] : undefined;
  return signed === undefined ? null : one.finish(Buffer.from(signed, 'base64url'));
}

/** One question of one guest, once; undefined where no slip was to be had. */
export async function askWithoutName(
  ground: Ground,
  crowd: Crowd,
  ledger: Ledger,
  guest: Guest,
): Promise<Asked | undefined> {
  const slip = await drawSlip(ground, crowd, guest).catch(() => null);
  if (slip === null) return undefined;
  const secret = randomBytes(16);
  const text = `Without a name ${randomBytes(6).toString('hex')}?`;
  const body = {
    event: crowd.event.id,
    first: true,
    message: slip.message.toString('base64url'),
    signature: slip.signature.toString('base64url'),
    text,
    topic: null,
    edit: createHash('sha256').update('edit').update(secret).digest('base64url'),
  };
  const asked: Asked = { text, secret: secret.toString('base64url'), body, ending: 'not done' };
  for (let tries = 0; tries < 60 && asked.ending !== 'done'; tries++) {
    asked.ending = await press(
      ledger,
      'questions without a name',
      () => send(ground, '/anon/questions', body),
      200,
    );
    if (asked.ending !== 'done') await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  return asked;
}

/** The browser's next look: what is not there any more is sent again; false where that is refused as well. */
export async function isThere(
  ground: Ground,
  { secret, text, body }: Asked,
): Promise<'there' | 'sent again' | 'lost'> {
  const found = await send(ground, '/anon/mine', { secret });
  if (found.status === 200 && JSON.parse(found.body).text === text) return 'there';
  return (await send(ground, '/anon/questions', body)).status === 200 ? 'sent again' : 'lost';
}
