import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { takeReply } from '../../../src/actions/calendar/replies.ts';
import { answer } from '../../../src/actions/guests/answer.ts';
import { addressesOf } from '../../../src/actions/letters/addresses.ts';
import { unwrapKey } from '../../../src/actions/questions/slip-keys.ts';
import { ensureKeys } from '../../../src/actions/questions/slips.ts';
import { openSecret, secretFrom } from '../../../src/actions/sign-in/deployment-secret.ts';
import { correctLinkHashes, makeNewSecret, replaceSecret } from '../../../src/actions/sign-in/new-secret.ts';
import { type SecretFile, secretFileIn } from '../../../src/database/open.ts';
import { deleteExpired } from '../../../src/jobs/delete-expired.ts';
import { deliverLetter, type Post } from '../../../src/jobs/deliver-letter.ts';
import { openPost } from '../../../src/jobs/post.ts';
import * as events from '../../../src/store/events/events.ts';
import { stranded } from '../../../src/store/letters/delivery.ts';
import * as letters from '../../../src/store/letters/letters.ts';
import type { Person } from '../../../src/store/people/people.ts';
import { slipKeys } from '../../../src/store/schema/index.ts';
import { temporaryFolder } from '../../support/database.ts';
import { linkOf, published } from '../../support/events.ts';
import { allLetters, sentBytes } from '../../support/letters.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld({ mailConfigured: true });
let file: SecretFile;

beforeEach(async () => {
  file = secretFileIn(path.join(temporaryFolder(), 'data'));
  const { secret } = await openSecret(world.ctx, { given: undefined, file });
  Object.assign(world.ctx, { secret, secretFile: file });
});

const status = async (link: string) => (await world.get(link)).statusCode;
const reopened = async () => (await openSecret(world.ctx, { given: undefined, file })).secret;
const lose = (after: Buffer) =>
  world.ctx.db.transaction((tx) => replaceSecret(world.ctx, tx, { before: null, after, by: 'program' }));

async function deliver(): Promise<Map<string, string>> {
  const got = new Map<string, string>();
  const post: Post = {
    ...openPost(world.ctx, undefined),
    send: async (letter, bytes) => {
      got.set(`${letter.recipientName} ${letter.kind}`, bytes.toString().replaceAll('=\r\n', ''));
      return { kind: 'sent', reply: '250 fine' };
    },
  };
  for (const { id } of await stranded(world.db, world.clock.now, addressesOf(world.ctx)))
    await deliverLetter(world.ctx, post, id);
  return got;
}

async function guests() {
  const [ada, bo, cy] = await Promise.all(['Ada', 'Bo', 'Cy'].map((name) => world.addPerson({ name })));
  const event = await published(world, [ada!, bo!, cy!]);
  await deliver();
  await answer(world.ctx, event.id, ada!.id, 'yes');
  await answer(world.ctx, event.id, bo!.id, 'no');
  await deliver();
  return { ada: ada!, bo: bo!, cy: cy!, event };
}

const kindsTo = async (person: Person) =>
  (await allLetters(world)).filter(({ personId }) => personId === person.id).map(({ kind }) => kind);

describe('a new secret', () => {
  test('ends the links that were sent, and guests who may come get new ones ten seconds later', async () => {
    const { ada, bo, cy, event } = await guests();
    const before = [ada, bo, cy].map((person) => linkOf(world, event, person));
    expect(await Promise.all(before.map(status))).toEqual([200, 200, 200]);
    expect(await makeNewSecret(world.ctx, world.organiser.id)).toBe(2);
    expect(await Promise.all(before.map(status))).toEqual([404, 404, 404]);
    const after = [ada, bo, cy].map((person) => linkOf(world, event, person));
    expect(await Promise.all(after.map(status))).toEqual([200, 200, 200]);

    expect(await deliver()).toEqual(new Map());
    world.clock.advance({ seconds: 10 });
    const got = await deliver();
    expect([...got.keys()].sort()).toEqual(['Ada new-link', 'Cy new-link']);
    expect(got.get('Ada new-link')).toContain(`${world.ctx.baseUrl}${after[0]}`);
    expect(got.get('Ada new-link')).toContain('Your answer stays as it is.');
    expect(got.get('Cy new-link')).toContain('You can answer here, as before.');
    expect((await reopened()).equals(world.ctx.secret)).toBe(true);
  });

  test('tells nobody of an event that is over, and nobody who has had no e-mail about it', async () => {
    const { cy } = await guests();
    const dan = await world.addPerson({ name: 'Dan' });
    await published(world, [dan], { name: 'Spring round' });
    await makeNewSecret(world.ctx, world.organiser.id);
    expect(await kindsTo(cy)).toEqual(['invitation', 'new-link']);
    expect(await kindsTo(dan)).toEqual(['invitation']);
    world.clock.advance({ hours: 24 * 60 });
    expect(await makeNewSecret(world.ctx, world.organiser.id)).toBe(0);
  });

  test('leaves what was sent readable, draws what waits with the new link, and keeps asking without a name', async () => {
    const { cy, event } = await guests();
    await ensureKeys(world.ctx, event.id);
    const keys = async () =>
      (await world.db.select().from(slipKeys)).map((key) => unwrapKey(world.ctx, key)?.toString('hex'));
    const keysBefore = await keys();
    const sent = (await allLetters(world)).find(
      ({ personId, kind }) => personId === cy.id && kind === 'invitation',
    )!;
    const bytes = sentBytes(world, sent);
    const stamp = world.clock.now.add({ minutes: 1 });
    const attendees = [{ address: cy.email, partstat: 'DECLINED', delegatedTo: [] }];
    const said = { uid: event.uid, sequence: 0, recurrenceAt: null, start: null, end: null, words: '' };
    await takeReply(
      world.ctx,
      { method: 'REPLY', stamp, attendees, ...said },
      { address: cy.email, proved: false },
      stamp,
    );

    await makeNewSecret(world.ctx, world.organiser.id);
    expect(sentBytes(world, (await letters.find(world.db, sent.id))!)).toEqual(bytes);
    expect(keysBefore.map((key) => typeof key)).toEqual(keysBefore.map(() => 'string'));
    expect(await keys()).toEqual(keysBefore);
    const question = (await deliver()).get('Cy answer-question')!;
    expect(await status(/\/r\/[\w-]{20,}/.exec(question)![0])).toBe(200);
  });

  test('is not made where SECRET is set, nor by a process that has not heard of the last one', async () => {
    const former = { ...world.ctx };
    await makeNewSecret(world.ctx, world.organiser.id);
    await expect(makeNewSecret(former, world.organiser.id)).rejects.toThrow('at this very moment');
    const { secretFile: _, ...inEnvironment } = world.ctx;
    await expect(makeNewSecret(inEnvironment, world.organiser.id)).rejects.toThrow('Change it there');
  });

  test('of a process that died before it was done is dropped; of one that died after, it takes over', async () => {
    const before = world.ctx.secret;
    file.prepare('a secret that nobody came to use, 32 signs');
    expect((await reopened()).equals(before)).toBe(true);
    expect(file.read()).toHaveLength(1);
    const text = 'a secret that was in use when it died, 32';
    file.prepare(text);
    await world.db.transaction((tx) =>
      replaceSecret(world.ctx, tx, { before, after: secretFrom(text), by: 'program' }),
    );
    expect((await reopened()).equals(secretFrom(text))).toBe(true);
    expect(file.read()).toEqual([text]);
  });

  test('finds the links that another process wrote with the old one', async () => {
    const { ada, event } = await guests();
    const former = { ...world.ctx };
    await makeNewSecret(world.ctx, world.organiser.id);
    const dan = await world.addPerson({ name: 'Dan' });
    await published({ ...world, ctx: former }, [dan], { name: 'Spring round' });
    expect(await correctLinkHashes(world.ctx)).toBe(1);
    expect(await correctLinkHashes(world.ctx)).toBe(0);
    expect(await status(linkOf(world, event, ada))).toBe(200);
  });
});

describe('a secret that is lost', () => {
  test('gives new links, ends asking without a name for events that are published, and says so on their pages', async () => {
    const { ada, event } = await guests();
    await ensureKeys(world.ctx, event.id);
    const [sent] = await allLetters(world);
    const after = secretFrom('the one that takes its place, 32 signs');
    expect(await lose(after)).toBe(2);
    world.ctx.secret = after;
    expect((await events.find(world.db, event.id))?.namelessAsking).toBe(false);
    const keysLeft = (await world.db.select().from(slipKeys)).map(({ privateKey }) => privateKey);
    expect(new Set(keysLeft)).toEqual(new Set([null]));
    const link = linkOf(world, event, ada);
    expect(page(await world.get(link))('main').text()).toContain(
      'Asking without a name has ended for this event: its keys were lost when Flipside was restored from a backup.',
    );
    expect(sent?.bytes).not.toBeNull();
    const list = page(await world.get('/mailbox', { as: world.organiser }));
    const address = list('a[href^="/mailbox/"]').filter((_, one) =>
      list(one).text().includes('A seat is kept'),
    );
    const shown = page(await world.get(address.first().attr('href')!, { as: world.organiser }));
    expect(shown('main').text()).toContain('Who it was for, and when, is still here.');
  });
});

describe('old letters', () => {
  test('lose their words after 400 days, or as many as are set; who got what and when stays', async () => {
    const { ada } = await guests();
    // The e-mail that takes the event out of Bo's calendar leaves ten minutes after his no.
    world.clock.advance({ minutes: 10 });
    await deliver();
    const heads = async () =>
      (await letters.newest(world.db, 100, 0)).map(({ subject, personId, kind, state, sentAt }) => [
        subject,
        personId,
        kind,
        state,
        sentAt?.toString(),
      ]);
    const words = async () =>
      (await letters.newest(world.db, 100, 0)).map(({ bytes, facts }) => [
        bytes === null,
        Object.keys(facts).length > 0,
      ]);
    const before = await heads();
    world.clock.advance({ hours: 24 * 399 });
    await deleteExpired(world.ctx);
    expect(new Set((await words()).flat())).toEqual(new Set([false, true]));
    await published(world, [ada], { name: 'Another round', startsAt: '2027-12-20T16:00', answerBy: null });
    world.clock.advance({ hours: 48 });
    await deleteExpired(world.ctx);
    const [young, ...old] = await words();
    expect(young).toEqual([true, true]);
    expect(old).toEqual(before.map(() => [true, false]));
    expect((await heads()).slice(1)).toEqual(before);
    const shorter = { ...world.ctx, lettersKeptDays: 1 };
    await deliver();
    world.clock.advance({ hours: 30 });
    await deleteExpired(shorter);
    expect((await words())[0]).toEqual([true, false]);
  });
});
