// An event that many people answer at once, by pressing buttons on the pages of a running Flipside.
import { randomBytes } from 'node:crypto';
import * as events from '../../src/actions/events/events.ts';
import { openSecret } from '../../src/actions/sign-in/deployment-secret.ts';
import { personalToken } from '../../src/actions/sign-in/personal-links.ts';
import type { Context } from '../../src/context.ts';
import { type Database, openDatabase, secretFileIn } from '../../src/database/open.ts';
import { builtInFormat } from '../../src/domain/run-of-show/built-in-formats.ts';
import { openQueue, openQueues } from '../../src/jobs/queues.ts';
import * as programmes from '../../src/store/events/programmes.ts';
import * as people from '../../src/store/people/people.ts';
import type { Flipside, Settings } from '../support/process.ts';
import { english } from '../support/words.ts';

export type Word = 'yes' | 'maybe' | 'no';

export interface Guest {
  id: number;
  token: string;
  /** Answers acknowledged with a 303, in order. */
  acknowledged: Word[];
  /** Sent when the line broke: it may have been heard or not. */
  unsure: Word[];
}

export interface Size {
  seniors: number;
  talents: number;
  seniorCapacity: number;
  talentCapacity: number;
}

/** Publishes an event in 30 days in the database of these settings. Its letters wait for the first process that works there. */
export async function invite(settings: Settings, size: Size): Promise<Guest[]> {
  const database = await openDatabase({ url: settings.DATABASE_URL, dataDir: settings.DATA_DIR ?? '' });
  const boss = await openQueues(database, () => {});
  try {
    return await inviteWith({ ...(await contextOn(database, settings)), queue: openQueue(boss) }, size);
  } finally {
    await boss.stop({ graceful: false });
    await database.close();
  }
}

/** The context that a process with these settings has, without a queue. */
export async function contextOn(
  database: Database,
  { BASE_URL = '', DATA_DIR, SECRET }: Settings,
): Promise<Context> {
  if (!DATA_DIR)
    throw new Error('These settings name no folder, so the secret would be written beside the code.');
  const source = { given: SECRET, file: secretFileIn(DATA_DIR) };
  const { secret } = await openSecret({ db: database.db, random: randomBytes }, source);
  return {
    db: database.db,
    now: () => Temporal.Now.instant(),
    random: randomBytes,
    baseUrl: BASE_URL,
    secret,
    queue: async () => {},
    words: english,
    mail: { from: 'reverse-mentoring@halden.example', configured: false },
    demo: false,
  };
}

export async function inviteWith(ctx: Context, size: Size): Promise<Guest[]> {
  const now = ctx.now();
  const programme = await programmes.add(ctx.db, {
    organisation: 'Halden Group',
    name: 'Reverse mentoring',
    timeZone: 'Europe/Oslo',
    createdAt: now,
  });
  const add = (name: string, side: people.Person['side'], isOrganiser = false) =>
    people.add(ctx.db, {
      name,
      email: `${name.toLowerCase().replace(' ', '.')}@halden.example`,
      side,
      isOrganiser,
      createdAt: now,
      updatedAt: now,
    });
  const organiser = await add('Ida Nordby', 'senior', true);
  const guests: people.Person[] = [];
  for (let n = 1; n <= size.seniors; n++) guests.push(await add(`Senior ${n}`, 'senior'));
  for (let n = 1; n <= size.talents; n++) guests.push(await add(`Talent ${n}`, 'talent'));
  const event = await events.draft(ctx, {
    ...planFor(size),
    programmeId: programme.id,
    organiserId: organiser.id,
    guestIds: guests.map(({ id }) => id),
  });
  await events.publish(ctx, event.id);
  return guests.map(({ id }) => ({
    id,
    token: personalToken(ctx, event.id, id),
    acknowledged: [],
    unsure: [],
  }));
}

export function planFor(size: Size) {
  const inThirtyDays = Temporal.Now.plainDateISO().add({ days: 30 });
  const format = builtInFormat('perspective-challenger')!;
  return {
    formKey: crypto.randomUUID(),
    name: 'Winter round',
    headline: 'What is next',
    lede: '',
    startsAt: `${inThirtyDays}T16:00`,
    timeZone: 'Europe/Oslo',
    place: 'The Library',
    joinUrl: '',
    access: '',
    answerBy: null,
    guestListShown: true,
    topics: [],
    format: format.slug,
    shape: format.shape,
    blocks: format.blocks,
    seniorCapacity: size.seniorCapacity,
    talentCapacity: size.talentCapacity,
  };
}

/** Presses one button on one's page. */
export async function press(flipside: Flipside, guest: Guest, word: Word): Promise<void> {
  const reply = await flipside
    .post(`/i/${guest.token}/answer`, { answer: word }, guest.token)
    .catch(() => null);
  if (reply === null) guest.unsure.push(word);
  else if (reply.status === 303) guest.acknowledged.push(word);
  else throw new Error(`The answer of person ${guest.id} got ${reply.status}: ${reply.body.slice(0, 300)}`);
}

const words: Word[] = ['yes', 'yes', 'no', 'yes', 'maybe'];

/** Everyone keeps changing their mind, several at a time, until the line breaks. Tells each time an answer was acknowledged. */
export async function keepAnswering(flipside: Flipside, guests: Guest[], tell: () => void): Promise<void> {
  const atATime = 8;
  let isBroken = false;
  const hands = Array.from({ length: atATime }, async (_, hand) => {
    const mine = guests.filter((_guest, i) => i % atATime === hand);
    for (let turn = 0; !isBroken; turn++) {
      const guest = mine[turn % mine.length]!;
      await press(flipside, guest, nextWord(guest, turn));
      if (guest.unsure.length > 0) isBroken = true;
      else tell();
    }
  });
  await Promise.all(hands);
}

/** Never the same twice, so that each press changes something. */
function nextWord(guest: Guest, turn: number): Word {
  const word = words[(turn + guest.id) % words.length]!;
  return word === guest.acknowledged.at(-1) ? (word === 'yes' ? 'maybe' : 'yes') : word;
}
