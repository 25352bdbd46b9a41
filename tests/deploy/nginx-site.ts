// nginx with the file of docs/deploy, on ports and paths of a test.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const given = path.resolve(import.meta.dirname, '../../docs/deploy/nginx.conf');

export interface Ports {
  /** Ports: of the program, and of the site as people reach it; the latter without TLS. */
  program: number;
  site: number;
}

/** Writes the configuration into a folder with a certificate of its own; gives its path. */
export function writeSite(folder: string, ports?: Ports): string {
  const [key, full] = [path.join(folder, 'key.pem'), path.join(folder, 'full.pem')];
  const certificate = ['-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=flipside.example.org'];
  execFileSync('openssl', ['req', '-x509', ...certificate, '-keyout', key, '-out', full], { stdio: 'pipe' });
  let site = fs
    .readFileSync(given, 'utf8')
    .replace('/etc/ssl/flipside/key.pem', key)
    .replace('/etc/ssl/flipside/fullchain.pem', full)
    .replaceAll('/var/log/nginx', folder);
  if (ports)
    site = site
      .replace('listen 80;', `listen unix:${folder}/plain.sock;`)
      .replace('listen 443 ssl http2;', `listen 127.0.0.1:${ports.site};`)
      .replace('127.0.0.1:3000', `127.0.0.1:${ports.program}`);
  const file = path.join(folder, 'nginx.conf');
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  fs.writeFileSync(
    file,
    `pid ${folder}/pid; error_log ${folder}/error.log; daemon off;\nevents {}\nhttp {\n${paths.join('\n')}\n${site}\n}\n`,
  );
  return file;
}

export function runSite(file: string): ChildProcess {
  return spawn('nginx', ['-c', file], { stdio: 'ignore' });
}
