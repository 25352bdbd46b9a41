// The files of docs/deploy run the program as package.json does, and watch figures that there are.
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { openMetrics } from '../../src/web/metrics.ts';
import { needs } from '../support/needs.ts';
import * as caddy from './caddy-site.ts';
import * as nginx from './nginx-site.ts';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => fs.readFileSync(path.join(root, file), 'utf8');
const deployed = (file: string) => read(`docs/deploy/${file}`);
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
const files = fs.readdirSync(path.join(root, 'docs/deploy'));

function newFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'flipside-deploy-'));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

describe('the program is started', () => {
  test('by systemd as npm start starts it', () => {
    const [, command] = /^ExecStart=\/opt\/flipside\/node_modules\/\.bin\/(.*)$/m.exec(
      deployed('flipside.service'),
    )!;
    expect(command).toBe(scripts.start);
  });

  test('in a container as npm start starts it', () => {
    const [, command] = /^CMD (\[.*\])$/m.exec(deployed('Containerfile'))!;
    expect(JSON.parse(command!).join(' ')).toBe(scripts.start);
  });

  test('from an image that has every file it needs', () => {
    const copied = [...deployed('Containerfile').matchAll(/^COPY (.*) \S+$/gm)].flatMap(([, list]) =>
      list!.split(' '),
    );
    for (const file of copied) expect([file, fs.existsSync(path.join(root, file))]).toEqual([file, true]);
    for (const needed of ['src', 'views', 'static', 'drizzle', 'patches', 'package.json'])
      expect(copied).toContain(needed);
  });
});

test('the compose file names what it defines, keeps the data where the image has it, and lets a stop end', () => {
  const { services, networks, volumes } = parse(deployed('compose.yaml'));
  const { flipside, database } = services;
  for (const { volumes: mounts, networks: joined } of [flipside, database]) {
    for (const mount of mounts) expect(Object.keys(volumes)).toContain(mount.split(':')[0]);
    for (const name of joined) expect(Object.keys(networks)).toContain(name);
  }
  expect(Object.keys(flipside.depends_on)).toEqual(['database']);
  const [, folder] = /DATA_DIR=(\S+)/.exec(deployed('Containerfile'))!;
  expect(flipside.volumes[0].split(':')[1]).toBe(folder);
  const url = new URL(flipside.environment.DATABASE_URL.replace(/\$\{\w+:\?\}/, 'password'));
  const { POSTGRES_USER: user, POSTGRES_DB: name } = database.environment;
  expect([url.hostname, url.username, url.pathname]).toEqual(['database', user, `/${name}`]);
  expect(database.healthcheck.test).toEqual(['CMD', 'pg_isready', '-U', user, '-d', name]);
  // Ten seconds for requests, up to forty for letters under way.
  expect(Number.parseInt(flipside.stop_grace_period, 10)).toBeGreaterThan(50);
  expect(flipside.ports.filter((port: string) => !port.startsWith('127.0.0.1:'))).toEqual([]);
  expect(flipside.environment.TRUSTED_PROXIES).toBe(networks.site.ipam.config[0].subnet);
});

test('every command of npm in docs is one that there is', () => {
  const texts = ['docs/deploy.md', ...files.map((file) => `docs/deploy/${file}`), 'README.md'].map(read);
  const named = texts.flatMap((text) => [...text.matchAll(/npm run (?:--silent )?([a-z][\w:-]*)/g)]);
  const names = new Set(named.map(([, name]) => name!));
  expect(names).toContain('backup');
  expect([...names].filter((name) => scripts[name] === undefined)).toEqual([]);
});

test('every setting in the files is one that there is', () => {
  const known = read('src/config.ts');
  const env = [...deployed('flipside.env').matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name!);
  const composed = Object.keys(parse(deployed('compose.yaml')).services.flipside.environment);
  expect(env.length).toBeGreaterThan(5);
  expect([...env, ...composed].filter((name) => !known.includes(`  ${name}:`))).toEqual([]);
});

test('every alert asks for a figure that there is', async () => {
  const rules: { alert: string; expr: string; annotations: { summary: string } }[] = parse(
    deployed('alerts.yaml'),
  ).groups[0].rules;
  const metrics = openMetrics({
    pool: () => ({ size: 1, inUse: 0, waiting: 0 }),
    streams: () => 0,
    letters: async () => ({ byState: {}, oldestWaiting: 0 }),
    jobs: async () => [],
  });
  const there = new Set([...(await metrics.text()).matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name!));
  const asked = rules.flatMap(({ expr }) =>
    [...expr.matchAll(/\b(?:flipside|nodejs|process)_\w+/g)].map(([name]) => name),
  );
  expect(asked.length).toBeGreaterThan(8);
  expect(asked.filter((name) => !there.has(name.replace(/_(count|bucket)$/, '')))).toEqual([]);
  const docs = read('docs/deploy.md');
  expect(rules.filter(({ alert }) => !docs.includes(alert)).map(({ alert }) => alert)).toEqual([]);
});

test('the script of the backup can be read by a shell', () => {
  execFileSync('sh', ['-n', path.join(root, 'docs/deploy/backup.sh')]);
  expect(fs.statSync(path.join(root, 'docs/deploy/backup.sh')).mode & 0o111).not.toBe(0);
});

describe('below /anon/', () => {
  test('no proxy of the examples writes a line', () => {
    expect(/location \/anon\/ \{[^}]*access_log off;/.test(deployed('nginx.conf'))).toBe(true);
    const skips = /^\s*vars \/anon\/\* \{\s*skip_log true\s*log_skip true\s*\}$/m;
    expect(deployed('Caddyfile')).toMatch(skips);
    expect(read('docs/deploy.md')).toMatch(skips);
  });
});

needs('nginx')('nginx', () => {
  test('accepts its file', () => {
    const config = nginx.writeSite(newFolder());
    const tried = spawnSync('nginx', ['-t', '-c', config], { encoding: 'utf8' });
    expect([tried.status, tried.stderr]).toEqual([0, expect.stringContaining('test is successful')]);
  });
});

needs('caddy')('Caddy', () => {
  test('accepts its file', () => {
    const config = caddy.writeSite(newFolder());
    const args = ['validate', '--adapter', 'caddyfile', '--config', config];
    const tried = spawnSync('caddy', args, { encoding: 'utf8' });
    expect([tried.status, tried.stdout + tried.stderr]).toEqual([
      0,
      expect.stringContaining('Valid configuration'),
    ]);
  });
});

needs('systemd')('systemd', () => {
  test('accepts its unit, and finds it closed', () => {
    const folder = newFolder();
    const unit = path.join(folder, 'flipside.service');
    fs.writeFileSync(
      unit,
      deployed('flipside.service').replaceAll('/opt/flipside/node_modules/.bin/node', process.execPath),
    );
    const tried = spawnSync('systemd-analyze', ['verify', unit], { encoding: 'utf8' });
    expect([tried.status, tried.stderr]).toEqual([0, '']);
    const looked = spawnSync('systemd-analyze', ['security', '--offline=true', unit], { encoding: 'utf8' });
    const [, exposure] = /Overall exposure level for \S+: ([\d.]+)/.exec(looked.stdout) ?? [];
    expect(Number(exposure)).toBeLessThan(2);
  });
});
