// An event takes the newer version of its format, difference by difference.
import { expect, test } from 'vitest';
import { newestVersion, saveFormat } from '../../../src/actions/run-of-show/formats.ts';
import type { FormatContent } from '../../../src/domain/run-of-show/format.ts';
import * as events from '../../../src/store/events/events.ts';
import { drafted, published } from '../../support/events.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();
const asOrganiser = () => ({ as: world.organiser });
const ofFormat = { format: 'lunch-and-learn', shape: 'room' as const, blocks: undefined };

/** Edits the format in five ways: a block longer, one that may be dropped, one more, and two texts. */
async function editFormat() {
  const newest = await world.db.transaction((tx) => newestVersion(world.ctx, tx, 'lunch-and-learn'));
  const { content } = newest!;
  const [lunch, report, questions, end] = content.blocks;
  const walk = { ...lunch!, title: 'Walk', minutes: 10, shrinksTo: null };
  const edited: FormatContent = {
    ...content,
    blocks: [lunch!, { ...report!, minutes: 30 }, { ...questions!, mayDrop: true }, walk, end!],
    howItRuns: 'We eat, listen and walk.',
    deadlines: { answers: 4, briefs: 5 },
  };
  await saveFormat(world.ctx, 'lunch-and-learn', edited, { by: world.organiser.id, fields: () => ({}) });
}

/** All of an event that a format could change. */
async function stateOf(id: number) {
  const { formatFacts, formatVersionId, headline, lede, answerBy } = (await events.find(world.db, id))!;
  return {
    formatFacts,
    formatVersionId,
    headline,
    lede,
    answerBy,
    blocks: await events.blocksOf(world.db, id),
  };
}

async function offered(id: number) {
  const shown = await world.get(`/events/${id}/format`, asOrganiser());
  const $ = page(shown);
  return $('input[name=take]')
    .get()
    .map((one) => ({
      key: String($(one).val()),
      label: $(one).parent().find('b').text(),
      text: $(one).parent().find('small').text(),
    }));
}

test('of three events one takes two of five differences; it has these, and the other two are unchanged', async () => {
  const ada = await world.addPerson({ name: 'Ada' });
  const first = await drafted(world, [ada], { ...ofFormat, name: 'First' });
  const second = await drafted(world, [ada], { ...ofFormat, name: 'Second' });
  const third = await published(world, [ada], { ...ofFormat, name: 'Third' });
  expect(await offered(first.id)).toEqual([]);
  await editFormat();
  const before = [await stateOf(second.id), await stateOf(third.id)];
  const own = await stateOf(first.id);
  const all = await offered(first.id);
  expect(all.map(({ label, text }) => [label, text])).toEqual([
    ['Report: Minutes', 'Here “20”, newer “30”'],
    ['Questions: May be left out when time is short', 'Here “no”, newer “yes”'],
    ['A new block: Walk, 10 min', ''],
    ['How it runs', expect.stringContaining('newer “We eat, listen and walk.”')],
    ['Days before: answers close, briefs are written', 'Here “3”, newer “4”'],
  ]);
  const overview = await world.get(`/events/${first.id}`, asOrganiser());
  expect(page(overview)('main').text()).toContain('The format of this event has a newer version.');

  const keys = [all[0]!.key, all[3]!.key];
  const taken = await world.post(`/events/${first.id}/format`, { take: keys, do: 'take' }, asOrganiser());
  expect([taken.statusCode, taken.headers.location]).toEqual([303, `/events/${first.id}/format?said=taken`]);
  const after = await stateOf(first.id);
  expect(after).toEqual({
    ...own,
    blocks: own.blocks.map((block) => (block.title === 'Report' ? { ...block, minutes: 30 } : block)),
    formatFacts: { ...own.formatFacts, howItRuns: 'We eat, listen and walk.' },
  });
  expect([await stateOf(second.id), await stateOf(third.id)]).toEqual(before);
  expect((await offered(first.id)).map(({ key }) => key)).toEqual([all[1]!.key, all[2]!.key, all[4]!.key]);
  expect(await offered(second.id)).toEqual(all);
});

test('the rest can be left as it is; nothing is offered then until the next version', async () => {
  const event = await drafted(world, [], ofFormat);
  await editFormat();
  const own = await stateOf(event.id);
  const all = await offered(event.id);
  expect(all.length).toBe(5);
  const sent = { take: [all[2]!.key], do: 'settle' };
  await world.post(`/events/${event.id}/format`, sent, asOrganiser());
  const after = await stateOf(event.id);
  expect(after.blocks.map(({ title }) => title)).toEqual([
    'Lunch',
    'Report',
    'Questions',
    'Walk',
    'One thing to try',
  ]);
  expect(after.formatFacts).toEqual(own.formatFacts);
  expect(after.formatVersionId).not.toBe(own.formatVersionId);
  expect(await offered(event.id)).toEqual([]);
});

test('a press without a tick says what to do; guests find no such page', async () => {
  const guest = await world.addPerson();
  const event = await drafted(world, [guest], ofFormat);
  await editFormat();
  const refused = await world.post(`/events/${event.id}/format`, { do: 'take' }, asOrganiser());
  expect(refused.statusCode).toBe(422);
  expect(page(refused)('.error-summary').text()).toContain('Tick what this event should take over.');
  expect((await world.get(`/events/${event.id}/format`, { as: guest })).statusCode).toBe(404);
});
