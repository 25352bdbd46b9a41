// Acts of guests under their own name, through the same forms as anybody.
import { deliverLetter } from '../../src/jobs/deliver-letter.ts';
import { openPost } from '../../src/jobs/post.ts';
import type { Person } from '../../src/store/people/people.ts';
import type { World } from '../support/world.ts';
import type { Hand, Shown } from './nameless.ts';
import type { NamedAct } from './plan.ts';

/** Delivers what waits, as the program's workers do, and gives what went to this address. */
export async function deliver(world: World, to = ''): Promise<string> {
  let found = '';
  const post = {
    ...openPost(world.ctx, undefined),
    send: async (letter: { recipientEmail: string }, bytes: Buffer) => {
      if (letter.recipientEmail === to) found = bytes.toString();
      return { kind: 'sent' as const, reply: '250 OK' };
    },
  };
  for (const { job, data } of await world.jobs())
    if (job === 'deliver-letter') await deliverLetter(world.ctx, post, Number(data.letterId));
  await world.db.execute('DELETE FROM queue_of_tests');
  return found;
}

export interface Doer {
  world: World;
  event: { id: number; slug: string };
  person: Person;
  hand: Hand;
  spares: Person[];
  wall: Shown[];
  /** From 0 to limit − 1. */
  below: (limit: number) => number;
}

/** Does one of the usual things; answers may be refused where an earlier one forbids them. */
export async function actNamed(act: NamedAct, doer: Doer): Promise<void> {
  const { hand, below } = doer;
  const post = (tail: string, fields: Record<string, string>) =>
    hand.browser.post(hand.base + tail, fields, hand.link ? { link: hand.link } : {});
  if (act === 'answer') await post('/answer', { answer: ['yes', 'maybe', 'no'][below(3)]! });
  if (act === 'needs')
    await post('/needs', { food: `No ${['nuts', 'fish', 'milk'][below(3)]!} ${below(99)}` });
  if (act === 'vote') await voteWithName(doer);
  if (act === 'sign-in') await signInByMail(doer);
  if (act === 'substitute') await post('/substitute', { substitute: doer.spares.pop()?.email ?? '' });
}

async function voteWithName({ wall, hand, below }: Doer): Promise<void> {
  const question = wall[below(Math.max(1, wall.length))];
  const link = hand.link ? { link: hand.link } : {};
  if (question)
    await hand.browser.post(`${hand.base}/questions/${question.id}/vote`, { on: 'yes', named: 'yes' }, link);
}

/** Asks for a letter, types its code, and goes on signed in. */
async function signInByMail({ world, event, person, hand }: Doer): Promise<void> {
  const { browser } = hand;
  if (!hand.link) return;
  await browser.get('/sign-in');
  await deliver(world);
  await browser.post('/sign-in', { email: person.email, next: `/e/${event.slug}` });
  const letter = await deliver(world, person.email);
  const code = /\b[0-9A-Z]{4}-[0-9A-Z]{4}\b/.exec(letter)?.[0];
  const answer = await browser.post('/sign-in/code', { code: code ?? '' });
  if (answer.statusCode !== 303) throw new Error(`Nobody got in by mail: ${answer.statusCode}, code ${code}`);
  hand.link = undefined;
  hand.base = `/e/${event.slug}`;
}
