// The clients' work in a soak, each again and again until they are told to stop.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { formToken } from '../../src/web/tokens.ts';
import type { Guest, Word } from '../faults/guests.ts';
import { follow } from '../support/pages/following.ts';
import type { Crowd } from './crowd.ts';
import type { Ground } from './ground.ts';
import { type Ending, type Ledger, look, note, press } from './ledger.ts';
import { type Asked, askWithoutName } from './nameless.ts';

/** Presses and how they ended, besides the answers, which each guest keeps. */
export interface Pressed {
  asked: Map<string, Ending>;
  nameless: Asked[];
  /** By question and person: how it was left, and what may have come after. */
  votes: Map<string, { last: boolean; unsure: boolean[] }>;
  published: Map<number, Ending>;
  imported: Map<string, Ending>;
  /** Cookies of people who came in. */
  sessions: string[];
  seats: { done: number; unsure: number };
}

export interface Traffic {
  pressed: Pressed;
  /** Ends when every client has finished what it was doing. */
  stop(): Promise<void>;
}

export function newPressed(): Pressed {
  return {
    asked: new Map(),
    nameless: [],
    votes: new Map(),
    published: new Map(),
    imported: new Map(),
    sessions: [],
    seats: { done: 0, unsure: 0 },
  };
}

interface Here {
  ground: Ground;
  crowd: Crowd;
  ledger: Ledger;
  pressed: Pressed;
  isOver: () => boolean;
}

export function begin(ground: Ground, crowd: Crowd, ledger: Ledger): Traffic {
  const pressed = newPressed();
  let isOver = false;
  const here: Here = { ground, crowd, ledger, pressed, isOver: () => isOver };
  const again = async (client: () => Promise<unknown>, rest: number) => {
    while (!isOver) {
      await client();
      await pause(rest * (0.5 + Math.random()));
    }
  };
  const clients = [
    ...[0, 1, 2, 3].map((hand) => again(answering(here, hand), 60)),
    again(() => askByName(here), 900),
    again(() => vote(here), 250),
    again(asking(here), 3000),
    again(publishing(here), 5000),
    again(importing(here), 8000),
    again(signingIn(here), 5000),
    again(() => oneMoreSeat(here), 30_000),
    ...[0, 1].map(() => again(() => lookAround(here), 150)),
    again(() => followAWhile(here), 500),
  ];
  return {
    pressed,
    async stop() {
      isOver = true;
      await Promise.all(clients);
    },
  };
}

const words: Word[] = ['yes', 'yes', 'no', 'yes', 'maybe'];
const any = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)]!;

/** Each client has guests of its own, so that nobody presses twice at once. */
function answering({ ground, crowd, ledger }: Here, hand: number): () => Promise<void> {
  const mine = crowd.guests.filter((_, i) => i % 4 === hand);
  let turn = 0;
  return async () => {
    turn += 1;
    const guest = mine[turn % mine.length]!;
    const word = words[(turn + guest.id) % words.length]!;
    const address = `/i/${guest.token}/answer`;
    const ending = await press(ledger, 'answers', () =>
      ground.flipside.post(address, { answer: word }, guest.token),
    );
    keep(guest, word, ending);
    if (ending !== 'done') await pause(300);
  };
}

function keep(guest: Guest, word: Word, ending: Ending): void {
  if (ending === 'unsure') guest.unsure.push(word);
  if (ending !== 'done') return;
  guest.acknowledged.push(word);
  guest.unsure = [];
}

/** The same form is sent until somebody says that it is there: then it is there once. */
async function askByName({ ground, crowd, ledger, pressed, isOver }: Here): Promise<void> {
  const { token } = any(crowd.guests);
  const text = `Asked by name ${randomUUID()}?`;
  const fields = { formKey: randomUUID(), text, topic: '', from: 'wall', named: 'yes' };
  for (let tries = 0; tries < 30; tries++) {
    const ending = await press(ledger, 'questions', () =>
      ground.flipside.post(`/i/${token}/questions`, fields, token),
    );
    if (ending !== 'not done' || !pressed.asked.has(text)) pressed.asked.set(text, ending);
    if (ending === 'done' || isOver()) return;
    await pause(500);
  }
}

async function vote({ ground, crowd, ledger, pressed }: Here): Promise<void> {
  const [{ token, id: person }, question] = [any(crowd.guests), any(crowd.questions)];
  const vote = pressed.votes.get(`${question} ${person}`) ?? { last: false, unsure: [] };
  pressed.votes.set(`${question} ${person}`, vote);
  const on = !vote.last;
  const ending = await press(ledger, 'votes', () =>
    ground.flipside.post(
      `/i/${token}/questions/${question}/vote`,
      { on: on ? 'yes' : 'no', named: 'yes' },
      token,
    ),
  );
  if (ending === 'unsure') vote.unsure.push(on);
  if (ending === 'done') Object.assign(vote, { last: on, unsure: [] });
}

function asking({ ground, crowd, ledger, pressed }: Here): () => Promise<void> {
  const left = [...crowd.guests];
  return async () => {
    const guest = left.pop();
    const asked = guest && (await askWithoutName(ground, crowd, ledger, guest));
    if (asked) pressed.nameless.push(asked);
  };
}

const cookie = ({ organiser }: Crowd) => ({ cookie: `sid=${organiser}` });

function publishing({ ground, crowd, ledger, pressed }: Here): () => Promise<void> {
  const left = [...crowd.drafts];
  let now = left.shift();
  return async () => {
    const id = now;
    if (id === undefined) return;
    const ending = await press(ledger, 'publications', () =>
      ground.flipside.post(`/events/${id}/publication`, {}, crowd.organiser, cookie(crowd)),
    );
    pressed.published.set(id, ending);
    if (ending === 'done') now = left.shift();
  };
}

/** A list of five new people, chosen and confirmed; a line that breaks in between leaves a preview, and another list comes. */
function importing({ ground, crowd, ledger, pressed }: Here): () => Promise<void> {
  let count = 0;
  return async () => {
    count += 1;
    const names = [1, 2, 3, 4, 5].map((n) => `Listed ${count}-${n}`);
    const csv = [
      'name,email,side',
      ...names.map((name) => `${name},${name.toLowerCase().replace(' ', '.')}@halden.example,senior`),
    ];
    const location = await upload(ground, crowd, csv.join('\n')).catch(() => undefined);
    if (location === undefined) return;
    const ending = await press(ledger, 'imports', () =>
      ground.flipside.post(`${location}/confirmation`, {}, crowd.organiser, cookie(crowd)),
    );
    for (const name of names) pressed.imported.set(name, ending);
  };
}

async function upload({ settings }: Ground, crowd: Crowd, csv: string): Promise<string | undefined> {
  const form = new FormData();
  form.append('_token', formToken(crowd.organiser));
  form.append('file', new File([csv], 'people.csv'));
  const answer = await fetch(`${settings.BASE_URL}/people/import`, {
    method: 'POST',
    redirect: 'manual',
    headers: { ...cookie(crowd), origin: settings.BASE_URL!, 'sec-fetch-site': 'same-origin' },
    body: form,
  });
  await answer.text();
  return answer.headers.get('location') ?? undefined;
}

/** Asks for a letter, waits until it has come, types its code; who cannot wait any longer leaves. */
function signingIn({ ground, crowd, ledger, pressed, isOver }: Here): () => Promise<void> {
  let turn = 0;
  return async () => {
    turn += 1;
    const email = crowd.walkers[turn % crowd.walkers.length]!;
    const from = { 'x-forwarded-for': `203.0.113.${(turn % 250) + 1}` };
    const first = await ground.flipside.get('/sign-in', from).catch(() => null);
    const [login] =
      first?.headers['set-cookie']?.flatMap((one) => /^login=([^;]+)/.exec(one)?.[1] ?? []) ?? [];
    if (login === undefined) return;
    const headers = { ...from, cookie: `login=${login}` };
    ground.mail.newest.delete(email);
    const fields = { email, next: '/account' };
    if (
      (await press(ledger, 'sign-in e-mails', () =>
        ground.flipside.post('/sign-in', fields, login, headers),
      )) !== 'done'
    )
      return;
    const code = await codeFor(ground, email, isOver);
    if (code === undefined) return void note(ledger, 'sign-ins', 'not done');
    await enter({ ground, crowd, ledger, pressed, isOver }, code, login, headers);
  };
}

async function codeFor({ mail }: Ground, email: string, isOver: () => boolean): Promise<string | undefined> {
  for (let tries = 0; tries < 400 && !isOver(); tries++) {
    const code = /\b[0-9A-Z]{4}-[0-9A-Z]{4}\b/.exec(mail.newest.get(email) ?? '')?.[0];
    if (code !== undefined) return code;
    await pause(100);
  }
  return undefined;
}

async function enter(
  { ground, ledger, pressed }: Here,
  code: string,
  login: string,
  headers: Record<string, string>,
): Promise<void> {
  let session: string | undefined;
  await press(ledger, 'sign-ins', async () => {
    const reply = await ground.flipside.post('/sign-in/code', { code }, login, headers);
    [session] = reply.headers['set-cookie']?.flatMap((one) => /^sid=([^;]+)/.exec(one)?.[1] ?? []) ?? [];
    return reply;
  });
  if (session !== undefined) pressed.sessions.push(session);
}

async function oneMoreSeat({ ground, crowd, ledger, pressed }: Here): Promise<void> {
  const ending = await press(ledger, 'seats', () =>
    ground.flipside.post(
      `/events/${crowd.event.id}/seats`,
      { side: 'senior' },
      crowd.organiser,
      cookie(crowd),
    ),
  );
  if (ending !== 'not done') pressed.seats[ending] += 1;
}

async function lookAround({ ground, crowd, ledger }: Here): Promise<void> {
  const { token } = any(crowd.guests);
  const at = crowd.event.id;
  const [page, address, headers] = any<[string, string, Record<string, string>]>([
    ['/i/:token', `/i/${token}`, {}],
    ['/i/:token/questions', `/i/${token}/questions`, {}],
    ['/sign-in', '/sign-in', {}],
    ...[
      '/events',
      '/people',
      '/mailbox',
      '/trends',
      `/events/${at}`,
      `/events/${at}/people`,
      `/e/${crowd.event.slug}`,
    ].map((one): [string, string, Record<string, string>] => [one, one, cookie(crowd)]),
  ]);
  await look(ledger, page, () => ground.flipside.get(address, headers));
}

/** A page that follows for some seconds, as somebody leaves it open. */
async function followAWhile({ ground, crowd, ledger, isOver }: Here): Promise<void> {
  const { token } = any(crowd.guests);
  const stream = await follow(ground.flipside.port, ground.settings.BASE_URL!, `/i/${token}/changes`).catch(
    () => null,
  );
  if (stream === null) return;
  const left = pause(8000 * Math.random());
  await Promise.race([left, stream.ended]);
  stream.leave();
  note(ledger, 'pages that follow', stream.status === 200 ? 'done' : 'not done');
  if (!isOver()) await pause(100);
}
