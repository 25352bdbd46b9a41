import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import ICAL from 'ical.js';
import { afterAll, expect, test } from 'vitest';
import { cancel, change, uninvite } from '../../../src/actions/events/events.ts';
import { answer } from '../../../src/actions/guests/answer.ts';
import { planFor, published } from '../../support/events.ts';
import { needs } from '../../support/needs.ts';
import { freePort } from '../../support/process.ts';
import { page, useWorld } from '../../support/world.ts';

// a program that subscribes to the feed over HTTP, as calendar programs do

needs('vdirsyncer')('vdirsyncer, subscribed to Ada’s feed', async () => {
  const port = await freePort();
  const world = useWorld({ baseUrl: `http://localhost:${port}` });
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'vdirsyncer-'));
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

  async function vdirsyncer(...args: string[]): Promise<string> {
    const env = { ...process.env, HOME: folder, VDIRSYNCER_CONFIG: path.join(folder, 'config') };
    const { stderr } = await promisify(execFile)('vdirsyncer', args, { env });
    return stderr;
  }

  async function subscribe(url: string): Promise<void> {
    const pair = '[pair feed]\na = "there"\nb = "here"\ncollections = null\nconflict_resolution = "a wins"\n';
    const here = `[storage here]\ntype = "filesystem"\npath = "${folder}/here/"\nfileext = ".ics"\n`;
    const there = `[storage there]\ntype = "http"\nurl = "${url}"\n`;
    fs.rmSync(path.join(folder, 'status'), { recursive: true, force: true });
    fs.rmSync(path.join(folder, 'here'), { recursive: true, force: true });
    fs.mkdirSync(path.join(folder, 'here'));
    fs.writeFileSync(
      path.join(folder, 'config'),
      `[general]\nstatus_path = "${folder}/status/"\n${pair}${here}${there}`,
    );
    await vdirsyncer('discover');
  }

  const inCalendar = () =>
    fs
      .readdirSync(path.join(folder, 'here'))
      .map((name) => fs.readFileSync(path.join(folder, 'here', name), 'utf8'))
      .map((ics) => new ICAL.Component(ICAL.parse(ics)).getFirstSubcomponent('vevent')!)
      .map((event) => `${event.getFirstPropertyValue('summary')} ${event.getFirstPropertyValue('dtstart')}`)
      .sort();

  test('gets her events, follows when one moves, and drops the one she was taken off', async () => {
    const ada = await world.addPerson({ name: 'Ada' });
    const winter = await published(world, [ada], { name: 'Winter' });
    const spring = await published(world, [ada], { name: 'Spring', startsAt: '2027-03-30T14:00' });
    for (const { id } of [winter, spring]) await answer(world.ctx, id, ada.id, 'yes');
    await world.app.listen({ port, host: 'localhost' });
    const shown = page(await world.post('/account/feed', {}, { as: ada }));
    await subscribe(shown('#feed-url').attr('value')!);
    await vdirsyncer('sync');
    expect(inCalendar()).toEqual(['Spring 2027-03-30T14:00:00', 'Winter 2026-12-10T16:00:00']);

    await change(world.ctx, winter.id, planFor(world, [], { name: 'Winter', startsAt: '2026-12-11T16:00' }));
    await uninvite(world.ctx, spring.id, ada.id);
    await vdirsyncer('sync', '--force-delete');
    expect(inCalendar()).toEqual(['Winter 2026-12-11T16:00:00']);

    await cancel(world.ctx, winter.id, '');
    await vdirsyncer('sync');
    expect(inCalendar()).toEqual(['Winter 2026-12-11T16:00:00']);
    const [kept] = fs.readdirSync(path.join(folder, 'here'));
    expect(fs.readFileSync(path.join(folder, 'here', kept!), 'utf8')).toContain('STATUS:CANCELLED');

    await world.post('/account/feed', {}, { as: ada });
    await expect(vdirsyncer('sync')).rejects.toThrow('Not Found');
    await world.app.close();
  });
});
