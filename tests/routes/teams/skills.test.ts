// Talents say what they can do, trends want some of it, and drafts of who gets which trend keep to it.
import { describe, expect, test } from 'vitest';
import { saveOwnSkills, saveWantedSkills } from '../../../src/actions/trends/skills.ts';
import { merge } from '../../../src/actions/trends/trends.ts';
import { readSkills } from '../../../src/domain/trends/skills.ts';
import { assignTrends } from '../../../src/jobs/assign-trends.ts';
import { deleteExpired } from '../../../src/jobs/delete-expired.ts';
import { skills as skillsTable } from '../../../src/store/schema/index.ts';
import * as skills from '../../../src/store/trends/skills.ts';
import { proposeTrend } from '../../support/trends.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();
const shortlisted = (sentence: string) => proposeTrend(world, sentence, { state: 'shortlisted' });
const wordsOf = async (owner: skills.Owner) =>
  (await skills.ofOwner(world.db, owner)).map(({ word }) => word);

test('skills are read from text with commas or lines, each once whatever its capitals', () => {
  expect(readSkills(' Python,  contracts;PYTHON\nspeaks  Polish, ,C++, C#, c')).toEqual([
    'Python',
    'contracts',
    'speaks Polish',
    'C++',
    'C#',
    'c',
  ]);
});

describe('saying what one can do', () => {
  test('takes words from the list and new ones, which others are then offered', async () => {
    const [ada, bo] = [await world.addPerson({ side: 'talent' }), await world.addPerson({ side: 'talent' })];
    const sent = await world.post('/skills', { others: 'Python, Contracts' }, { as: ada });
    expect(sent.headers.location).toBe('/skills?said=saved');
    expect(await wordsOf({ person: ada.id })).toEqual(['Contracts', 'Python']);
    const offered = page(await world.get('/skills', { as: bo }));
    expect(offered('[name=skill]').length).toBe(2);
    expect(offered('[name=skill][checked]').length).toBe(0);
    await world.post('/skills', { skill: 'Python', others: 'python, Welding' }, { as: bo });
    expect(await wordsOf({ person: bo.id })).toEqual(['Python', 'Welding']);
    await world.post('/skills', {}, { as: bo });
    expect(await wordsOf({ person: bo.id })).toEqual([]);
    await deleteExpired(world.ctx);
    const left = await world.db.select({ word: skillsTable.word }).from(skillsTable);
    expect(left.map(({ word }) => word).toSorted()).toEqual(['Contracts', 'Python']);
  });

  test('keeps what was typed where it is too long or too much, and where another tab was faster', async () => {
    const ada = await world.addPerson({ side: 'talent' });
    const long = await world.post('/skills', { others: 'a'.repeat(41) }, { as: ada });
    expect(long.statusCode).toBe(422);
    expect(page(long)('#others').val()).toBe('a'.repeat(41));
    expect(page(long)('#others-error').text()).toContain('at most 40 characters');
    const many = Array.from({ length: 21 }, (_, n) => `skill ${n}`).join(',');
    expect((await world.post('/skills', { others: many }, { as: ada })).statusCode).toBe(422);
    const seen = String(page(await world.get('/skills', { as: ada }))('[name=seen]').val());
    await world.post('/skills', { others: 'Python', seen }, { as: ada });
    const late = await world.post('/skills', { others: 'Welding', seen }, { as: ada });
    expect(late.statusCode).toBe(409);
    expect(page(late)('#others').val()).toBe('Welding');
    expect(page(late)('main').text()).toContain('Python');
    expect(await wordsOf({ person: ada.id })).toEqual(['Python']);
  });

  test('is for young talents, and what a trend wants for organisers', async () => {
    const senior = await world.addPerson({ side: 'senior' });
    expect((await world.get('/skills', { as: senior })).statusCode).toBe(404);
    expect((await world.post('/skills', { others: 'Python' }, { as: senior })).statusCode).toBe(404);
    const heat = await shortlisted('Heat');
    expect((await world.post(`/trends/${heat.id}/skills`, {}, { as: senior })).statusCode).toBe(404);
    const sent = await world.post(`/trends/${heat.id}/skills`, { others: 'Python' }, { as: world.organiser });
    expect(sent.headers.location).toBe(`/trends/${heat.id}?said=skills`);
    expect(
      page(await world.get(`/trends/${heat.id}`, { as: senior }))('[aria-labelledby=skills-h]').text(),
    ).toContain('Python');
    const cold = await shortlisted('Cold');
    await merge(world.ctx, heat.id, cold.id);
    expect(await wordsOf({ trend: cold.id })).toEqual(['Python']);
  });
});

describe('a draft of who gets which trend', () => {
  const here = '/teams/assignment';
  const look = () => world.get(here, { as: world.organiser });
  const rank = (as: Awaited<ReturnType<typeof world.addPerson>>, ...ids: number[]) =>
    world.post('/ranking', { order: ids.join(';'), seen: '', do: 'save' }, { as });

  async function draft() {
    const seen = String(
      page(await look())('input[name="seen"]')
        .first()
        .val(),
    );
    await world.post(`${here}/draft`, { seen }, { as: world.organiser });
    const jobs = (await world.jobs()).filter(({ job }) => job === 'assign-trends');
    await assignTrends(world.ctx, jobs.at(-1)!.data as { runId: number });
    return page(await look());
  }

  /** Four talents rank Heat, then Proof; Di alone knows Python and ranks Proof, then Heat. */
  async function five() {
    const [heat, proof] = [await shortlisted('Heat'), await shortlisted('Proof')];
    const rules = page(await world.get(`${here}/rules`, { as: world.organiser }));
    const sizes = { seen: String(rules('input[name="seen"]').val()), least: '2', most: '3' };
    await world.post(`${here}/rules`, sizes, { as: world.organiser });
    const people = await Promise.all(
      ['Ada', 'Bo', 'Cy', 'Ed'].map((name) => world.addPerson({ name: `${name} Berg`, side: 'talent' })),
    );
    const di = await world.addPerson({ name: 'Di Dahl', side: 'talent' });
    for (const person of people) await rank(person, heat.id, proof.id);
    await rank(di, proof.id, heat.id);
    await saveOwnSkills(world.ctx, di.id, { ticked: [], others: 'Python' });
    return { heat, proof, di };
  }

  const trendOf = (shown: ReturnType<typeof page>, name: string) =>
    shown('.giv')
      .filter((_, one) => shown(one).find('.person b').text().includes(name))
      .find('h3')
      .text();

  test('puts someone with a wanted skill where it is wanted, and says why to organisers alone', async () => {
    const { heat } = await five();
    expect(trendOf(await draft(), 'Di Dahl')).toBe('Proof');
    await saveWantedSkills(world.ctx, heat.id, { ticked: [], others: 'Python' });
    const shown = await draft();
    expect(trendOf(shown, 'Di Dahl')).toBe('Heat');
    const why = shown('#who-h')
      .closest('section')
      .find('.one')
      .filter((_, one) => shown(one).text().includes('Di Dahl'));
    expect(why.find('.reason p').text()).toContain('would be left without someone who knows Python');
    expect(shown('#result .lede').text()).toContain('Best possible by this rule');
    expect(shown('.unused').text()).not.toContain('Skills wanted');
  });

  test('names a wanted skill that nobody has said, and gives the trend a team all the same', async () => {
    const { heat } = await five();
    await saveWantedSkills(world.ctx, heat.id, { ticked: [], others: 'Welding' });
    const shown = await draft();
    expect(trendOf(shown, 'Ada Berg')).not.toBe('');
    expect(shown('.unused').text()).toContain('Heat: nobody in its team has said they know Welding.');
  });

  test('gives both trends a team where two want a skill that one person alone knows, and names the one without', async () => {
    const { heat, proof } = await five();
    for (const { id } of [heat, proof])
      await saveWantedSkills(world.ctx, id, { ticked: [], others: 'Python' });
    const shown = await draft();
    const given = ['Ada Berg', 'Bo Berg', 'Cy Berg', 'Ed Berg', 'Di Dahl'].map((name) =>
      trendOf(shown, name),
    );
    expect(given.toSorted()).toEqual(['Heat', 'Heat', 'Heat', 'Proof', 'Proof']);
    expect(trendOf(shown, 'Di Dahl')).toBe('Heat');
    expect(shown('.unused').text()).toContain('Proof: nobody in its team has said they know Python.');
    expect(shown('.unused').text()).not.toContain('Heat: nobody');
  });
});
