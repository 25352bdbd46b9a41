import { randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { stateOf } from '../../../src/actions/questions/nameless-state.ts';
import { messagesEach } from '../../../src/domain/questions/nameless.ts';
import { letters } from '../../../src/store/schema/index.ts';
import { linkOf, published } from '../../support/events.ts';
import { askNameless, handsOf, slipsFor } from '../../support/nameless/slips.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();

async function circle() {
  const ada = await world.addPerson({ name: 'Ada' });
  const others = [];
  for (let n = 0; n < 5; n++) others.push(await world.addPerson());
  const event = await published(world, [ada, ...others]);
  const hands = await handsOf(world.ctx, event, others);
  return { ada, event, hands, link: linkOf(world, event, ada) };
}

/** As the script on the page sends it, with these headers besides. */
async function send(url: string, values: object, headers: Record<string, string> = {}) {
  const answer = await world.app.inject({
    method: 'POST',
    url,
    headers: {
      host: new URL(world.ctx.baseUrl).host,
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/json',
      ...headers,
    },
    payload: JSON.stringify(values),
  });
  const isJson = String(answer.headers['content-type']).includes('json');
  const said: string | undefined = isJson ? answer.json().sentence : undefined;
  return { status: answer.statusCode, said, answer };
}

type Circle = Awaited<ReturnType<typeof circle>>;

function asking({ event, hands }: Circle, values: object = {}) {
  const { message, signature } = hands[0]!.ask[0]!;
  return {
    event: event.id,
    first: true,
    message: message.toString('base64url'),
    signature: signature.toString('base64url'),
    text: 'Who signs?',
    topic: null,
    edit: randomBytes(32).toString('base64url'),
    ...values,
  };
}

/** How many questions wait: in the memory of this process and in its slot. */
const stored = async () => stateOf(world.ctx).waiting.questions.length;

describe('below /anon/', () => {
  test.each([
    ['a cookie of ours', { cookie: 'sid=abc' }, 422],
    ['any cookie', { cookie: 'theme=dark' }, 422],
    ['a password', { authorization: 'Basic YTpi' }, 422],
    ['another site behind it', { 'sec-fetch-site': 'cross-site' }, 403],
    ['no word of where it comes from', { 'sec-fetch-site': '' }, 403],
  ])('a request with %s is refused and nothing is stored', async (_what, headers, status) => {
    const here = await circle();
    const refused = await world.app.inject({
      method: 'POST',
      url: '/anon/questions',
      headers: {
        host: new URL(world.ctx.baseUrl).host,
        origin: world.ctx.baseUrl,
        'sec-fetch-site': 'same-origin',
        'content-type': 'application/json',
        ...(headers as Record<string, string>),
      },
      payload: JSON.stringify(asking(here)),
    });
    expect([refused.statusCode, await stored()]).toEqual([status, 0]);
    expect((await send('/anon/questions', asking(here, { waits: true }))).status).toBe(200);
    expect(await stored()).toBe(1);
  });

  test('no cookie is ever set', async () => {
    const here = await circle();
    const { answer } = await send('/anon/questions', asking(here));
    expect(answer.headers['set-cookie']).toBe(undefined);
  });

  test('a question with no words, too many, or a slip cut short is refused and spends nothing', async () => {
    const here = await circle();
    expect(await send('/anon/questions', asking(here, { text: '  ' }))).toMatchObject({
      status: 422,
      said: 'Write your question first.',
    });
    expect((await send('/anon/questions', asking(here, { text: 'x'.repeat(281) }))).status).toBe(422);
    expect((await send('/anon/questions', asking(here, { message: 'abc' }))).status).toBe(422);
    expect((await send('/anon/questions', asking(here, { person: 1 }))).status).toBe(400);
    expect(await stored()).toBe(0);
  });

  test('a wrong secret is answered like a question that is not there', async () => {
    const { event, hands } = await circle();
    const { secret } = await askNameless(world.ctx, event, hands[0]!.ask[0]!, 'Who signs?');
    const right = await send('/anon/mine', { secret: secret.toString('base64url') });
    expect(right.answer.json()).toMatchObject({ text: 'Who signs?', state: 'waiting' });
    for (const address of ['/anon/mine', '/anon/mine/withdrawal'])
      expect(await send(address, { secret: randomBytes(16).toString('base64url') })).toMatchObject({
        status: 404,
        said: 'There is no such question.',
      });
    const gone = await send('/anon/mine/withdrawal', { secret: secret.toString('base64url') });
    expect([gone.status, await stored()]).toEqual([200, 0]);
  });
});

describe('slips', () => {
  test('need the form token of whoever asks for them', async () => {
    const { ada, link } = await circle();
    const blinded = batchFor();
    expect((await world.app.inject(slipRequest(link, blinded))).statusCode).toBe(403);
    const _token = page(await world.get(link))('#slips [name=_token]').val();
    const given = await world.app.inject(slipRequest(link, { ...blinded, _token }));
    const counts = Object.entries<unknown[]>(given.json()).map(([purpose, list]) => [purpose, list.length]);
    expect([given.statusCode, Object.fromEntries(counts)]).toEqual([
      200,
      { ask: 2, 'ask-first': 1, vote: 1, 'vote-first': 1 },
    ]);
    const issued = await world.db.execute(
      sql`SELECT purpose, batch FROM slips_issued WHERE person_id = ${ada.id} ORDER BY purpose`,
    );
    expect([...issued]).toEqual(
      ['ask', 'ask-first', 'vote', 'vote-first'].map((purpose) => ({ purpose, batch: 1 })),
    );
  });

  test('are for two browsers; a third is told so, and nothing is amiss', async () => {
    const { link } = await circle();
    const inOneBrowser = async () => {
      const blinded = batchFor();
      const _token = page(await world.get(link))('#slips [name=_token]').val();
      return world.app.inject(slipRequest(link, { ...blinded, _token }));
    };
    const [one, two, three] = [await inOneBrowser(), await inOneBrowser(), await inOneBrowser()];
    expect(one.json()['ask-first'].length + one.json().ask.length).toBe(3);
    expect([Object.keys(two.json()), two.json().ask.length]).toEqual([['ask'], 3]);
    expect([three.statusCode, three.json()]).toEqual([200, { why: 'none-left' }]);
  });
});

/** Makes the batch a browser sends, whichever browser it is. */
function batchFor() {
  const one = Buffer.concat([Buffer.alloc(1), randomBytes(255)]).toString('base64url');
  const purposes = ['ask', 'ask-first', 'vote', 'vote-first'] as const;
  return Object.fromEntries(purposes.map((purpose) => [purpose, Array(messagesEach[purpose]).fill(one)]));
}

function slipRequest(link: string, values: object) {
  return {
    method: 'POST',
    url: `${link}/slips`,
    headers: {
      host: new URL(world.ctx.baseUrl).host,
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/json',
    },
    payload: JSON.stringify(values),
  } as const;
}

describe('the fingerprint', () => {
  test('is the same on everyone’s page, in everyone’s letter and of the keys themselves', async () => {
    const { event, link } = await circle();
    const shown = page(await world.get(link))('#slips').attr('data-fingerprint');
    expect(shown).toMatch(/^([0-9a-f]{4} ){4}[0-9a-f]{4}$/);
    const answer = await world.app.inject({
      url: `/anon/events/${event.id}/keys`,
      headers: { host: new URL(world.ctx.baseUrl).host, 'sec-fetch-site': 'same-origin' },
    });
    expect(answer.json().fingerprint).toBe(shown);
    const facts = await world.db.select({ facts: letters.facts }).from(letters);
    expect(new Set(facts.map((one) => one.facts.namelessKey))).toEqual(new Set([shown]));
  });
});

describe('an organiser', () => {
  test('turns it off, and can no longer once a guest has slips', async () => {
    const ada = await world.addPerson();
    const guests = [ada];
    for (let n = 0; n < 4; n++) guests.push(await world.addPerson());
    const event = await published(world, guests);
    const link = linkOf(world, event, ada);
    const turn = (on: string) =>
      world.post(`/events/${event.id}/nameless-asking`, { on }, { as: world.organiser });
    expect((await turn('no')).statusCode).toBe(303);
    expect(page(await world.get(link))('#ask-panel').text()).toContain(
      'The organiser turned off asking without a name',
    );
    await turn('yes');
    await slipsFor(world.ctx, event, ada);
    expect((await turn('no')).statusCode).toBe(409);
    const overview = page(await world.get(`/events/${event.id}`, { as: world.organiser }));
    expect(overview('#nameless-asking').text()).toContain(
      'Guests can ask already, so it stays on for this event.',
    );
    expect(overview('#nameless-asking form').length).toBe(0);
  });
});
