// All addresses of an app, each with who may use it.
import type { FastifyInstance } from 'fastify';
import type { Access } from './person.ts';

export interface Address {
  method: string;
  /** Pattern of the path, such as '/events/:id'. */
  path: string;
  access: Access;
}

const lists = new WeakMap<FastifyInstance, Address[]>();

/** Notes every address that is added to this app from now on; one that says nothing of access stops the start in the guards. */
export function noteAddresses(app: FastifyInstance): void {
  const list: Address[] = [];
  lists.set(app, list);
  app.addHook('onRoute', ({ method, url, config }) => {
    for (const one of [method].flat())
      if (one !== 'HEAD' && config?.access) list.push({ method: one, path: url, access: config.access });
  });
}

/** Returns the addresses of an app by path, and by method at one path. */
export function addressesOf(app: FastifyInstance): Address[] {
  return (lists.get(app) ?? []).toSorted(
    (a, b) => a.path.localeCompare(b.path, 'en') || a.method.localeCompare(b.method, 'en'),
  );
}
