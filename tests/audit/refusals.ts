// Everything below /anon/ that must be refused, and leave nothing behind: no row, and no byte in a file.
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Answer } from '../support/browser.ts';
import { linkOf, published } from '../support/events.ts';
import { type HandSlip, slipsFor } from '../support/nameless/slips.ts';
import type { Place } from './places.ts';
import { filesBeside } from './readers/files.ts';
import { openJournal } from './readers/journal.ts';

export interface Tried {
  what: string;
  held: boolean;
  /** The program's answer. */
  answer: string;
}

type Headers = Record<string, string>;

interface Try {
  url: string;
  payload: object;
  headers?: Headers;
}

const base64 = (bytes: Buffer) => bytes.toString('base64url');
const wire = ({ message, signature }: HandSlip) => ({
  message: base64(message),
  signature: base64(signature),
});
const edit = () => base64(createHash('sha256').update('edit').update(randomBytes(16)).digest());

/** Tries each of them once on a fresh event; the last lines show that what is in order is taken. */
export async function refusals(place: Place): Promise<Tried[]> {
  const { world } = place;
  const people = [];
  for (let n = 0; n < 6; n++) people.push(await world.addPerson());
  const [event, other] = [await published(world, people), await published(world, people)];
  const [mine, foreign] = [
    await slipsFor(world.ctx, event, people[0]!),
    await slipsFor(world.ctx, other, people[0]!),
  ];
  await world.get(linkOf(world, event, people[1]!));
  const question = (slip: HandSlip, more: object = {}) => ({
    url: 'questions',
    payload: {
      event: event.id,
      first: slip.first,
      text: 'Why so?',
      topic: null,
      edit: edit(),
      alone: false,
      ...wire(slip),
      ...more,
    },
  });
  const [first, second] = [mine.ask[0]!, mine.ask[1]!];
  const cookie = (await world.browserOf(people[1]!)).cookies;
  const signedIn = [...cookie].map(([name, value]) => `${name}=${value}`).join('; ');
  const attempts: Record<string, Try> = {
    'a question with a cookie': { ...question(first), headers: { cookie: signedIn } },
    'a vote with a cookie': { url: 'votes', payload: { event: event.id }, headers: { cookie: signedIn } },
    'a look at one’s question with a cookie': {
      url: 'mine',
      payload: { secret: base64(randomBytes(16)) },
      headers: { cookie: 'a=b' },
    },
    'a question with an Authorization header': { ...question(first), headers: { authorization: 'Bearer x' } },
    'a question from another site': { ...question(first), headers: { 'sec-fetch-site': 'cross-site' } },
    'a forged signature': question({ ...first, signature: randomBytes(256) }),
    'a signature for another message': question({ ...first, message: randomBytes(64) }),
    'a slip of another event': question(foreign.ask[0]!),
    'a slip for votes spent on a question': question({ ...mine.vote[0]!, first: false }),
    'a first slip given as another': question({ ...first, first: false }),
    'another slip given as a first': question({ ...second, first: true }),
    'a slip for questions as a ballot': {
      url: 'votes',
      payload: { event: event.id, question: 1, on: true, ...wire(first) },
    },
    'a question with a person in it': question(first, { person: people[0]!.id }),
    'a wrong secret': { url: 'mine', payload: { secret: base64(randomBytes(16)) } },
    'a withdrawal with a wrong secret': {
      url: 'mine/withdrawal',
      payload: { secret: base64(randomBytes(16)) },
    },
  };
  const tried: Tried[] = [];
  for (const [what, one] of Object.entries(attempts)) tried.push(await tryIt(place, what, one, 'refused'));
  tried.push(
    await tryIt(place, '(in order, so taken) a question with its first slip', question(first), 'taken'),
  );
  tried.push(await tryIt(place, 'the same slip for another question', question(first), 'refused'));
  return tried;
}

async function tryIt(
  place: Place,
  what: string,
  { url, payload, headers }: Try,
  expected: 'refused' | 'taken',
): Promise<Tried> {
  const journal = await openJournal(place.world.db);
  const before = filesOf(place.folder);
  const { statusCode } = await send(place, url, payload, headers);
  const isStored = (await journal.read()).length > 0 || filesOf(place.folder) !== before;
  const isRefused = statusCode >= 400 && statusCode < 500;
  const held = expected === 'refused' ? isRefused && !isStored : statusCode === 200 && isStored;
  return { what, held, answer: `${statusCode}, ${isStored ? 'something' : 'nothing'} stored` };
}

function send({ world }: Place, url: string, payload: object, headers: Headers = {}): Promise<Answer> {
  const usual = {
    host: new URL(world.ctx.baseUrl).host,
    'sec-fetch-site': 'same-origin',
    'content-type': 'application/json',
  };
  return world.app.inject({
    method: 'POST',
    url: `/anon/${url}`,
    headers: { ...usual, ...headers },
    payload,
  });
}

/** All bytes beside the database. */
function filesOf(folder: string): string {
  const hash = createHash('sha256');
  for (const name of filesBeside(folder)) hash.update(readFileSync(name));
  return hash.digest('hex');
}
