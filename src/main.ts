import { generateKeyPair, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { FastifyInstance } from 'fastify';
import { sentenceOfWaiting } from './actions/letters/other-addresses.ts';
import { openSecret } from './actions/sign-in/deployment-secret.ts';
import { prepareSetUp } from './actions/sign-in/set-up.ts';
import { type AppOptions, buildApp } from './app.ts';
import { type Config, readConfig, WrongConfig } from './config.ts';
import type { Context } from './context.ts';
import { type Database, openDatabase, releaseMemory, secretFileIn } from './database/open.ts';
import { readServerRecords } from './database/server-records.ts';
import { keyFile, openSlot } from './database/slot.ts';
import { hearFailures } from './jobs/failures.ts';
import { followEvents } from './jobs/follow-events.ts';
import { openPost } from './jobs/post.ts';
import { publishQuestionsByTheClock } from './jobs/publish-questions.ts';
import { openQueue, openQueues } from './jobs/queues.ts';
import type { ReplyMailbox } from './jobs/read-replies.ts';
import { connections, startWorkers } from './jobs/workers.ts';
import { writeRefusedByTheClock } from './jobs/write-refused.ts';
import { openMailbox } from './mail/replies/mailbox.ts';
import type { Signing } from './mail/sign.ts';
import { Refusal } from './refusal.ts';
import { jobStates } from './store/job-states.ts';
import { letterStates } from './store/letters/states.ts';
import { newSecretChannel } from './store/sign-in/secret-rows.ts';
import { sentenceFor } from './terminal.ts';
import { openStreams } from './web/live.ts';
import { type Log, openLog } from './web/log.ts';
import { openMetrics } from './web/metrics.ts';
import { serveMetrics } from './web/metrics-server.ts';
import { pressesFor } from './web/presses-at-once.ts';
import { isUnencrypted } from './web/unencrypted.ts';
import { words } from './words.ts';

export interface Running {
  address: string;
  ctx: Context;
  close: () => Promise<void>;
}

/** Opens the database, starts the jobs, then listens; `close` undoes it in the opposite order. */
export async function start(config: Config, options: { demo?: boolean } = {}): Promise<Running> {
  const signing = signingWith(config);
  const { databaseUrl: url, dataDir, databasePool: pool } = config;
  const database = await openDatabase({ url, dataDir, pool });
  await database.migrate();
  const log = openLog(config.logLevel);
  const boss = await openLoggedQueues(database, log);
  const storage = await namelessStorage(config, database);
  const ctx = await contextFor(config, database, openQueue(boss), options.demo ?? false);
  await followSecret(config, database, ctx, log);
  const publishing = await publishQuestionsByTheClock(Object.assign(ctx, storage), (err) =>
    log.error({ err }, 'the tick of questions without a name failed'),
  );
  const stopFollowing = await followAndNote(ctx, log);
  const figures = await openFigures(config, database);
  const app = await buildApp(ctx, { ...optionsOf(config), log, ...figures?.options });
  await app.listen({ port: config.port, host: config.host });
  publishing.begin();
  const post = postOf(config, ctx, signing);
  const replies = replyMailbox(config, log);
  const notQueued = (err: unknown) => log.error({ err }, 'a chore was not queued');
  const workers = await startWorkers(boss, ctx, database, post, { replies, log: notQueued });
  releaseMemory();
  return {
    address: config.baseUrl,
    ctx,
    async close() {
      const lettersUnderWay = workers.finishLetters();
      await closeApp(app);
      await stopFollowing();
      await storage.slot.close({ remove: await publishing.end() });
      await replies?.mailbox.close();
      await lettersUnderWay;
      await boss.stop({ graceful: true, timeout: 10_000 });
      post.close();
      await figures?.close();
      await database.close();
    },
  };
}

/** Follows what is changed on events and notes what was refused; returns what ends both. */
async function followAndNote(ctx: Context, log: Log) {
  const unfollow = await followEvents(ctx, (err) => log.error({ err }, 'an event was not read anew'));
  const stopNoting = writeRefusedByTheClock(ctx, (err) => log.error({ err }, 'refusals were not noted'));
  return async () => {
    await unfollow();
    await stopNoting();
  };
}

async function openLoggedQueues(database: Database, log: Log) {
  const boss = await openQueues(database, (err) => log.error({ err }, 'the queue failed'));
  hearFailures(boss, (queue, err) => log.error({ queue, err }, 'a job failed'));
  return boss;
}

const postOf = (config: Config, ctx: Context, signing: Signing | undefined) =>
  openPost(ctx, config.smtpUrl, {
    connections,
    perMinute: config.mailPerMinute,
    bouncesTo: config.bouncesTo,
    signing,
  });

/** Counts requests and serves figures on a port of their own, where one is set. */
async function openFigures({ metricsPort: port, metricsHost: host }: Config, { sql, poolUse }: Database) {
  if (port === undefined) return undefined;
  const metrics = openMetrics({
    pool: poolUse,
    streams: openStreams,
    letters: () => letterStates(sql),
    jobs: () => jobStates(sql),
  });
  const { close } = await serveMetrics(metrics, host, port).catch((error: Error) => {
    throw new WrongConfig([`METRICS_PORT: ${host}:${port} cannot be used (${error.message}).`]);
  });
  return { options: { onAnswered: metrics.hear }, close };
}

const optionsOf = ({ compress, trustedProxies, databasePool }: Config): AppOptions => ({
  compress,
  trustedProxies,
  presses: pressesFor(databasePool),
});

/** Milliseconds that requests under way have when Flipside stops. */
const toFinish = 10_000;

/** Closes what is idle at once and lets requests finish, but not for ever: half a request would keep the process alive. */
async function closeApp(app: FastifyInstance): Promise<void> {
  const timer = setTimeout(() => app.server.closeAllConnections(), toFinish);
  await app.close();
  clearTimeout(timer);
}

/** Opens the store for questions without a name, and reads what the database server would write down of them. */
async function namelessStorage({ dataDir }: Config, database: Database) {
  const keeps = await readServerRecords(database);
  if (keeps.settings.length > 0)
    console.log(
      `The database server writes down more than asking without a name promises: ${keeps.settings.join(', ')}. ` +
        'Guests’ pages say so. Change it for this database, and start Flipside again.',
    );
  return {
    slot: await openSlot(dataDir),
    ...(database.home === 'embedded' && { envelopeKey: keyFile(join(dataDir, 'envelope-key')) }),
    serverKeeps: keeps,
  };
}

function replyMailbox({ imapUrl, authservId, bouncesTo }: Config, log: Log): ReplyMailbox | undefined {
  if (imapUrl === undefined) return undefined;
  const onError = (err: unknown) => log.error({ err }, 'the mailbox for replies cannot be reached');
  return { mailbox: openMailbox(imapUrl, onError), authservId, bouncesTo };
}

function signingWith({ dkimKeyFile, dkimSelector, mailFrom }: Config): Signing | undefined {
  if (dkimKeyFile === undefined || dkimSelector === undefined) return undefined;
  try {
    const privateKey = readFileSync(dkimKeyFile, 'utf8');
    return { domain: mailFrom.slice(mailFrom.lastIndexOf('@') + 1), selector: dkimSelector, privateKey };
  } catch {
    throw new WrongConfig([`DKIM_KEY_FILE: ${dkimKeyFile} cannot be read.`]);
  }
}

const newKeyPair = promisify(generateKeyPair);
const keyForm = {
  modulusLength: 2048,
  publicExponent: 65537,
  publicKeyEncoding: { type: 'spki', format: 'der' },
  privateKeyEncoding: { type: 'pkcs8', format: 'der' },
} as const;

/** Opens the secret of this deployment; says where it is where nobody would look for it, and when it has moved. */
async function secretOf(config: Config, database: Database): Promise<Buffer> {
  const file = secretFileIn(config.dataDir);
  const world = { db: database.db, random: (bytes: number) => randomBytes(bytes) };
  const { secret, movedTo } = await openSecret(world, { given: config.secret, file });
  if (movedTo) {
    await database.rewrite(['settings', 'letters', 'slip_keys']);
    console.log(
      `The secret that personal links derive from is no longer in the database. It is in ${movedTo}. ` +
        'Backups made before today still hold it: delete them, or make a new secret under Settings.',
    );
  } else if (config.databaseUrl !== undefined && config.secret === undefined) {
    console.log(
      `The secret of this deployment is in ${file.path}. Keep a copy of it apart from your backups.`,
    );
  }
  return secret;
}

/** Takes a new secret over that another process has made; stops where this one cannot read it. */
async function followSecret(config: Config, database: Database, ctx: Context, log: Log): Promise<void> {
  const source = { given: config.secret, file: secretFileIn(config.dataDir) };
  await database.listen(newSecretChannel, async () => {
    try {
      ctx.secret = (await openSecret(ctx, source)).secret;
    } catch (error) {
      if (error instanceof Refusal) giveUp(error);
      log.error({ err: error }, 'a new secret could not be read');
    }
  });
}

/** Makes the app's context for this deployment. */
export async function contextFor(
  config: Config,
  database: Database,
  queue: Context['queue'],
  demo: boolean,
): Promise<Context> {
  return contextWith(config, database, queue, demo, await secretOf(config, database));
}

/** The same with a secret that is known. */
export function contextWith(
  config: Config,
  database: Database,
  queue: Context['queue'],
  demo: boolean,
  secret: Buffer,
): Context {
  return {
    db: database.db,
    now: () => Temporal.Now.instant(),
    random: (bytes) => randomBytes(bytes),
    listen: database.listen,
    isHealthy: database.isHealthy,
    newKeyPair: () => newKeyPair('rsa', keyForm),
    baseUrl: config.baseUrl,
    secret,
    ...(config.secret === undefined && { secretFile: secretFileIn(config.dataDir) }),
    lettersKeptDays: config.lettersKeptDays,
    fileLimits: { teamMb: config.teamFilesMb, allMb: config.allFilesMb },
    queue,
    words: words('en'),
    mail: {
      from: config.mailFrom,
      configured: config.smtpUrl !== undefined,
      readsReplies: config.imapUrl !== undefined,
    },
    demo,
  };
}

const withoutEncryption =
  'BASE_URL begins with http:// and is not this machine: others on the network can read links, codes and answers. ' +
  'Put a proxy with TLS in front (docs/deploy.md) and set BASE_URL to its https:// address.';

/** Prints a sentence and leaves, where what went wrong is for the person at the terminal to put right. */
export function giveUp(error: unknown): never {
  console.error(sentenceFor(error));
  process.exit(1);
}

/** Runs until Ctrl-C or SIGTERM; a second one does not wait. */
export function closeOnSignal(running: Running): void {
  let closing = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (closing) process.exit(1);
      closing = true;
      running.close().then(
        () => process.exit(0),
        (error) => giveUp(error),
      );
    });
  }
}

if (import.meta.main) {
  try {
    const running = await start(readConfig(process.env));
    closeOnSignal(running);
    // Asked for first: once the address is printed, the start is over and cannot fail any more.
    const setUpLink = await prepareSetUp(running.ctx);
    const waiting = await sentenceOfWaiting(running.ctx);
    if (waiting) console.log(waiting);
    console.log(`Flipside is at ${running.address}`);
    if (isUnencrypted(running.address)) console.log(withoutEncryption);
    if (setUpLink) console.log(`Set it up here (this link works once): ${setUpLink}`);
  } catch (error) {
    giveUp(error);
  }
}
