import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { needs } from '../../support/needs.ts';
import { freePort } from '../../support/process.ts';
import { entryWith, everyObject, everySeriesObject } from './reading.ts';

// what Radicale, a calendar server, takes in

needs('radicale')('Radicale', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'radicale-'));
  let server: ChildProcess;
  let home = '';

  beforeAll(async () => {
    const port = await freePort();
    const config = path.join(folder, 'config');
    writeFileSync(
      config,
      `[server]\nhosts = 127.0.0.1:${port}\n[auth]\ntype = none\n[web]\ntype = none\n[storage]\nfilesystem_folder = ${folder}/kept\n`,
    );
    server = spawn('radicale', ['--config', config], { stdio: 'ignore' });
    home = `http://127.0.0.1:${port}/ada`;
    for (let tries = 0; tries < 300 && !(await isThere(home)); tries++) await pause(100);
  });

  afterAll(async () => {
    const gone = new Promise((resolve) => server.once('exit', resolve));
    if (server.exitCode === null && server.kill()) await gone;
    rmSync(folder, { recursive: true, force: true });
  });

  const authorization = `Basic ${btoa('ada:any')}`;
  const isThere = (url: string) => fetch(url).then(Boolean, () => false);

  /** 201 where a calendar of its own takes the object in. */
  async function put(name: string, body: string): Promise<number> {
    const calendar = `${home}/${name.toLowerCase()}/`;
    const made = await fetch(calendar, { method: 'MKCALENDAR', headers: { authorization } });
    expect(made.status).toBe(201);
    const headers = { authorization, 'content-type': 'text/calendar; charset=utf-8' };
    return (await fetch(`${calendar}${name}.ics`, { method: 'PUT', headers, body })).status;
  }

  test('answers 201 to every object that stands by itself', async () => {
    // The cancellation of one meeting is about a series: a server that does not have it has nothing to keep.
    const { meetingCancelled: _, ...series } = everySeriesObject();
    const objects = { ...everyObject(entryWith()), ...series };
    const answers: Record<string, number> = {};
    for (const [name, ics] of Object.entries(objects)) answers[name] = await put(name, ics);
    expect(answers).toEqual(Object.fromEntries(Object.keys(objects).map((name) => [name, 201])));
  });

  test('D12: and refuses a name with the quotes that the library used to write', async () => {
    const { request = '' } = everyObject(entryWith());
    expect(await put('quoted', request.replace('CN=Ida Nordby', 'CN="Ida \\"Iddi\\" Nordby"'))).toBe(400);
  });
});
