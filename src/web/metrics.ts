// Figures for operators in Prometheus' text form. None of them says anything of what is asked below /anon/.
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Answered } from './answered.ts';

/** Readings taken when somebody asks for the figures; one may fail where the database is away. */
export interface Readings {
  pool(): { size: number; inUse: number; waiting: number };
  streams(): number;
  letters(): Promise<{ byState: Record<string, number>; oldestWaiting: number }>;
  jobs(): Promise<{ queue: string; state: string; count: number }[]>;
}

export interface Metrics {
  hear(answered: Answered): void;
  /** All figures, one a line. */
  text(): Promise<string>;
}

const ofProcess = 'Of this process.';
const ofAll = 'Of all processes: it is read from the database.';

/** Seconds. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Opens the figures of this process; `patience`: milliseconds the database has to answer. */
export function openMetrics(readings: Readings, patience = 3_000): Metrics {
  const register = new Registry();
  processFigures(register);
  const requests = new Histogram({
    name: 'flipside_http_request_duration_seconds',
    help: `Requests by route and status, and how long they took; without those below /anon/ and open streams. ${ofProcess}`,
    labelNames: ['method', 'route', 'status'],
    buckets,
    registers: [register],
  });
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `flipside_${name}`, help, labelNames, registers: [register] });
  const pool = gauge('database_pool_connections', `Connections for pages, by use. ${ofProcess}`, ['use']);
  const waiting = gauge('database_pool_waiting', `Statements that wait for a connection. ${ofProcess}`);
  const streams = gauge('streams_open', `Pages that follow an event at this moment. ${ofProcess}`);
  const shared = sharedFigures(gauge, readings, patience);
  return {
    hear({ method, route, status, seconds, isStream }) {
      if (!isStream) requests.observe({ method, route, status }, seconds);
    },
    async text() {
      const { size, inUse, waiting: waits } = readings.pool();
      pool.set({ use: 'in use' }, inUse);
      pool.set({ use: 'free' }, size - inUse);
      waiting.set(waits);
      streams.set(readings.streams());
      await shared();
      return register.metrics();
    },
  };
}

/** Memory, processor and event loop, as dashboards for Node know them; without counts of single connections. */
function processFigures(register: Registry): void {
  collectDefaultMetrics({ register });
  for (const { name } of register.getMetricsAsArray()) {
    if (name.startsWith('nodejs_active_')) register.removeSingleMetric(name);
    else {
      const metric = register.getSingleMetric(name) as { help?: string } | undefined;
      if (metric) metric.help = `${metric.help} ${ofProcess}`;
    }
  }
}

type NewGauge = (name: string, help: string, labelNames?: string[]) => Gauge;

/** Returns the figures from the database. Where it does not answer, they are left out. */
function sharedFigures(gauge: NewGauge, readings: Readings, patience: number): () => Promise<void> {
  const up = gauge('database_up', `1 while the database answers these figures, else 0. ${ofProcess}`);
  const letters = gauge('letters', `E-mails by state. ${ofAll}`, ['state']);
  const oldest = gauge('letters_oldest_waiting_seconds', `Age of the oldest e-mail that is due. ${ofAll}`);
  const jobs = gauge('jobs', `Work of the last day by queue and state. ${ofAll}`, ['queue', 'state']);
  const read = oneAtATime(() => Promise.all([readings.letters(), readings.jobs()]));
  return async () => {
    for (const one of [letters, oldest, jobs]) one.reset();
    const found = await inTime(read(), patience);
    up.set(found ? 1 : 0);
    if (!found) return void oldest.remove();
    const [{ byState, oldestWaiting }, all] = found;
    for (const [state, count] of Object.entries(byState)) letters.set({ state }, count);
    oldest.set(oldestWaiting);
    for (const { queue, state, count } of all) jobs.set({ queue, state }, count);
  };
}

/** Asks once while an answer is awaited: a database that is away for hours would be asked for all of them when it is back. */
function oneAtATime<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | undefined;
  return () => {
    reading ??= read().finally(() => {
      reading = undefined;
    });
    return reading;
  };
}

async function inTime<T>(reading: Promise<T>, patience: number): Promise<T | undefined> {
  const late = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => late.resolve(undefined), patience);
  return Promise.race([reading.catch(() => undefined), late.promise]).finally(() => clearTimeout(timer));
}
