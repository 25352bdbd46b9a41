// Pairs that last: people say what they wish, organisers get a draft with reasons, publish it, and both sides answer.
import { expect, test } from 'vitest';
import { keepPairs } from '../../../src/actions/pairs/answering.ts';
import * as pairs from '../../../src/store/pairs/pairs.ts';
import * as rounds from '../../../src/store/pairs/rounds.ts';
import type * as people from '../../../src/store/people/people.ts';
import { allLetters } from '../../support/letters.ts';
import { proposeTrend } from '../../support/trends.ts';
import { type Answer, page, useWorld } from '../../support/world.ts';

const world = useWorld();
type Person = people.Person;
const person = (name: string, side: 'talent' | 'senior', values: Partial<people.NewPerson> = {}) =>
  world.addPerson({ name, side, department: 'Finance', ...values });
const organiser = () => ({ as: world.organiser });
const look = (path: string, as: Person = world.organiser) => world.get(path, { as });
const textOf = (answer: Answer) => page(answer)('main').text().replace(/\s+/g, ' ');

/** Presses a form of an organiser's page with the number of the last change that the page has seen. */
async function press(path: string, fields: Record<string, string> = {}, from = '/pairs'): Promise<Answer> {
  const seen = String(
    page(await look(from))('input[name="seen"]')
      .first()
      .val() ?? '0',
  );
  return world.post(path, { seen, ...fields }, organiser());
}

async function begin(plan: Record<string, string> = {}): Promise<rounds.Round> {
  const fields = page(await look('/pairs/plan'));
  const values = Object.fromEntries(
    ['wishesUntil', 'startsOn', 'meetings', 'minutes', 'months'].map((name) => [
      name,
      String(fields(`[name="${name}"]`).val()),
    ]),
  );
  const begun = await world.post('/pairs/plan', { seen: '0', ...values, ...plan }, organiser());
  expect([begun.statusCode, begun.headers.location]).toEqual([303, '/pairs/asked?said=begun']);
  return (await rounds.current(world.db, world.programme.id))!;
}

async function wish(as: Person, topics: string[], more: Record<string, string> = {}): Promise<Answer> {
  const seen = String(page(await look('/pairs/wishes', as))('input[name="seen"]').val());
  const written = Object.fromEntries(topics.map((topic, n) => [`topic${n}`, topic]));
  return world.post('/pairs/wishes', { part: 'yes', seen, ...written, ...more }, { as });
}

/** The pairs of the page: 'talent and senior'. */
const pairsOn = (answer: Answer) => {
  const shown = page(answer);
  return shown('.pair')
    .map((_, row) =>
      shown(row)
        .find('.person b')
        .map((_i, one) => shown(one).text())
        .get()
        .join(' and '),
    )
    .get()
    .toSorted();
};

/** Two seniors and three talents who have said what they wish; Cleo reports to Ines. */
async function asked() {
  const [ines, rolf] = [await person('Ines Nordby', 'senior'), await person('Rolf Amundsen', 'senior')];
  const [ada, bo] = [await person('Ada Aas', 'talent'), await person('Bo Berg', 'talent')];
  const cleo = await person('Cleo Cole', 'talent', { managerId: ines.id });
  await proposeTrend(world, 'Agents do the paperwork', { state: 'shortlisted' });
  const round = await begin();
  for (const side of ['senior', 'talent']) await press('/pairs/asked', { side }, '/pairs/asked');
  await wish(ines, ['Agents do the paperwork', 'Heat at work']);
  await wish(rolf, ['heat  at WORK!']);
  await wish(ada, ['Agents do the paperwork']);
  await wish(bo, ['Heat at work']);
  await wish(cleo, ['Agents do the paperwork']);
  return { ines, rolf, ada, bo, cleo, round };
}

test('people are asked by one e-mail with a link of their own, answer in a minute, and one press reminds the rest', async () => {
  const ines = await person('Ines Nordby', 'senior');
  const ada = await person('Ada Aas', 'talent');
  await begin();
  for (const side of ['senior', 'talent']) await press('/pairs/asked', { side }, '/pairs/asked');
  expect(textOf(await look('/pairs/asked'))).toContain('0 of 3 have answered');
  const sent = await press('/pairs/asking', { why: 'first' }, '/pairs/asked');
  expect(page(await look(String(sent.headers.location)))('.toast').text()).toContain('3 e-mails');
  const letters = (await allLetters(world)).filter(({ kind }) => kind === 'pair-wishes');
  expect(letters.map(({ recipientName }) => recipientName).toSorted()).toEqual([
    'Ada Aas',
    'Ida Nordby',
    'Ines Nordby',
  ]);
  const twice = await press('/pairs/asking', { why: 'first' }, '/pairs/asked');
  expect([twice.statusCode, textOf(twice)]).toEqual([409, expect.stringContaining('was asked already')]);
  await wish(ines, ['Heat at work'], { manner0: 'Away from the office', day: '2', most: '2' });
  const mine = page(await look('/pairs/wishes', ines));
  expect([mine('#topic0').val(), mine('#manner0').val(), mine('#most').val()]).toEqual([
    'Heat at work',
    'Away from the office',
    '2',
  ]);
  expect(page(await look('/pairs/asked'))('.needs b').text()).toBe('Ida NordbyAda Aas');
  const early = await press('/pairs/asking', { why: 'again' }, '/pairs/asked');
  expect(early.statusCode).toBe(409);
  world.clock.now = world.clock.now.add({ hours: 50 });
  await press('/pairs/asking', { why: 'again' }, '/pairs/asked');
  const reminders = (await allLetters(world)).filter(({ kind }) => kind === 'pair-wishes').slice(3);
  expect(reminders.map(({ recipientName }) => recipientName).toSorted()).toEqual([ada.name, 'Ida Nordby']);
});

test('asking is taken back within ten seconds, and the same people can be asked again', async () => {
  await person('Ines Nordby', 'senior');
  await begin();
  await press('/pairs/asked', { side: 'senior' }, '/pairs/asked');
  const sent = await press('/pairs/asking', { why: 'first' }, '/pairs/asked');
  const name = new URL(String(sent.headers.location), 'http://x').searchParams.get('press')!;
  await world.post('/pairs/asking/withdrawal', { press: name }, organiser());
  expect((await allLetters(world)).filter(({ kind }) => kind === 'pair-wishes')).toEqual([]);
  expect((await press('/pairs/asking', { why: 'first' }, '/pairs/asked')).statusCode).toBe(303);
});

test('the draft pairs whom topics speak for, never in one reporting line, and says why somebody has no partner', async () => {
  const { cleo } = await asked();
  expect((await press('/pairs/draft')).statusCode).toBe(303);
  const shown = await look('/pairs');
  expect(pairsOn(shown)).toEqual(['Ada Aas and Ines Nordby', 'Bo Berg and Rolf Amundsen']);
  expect(textOf(shown)).toContain('Both want to talk about: Agents do the paperwork.');
  const alone = page(shown)('[aria-labelledby="alone-h"] li').text().replace(/\s+/g, ' ');
  expect(alone).toContain(cleo.name);
  expect(alone).toContain('Nobody asked for what they offer.');
  expect((await allLetters(world)).filter(({ kind }) => kind.startsWith('pair-'))).toEqual([]);
});

test('a kept pair stays, a swap says its price first, and two organisers at once lose nothing', async () => {
  const { bo, ines } = await asked();
  await press('/pairs/draft');
  const rows = await pairs.list(world.db, (await rounds.current(world.db, world.programme.id))!.id);
  const own = rows.find(({ senior }) => senior.id === ines.id)!;
  const stale = String(
    page(await look('/pairs'))('input[name="seen"]')
      .first()
      .val(),
  );
  const swap = page(await look(`/pairs/${own.pair.id}/swap`));
  const choice = swap(`label:has(input[value="${bo.id}"])`).text().replace(/\s+/g, ' ');
  expect(choice).toContain('costs one pair');
  expect(choice).toContain('Ada Aas then has no partner.');
  expect(choice).toContain('Rolf Amundsen then has no partner.');
  const done = await world.post(
    `/pairs/${own.pair.id}/swap`,
    { seen: stale, talent: String(bo.id) },
    organiser(),
  );
  expect(done.statusCode).toBe(303);
  expect(pairsOn(await look('/pairs'))).toEqual(['Bo Berg and Ines Nordby']);
  const late = await world.post('/pairs/draft', { seen: stale }, organiser());
  expect([late.statusCode, textOf(late)]).toEqual([409, expect.stringContaining('Another organiser')]);
  await press('/pairs/draft');
  expect(pairsOn(await look('/pairs'))).toEqual(['Bo Berg and Ines Nordby']);
});

test('publishing writes to each of a pair and nobody else; it can be taken back for ten seconds', async () => {
  const { ines, ada } = await asked();
  await press('/pairs/draft');
  await press('/pairs/publication');
  const letters = (await allLetters(world)).filter(({ kind }) => kind === 'pair-proposed');
  expect(letters.length).toBe(4);
  const hers = letters.find(({ personId }) => personId === ada.id)!;
  expect(JSON.stringify(hers.facts)).toContain(ines.name);
  for (const name of ['Rolf', 'Bo Berg', 'Cleo']) expect(JSON.stringify(hers.facts)).not.toContain(name);
  await press('/pairs/publication/withdrawal');
  expect((await allLetters(world)).filter(({ kind }) => kind === 'pair-proposed')).toEqual([]);
  expect(textOf(await look('/pairs'))).toContain('2 pairs in the draft');
});

test('with two yeses a pair is on and both hear; others do not find its page, and no link of one opens another', async () => {
  const { ines, ada, bo, round } = await asked();
  await press('/pairs/draft');
  await press('/pairs/publication');
  const own = (await pairs.list(world.db, round.id)).find(({ senior }) => senior.id === ines.id)!;
  const here = `/pairs/${own.pair.id}`;
  expect((await look(here, bo)).statusCode).toBe(404);
  expect(textOf(await look(here, ada))).toContain('Would you like to meet Ines Nordby?');
  expect((await world.post(here, { answer: 'yes' }, { as: ada })).statusCode).toBe(303);
  expect(textOf(await look(here, ada))).toContain('We wait for the other answer.');
  await world.post(here, { answer: 'yes' }, { as: ines });
  const news = (await allLetters(world)).filter(({ kind }) => kind === 'pair-news');
  expect(news.map(({ recipientName }) => recipientName).toSorted()).toEqual(['Ada Aas', 'Ines Nordby']);
  expect(textOf(await look(here, ines))).toContain('Everyone said yes');
  expect((await world.post(here, { answer: 'no' }, { as: ada })).statusCode).toBe(410);
});

test('a no needs no reason: the other hears that it did not come about, and the next best is asked, once', async () => {
  const { ines, ada, bo, rolf, cleo, round } = await asked();
  await press('/pairs/draft');
  await press('/pairs/publication');
  const own = (await pairs.list(world.db, round.id)).find(({ talent }) => talent.id === bo.id)!;
  await world.post(`/pairs/${own.pair.id}`, { answer: 'no' }, { as: bo });
  const news = (await allLetters(world)).filter(({ kind }) => kind === 'pair-news');
  expect(news.map(({ personId }) => personId)).toEqual([rolf.id]);
  expect(JSON.stringify(news[0]!.facts)).toContain('not-made');
  await keepPairs(world.ctx);
  await keepPairs(world.ctx);
  const now = (await pairs.list(world.db, round.id)).map(
    ({ senior, talent }) => `${talent.name} and ${senior.name}`,
  );
  // Bo is not proposed to Rolf again; Cleo offers nothing that Rolf wants.
  expect(now).toEqual(['Ada Aas and Ines Nordby']);
  const theirs = (await pairs.list(world.db, round.id))[0]!;
  await world.post(`/pairs/${theirs.pair.id}`, { answer: 'no' }, { as: ada });
  await keepPairs(world.ctx);
  const next = (await pairs.list(world.db, round.id)).map(
    ({ senior, talent }) => `${talent.name} and ${senior.name}`,
  );
  // Ines wants heat as well, which Bo offers.
  expect(next).toEqual(['Bo Berg and Ines Nordby']);
  const proposals = (await allLetters(world)).filter(({ kind }) => kind === 'pair-proposed');
  expect(
    proposals
      .slice(4)
      .map(({ personId }) => personId)
      .toSorted(),
  ).toEqual([bo.id, ines.id].toSorted());
  expect(proposals.every(({ personId }) => personId !== cleo.id)).toBe(true);
});

test('no answer in three working days counts as a no thank you, and who said yes hears', async () => {
  const { ines, ada, round } = await asked();
  await press('/pairs/draft');
  await press('/pairs/publication');
  const own = (await pairs.list(world.db, round.id)).find(({ senior }) => senior.id === ines.id)!;
  await world.post(`/pairs/${own.pair.id}`, { answer: 'yes' }, { as: ada });
  world.clock.now = own.pair.answerBy!.subtract({ seconds: 1 });
  await keepPairs(world.ctx);
  expect((await pairs.findNamed(world.db, own.pair.id))!.pair.state).toBe('asked');
  world.clock.now = own.pair.answerBy!;
  await keepPairs(world.ctx);
  expect((await pairs.findNamed(world.db, own.pair.id))!.pair).toMatchObject({
    state: 'ended',
    ending: 'unanswered',
  });
  const news = (await allLetters(world)).filter(({ kind }) => kind === 'pair-news');
  expect(news.map(({ personId }) => personId)).toEqual([ada.id]);
});

test('wishes close after their last day; two tabs lose nothing; a foreign or made-up link opens nothing', async () => {
  const { ines, round } = await asked();
  const seen = String(page(await look('/pairs/wishes', ines))('input[name="seen"]').val());
  await wish(ines, ['Heat at work']);
  const stale = await world.post('/pairs/wishes', { part: 'yes', topic0: 'Depots', seen }, { as: ines });
  expect([stale.statusCode, textOf(stale)]).toEqual([
    409,
    expect.stringContaining('changed in another place'),
  ]);
  expect(page(stale)('#topic0').val()).toBe('Depots');
  expect((await world.get('/wishes/1-20000-0123456789012345678901234567890123456789')).statusCode).toBe(404);
  expect((await world.get('/partner/1-1-0123456789012345678901234567890123456789')).statusCode).toBe(404);
  world.clock.now = Temporal.PlainDate.from(round.wishesUntil)
    .add({ days: 1 })
    .toZonedDateTime(world.programme.timeZone)
    .toInstant();
  expect(textOf(await look('/pairs/wishes', ines))).toContain('Wishes have closed.');
  const late = await wish(ines, ['Heat at work'], { seen: '' });
  expect([late.statusCode, textOf(late)]).toEqual([409, expect.stringContaining('Wishes have closed')]);
});
