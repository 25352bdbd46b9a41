// A team's workspace: its steps, its brief, who may work on it and who may read it.
import { expect, test } from 'vitest';
import { disablePerson } from '../../../src/actions/people/people.ts';
import { tellLateSteps } from '../../../src/actions/teams/late-steps.ts';
import { briefVersions } from '../../../src/store/schema/index.ts';
import { allLetters } from '../../support/letters.ts';
import { eventWith, formTeam, proposeTrend } from '../../support/trends.ts';
import { page, useWorld } from '../../support/world.ts';

const world = useWorld();
const talent = (name: string) => world.addPerson({ name, side: 'talent', department: 'Finance' });

async function aTeam(options: { event?: boolean } = {}) {
  const [noor, oskar] = [await talent('Noor Haddad'), await talent('Oskar Lindholm')];
  const trend = await proposeTrend(world, 'Work after the degree', { state: 'shortlisted' });
  const team = await formTeam(world, 'Team 4', trend.id, [noor.id, oskar.id]);
  if (options.event) await eventWith(world, [trend.id], { teamIds: [team.id] });
  const senior = await world.addPerson({ name: 'Henrik Falk' });
  return { noor, oskar, senior, trend, team, at: `/teams/${team.id}` };
}
type Reader = Awaited<ReturnType<typeof talent>>;
const shown = async (at: string, as: Reader) => page(await world.get(at, { as }));
const tick = (at: string, as: Reader, step: string, done = 'yes') =>
  world.post(`${at}/steps`, { step, done }, { as });
const write = (at: string, as: Reader, brief: string, begunWith: number, more: Record<string, string> = {}) =>
  world.post(`${at}/brief`, { brief, begunWith: String(begunWith), ...more }, { as });

test('steps have days worked out from the event, one press ticks one and another takes it back', async () => {
  const { noor, at } = await aTeam({ event: true });
  const steps = async () => {
    const html = await shown(at, noor);
    return html('.four li')
      .map(
        (_i, li) =>
          `${html(li).find('> span:first-of-type').text()} ${html(li).find('time').attr('datetime')}`,
      )
      .get();
  };
  const titleOfNext = async () => (await shown(at, noor))('#next-h').text();
  expect(await steps()).toEqual([
    'Assigned, done 2026-10-26',
    'Researched 2026-11-20',
    'Brief written 2026-11-30',
    'Rehearsed 2026-12-07',
    'Presented 2026-12-10',
  ]);
  expect(await titleOfNext()).toBe('Finish your research by Friday 20 November');
  expect((await tick(at, noor, 'researched')).headers.location).toBe(`${at}?said=ticked`);
  expect([await titleOfNext(), (await steps())[1]]).toEqual([
    'Write the brief by Monday 30 November',
    'Researched, done 2026-11-20',
  ]);
  await tick(at, noor, 'researched', 'no');
  expect(await titleOfNext()).toBe('Finish your research by Friday 20 November');
});

test('an old brief stays readable, and the next team begins with it; who wrote it stays named', async () => {
  const { noor, senior, trend, team, at } = await aTeam();
  await write(at, noor, '## Degrees\n\nNobody asks for one.', 0);
  const pia = await talent('Pia Holm');
  const next = await formTeam(world, 'Team 9', trend.id, [pia.id]);
  const here = `/teams/${next.id}`;
  const onTrend = async () => (await shown(`/trends/${trend.id}`, senior))('#earlier').text();
  // Not written yet, and then the work of a team that has the trend now: it is nobody else's.
  await write(at, noor, '## Degrees\n\nNobody asks for one any more.', 1, { written: 'yes' });
  expect([await onTrend(), (await shown(here, pia))('#earlier').length]).toEqual(['', 0]);
  const savedAt = world.clock.now.subtract({ hours: 24 * 370 });
  await world.db.update(briefVersions).set({ savedAt });
  expect(await onTrend()).toContain('By Noor Haddad');
  const earlier = (await shown(here, pia))('#earlier');
  expect(earlier.text()).toContain('Nobody asks for one any more.');
  const from = String(earlier.find('input[name=from]').val());
  // A stranger to the team cannot hand it over.
  expect((await world.post(`${here}/brief/earlier`, { from }, { as: senior })).statusCode).toBe(404);
  const taken = await world.post(`${here}/brief/earlier`, { from }, { as: pia });
  expect(taken.headers.location).toBe(`${here}?said=brief-taken#brief`);
  const own = await shown(here, pia);
  expect(own('#brief-text').val()).toContain('Nobody asks for one any more.');
  expect([own('#brief .quiet').first().text(), own('#earlier').length]).toEqual(['Noor Haddad', 0]);
  await write(here, pia, '## Degrees\n\nEveryone asks for one again.', 2);
  expect((await shown(here, pia))('#brief .quiet').first().text()).toBe('Noor Haddad and Pia Holm');
  expect((await shown(at, noor))('#brief-text').val()).toContain('Nobody asks for one any more.');
  expect((await world.post(`${here}/brief/earlier`, { from }, { as: pia })).statusCode).toBe(409);
  expect(team.id).not.toBe(next.id);
});

test('a team without an event has the same steps without days', async () => {
  const { noor, at } = await aTeam();
  const html = await shown(at, noor);
  expect([html('.four li').length, html('.four time').length, html('#next-h').text()]).toEqual([
    5,
    0,
    'Do your research',
  ]);
});

test('members and organisers work on it; to others the page is the trend, and presses are refused', async () => {
  const { noor, senior, at } = await aTeam({ event: true });
  await write(at, noor, 'Nobody left for money.', 0);
  for (const as of [noor, world.organiser]) expect((await shown(at, as))('#brief textarea').length).toBe(1);
  const outside = await talent('Greta Outside');
  for (const as of [senior, outside]) {
    const html = await shown(at, as);
    expect([html('.four').length, html('#brief').length]).toEqual([0, 0]);
    expect((await tick(at, as, 'researched')).statusCode).toBe(404);
    expect((await write(at, as, 'Mine.', 1)).statusCode).toBe(404);
    for (const inside of ['', '/1'])
      expect((await world.get(`${at}/brief/versions${inside}`, { as })).statusCode).toBe(404);
  }
  expect((await shown(at, noor))('#brief textarea').text().trim()).toBe('Nobody left for money.');
  expect((await tick(at, world.organiser, 'researched')).statusCode).toBe(303);
});

test('guests read a brief that is written from the day of the rehearsal, with the names of its authors', async () => {
  const { noor, oskar, senior, at } = await aTeam({ event: true });
  await write(at, noor, 'Nobody left for **money**.', 0);
  await write(at, oskar, 'Nobody left for **money**.\nAsk early.', 1, { written: 'yes' });
  const brief = async () => (await shown(at, senior))('#brief').text().replace(/\s+/g, ' ').trim();
  world.clock.now = Temporal.Instant.from('2026-12-06T12:00:00Z');
  expect(await brief()).toBe('');
  world.clock.now = Temporal.Instant.from('2026-12-07T12:00:00Z');
  expect(await brief()).toBe('Brief Nobody left for money.Ask early. Noor Haddad and Oskar Lindholm');
});

test('two people write at once: both texts are there, the second reads what was saved meanwhile', async () => {
  const { noor, oskar, at } = await aTeam();
  await write(at, noor, 'One. Two. Three.', 0);
  await write(at, oskar, 'One. Two, says Oskar. Three.', 1);
  const joined = await write(at, noor, 'One. Two. Three, says Noor.', 1);
  expect(joined.headers.location).toBe(`${at}/brief/versions/3?said=joined`);
  expect((await shown(at, noor))('#brief textarea').text().trim()).toBe(
    'One. Two, says Oskar. Three, says Noor.',
  );
  const html = await shown(`${at}/brief/versions/3`, noor);
  const words = (where: string) => html(where).text().replace(/\s+/g, ' ').trim();
  expect([words('#others-h + .difference ins'), words('#others-h + .difference del')]).toEqual([
    'Added: Two, says Oskar.',
    'Taken out: Two.',
  ]);
  expect(words('#changes-h + .difference ins')).toBe('Added: Three, says Noor.');

  // The same form twice is one version, and so is a save without a change.
  await write(at, noor, 'One. Two. Three, says Noor.', 1);
  await write(at, oskar, 'One. Two, says Oskar. Three, says Noor.', 3);
  const history = await shown(`${at}/brief/versions`, noor);
  expect(
    history('main li b')
      .map((_i, name) => history(name).text())
      .get(),
  ).toEqual(['Noor Haddad', 'Oskar Lindholm', 'Noor Haddad']);
});

test('a brief without a text is not written yet, and a text that is too long comes back', async () => {
  const { noor, at } = await aTeam();
  expect((await tick(at, noor, 'brief')).statusCode).toBe(409);
  const empty = await write(at, noor, ' ', 0, { written: 'yes' });
  expect([empty.statusCode, page(empty)('#brief-text-error, #brief-error').text()]).toEqual([
    409,
    'Error: Write the brief first, then say that it is written.',
  ]);
  const long = `${'word '.repeat(40_001)}end`;
  const refused = await write(at, noor, long, 0);
  expect([refused.statusCode, page(refused)('#brief textarea').text().includes('word end')]).toEqual([
    422,
    true,
  ]);
});

test('another trend begins with open steps and an empty page; the first one keeps its brief', async () => {
  const { noor, trend, team, at } = await aTeam();
  await write(at, noor, 'Nobody left for money.', 0, { written: 'yes' });
  const other = await proposeTrend(world, 'Robots at work', { state: 'shortlisted' });
  const change = (trendId: number) =>
    world.post(
      at,
      { name: 'Team 4', trendId: String(trendId), members: String(noor.id) },
      { as: world.organiser },
    );
  await change(other.id);
  const html = await shown(at, noor);
  expect([html('#brief textarea').text(), html('.four [data-done]').length]).toEqual(['', 1]);
  await change(trend.id);
  expect((await shown(at, noor))('#brief textarea').text().trim()).toBe('Nobody left for money.');
  expect(team.id).toBeGreaterThan(0);
});

const teamNews = async () =>
  (await allLetters(world)).flatMap(({ kind, recipientName, facts }) =>
    kind === 'team-news' ? [{ to: recipientName, news: facts.news as Record<string, unknown> }] : [],
  );

test('the organiser hears of a late step three days before its day and on it, once, and of none that is ticked', async () => {
  const { noor, at } = await aTeam({ event: true });
  await tick(at, noor, 'researched');
  const told: string[] = [];
  for (
    let day = Temporal.PlainDate.from('2026-11-16');
    day.toString() < '2026-12-12';
    day = day.add({ days: 1 })
  ) {
    if (day.toString() === '2026-12-05') {
      await write(at, noor, 'Found.', 0, { written: 'yes' });
      await tick(at, noor, 'rehearsed');
    }
    const before = (await teamNews()).length;
    for (const time of ['07:59', '08:01', '15:00']) {
      world.clock.now = day
        .toZonedDateTime({ timeZone: world.programme.timeZone, plainTime: time })
        .toInstant();
      await tellLateSteps(world.ctx);
      if (time === '07:59') expect((await teamNews()).length).toBe(before);
    }
    const after = (await teamNews()).slice(before);
    for (const { to, news } of after) {
      const [{ step, isToday }] = news.steps as [{ step: string; isToday: boolean }];
      told.push(`${day} ${to}: ${step}${isToday ? ' today' : ''}`);
    }
  }
  const { name } = world.organiser;
  expect(told).toEqual([
    `2026-11-27 ${name}: brief`,
    `2026-11-30 ${name}: brief today`,
    `2026-12-04 ${name}: rehearsed`,
  ]);
});

test('who is deactivated or taken out of a team leaves steps and brief as they are; team and organiser hear', async () => {
  const { noor, oskar, at } = await aTeam({ event: true });
  const greta = await talent('Greta Holm');
  const change = (members: number[], as = world.organiser) =>
    world.post(at, { name: 'Team 4', trendId: '1', members: members.map(String) }, { as });
  expect((await change([noor.id, oskar.id, greta.id])).statusCode).toBe(303);
  await write(at, oskar, 'Nobody left for money.', 0);
  await tick(at, oskar, 'researched');
  expect(await teamNews()).toEqual([]);

  await disablePerson(world.ctx, 'program', oskar.id);
  const left = { kind: 'left', team: 'Team 4', who: 'Oskar Lindholm', left: 2 };
  expect(await teamNews()).toEqual([
    { to: 'Noor Haddad', news: { ...left, isForOrganiser: false } },
    { to: 'Greta Holm', news: { ...left, isForOrganiser: false } },
    { to: world.organiser.name, news: { ...left, isForOrganiser: true } },
  ]);
  const html = await shown(at, noor);
  expect(html('.four [data-done]').length).toBe(2);
  expect(html('.writing section').text()).toContain('Oskar Lindholm');

  // The organiser who takes Greta out knows already.
  await change([noor.id]);
  expect((await teamNews()).slice(3).map(({ to }) => to)).toEqual(['Noor Haddad']);
});

test('a team keeps links and files, its people and organisers alone see and take them out', async () => {
  const { noor, oskar, senior, at } = await aTeam();
  const text = (html: ReturnType<typeof page>, where: string) =>
    html(where).text().replace(/\s+/g, ' ').trim();
  const link = (url: string, as: Reader) => world.post(`${at}/links`, { url, title: 'Leavers' }, { as });
  expect((await link('https://example.org/leavers', noor)).headers.location).toBe(`${at}?said=added#sources`);
  const wrong = await link('javascript:alert(1)', noor);
  expect([
    wrong.statusCode,
    page(wrong)('#sources [name=url]').val(),
    text(page(wrong), '#url-error'),
  ]).toEqual([
    422,
    'javascript:alert(1)',
    'Error: Paste a whole address that starts with https:// or http://.',
  ]);
  const upload = async (bytes: Buffer, as: Reader, fileName = 'Notes.pdf') => {
    const browser = await world.browserOf(as);
    return browser.upload(`${at}/files`, { name: 'file', fileName, bytes });
  };
  const pdf = (size = 100) => Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(size, 1)]);
  expect((await upload(pdf(), oskar)).statusCode).toBe(303);
  expect(page(await upload(Buffer.from('<html>'), oskar))('#file-error').text()).toContain(
    'its content has to be',
  );
  const html = await shown(at, noor);
  const rows = html('#sources .links a');
  expect(rows.map((_i, a) => html(a).attr('href')).get()).toEqual([
    `${at}/files/1`,
    'https://example.org/leavers',
  ]);
  const file = await world.get(`${at}/files/1`, { as: world.organiser });
  expect([file.statusCode, file.headers['content-disposition'], file.rawPayload.equals(pdf())]).toEqual([
    200,
    `attachment; filename="Notes.pdf"; filename*=UTF-8''Notes.pdf`,
    true,
  ]);
  for (const as of [senior, await talent('Greta Outside')]) {
    expect((await shown(at, as))('#sources').length).toBe(0);
    expect((await world.get(`${at}/files/1`, { as })).statusCode).toBe(404);
    expect((await link('https://example.org/other', as)).statusCode).toBe(404);
    expect((await world.post(`${at}/files/1/removal`, {}, { as })).statusCode).toBe(404);
  }
  Object.assign(world.ctx, { fileLimits: { teamMb: 1, allMb: 1000 } });
  const full = await upload(pdf(1024 * 1024), oskar);
  expect(text(page(full), '#file-error')).toBe(
    'Error: With this file the team would have more than 1 MB. Take one out first, or link to it.',
  );
  Object.assign(world.ctx, { fileLimits: { teamMb: 100, allMb: 1 } });
  expect(text(page(await upload(pdf(1024 * 1024), oskar)), '#file-error')).toBe(
    'Error: There is no room for more files. Link to this one, and tell an organiser.',
  );
  Object.assign(world.ctx, { fileLimits: undefined });
  await world.post(`${at}/files/1/removal`, {}, { as: noor });
  await world.post(`${at}/links/1/removal`, {}, { as: oskar });
  expect((await shown(at, noor))('#sources .links').length).toBe(0);
  expect((await world.get(`${at}/files/1`, { as: noor })).statusCode).toBe(404);
});
