import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { ask } from '../../../src/actions/questions/ask.ts';
import type { Event } from '../../../src/store/events/events.ts';
import * as mailbox from '../../../src/store/letters/mailbox.ts';
import type { Person } from '../../../src/store/people/people.ts';
import { everyQuestionOf } from '../../../src/store/questions/wall.ts';
import { blocks, letters } from '../../../src/store/schema/index.ts';
import { type Address, addressesOf } from '../../../src/web/addresses.ts';
import type { Fields } from '../../support/browser.ts';
import { drafted, linkOf, published } from '../../support/events.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();
let margareta: Person;
let bo: Person;

beforeEach(async () => {
  margareta = await world.addPerson({ name: 'Margareta Lindqvist', side: 'senior' });
  bo = await world.addPerson({ name: 'Bo Ek', side: 'senior' });
});

/** Fields that a browser sends with a press; the others have none of their own. */
const fieldsFor: Record<string, () => Fields> = {
  answer: () => ({ answer: 'yes' }),
  reason: () => ({ because: 'meeting' }),
  substitute: () => ({ substitute: 'Bo Ek' }),
  needs: () => ({ diet: 'vegan', food: '', arrange: '' }),
  questions: () => ({ formKey: randomUUID(), text: 'What comes next?', named: 'yes' }),
  vote: () => ({ on: 'yes', named: 'yes' }),
  choice: () => ({ reminders: 'off' }),
  settlement: () => ({ state: 'answered', note: '' }),
  words: () => ({ text: 'What comes after that?' }),
  promise: () => ({ personId: '', dueOn: '2026-12-17' }),
  door: () => ({ name: 'Bo Ek' }),
  ':personId': () => ({ here: 'yes' }),
  ':questionId': () => ({ state: 'table' }),
  facilitation: () => ({ facilitates: 'yes' }),
  seats: () => ({ side: 'senior' }),
  'nameless-asking': () => ({ on: 'no' }),
  rules: () => ({ longest: '200', words: '' }),
};

const fieldsOf = (path: string): Fields => fieldsFor[path.split('/').at(-1)!]?.() ?? {};

/** Presses after which the event is another: they come last. */
const endings = ['/publication', '/removal', '/withdrawal', '/cancellation'];

/** Every address of one event but its streams, which never end. */
function addresses(): Address[] {
  const all = addressesOf(world.app).filter(
    ({ path }) => /^\/(events\/:id|e\/:slug|i\/:token)(\/|$)/.test(path) && !path.endsWith('/changes'),
  );
  const rank = ({ path }: Address) => endings.findIndex((ending) => path.endsWith(ending));
  return all.toSorted((a, b) => rank(a) - rank(b));
}

async function valuesFor(event: Event): Promise<Record<string, string>> {
  const [question] = await everyQuestionOf(world.db, event.id);
  const [letter] = await world.db.select().from(letters).where(eq(letters.eventId, event.id));
  return {
    slug: event.slug,
    token: linkOf(world, event, margareta).split('/')[2]!,
    personId: String(margareta.id),
    question: String(question?.id ?? 1),
    questionId: String(question?.id ?? 1),
    letter: letter ? mailbox.refOf(letter) : 'none',
    kind: 'answer-first',
    hold: '1',
    replyId: '1',
  };
}

/** Opens and presses everything; gives what came of each. */
async function everything(event: Event): Promise<Map<string, number>> {
  const became = new Map<string, number>();
  for (const { method, path, access } of addresses()) {
    // A draft that is deleted has no other pages.
    if (path === '/events/:id/deletion') continue;
    const values = await valuesFor(event);
    const isWall = path.includes('/questions/:id');
    const address = path.replace(/:(\w+)/g, (_, name: string) =>
      name === 'id' ? (isWall ? values.question! : String(event.id)) : values[name]!,
    );
    const as = access === 'organiser' || path.startsWith('/events') ? world.organiser : margareta;
    const link = access === 'link' ? values.token! : undefined;
    const answer =
      method === 'GET'
        ? await world.get(address, link ? {} : { as })
        : await world.post(address, fieldsOf(path), link ? { link } : { as });
    became.set(`${method} ${path}`, answer.statusCode);
  }
  return became;
}

const failed = (became: Map<string, number>) =>
  [...became].filter(([, status]) => status >= 500).map(([address, status]) => `${address}: ${status}`);

describe('an event with an empty run of show', () => {
  test('answers every page and press once it is published', async () => {
    const event = await published(world, [margareta, bo], { facilitatorId: world.organiser.id } as object);
    await ask(world.ctx, {
      formKey: randomUUID(),
      eventId: event.id,
      authorId: bo.id,
      topicId: null,
      text: 'What is first?',
    });
    await world.db.delete(blocks).where(eq(blocks.eventId, event.id));
    const became = await everything(event);
    expect(failed(became)).toEqual([]);
    expect([...became.values()].filter((status) => status === 200).length).toBeGreaterThan(25);
    expect([...became.values()].filter((status) => status === 303).length).toBeGreaterThan(15);
  });

  test('answers every page and press as a draft', async () => {
    const event = await drafted(world, [margareta, bo]);
    await world.db.delete(blocks).where(eq(blocks.eventId, event.id));
    const became = await everything(event);
    expect(failed(became)).toEqual([]);
    expect(became.get('POST /events/:id/publication')).toBe(303);
  });

  test('lasts as long as announced, as its page says', async () => {
    const event = await published(world, [margareta], { startsAt: '2026-12-10T16:00' });
    await world.db.delete(blocks).where(eq(blocks.eventId, event.id));
    const shown = page(await world.get(linkOf(world, event, margareta)));
    expect(shown('body').text()).toContain('16:00–18:15');
  });
});
