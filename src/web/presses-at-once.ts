// Presses that change something wait for each other's rows. Only some of the pool's connections are for them, so that pages
// are answered whatever a press waits for.
import type { FastifyInstance, FastifyReply } from 'fastify';
import { Refusal } from '../refusal.ts';

export interface PressLimits {
  /** Presses at work at one time; others wait in the order in which they came. */
  atOnce: number;
  /** Milliseconds a press waits for its turn before it is refused. */
  patience: number;
}

/** Leaves at least a third of the pool to pages. */
export const pressesFor = (pool: number): PressLimits => ({
  atOnce: Math.max(1, pool - Math.max(1, Math.floor(pool / 3))),
  patience: 10_000,
});

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Lets so many presses in at a time; one whose turn does not come is refused ('unavailable'), with what was typed. */
export function pressesAtOnce(app: FastifyInstance, limits: PressLimits): void {
  const turns = openTurns(limits);
  const leaves = new WeakMap<FastifyReply, () => void>();
  app.addHook('preHandler', async (request, reply) => {
    // Asking and voting without a name wait for no row.
    if (safe.has(request.method) || request.routeOptions.config.access === 'nameless') return;
    const leave = await turns.take();
    leaves.set(reply, leave);
    reply.raw.once('close', leave);
  });
  app.addHook('onResponse', async (_request, reply) => leaves.get(reply)?.());
}

function openTurns({ atOnce, patience }: PressLimits) {
  let atWork = 0;
  const waiting: (() => void)[] = [];

  function give(): () => void {
    let left = false;
    return () => {
      if (left) return;
      left = true;
      const next = waiting.shift();
      if (next) next();
      else atWork -= 1;
    };
  }

  function take(): Promise<() => void> {
    if (atWork < atOnce) {
      atWork += 1;
      return Promise.resolve(give());
    }
    return new Promise((resolve, reject) => {
      const come = () => {
        clearTimeout(timer);
        resolve(give());
      };
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(come), 1);
        reject(new Refusal('unavailable', 'Someone else is changing this. Try again.'));
      }, patience);
      waiting.push(come);
    });
  }

  return { take };
}
