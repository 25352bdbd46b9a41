// Opens pages of a filled database, and counts what each asks of it.
import { drizzle } from 'drizzle-orm/postgres-js';
import type { FastifyInstance } from 'fastify';
import type { Sql } from 'postgres';
import { buildApp } from '../../src/app.ts';
import type { Context } from '../../src/context.ts';
import type { Db } from '../../src/database/open.ts';
import { boundless, cookieOf } from '../site.ts';
import type { Address } from './addresses.ts';
import { type Filled, fill } from './fill.ts';
import type { Size } from './size.ts';

export interface Looked {
  status: number;
  bytes: number;
  /** Processor time of this process, with its embedded database. */
  milliseconds: number;
  queries: number;
  /** Statements without their values. */
  asked: string[];
  body: string;
}

export interface Site {
  app: FastifyInstance;
  filled: Filled;
  open(address: Address): Promise<Looked>;
}

/** A database of this size with the site on it; the statements of each page are recorded. */
export async function openSite(ctx: Context, size: Size): Promise<Site> {
  const filled = await fill(ctx, size);
  const asked: string[] = [];
  const client = (ctx.db as Db & { $client: Sql }).$client;
  const db = drizzle(client, {
    casing: 'snake_case',
    logger: { logQuery: (query) => void asked.push(query) },
  });
  const app = await buildApp({ ...ctx, db }, { rateLimits: boundless });
  const { link: _, ...readers } = { ...filled.readers, link: 0 };
  const cookies = new Map<string, string>();
  for (const [as, id] of Object.entries(readers)) cookies.set(as, await cookieOf(ctx, { id }));
  const open = async ({ as, path }: Address): Promise<Looked> => {
    asked.length = 0;
    const cookie = cookies.get(as);
    const headers = { host: new URL(ctx.baseUrl).host, ...(cookie && { cookie }) };
    const begin = process.cpuUsage();
    const answer = await app.inject({ url: path, headers });
    const { user, system } = process.cpuUsage(begin);
    const bytes = Buffer.byteLength(answer.body);
    return {
      status: answer.statusCode,
      bytes,
      milliseconds: (user + system) / 1000,
      queries: asked.length,
      asked: [...asked],
      body: answer.body,
    };
  };
  return { app, filled, open };
}
