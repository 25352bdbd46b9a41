// Caddy with the file of docs/deploy, on a port and a folder of a test.
import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type { Ports } from './nginx-site.ts';

const given = path.resolve(import.meta.dirname, '../../docs/deploy/Caddyfile');

/** Writes the configuration into a folder, without certificates where it has ports; gives its path. */
export function writeSite(folder: string, ports?: Ports): string {
  let site = fs.readFileSync(given, 'utf8').replaceAll('/var/log/caddy', folder);
  if (ports)
    site = site
      .replace(/^\{$/m, `{\n\tadmin off\n\tauto_https off\n\thttp_port ${ports.site}`)
      .replace(/^flipside\.example\.org/m, 'http://flipside.example.org')
      .replace('127.0.0.1:3000', `127.0.0.1:${ports.program}`);
  const file = path.join(folder, 'Caddyfile');
  fs.writeFileSync(file, site);
  return file;
}

/** Starts it; what it prints goes to `printed.log` beside its file. */
export function runSite(file: string): ChildProcess {
  const folder = path.dirname(file);
  const printed = fs.openSync(path.join(folder, 'printed.log'), 'w');
  const env = { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
  return spawn('caddy', ['run', '--adapter', 'caddyfile', '--config', file], {
    env,
    stdio: ['ignore', printed, printed],
  });
}
