// Style sheets, scripts and fonts: read and compressed once, named by their content, cached for a year.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join, relative, sep } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { orNotFound } from '../refusal.ts';

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
  '.txt': 'text/plain; charset=utf-8',
};

interface Asset {
  type: string;
  plain: Buffer;
  packed: { br?: Buffer; gzip?: Buffer };
}

export interface Assets {
  /** The address of a file under static/, or of `htmx.js`. */
  url: (name: string) => string;
  routes: (app: FastifyInstance) => void;
}

/** The modules of the package that blinding needs, as they are: they import each other by relative addresses. */
const blindModules = ['blindrsa.js', 'util.js', 'sjcl/index.js'];

function readAll(folder: string): Map<string, Asset> {
  const files = new Map<string, Asset>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const type = types[extname(entry.name)];
    if (entry.isFile() && type)
      files.set(relative(folder, path).split(sep).join('/'), { type, plain: readFileSync(path), packed: {} });
  }
  const packages = createRequire(import.meta.url);
  const script = (path: string) => ({ type: types['.js']!, plain: readFileSync(path), packed: {} });
  files.set('js/htmx.js', script(packages.resolve('htmx.org/dist/htmx.min.js')));
  files.set('js/hx-sse.js', script(packages.resolve('htmx.org/dist/ext/hx-sse.min.js')));
  const blind = dirname(packages.resolve('@cloudflare/blindrsa-ts'));
  for (const name of blindModules) files.set(`js/blind/${name}`, script(join(blind, name)));
  joinStyleSheets(files, 'css/site.css');
  return files;
}

/** Puts the imported style sheets where their @import lines stand: one request instead of one for each. */
function joinStyleSheets(files: Map<string, Asset>, name: string): void {
  const sheet = files.get(name);
  if (!sheet) return;
  const joined = sheet.plain
    .toString()
    .replace(/@import "([\w-]+\.css)";/g, (_line, other: string) =>
      files.get(`css/${other}`)!.plain.toString(),
    );
  files.set(name, { ...sheet, plain: Buffer.from(joined) });
}

/** One version for the whole tree, so that style sheets may name fonts beside them by relative addresses. */
function versionOf(files: Map<string, Asset>): string {
  const hash = createHash('sha256');
  for (const [name, asset] of [...files].sort(([a], [b]) => (a < b ? -1 : 1)))
    hash.update(name).update(asset.plain);
  return hash.digest('hex').slice(0, 12);
}

function pack(asset: Asset, accepted: string): { body: Buffer; encoding?: 'br' | 'gzip' } {
  if (asset.plain.length < 1000 || !/^(text|image\/svg)/.test(asset.type)) return { body: asset.plain };
  if (/\bbr\b/.test(accepted)) {
    asset.packed.br ??= brotliCompressSync(asset.plain);
    return { body: asset.packed.br, encoding: 'br' };
  }
  if (/\bgzip\b/.test(accepted)) {
    asset.packed.gzip ??= gzipSync(asset.plain, { level: 9 });
    return { body: asset.packed.gzip, encoding: 'gzip' };
  }
  return { body: asset.plain };
}

export function assets(folder: string): Assets {
  const files = readAll(folder);
  const version = versionOf(files);
  return {
    url: (name) => {
      if (!files.has(name)) throw new Error(`There is no static file ${name}`);
      return `/static/${version}/${name}`;
    },
    routes: (app) => {
      // A worker reaches no further than its own address: this one stands at the root, and each live page asks for itself.
      app.get('/live-worker.js', { config: { access: 'anyone' }, logLevel: 'warn' }, async (_, reply) => {
        const { type, plain } = orNotFound(files.get('js/live-worker.js'), 'page');
        return reply.type(type).header('cache-control', 'no-cache').send(plain);
      });
      app.get(
        '/static/:version/*',
        { config: { access: 'anyone' }, logLevel: 'warn' },
        async (request, reply) => {
          const params = request.params as { version: string; '*': string };
          const asset = orNotFound(files.get(params['*']), 'page');
          const { body, encoding } = pack(asset, String(request.headers['accept-encoding'] ?? ''));
          // An old address still answers while a new version is being rolled out, but is not kept.
          const lasting = params.version === version ? 'public, max-age=31536000, immutable' : 'no-store';
          reply.type(asset.type).header('cache-control', lasting).header('vary', 'accept-encoding');
          if (encoding) reply.header('content-encoding', encoding);
          return reply.send(body);
        },
      );
    },
  };
}
