// People reach the program through nginx as docs/deploy has it.
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { invite } from '../faults/guests.ts';
import { emptyHome } from '../support/databases/homes.ts';
import { needs } from '../support/needs.ts';
import { follow } from '../support/pages/following.ts';
import { freePort, startFlipside } from '../support/process.ts';
import { runSite, writeSite } from './nginx-site.ts';

const baseUrl = 'https://flipside.example.org';
const size = { seniors: 6, talents: 0, seniorCapacity: 4, talentCapacity: 0 };

needs('nginx')('through nginx', () => {
  test('guests answer and follow, requests have one name in both logs, and neither log holds a link or a word of /anon/', async () => {
    const settings = { ...(await emptyHome('embedded')), BASE_URL: baseUrl };
    const [guest] = await invite(settings, size);
    const ports = { program: await freePort(), site: await freePort() };
    const flipside = await startFlipside({
      ...settings,
      PORT: String(ports.program),
      TRUSTED_PROXIES: '127.0.0.1',
      LOG_LEVEL: 'info',
    });
    onTestFinished(async () => void (await flipside.stop('SIGKILL')));
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'flipside-nginx-'));
    fs.chmodSync(folder, 0o777);
    const nginx = runSite(writeSite(folder, ports));
    onTestFinished(() => {
      nginx.kill('SIGTERM');
      fs.rmSync(folder, { recursive: true, force: true });
    });

    const link = `/i/${guest!.token}`;
    // The stream begins although nothing ever ends it: nothing between holds it back.
    const opened = async () =>
      (await follow(ports.site, baseUrl, `${link}/changes`).catch(() => null)) ?? undefined;
    await expect.poll(opened, { timeout: 30_000 }).toBeDefined();
    const stream = (await opened())!;
    await stream.next(({ event }) => event === 'beat');
    expect(stream.headers['content-type']).toContain('text/event-stream');
    stream.leave();

    const at = `http://127.0.0.1:${ports.site}`;
    const headers = { host: 'flipside.example.org', 'sec-fetch-site': 'same-origin' };
    const asked = await fetchVia(
      `${at}/anon/mine`,
      headers,
      JSON.stringify({ secret: 'AAAAAAAAAAAAAAAAAAAAAA' }),
    );
    expect(asked).toBe(404);
    expect(await fetchVia(`${at}${link}?said=yes`, headers)).toBe(200);

    const log = path.join(folder, 'flipside.log');
    await expect.poll(() => fs.readFileSync(log, 'utf8')).toMatch(/ GET \/i 200 /);
    const line = /^\S+ (\S+) GET \/i 200 /m.exec(fs.readFileSync(log, 'utf8'))!;
    await expect.poll(flipside.output).toContain(`"reqId":"${line[1]}"`);
    const written = fs.readFileSync(log, 'utf8') + flipside.output();
    expect(written).toContain('/i/:token');
    for (const secret of [guest!.token, 'anon', 'said=', 'AAAAAAAA']) expect(written).not.toContain(secret);
  });
});

/** The status of a request under another name than that of the port. */
async function fetchVia(url: string, headers: Record<string, string>, body?: string): Promise<number> {
  const type = body ? { 'content-type': 'application/json' } : {};
  return new Promise((resolve, reject) => {
    const sent = http.request(
      url,
      { method: body ? 'POST' : 'GET', headers: { ...headers, ...type } },
      (answer) => {
        answer.resume().once('end', () => resolve(answer.statusCode!));
      },
    );
    sent.once('error', reject).end(body);
  });
}
