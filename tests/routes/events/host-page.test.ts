import { describe, expect, test } from 'vitest';
import { answer } from '../../../src/actions/guests/answer.ts';
import { ask } from '../../../src/actions/questions/ask.ts';
import { builtInFormat } from '../../../src/domain/run-of-show/built-in-formats.ts';
import { wallOf } from '../../../src/store/questions/wall.ts';
import { linkOf, published, teamOf } from '../../support/events.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();

const formOf = (slug: 'lunch-and-learn' | 'discussion-panel') => {
  const { shape, blocks } = builtInFormat(slug)!;
  return { format: slug, shape, blocks };
};

/** Amina and Jonas of a team with a table, and Ada who is a guest. */
async function evening(values: Parameters<typeof published>[2] = {}) {
  const amina = await world.addPerson({ name: 'Amina Yusuf', side: 'talent', department: 'Technology' });
  const jonas = await world.addPerson({ name: 'Jonas Berg', side: 'talent', department: 'Finance' });
  const ada = await world.addPerson({ name: 'Ada Lovelace' });
  const topic = await teamOf(world, 'Agents doing office work', [amina, jonas]);
  const event = await published(world, [amina, jonas, ada], { topics: [topic], ...values });
  return { amina, jonas, ada, event };
}

const asked = (event: { id: number }, author: { id: number }, text: string) =>
  ask(world.ctx, {
    eventId: event.id,
    authorId: author.id,
    topicId: null,
    text,
    formKey: crypto.randomUUID(),
  });

describe('the event page of a host', () => {
  test('asks Amina to host her table, tells her when to be there, and never says that she brings the questions', async () => {
    const { amina, ada, event } = await evening();
    for (const [path, as] of [
      [`/e/${event.slug}`, amina],
      [linkOf(world, event, amina), undefined],
    ] as const) {
      const answered = await world.get(path, as && { as });
      const $ = page(answered);
      expect($('h1').text()).toBe('Can you host table 1?');
      expect(
        $('#answer-panel button')
          .map((_, one) => $(one).text())
          .get(),
      ).toEqual(['I’ll host', 'Not sure yet', 'I can’t']);
      expect($('.when time').text()).toBe('Thursday 10 December, be there at 15:45');
      expect($('#guests-h').text()).toBe('Who sits with you');
      expect($('#team-h').parent().find('.person').text()).toMatch(
        /Amina Yusuf\s*You. Technology.*Jonas Berg/s,
      );
      expect($('[aria-labelledby="times-h"] .times tbody tr').first().text()).toMatch(/Be there\s*15:45/);
      expect(answered.body).not.toContain('You bring the questions');
    }
    const guests = await world.get(`/e/${event.slug}`, { as: ada });
    expect(guests.body).toContain('You bring the questions');
    expect(page(guests)('#guests-h').length).toBe(0);
  });

  test('answers with one press, and gives a way out that asks for no reason', async () => {
    const { amina, event } = await evening();
    const yes = await world.post(`/e/${event.slug}/answer`, { answer: 'yes' }, { as: amina });
    const $ = page(await world.get(String(yes.headers.location), { as: amina }));
    expect($('h1').text()).toBe('Table 1 is yours');
    expect($('#status').text()).toBe('You’re hosting. Thank you.');
    expect($('details button[value="no"]').text()).toBe('I can’t host after all');
    await world.post(`/e/${event.slug}/answer`, { answer: 'no' }, { as: amina });
    expect(page(await world.get(`/e/${event.slug}`, { as: amina }))('h1').text()).toBe('You can’t host');
  });

  test('of a panel or a lunch has no word of tables', async () => {
    for (const [format, heading, hosting, beThere] of [
      ['discussion-panel', 'Can you join the panel?', 'You’re on the panel', '15:30'],
      ['lunch-and-learn', 'Can you report at 16:15?', 'Your team reports at 16:15', '15:45'],
    ] as const) {
      const { amina, ada, event } = await evening(formOf(format));
      await asked(event, ada, 'Who decides?');
      const before = await world.get(`/e/${event.slug}`, { as: amina });
      expect(page(before)('h1').text()).toBe(heading);
      await answer(world.ctx, event.id, amina.id, 'yes');
      const after = await world.get(`/e/${event.slug}`, { as: amina });
      expect(page(after)('h1').text()).toBe(hosting);
      expect(page(after)('[aria-labelledby="times-h"] .times tbody tr').first().text()).toMatch(beThere);
      expect(page(after)('#questions-panel').text()).toContain('Who decides?');
      for (const { body } of [before, after])
        expect(page({ body } as typeof before)('body').text()).not.toMatch(/\btables?\b/i);
    }
  });

  test('lists the questions that wait, and a press takes one; a link from an e-mail only reads them', async () => {
    const { amina, jonas, ada, event } = await evening();
    await asked(event, ada, 'Who signs for the mistake?');
    const [question] = await wallOf(world.db, event.id, ada.id);
    const path = `/e/${event.slug}/questions/${question!.id}/preparing`;
    await world.post(path, { on: 'yes' }, { as: amina });
    const press = (of: typeof amina) =>
      world.get(`/e/${event.slug}`, { as: of }).then((it) => page(it)('#questions-panel').text());
    expect(await press(amina)).toContain('You prepare this');
    expect(await press(jonas)).toContain('Amina Yusuf prepares it');
    const byLink = page(await world.get(linkOf(world, event, jonas)));
    expect(byLink('#questions-panel').text()).toContain('Who signs for the mistake?');
    expect(byLink('#questions-panel form').length).toBe(0);
    expect((await world.post(path, { on: 'no' }, { as: ada })).statusCode).toBe(404);
    expect(await press(amina)).toContain('You prepare this');
  });

  test('shows what guests see as well, without a second answer on it', async () => {
    const { amina, ada, event } = await evening();
    const $ = page(await world.get(`/e/${event.slug}/as-guests`, { as: amina }));
    expect($('h1').text()).toBe('Five trends that already reach your desk');
    expect($('#answer-panel form').length).toBe(0);
    const guest = page(await world.get(`/e/${event.slug}`, { as: ada }));
    expect(guest('#answer-panel form').length).toBe(1);
  });
});
