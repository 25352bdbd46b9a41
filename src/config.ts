import { isIP } from 'node:net';
import { z } from 'zod';

/** Everything one may set, read once from the environment; the defaults run without any set-up. */
export interface Config {
  port: number;
  host: string;
  /** Address where people reach us, without a slash at the end; the only source of links. */
  baseUrl: string;
  dataDir: string;
  /** From it personal links derive; undefined: it is in the file `secret` in `dataDir`. */
  secret: string | undefined;
  /** Days after which a letter's words are deleted; who got what and when stays. */
  lettersKeptDays: number;
  /** Megabytes that the files of one team may take, and those of everyone. */
  teamFilesMb: number;
  allFilesMb: number;
  databaseUrl: string | undefined;
  databasePool: number;
  smtpUrl: string | undefined;
  mailFrom: string;
  /** Letters a minute at most, for mail servers that count; undefined: as fast as the server takes them. */
  mailPerMinute: number | undefined;
  /** The mailbox that MAIL_FROM is read from; undefined: answers pressed in a calendar do not reach us. */
  imapUrl: string | undefined;
  /** Name of our own mail server in Authentication-Results (RFC 8601 2.5). */
  authservId: string | undefined;
  /** Address where undeliverable letters come back, with the letter's number behind a plus sign. */
  bouncesTo: string | undefined;
  dkimSelector: string | undefined;
  /** A file with the private key in PEM. */
  dkimKeyFile: string | undefined;
  /** Addresses or networks of proxies whose X-Forwarded-For is believed. */
  trustedProxies: string[];
  compress: boolean;
  /** Port of the figures for Prometheus; undefined: there are none. */
  metricsPort: number | undefined;
  metricsHost: string;
  logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug';
}

/** One sentence per wrong value, ready to print. */
export class WrongConfig extends Error {
  readonly sentences: string[];
  constructor(sentences: string[]) {
    super(sentences.join('\n'));
    this.name = 'WrongConfig';
    this.sentences = sentences;
  }
}

function portNamed(name: string, example: number) {
  const sentence = `${name} is a number from 0 to 65535, for example ${example}.`;
  return z
    .string()
    .regex(/^\d{1,5}$/, sentence)
    .transform(Number)
    .refine((n) => n <= 65535, sentence);
}

function megabytes(name: string, usual: number) {
  return z
    .string()
    .regex(/^[1-9]\d{0,6}$/, `${name} is a number of megabytes from 1 to 9999999, for example ${usual}.`)
    .transform(Number)
    .default(usual);
}

function urlOf(name: string, protocols: string[], example: string) {
  return z.string().refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol), {
    error: `${name} is an address such as ${example}.`,
  });
}

function isAddressOrNetwork(item: string): boolean {
  const [address = '', bits = '0', ...more] = item.split('/');
  const most = { 4: 32, 6: 128 }[isIP(address)];
  return most !== undefined && more.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= most;
}

const NOBODY_READS = /^(no[-_.]?reply|do[-_.]?not[-_.]?reply)\b/i;
const GOOGLES_OWN = /@(gmail|googlemail)\.com$/i;

const environment = z.object({
  PORT: portNamed('PORT', 3000).default(3000),
  HOST: z.string().default('localhost'),
  BASE_URL: urlOf('BASE_URL', ['http:', 'https:'], 'https://flipside.example.org')
    .refine(
      (value) => !/[?#]/.test(value),
      'BASE_URL has no ? and no #: only https://name, and a port if needed.',
    )
    .refine(
      (value) => !URL.canParse(value) || new URL(value).pathname === '/',
      'BASE_URL has no path: Flipside needs a host name of its own, such as https://flipside.example.org.',
    )
    .optional(),
  DATA_DIR: z.string().default('./data'),
  SECRET: z
    .string()
    .trim()
    .min(32, 'SECRET has at least 32 characters. Make one with: openssl rand -base64 32')
    .optional(),
  LETTERS_KEPT_DAYS: z
    .string()
    .regex(/^[1-9]\d{0,4}$/, 'LETTERS_KEPT_DAYS is a number of days from 1 to 99999.')
    .transform(Number)
    .default(400),
  TEAM_FILES_MB: megabytes('TEAM_FILES_MB', 100),
  ALL_FILES_MB: megabytes('ALL_FILES_MB', 1000),
  DATABASE_URL: urlOf(
    'DATABASE_URL',
    ['postgres:', 'postgresql:'],
    'postgres://user:password@host/flipside',
  ).optional(),
  DATABASE_POOL: z
    .string()
    .regex(/^[1-9]\d?$/, 'DATABASE_POOL is a number of connections from 1 to 99.')
    .transform(Number)
    .default(10),
  SMTP_URL: urlOf('SMTP_URL', ['smtp:', 'smtps:'], 'smtps://user:password@mail.example.org').optional(),
  MAIL_FROM: z
    .email('MAIL_FROM is one e-mail address, such as invitations@flipside.example.org.')
    .refine((address) => !NOBODY_READS.test(address), {
      error: 'MAIL_FROM is an address people answer to, so it cannot be a noreply address.',
    })
    .optional(),
  IMAP_URL: urlOf('IMAP_URL', ['imap:', 'imaps:'], 'imaps://user:password@mail.example.org/INBOX').optional(),
  AUTHSERV_ID: z
    .string()
    .regex(/^[\w.-]+$/, 'AUTHSERV_ID is the name in Authentication-Results, such as mx.example.org.')
    .optional(),
  BOUNCES_TO: z
    .email('BOUNCES_TO is one e-mail address, such as bounces@flipside.example.org.')
    .refine((address) => !address.includes('+'), 'BOUNCES_TO has no plus sign: Flipside adds one.')
    .optional(),
  DKIM_SELECTOR: z
    .string()
    .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i, 'DKIM_SELECTOR is a name in your DNS, such as flipside2026.')
    .optional(),
  DKIM_KEY_FILE: z.string().optional(),
  MAIL_PER_MINUTE: z
    .string()
    .regex(/^[1-9]\d{0,4}$/, 'MAIL_PER_MINUTE is a number of e-mails from 1 to 99999.')
    .transform(Number)
    .optional(),
  TRUSTED_PROXIES: z
    .string()
    .default('')
    .transform((list) =>
      list
        .split(',')
        .map((item) => item.trim())
        .filter(Boolean),
    )
    .refine((list) => list.every(isAddressOrNetwork), {
      error: 'TRUSTED_PROXIES is a list of addresses or networks, such as 10.0.0.5,192.168.0.0/16.',
    }),
  COMPRESS: z.enum(['yes', 'no'], 'COMPRESS is yes or no.').default('yes'),
  METRICS_PORT: portNamed('METRICS_PORT', 9464).optional(),
  METRICS_HOST: z.string().default('127.0.0.1'),
  LOG_LEVEL: z
    .enum(['silent', 'error', 'warn', 'info', 'debug'], 'LOG_LEVEL is silent, error, warn, info or debug.')
    .default('warn'),
});

/** Lists faults that one value alone does not show: two that need each other, or that exclude each other. */
function wrongTogether(value: z.output<typeof environment>): string[] {
  const wrong: string[] = [];
  if ((value.DKIM_SELECTOR === undefined) !== (value.DKIM_KEY_FILE === undefined))
    wrong.push(
      'DKIM_SELECTOR and DKIM_KEY_FILE go together: set both, or leave the signing to your mail server.',
    );
  if (value.IMAP_URL !== undefined && value.MAIL_FROM === undefined)
    wrong.push('With IMAP_URL set, MAIL_FROM is needed: the address that this mailbox receives.');
  // Gmail sends no answer to an organiser who is at Gmail too, so half of the guests would press in vain.
  if (value.IMAP_URL !== undefined && GOOGLES_OWN.test(value.MAIL_FROM ?? ''))
    wrong.push(
      'Answers from Gmail never reach an organiser at Gmail: choose a MAIL_FROM at another provider.',
    );
  return wrong;
}

/** Reads the environment into a Config, or throws WrongConfig with one sentence per wrong value. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const filled = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = environment.safeParse(filled);
  if (!parsed.success) {
    const byName = new Map(parsed.error.issues.map((issue) => [String(issue.path[0]), issue.message]));
    throw new WrongConfig([...byName.values()]);
  }
  const value = parsed.data;
  const together = wrongTogether(value);
  if (together.length > 0) throw new WrongConfig(together);
  const baseUrl = new URL(value.BASE_URL ?? `http://localhost:${value.PORT}`).origin;
  return {
    port: value.PORT,
    host: value.HOST,
    baseUrl,
    dataDir: value.DATA_DIR,
    secret: value.SECRET,
    lettersKeptDays: value.LETTERS_KEPT_DAYS,
    teamFilesMb: value.TEAM_FILES_MB,
    allFilesMb: value.ALL_FILES_MB,
    databaseUrl: value.DATABASE_URL,
    databasePool: value.DATABASE_POOL,
    smtpUrl: value.SMTP_URL,
    mailFrom: value.MAIL_FROM ?? `flipside@${mailHost(baseUrl)}`,
    mailPerMinute: value.MAIL_PER_MINUTE,
    imapUrl: value.IMAP_URL,
    authservId: value.AUTHSERV_ID,
    bouncesTo: value.BOUNCES_TO,
    dkimSelector: value.DKIM_SELECTOR,
    dkimKeyFile: value.DKIM_KEY_FILE,
    trustedProxies: value.TRUSTED_PROXIES,
    compress: value.COMPRESS === 'yes',
    metricsPort: value.METRICS_PORT,
    metricsHost: value.METRICS_HOST,
    logLevel: value.LOG_LEVEL,
  };
}

/** A host that stands alone, like "localhost", is no mail domain: `.example` keeps the address valid and undeliverable. */
function mailHost(baseUrl: string): string {
  const { hostname } = new URL(baseUrl);
  return /^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}$/i.test(hostname) ? hostname : 'flipside.example';
}
