import { describe, expect, test } from 'vitest';
import { answer } from '../../../src/actions/guests/answer.ts';
import { ask, wonder } from '../../../src/actions/questions/ask.ts';
import { wallOf } from '../../../src/store/questions/wall.ts';
import { linkOf, published, teamOf } from '../../support/events.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();

async function twoGuests() {
  const ada = await world.addPerson({ name: 'Ada Lovelace' });
  const bo = await world.addPerson({ name: 'Bo “B” <Berg>' });
  const tom = await world.addPerson({ side: 'talent', name: 'Tomasz Wolski' });
  const event = await published(world, [ada, bo], {
    topics: [await teamOf(world, 'Heat as a working condition', [tom])],
  });
  return { ada, bo, event, links: [linkOf(world, event, ada), linkOf(world, event, bo)] as const };
}

/** Everything on a page that belongs to its reader. */
function ownOn(body: string) {
  const $ = page({ body } as never);
  const links = new Set<string>();
  for (const found of body.matchAll(/\/i\/[\w-]+/g)) links.add(found[0]);
  const keys = $('input[name=formKey], input[name=_token]')
    .map((_, field) => $(field).attr('value'))
    .get();
  return { links: [...links], keys, hint: $('form .hint').text() };
}

describe('a page of which most is kept for the next guest', () => {
  for (const tail of ['', '/questions']) {
    test(`${tail || 'the event'} gives each their own link, name and form tokens, whoever looked before`, async () => {
      const { ada, event, links } = await twoGuests();
      await ask(world.ctx, {
        eventId: event.id,
        authorId: ada.id,
        topicId: null,
        text: 'What is heat?',
        formKey: crypto.randomUUID(),
      });
      const bodies = [];
      for (const link of [links[0], links[1], links[0]]) bodies.push((await world.get(link + tail)).body);
      const [first, other, again] = bodies.map(ownOn);
      expect([first!.links, other!.links, again!.links]).toEqual([[links[0]], [links[1]], [links[0]]]);
      expect(first!.hint).toContain('Your name will be shown: Ada Lovelace.');
      expect(other!.hint).toContain('Your name will be shown: Bo “B” <Berg>.');
      expect(first!.keys.length).toBeGreaterThan(2);
      expect(new Set([...first!.keys, ...other!.keys, ...again!.keys]).has('')).toBe(false);
      expect(other!.keys.filter((key) => first!.keys.includes(key))).toEqual([]);
      expect(bodies.filter((body) => body.includes('\0'))).toEqual([]);
    });
  }

  test('shows a press of “I wonder too” and the way to take a question back only to whom they belong', async () => {
    const { ada, bo, event, links } = await twoGuests();
    await ask(world.ctx, {
      eventId: event.id,
      authorId: ada.id,
      topicId: null,
      text: 'What is heat?',
      formKey: crypto.randomUUID(),
    });
    const id = (await wallOf(world.db, event.id, ada.id))[0]!.id;
    await wonder(world.ctx, event.id, id, bo.id, true);
    const shown = async (link: string) => {
      const $ = page(await world.get(`${link}/questions?order=newest`));
      return [$(`#vote-${id}`).attr('aria-pressed'), $(`form[action$="/${id}/withdrawal"]`).length];
    };
    expect([await shown(links[0]), await shown(links[1]), await shown(links[0])]).toEqual([
      ['false', 1],
      ['true', 0],
      ['false', 1],
    ]);
  });

  test('shows who wonders about the most wanted question only to themselves', async () => {
    const { ada, bo, event, links } = await twoGuests();
    const key = crypto.randomUUID();
    await ask(world.ctx, { eventId: event.id, authorId: ada.id, topicId: null, text: 'Heat?', formKey: key });
    const id = (await wallOf(world.db, event.id, ada.id))[0]!.id;
    await wonder(world.ctx, event.id, id, bo.id, true);
    const pressed = async (link: string) =>
      page(await world.get(`${link}/questions`))(`.lead #vote-${id}`).attr('aria-pressed');
    expect([await pressed(links[1]), await pressed(links[0]), await pressed(links[1])]).toEqual([
      'true',
      'false',
      'true',
    ]);
  });

  test('leads those signed in by its name and those with a letter by their link, in whichever order they look', async () => {
    const { ada, event, links } = await twoGuests();
    const signedIn = `/e/${event.slug}`;
    for (const tail of ['', '/questions']) {
      const own = [links[0], links[1]] as string[];
      for (const [base, as] of [
        [signedIn, ada],
        [links[0], null],
        [signedIn, ada],
        [links[1], null],
      ] as const) {
        const { body } = await world.get(base + tail, as ? { as } : {});
        expect(body).toContain(`action="${base}/questions#ask"`);
        for (const other of [signedIn, ...own]) if (other !== base) expect(body).not.toContain(`"${other}`);
      }
    }
  });

  test('changes as soon as somebody else answers', async () => {
    const { bo, event, links } = await twoGuests();
    const coming = async () => page(await world.get(links[0]))('#who').text();
    expect(await coming()).toContain('Nobody yet');
    await answer(world.ctx, event.id, bo.id, 'yes');
    expect(await coming()).toContain('Bo “B” <Berg>');
  });
});

test('an organiser who is not invited reads that asking without a name is not for them, and gets no slips', async () => {
  const { ada, event } = await twoGuests();
  const asOrganiser = page(await world.get(`/e/${event.slug}`, { as: world.organiser }));
  expect(asOrganiser('#ask-panel .hint').text()).toContain('Only invited people can ask without their name.');
  expect(asOrganiser('#slips').length).toBe(0);
  const asGuest = page(await world.get(`/e/${event.slug}`, { as: ada }));
  expect(asGuest('#ask-panel .hint').text()).not.toContain('Only invited people can ask without their name.');
  expect(asGuest('#slips').length).toBe(1);
});
