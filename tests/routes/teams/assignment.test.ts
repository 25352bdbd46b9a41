// Organisers give trends to teams: a draft that the planner makes off the page, changed by hand, and published.
import { describe, expect, test } from 'vitest';
import { assignTrends } from '../../../src/jobs/assign-trends.ts';
import { letterBytes } from '../../../src/mail/letter-bytes.ts';
import type * as people from '../../../src/store/people/people.ts';
import * as teams from '../../../src/store/teams/teams.ts';
import { allLetters } from '../../support/letters.ts';
import { formTeam, proposeTrend } from '../../support/trends.ts';
import { type Answer, page, useWorld } from '../../support/world.ts';

const world = useWorld();
const here = '/teams/assignment';
const departments = ['Finance', 'Sales', 'Operations', 'Legal'];
let count = 0;
const talent = (name: string) =>
  world.addPerson({ name, side: 'talent', department: departments[count++ % departments.length]! });
const shortlisted = (sentence: string) => proposeTrend(world, sentence, { state: 'shortlisted' });
type Person = people.Person;

async function rank(person: Person, ...trendIds: number[]): Promise<void> {
  const fields = { order: trendIds.join(';'), seen: '', do: 'save' };
  expect((await world.post('/ranking', fields, { as: person })).statusCode).toBe(303);
}

const look = async (query = '', as = world.organiser) => world.get(`${here}${query}`, { as });
const seenOn = (answer: Answer) => String(page(answer)('input[name="seen"]').first().val());

async function press(
  path: string,
  fields: Record<string, string> = {},
  as = world.organiser,
): Promise<Answer> {
  const seen = fields.seen ?? seenOn(await look('', as));
  return world.post(`${here}/${path}`, { ...fields, seen }, { as });
}

/** Lets the planner do what waits for it. */
async function plan(): Promise<void> {
  const jobs = (await world.jobs()).filter(({ job }) => job === 'assign-trends');
  await assignTrends(world.ctx, jobs.at(-1)!.data as { runId: number });
}

/** The draft as the page shows it: the people of each trend, with their choice. */
function givenOn(answer: Answer): Record<string, string[]> {
  const shown = page(answer);
  return Object.fromEntries(
    shown('.giv')
      .map((_, trend) => {
        const who = shown(trend)
          .find('.one')
          .map((_i, one) => `${shown(one).find('.person b').text()}: ${shown(one).find('.tag').text()}`)
          .get();
        return [[shown(trend).find('h3').text(), who.toSorted()]] as never;
      })
      .get() as never,
  );
}

/** Six talents, four trends, teams of two: everybody but Cy can have a first choice. */
async function winter() {
  const [agents, heat, proof, depots] = [
    await shortlisted('Agents'),
    await shortlisted('Heat'),
    await shortlisted('Proof'),
    await shortlisted('Depots'),
  ];
  const [ada, bo, cy, di, ed, fay] = [
    await talent('Ada Aas'),
    await talent('Bo Berg'),
    await talent('Cy Cole'),
    await talent('Di Dahl'),
    await talent('Ed Egge'),
    await talent('Fay Fox'),
  ];
  const rules = page(await world.get(`${here}/rules`, { as: world.organiser }));
  const sizes = { seen: String(rules('input[name="seen"]').val()), least: '2', most: '2' };
  await world.post(`${here}/rules`, sizes, { as: world.organiser });
  await rank(ada, agents.id, heat.id);
  await rank(bo, agents.id, proof.id);
  await rank(cy, agents.id, heat.id, proof.id);
  await rank(di, heat.id);
  await rank(ed, proof.id, heat.id);
  return { agents, heat, proof, depots, ada, bo, cy, di, ed, fay };
}

async function draft(): Promise<Answer> {
  expect((await press('draft')).statusCode).toBe(303);
  await plan();
  return look();
}

describe('a draft', () => {
  test('is made off the page by a stored job, and says what it is worth and why of each lower choice', async () => {
    await winter();
    await press('draft');
    const working = page(await look());
    expect(working('#working-h').text()).toBe('Giving 4 trends to 6 talents');
    expect(working('#assignment-panel').attr('hx-trigger')).toBe('every 1s');
    await plan();
    const shown = await look();
    const html = page(shown);
    expect(html('#result-h').text()).toContain('get their first choice');
    expect(html('#result .lede').text()).toContain('Best possible by this rule');
    const given = givenOn(shown);
    expect(Object.keys(given).toSorted()).toEqual(['Agents', 'Heat', 'Proof']);
    expect(Object.values(given).flat()).toHaveLength(6);
    const lower = html('.one')
      .filter((_, one) => html(one).find('.tag').text() === 'second choice')
      .first();
    expect(lower.find('.reason p').first().text()).toMatch(/^(Agents|Proof) is full: .+ as first choice/);
    expect(html('.rule').length).toBeGreaterThan(0);
    expect(html('.rule input[checked]').val()).toBe('fairest');
    expect(shown.body).not.toContain('⟦');
  });

  test('the same draw number gives the same result, and a wrong one a sentence', async () => {
    await winter();
    const first = givenOn(await draft());
    await press('draft', { seed: '77' });
    await plan();
    const other = givenOn(await look());
    await press('draft', { seed: '1' });
    await plan();
    expect(givenOn(await look())).toEqual(first);
    await press('draft', { seed: '77' });
    await plan();
    expect(givenOn(await look())).toEqual(other);
    const wrong = await press('draft', { seed: 'x' });
    expect([wrong.statusCode, page(wrong)('.error-summary').text()]).toEqual([
      422,
      expect.stringContaining('Write a draw number from 1 to 999999.'),
    ]);
    expect(page(wrong)('#seed').val()).toBe('x');
  });

  test('can be stopped, and changes nothing then', async () => {
    await winter();
    const before = givenOn(await draft());
    await press('draft', { seed: '5' });
    const id = page(await look())('.working form')
      .attr('action')!
      .match(/runs\/(\d+)/)![1]!;
    const stopped = await world.post(`${here}/runs/${id}/end`, { do: 'stop' }, { as: world.organiser });
    expect(stopped.headers.location).toBe(`${here}?said=stopped`);
    await plan();
    expect(givenOn(await look())).toEqual(before);
  });

  test('keeps the best so far when asked to', async () => {
    await winter();
    await press('draft');
    const id = page(await look())('.working form')
      .attr('action')!
      .match(/runs\/(\d+)/)![1]!;
    await world.post(`${here}/runs/${id}/end`, { do: 'keep' }, { as: world.organiser });
    expect(page(await look())('.working [role="status"]').text()).toContain('Keeping the best so far');
    await plan();
    expect(Object.values(givenOn(await look())).flat()).toHaveLength(6);
  });

  test('a team made by hand is one row and stays together; "not with" holds, and "with" counts where both wish it', async () => {
    const { agents, heat, ada, bo } = await winter();
    await formTeam(world, 'The two', null, [ada.id, bo.id]);
    await rank(ada, heat.id, agents.id);
    await world.post(`${here}/apart`, { one: 'Cy Cole', other: 'Di Dahl' }, { as: world.organiser });
    const given = givenOn(await draft());
    const all = Object.values(given);
    expect(all.flat().filter((one) => one.startsWith('Ada Aas and Bo Berg'))).toHaveLength(1);
    const cy = all.find((who) => who.some((one) => one.startsWith('Cy Cole')))!;
    expect(cy.some((one) => one.startsWith('Di Dahl'))).toBe(false);
  });

  test('with places kept that exclude each other there is none: they are named, and can be let go with a press', async () => {
    const { agents, ada, bo } = await winter();
    await draft();
    for (const person of [ada, bo]) {
      const now = page(await look());
      const there = now(`#p-${person.id}`).closest('.giv').find('h3').text();
      if (there !== 'Agents') {
        await press('prices', { person: String(person.id), back: '1' });
        await plan();
        const changed = await press('change', { person: String(person.id), trend: String(agents.id) });
        expect(changed.statusCode).toBe(303);
      } else await press('lock', { person: String(person.id), lock: 'on', back: '1' });
    }
    await world.post(`${here}/apart`, { one: 'Ada Aas', other: 'Bo Berg' }, { as: world.organiser });
    const refused = page(await draft());
    expect(refused('#conflict-h').text()).toBe('No draft: not everything can be kept');
    expect(refused('.error-summary p').text()).toContain(
      'Ada Aas and Bo Berg are to be apart, but are both locked to Agents',
    );
    const letGo = refused('button[name="lock"]').first();
    expect(letGo.text()).toBe('Let Ada Aas go');
    await press('lock', { person: String(ada.id), lock: 'off', back: '1' });
    const after = givenOn(await draft());
    expect(Object.values(after).flat()).toHaveLength(6);
  });
});

describe('a change by hand', () => {
  test('says its price before it is made, keeps the person there, and is undone with one press', async () => {
    const { heat, di } = await winter();
    const before = await draft();
    const there = page(before)(`#p-${di.id}`).closest('.giv').find('h3').text();
    expect(there).toBe('Heat');
    await press('prices', { person: String(di.id), back: '1' });
    expect(page(await look(`?change=${di.id}`))('#change progress').length).toBe(1);
    await plan();
    const priced = page(await look(`?change=${di.id}`));
    expect(priced('#change-h').text()).toBe('Di Dahl: another trend?');
    const agentsOption = priced('.alt').filter((_, one) => priced(one).find('b').text() === 'Agents');
    expect(agentsOption.find('small').text()).toMatch(/Costs .*\(first choice to/);
    const trend = String(agentsOption.find('input').val());
    const changed = await press('change', { person: String(di.id), trend });
    expect(changed.headers.location).toBe(`${here}?said=changed`);
    const after = await look();
    const html = page(after);
    expect(html(`#p-${di.id}`).closest('.giv').find('h3').text()).toBe('Agents');
    expect(html(`#p-${di.id} .press`).attr('aria-pressed')).toBe('true');
    expect(html('#result .lede').text()).toBe('Changed by hand.');
    const old = await press('change', { person: String(di.id), trend: String(heat.id) });
    expect([old.statusCode, page(old)('.error-summary').text()]).toEqual([
      409,
      expect.stringContaining('Press “Change” once more'),
    ]);
    await press('undo');
    expect(givenOn(await look())).toEqual(givenOn(before));
    expect(page(await look())('#result .lede').text()).toContain('Best possible by this rule');
  });

  test('of two organisers the second is told, and nothing of the first is lost', async () => {
    const { di, ed } = await winter();
    const second = await world.addPerson({ name: 'Otto Second', isOrganiser: true });
    const seen = seenOn(await draft());
    expect((await press('lock', { person: String(di.id), lock: 'on', back: '1', seen })).statusCode).toBe(
      303,
    );
    for (const [path, fields] of [
      ['lock', { person: String(ed.id), lock: 'on', back: '1' }],
      ['publication', {}],
      ['rule', { rule: 'most-firsts' }],
      ['draft', {}],
    ] as const) {
      const late = await press(path, { ...fields, seen }, second);
      expect([late.statusCode, page(late)('.error-summary').text()]).toEqual([
        409,
        expect.stringContaining('Another organiser has changed the draft in the meantime'),
      ]);
      expect(page(late)(`#p-${di.id} .press`).attr('aria-pressed')).toBe('true');
    }
    expect(await allLetters(world)).toEqual([]);
  });
});

describe('publishing', () => {
  const sent = async () => (await allLetters(world)).filter(({ kind }) => kind === 'trend-given');

  test('gives teams their trends and people their teams, writes to everyone, and is taken back within ten seconds', async () => {
    const { ada, bo } = await winter();
    const team = await formTeam(world, 'The two', null, [ada.id, bo.id]);
    await draft();
    expect((await press('publication')).headers.location).toBe(`${here}?said=published`);
    expect((await sent()).map(({ recipientName }) => recipientName).toSorted()).toEqual([
      'Ada Aas',
      'Bo Berg',
      'Cy Cole',
      'Di Dahl',
      'Ed Egge',
      'Fay Fox',
    ]);
    const made = await teams.withMembers(world.db, { trend: 'any' });
    expect(made.flatMap(({ members }) => members)).toHaveLength(6);
    expect(made.find(({ id }) => id === team.id)!.members.map(({ name }) => name)).toEqual([
      'Ada Aas',
      'Bo Berg',
    ]);
    const back = await press('publication/withdrawal');
    expect(back.headers.location).toBe(`${here}?said=withdrawn`);
    expect(await sent()).toEqual([]);
    const rest = await teams.withMembers(world.db);
    expect(rest.map(({ id, trendId, members }) => [id, trendId, members.length])).toEqual([
      [team.id, null, 2],
    ]);
    world.clock.advance({ minutes: 1 });
    await press('publication');
    world.clock.advance({ seconds: 11 });
    const late = await press('publication/withdrawal');
    expect([late.statusCode, page(late)('.error-summary').text()]).toEqual([
      409,
      expect.stringContaining('The ten seconds are over'),
    ]);
    expect(await sent()).toHaveLength(6);
  });

  test('later changes say whom they concern, and only they hear', async () => {
    const { ed, proof, heat } = await winter();
    await draft();
    await press('publication');
    world.clock.advance({ minutes: 5 });
    expect((await press('publication')).statusCode).toBe(409);
    const where = page(await look())(`#p-${ed.id}`)
      .closest('.giv')
      .find('h3')
      .text();
    const [wanted] = [proof, heat].filter(({ sentence }) => sentence !== where);
    await press('prices', { person: String(ed.id), back: '1' });
    await plan();
    expect((await press('change', { person: String(ed.id), trend: String(wanted!.id) })).statusCode).toBe(
      303,
    );
    const shown = page(await look());
    const concerned = Number(/(\d+|one) e-mail/.exec(shown('#result .btn').text())?.[1]?.replace('one', '1'));
    expect(shown('#result .quiet').text()).toContain('Ed Egge');
    await press('publication');
    const letters = await sent();
    expect(letters).toHaveLength(6 + concerned);
    expect(concerned).toBeLessThan(6);
    const later = letters.slice(6);
    expect(later.map(({ recipientName }) => recipientName)).toContain('Ed Egge');
    expect(later.every(({ facts }) => facts.isChange === true)).toBe(true);
    const all = await teams.withMembers(world.db, { trend: 'any' });
    const [own] = all.filter(({ members }) => members.some(({ id }) => id === ed.id));
    expect([all.flatMap(({ members }) => members).length, own!.trend!.sentence]).toEqual([
      6,
      wanted!.sentence,
    ]);
  });

  test('is refused where a trend was parked or a person placed elsewhere meanwhile', async () => {
    const { agents, ada } = await winter();
    await draft();
    await world.post(`/trends/${agents.id}/parking`, { reason: 'Not now' }, { as: world.organiser });
    const parked = await press('publication');
    expect([parked.statusCode, page(parked)('.error-summary').text()]).toEqual([
      409,
      expect.stringContaining('“Agents” was parked or merged in the meantime'),
    ]);
    await world.post(`/trends/${agents.id}/shortlisting`, {}, { as: world.organiser });
    await formTeam(world, 'Elsewhere', (await shortlisted('Else')).id, [ada.id]);
    const placed = await press('publication');
    expect(page(placed)('.error-summary').text()).toContain('Ada Aas is in a team with a trend already');
  });

  test('no e-mail and no page of a talent’s names another person, a rank of theirs, or a wish', async () => {
    const { cy, di, ada, bo, ed, fay } = await winter();
    await world.post('/ranking/wishes', { kind: 'not-with', name: 'Di Dahl' }, { as: cy });
    await world.post('/ranking/wishes', { kind: 'with', name: 'Bo Berg' }, { as: ada });
    await world.post('/ranking/wishes', { kind: 'with', name: 'Ada Aas' }, { as: bo });
    await draft();
    await press('publication');
    const everyone = [ada, bo, cy, di, ed, fay];
    const texts: [Person, string][] = [];
    for (const letter of await sent()) {
      const bytes = await letterBytes(world.ctx.mail.from, letter, world.ctx.words);
      const reader = everyone.find(({ id }) => id === letter.personId)!;
      texts.push([
        reader,
        `${JSON.stringify(letter.facts)} ${bytes.subject} ${bytes.bytes.toString('utf8')}`,
      ]);
    }
    for (const reader of everyone) {
      const shown = page(await world.get('/ranking', { as: reader }));
      // Their own wishes are theirs to read.
      shown('#wishes-h').closest('section').remove();
      texts.push([reader, shown('body').text()]);
    }
    expect(texts).toHaveLength(12);
    // There is something to hide: the organisers' page names people and their choices.
    expect((await look()).body).toContain('Ada Aas');
    for (const [reader, text] of texts) {
      const others = everyone.filter(({ id }) => id !== reader.id);
      const named = others.filter(({ name, email }) =>
        [name, name.split(' ')[0]!, name.split(' ')[1]!, email].some((part) =>
          new RegExp(`\\b${part}\\b`).test(text),
        ),
      );
      expect([reader.name, named.map(({ name }) => name)]).toEqual([reader.name, []]);
      expect(text).not.toMatch(/not with|apart|wish/i);
    }
  });

  test('each talent reads their trend and the reason on the page where they ranked', async () => {
    const { ada, bo, cy, fay } = await winter();
    await draft();
    await press('publication');
    const reason = async (person: Person) =>
      page(await world.get('/ranking', { as: person }))('#placed-h')
        .closest('section')
        .text();
    const texts = await Promise.all([ada, bo, cy].map(reason));
    expect(texts.filter((text) => text.includes('It’s your first choice.')).length).toBeGreaterThan(0);
    expect(texts.some((text) => /Your first went to 2 people/.test(text))).toBe(true);
    expect(await reason(fay)).toContain('You hadn’t ranked any, so you have one that had room.');
  });
});

test('the draft is downloaded as it is shown, by organisers alone', async () => {
  const { ada } = await winter();
  await draft();
  const csv = await world.get(`${here}/draft.csv`, { as: world.organiser });
  expect(csv.headers['content-type']).toContain('text/csv');
  const lines = csv.body.trim().split('\r\n');
  expect(lines).toHaveLength(7);
  expect(lines[0]).toContain('Trend,Name,E-mail,Department,Team,Choice,Kept');
  expect(csv.body).toContain('Ada Aas');
  for (const path of [here, `${here}/draft.csv`, `${here}/rules`])
    expect((await world.get(path, { as: ada })).statusCode).toBe(404);
  expect((await world.post(`${here}/draft`, { seen: '0' }, { as: ada })).statusCode).toBe(404);
});
