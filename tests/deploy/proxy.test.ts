// People reach the program through nginx and through Caddy as docs/deploy has them.
import type { ChildProcess } from 'node:child_process';
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
import * as caddy from './caddy-site.ts';
import * as nginx from './nginx-site.ts';

const baseUrl = 'https://flipside.example.org';
const size = { seniors: 6, talents: 0, seniorCapacity: 4, talentCapacity: 0 };

interface Proxy {
  writeSite: (folder: string, ports: nginx.Ports) => string;
  runSite: (file: string) => ChildProcess;
  /** The line of a guest's page in its log. */
  line: RegExp;
}

needs('nginx')('through nginx', () => {
  test('guests answer and follow, requests have one name in both logs, and neither log holds a link or a word of /anon/', async () => {
    const seen = await visitThrough({ ...nginx, line: /^\S+ (\S+) GET \/i 200 /m });
    await expect.poll(seen.output).toContain(`"reqId":"${seen.line[1]}"`);
    await seen.afterTheProgramIsGone();
  });
});

needs('caddy')('through Caddy', () => {
  test('guests answer and follow, and no log holds a link or a word of /anon/', async () => {
    const seen = await visitThrough({ ...caddy, line: /^.*"method":"GET".*"status":200.*$/m });
    await seen.afterTheProgramIsGone();
  });
});

/** Starts the program behind the proxy, and goes there as a guest, who follows the event and asks without a name. */
async function visitThrough(proxy: Proxy) {
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
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'flipside-proxy-'));
  fs.chmodSync(folder, 0o777);
  const running = proxy.runSite(proxy.writeSite(folder, ports));
  onTestFinished(() => {
    running.kill('SIGTERM');
    fs.rmSync(folder, { recursive: true, force: true });
  });

  const link = `/i/${guest!.token}`;
  // The stream's beginning arrives although the stream never ends: the proxy does not buffer it.
  const opened = async () =>
    (await follow(ports.site, baseUrl, `${link}/changes`).catch(() => null)) ?? undefined;
  await expect.poll(opened, { timeout: 30_000 }).toBeDefined();
  const stream = (await opened())!;
  await stream.next(({ event }) => event === 'beat');
  expect(stream.headers['content-type']).toContain('text/event-stream');
  stream.leave();

  const at = `http://127.0.0.1:${ports.site}`;
  const headers = { host: 'flipside.example.org', 'sec-fetch-site': 'same-origin' };
  const ask = () =>
    fetchVia(`${at}/anon/mine`, headers, JSON.stringify({ secret: 'AAAAAAAAAAAAAAAAAAAAAA' }));
  const look = () => fetchVia(`${at}${link}?said=yes`, headers);
  expect([await ask(), await look()]).toEqual([404, 200]);

  const log = path.join(folder, 'flipside.log');
  const logged = () => fs.readFileSync(log, 'utf8');
  await expect.poll(logged).toMatch(proxy.line);
  const holdsNoSecret = () => {
    const logs = fs.readdirSync(folder).filter((file) => file.endsWith('.log'));
    const written = logs.map((file) => fs.readFileSync(path.join(folder, file), 'utf8')).join('');
    for (const secret of [guest!.token, 'anon', 'said=', 'AAAAAAAA'])
      expect(written + flipside.output()).not.toContain(secret);
  };
  expect(flipside.output()).toContain('/i/:token');
  holdsNoSecret();
  return {
    line: proxy.line.exec(logged())!,
    output: flipside.output,
    /** Sees that a proxy says no more of an address that nobody answers than of others. */
    async afterTheProgramIsGone() {
      await flipside.stop('SIGKILL');
      const lines = logged().split('\n').length;
      expect([await ask(), await look()]).toEqual([502, 502]);
      await expect.poll(() => logged().split('\n').length).toBe(lines + 1);
      holdsNoSecret();
    },
  };
}

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
