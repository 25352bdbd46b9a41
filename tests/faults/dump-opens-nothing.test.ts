import { simpleParser } from 'mailparser';
import { expect, test } from 'vitest';
import { takeReply } from '../../src/actions/calendar/replies.ts';
import { nameSubstitute } from '../../src/actions/guests/substitutes.ts';
import { addressesOf } from '../../src/actions/letters/addresses.ts';
import { deliverLetter, type Post, secondsUntilNextTry } from '../../src/jobs/deliver-letter.ts';
import { openPost } from '../../src/jobs/post.ts';
import { stranded } from '../../src/store/letters/delivery.ts';
import { onBothHomes } from '../support/database.ts';
import { laidOpen, ourBackup, pgDump } from '../support/databases/dumps.ts';
import { published } from '../support/events.ts';
import { useWorld, type World } from '../support/world.ts';

onBothHomes('a copy of the database', (home) => {
  const world = useWorld({ home, mailConfigured: true });
  const dumps = async () => [
    await ourBackup(world.db),
    ...(home === 'server' ? [await pgDump(world.db)] : []),
  ];

  test('holds nothing that opened a door, whether letters wait, are being tried or were sent', async () => {
    const { ada } = await aBusyDay(world);
    const copies = await dumps();
    const mails = await deliverAll(world, 'temporary');
    copies.push(...(await dumps()));
    const doors = [...(await feedsOf(world)), ...mails.flatMap(doorsIn)];
    await openThem(world, doors);
    doors.push(...(await signInWith(ada, mails)));
    world.clock.advance({ seconds: secondsUntilNextTry(1) });
    const again = await deliverAll(world, 'sent');
    expect(again.map(({ raw }) => raw)).toEqual(mails.map(({ raw }) => raw));
    copies.push(...(await dumps()));

    const kinds = new Set(doors.map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual([
      'code',
      'code without its dash',
      'cookie',
      'feed',
      'i',
      'r',
      'sign-in/link',
    ]);
    const found = copies.flatMap((copy, number) => {
      const open = laidOpen(copy);
      return doors.filter(({ key }) => open.includes(key)).map(({ kind, key }) => [number, kind, key]);
    });
    expect(found).toEqual([]);
    // Had the letters been stored as they went out, they would have been found.
    const stored = laidOpen(
      mails.map(({ raw }) => `\\x${Buffer.from(raw, 'latin1').toString('hex')}`).join('\n'),
    );
    expect(doors.filter(({ kind, key }) => !/feed|cookie|dash/.test(kind) && !stored.includes(key))).toEqual(
      [],
    );
  });
});

interface Door {
  kind: string;
  /** A token, a code or a cookie's value. */
  key: string;
  path?: string;
}

interface Mail {
  to: string;
  raw: string;
  text: string;
}

/** Two are invited, one sends somebody else, a calendar answers without proof, and Ada asks to sign in. */
async function aBusyDay(world: World) {
  const [ada, bo, cy] = await Promise.all(['Ada', 'Bo', 'Cy'].map((name) => world.addPerson({ name })));
  const event = await published(world, [ada!, bo!]);
  world.clock.advance({ minutes: 1 });
  const stamp = world.clock.now;
  const attendees = [{ address: ada!.email, partstat: 'DECLINED', delegatedTo: [] }];
  const said = { uid: event.uid, sequence: 0, recurrenceAt: null, start: null, end: null, words: '' };
  const forged = { address: ada!.email, proved: false };
  await takeReply(world.ctx, { method: 'REPLY', stamp, attendees, ...said }, forged, stamp);
  await nameSubstitute(world.ctx, event.id, bo!.id, cy!.id);
  const browser = world.newBrowser();
  await browser.post('/sign-in', { email: ada!.email });
  return { ada: { browser, email: ada!.email }, event };
}

/** Tries every letter that waits, and gives what the mail server got. */
async function deliverAll(world: World, kind: 'temporary' | 'sent'): Promise<Mail[]> {
  const got: Mail[] = [];
  const post: Post = {
    ...openPost(world.ctx, undefined),
    send: async (letter, bytes) => {
      const { text } = await simpleParser(bytes);
      got.push({ to: letter.recipientEmail, raw: bytes.toString('latin1'), text: text ?? '' });
      // Servers quote what they do not like.
      const [link] = (text ?? '').match(/https:\S+/) ?? [];
      return { kind, reply: `451 4.7.1 ${link} is on a list` };
    },
  };
  for (const { id } of await stranded(world.db, world.clock.now, addressesOf(world.ctx)))
    await deliverLetter(world.ctx, post, id);
  return got;
}

function doorsIn({ text }: Mail): Door[] {
  const links = [...text.matchAll(/https:\/\/[^/]+(\/(i|r|sign-in\/link)\/([\w-]{20,}))/g)];
  const codes = [...text.matchAll(/\b[0-9A-Z]{4}-[0-9A-Z]{4}\b/g)];
  return [
    ...links.map(([, path, kind, key]) => ({ kind: kind!, key: key!, path: path! })),
    ...codes.map(([key]) => ({ kind: 'code', key })),
    ...codes.map(([key]) => ({ kind: 'code without its dash', key: key.replace('-', '') })),
  ];
}

async function feedsOf(world: World): Promise<Door[]> {
  const pages = [
    await world.post('/account/feed', {}, { as: world.organiser }),
    await world.post('/events/feed', {}, { as: world.organiser }),
  ];
  return pages.flatMap(({ body }) =>
    [...body.matchAll(/https:\/\/[^/"]+(\/feed\/([\w-]{20,})\.ics)/g)]
      .slice(0, 1)
      .map(([, path, key]) => ({ kind: 'feed', key: key!, path: path! })),
  );
}

async function openThem(world: World, doors: Door[]): Promise<void> {
  const paths = new Set(doors.flatMap(({ path }) => path ?? []));
  const answers = await Promise.all(
    [...paths].map(async (path) => [path, (await world.newBrowser().get(path)).statusCode]),
  );
  expect(answers).toEqual([...paths].map((path) => [path, 200]));
}

async function signInWith(
  { browser, email }: { browser: ReturnType<World['newBrowser']>; email: string },
  mails: Mail[],
): Promise<Door[]> {
  const [code] = mails
    .filter(({ to }) => to === email)
    .flatMap(doorsIn)
    .filter(({ kind }) => kind === 'code');
  await browser.post('/sign-in/code', { code: code!.key });
  expect((await browser.get('/account')).statusCode).toBe(200);
  return [...browser.cookies.values()].map((key) => ({ kind: 'cookie', key }));
}
